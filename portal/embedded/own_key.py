"""The secret key of a trial: random, made once, kept in the data folder for its owner alone."""

import os
import secrets
import tempfile
from pathlib import Path

from portal.embedded.processes import Refused


def own_key(data_dir: Path) -> str:
    """The key of this data folder; made on the first call, and then the same for every process. `Refused` if unreadable."""
    path = data_dir / "secret-key"
    try:
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as problem:
        raise Refused(
            f"{path} cannot be read or made ({problem.strerror}): run as its owner, or choose a DATA_DIR."
        ) from None


def _make(path: Path) -> None:
    """Lay down a whole key or none; if two processes try at once, the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".secret-key-")  # mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(path).hardlink_to(unfinished)
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink()
