"""A throw-away site: servers of its own, tables, bodies and calendars, gone with the stack that holds it."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path


def throw_away_site(stack: ExitStack, *, name: str) -> None:
    """An empty site with its bodies and calendars, on servers of its own that stop with the stack."""
    from portal import embedded

    temporary = tempfile.TemporaryDirectory(prefix=f"portal-{name}-", ignore_cleanup_errors=True)
    folder = Path(stack.enter_context(temporary))
    folder.chmod(0o711)
    urls = stack.enter_context(embedded.servers(folder, throwaway=True))
    os.environ.update(urls.environment())
    os.environ.update({"TESTING": "1", "DATA_DIR": str(folder / "site"), "DJANGO_SETTINGS_MODULE": "portal.settings"})

    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.utils.module_loading import import_string

    django.setup()
    stack.callback(connections.close_all)
    call_command("migrate", verbosity=0)
    from portal import moment

    for preparation in settings.PREPARATIONS:
        import_string(preparation)(at=moment.now())
