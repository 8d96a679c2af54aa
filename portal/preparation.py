"""What must be done before the site opens: tables, static files, calendars and bodies, and once the demonstration.

Run as `python -m portal.preparation` with DATABASE_URL and REDIS_URL set. Doing it again changes nothing.
"""

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import transaction


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    _say("bringing the tables up to date")
    call_command("migrate", verbosity=0, interactive=False)
    _collect_static()
    call_command("prepare")
    if settings.DEMO:
        _demonstrate()


def _demonstrate() -> None:
    """Load the demonstration into an empty portal, whole or not at all, and name its accounts."""
    if not get_user_model().objects.exists():
        _say("writing the demonstration, once (about a minute)")
        with transaction.atomic():
            call_command("demo")
    print(flush=True)
    call_command("demo", "--accounts")


def _collect_static() -> None:
    """Collect the static files, unless the same ones have been collected already: hashing and packing takes seconds."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = _fingerprint()
    if stamp.exists() and stamp.read_text() == sources:
        return
    _say("collecting static files")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(sources)


def _fingerprint() -> str:
    """A hash over name, size and time of every static source file, and of how they are stored."""
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _say(what: str) -> None:
    print(f"portal: {what} …", flush=True)


if __name__ == "__main__":
    main()
