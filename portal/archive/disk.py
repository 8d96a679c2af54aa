"""Files on disk: whole or not there at all, whatever moment the machine stops."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

_HALF_WRITTEN = ".half-"


def write(address: str, data: bytes) -> None:
    """Put `data` under `address`, replacing what is there: temporary file, fsync, rename, fsync of the folder."""
    path = path_of(address)
    for folder in (root(), path.parent.parent, path.parent):  # `parents` alone would leave the upper ones open
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=_HALF_WRITTEN, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, root()):
        _sync(folder)


def read(address: str) -> bytes:
    """What lies under `address`. Raises FileNotFoundError."""
    return path_of(address).read_bytes()


def remove(address: str) -> None:
    """Take away what lies under `address`, if anything does."""
    path_of(address).unlink(missing_ok=True)


def addresses() -> Iterator[str]:
    """Every address something lies under."""
    for path in _files():
        if not path.name.startswith(_HALF_WRITTEN):
            yield path.name


def half_written(*, before: float) -> Iterator[Path]:
    """What a stopped machine left half-written and nobody touched since `before` (seconds since 1970)."""
    for path in _files():
        if path.name.startswith(_HALF_WRITTEN) and path.stat().st_mtime < before:
            yield path


def path_of(address: str) -> Path:
    """Where `address` lies: two levels of folders, so that none grows too full."""
    return root() / address[:2] / address[2:4] / address


def root() -> Path:
    return Path(settings.FILES_DIR)


def _files() -> Iterator[Path]:
    return (path for path in root().glob("??/??/*") if path.is_file())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
