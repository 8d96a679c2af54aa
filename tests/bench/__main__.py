"""`python -m tests.bench [due] [sweep] [--small]`: measure, print a markdown table, fail if a goal is missed.

Uses a throw-away PostgreSQL of its own: nothing of yours is touched.
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

from .table import Line, markdown

NAMES = ("due", "sweep", "queue")


def main(arguments: list[str]) -> int:
    """The names of the measurements wanted (all, if none); `--small` for a tenth of the clocks."""
    wanted = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    unknown = sorted(set(wanted) - set(NAMES))
    if unknown:
        raise SystemExit(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}")
    with ExitStack() as stack:
        _site(stack)
        lines: list[Line] = []
        for name in wanted:
            bench = import_module(f"tests.bench.{name}")
            small = {"sizes": (10_000, 100_000)} if name == "sweep" and "--small" in arguments else {}
            for line in bench.measure(**small):
                lines.append(line)
                print(markdown([line]).splitlines()[-1], file=sys.stderr, flush=True)
        print(markdown(lines))
    return 0 if all(line.reached for line in lines) else 1


def _site(stack: ExitStack) -> None:
    """An empty site with its bodies and calendars, on servers of its own that stop with the stack."""
    from portal import embedded

    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True)))
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

    for name in settings.PREPARATIONS:
        import_string(name)(at=moment.now())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
