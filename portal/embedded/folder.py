"""Who runs the servers of a data folder: one owner, who stops them, and any number of guests."""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.embedded.postgres import Postgres
from portal.embedded.processes import Refused, close_to_others, only_on_linux
from portal.embedded.valkey import Valkey

SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107
BOTH_READY_WITHIN = 90  # seconds a guest waits for an owner that is still starting


class Occupied(Refused):
    """Somebody else runs the servers of this folder."""


@dataclass(frozen=True)
class Urls:
    """Where the servers are: the values of DATABASE_URL and REDIS_URL."""

    database: str
    redis: str

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database, "REDIS_URL": self.redis}


@dataclass(frozen=True)
class Servers(Urls):
    """The servers that this process runs."""

    postgres: Postgres
    valkey: Valkey

    def revive(self) -> list[str]:
        """Start again what has died meanwhile; the names of what had."""
        return [type(server).__name__ for server in (self.postgres, self.valkey) if server.revive()]


@contextmanager
def servers(data_dir: Path, *, throwaway: bool = False, patience: float = 0) -> Iterator[Servers]:
    """Start both servers on `data_dir`, yield where they are, and stop them in the end.

    `throwaway`: for tests; nothing is forced to disk. `patience`: how many seconds the owner, before stopping, waits
    for guests still at work (see `visiting`). `Occupied` when another process runs the servers of this folder,
    `Refused` when something else hinders the start. If this process is killed, the servers stop all the same.
    """
    only_on_linux()
    data_dir = data_dir.resolve()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(data_dir, os.W_OK):
        raise Refused(f"{data_dir} may not be written: run the command as its owner, or choose another DATA_DIR.")
    close_to_others(data_dir)
    with ExitStack() as house:
        if not house.enter_context(_lock(data_dir / "embedded.lock", fcntl.LOCK_EX, patience=1)):
            raise Occupied(_occupied(data_dir))
        state, earlier = data_dir / "embedded.json", _state(data_dir)
        state.unlink(missing_ok=True)
        sockets = socket_folder(data_dir)
        house.callback(shutil.rmtree, sockets, ignore_errors=True)
        postgres = Postgres(data_dir / "postgres", sockets, throwaway=throwaway)
        house.callback(postgres.stop)
        valkey = Valkey(data_dir / "valkey", sockets, throwaway=throwaway, earlier=earlier.get("valkey"))
        house.callback(valkey.stop)
        ours = Servers(postgres.url, valkey.url, postgres, valkey)
        _write(state, {"owner": os.getpid(), "valkey": valkey.pid, "database": ours.database, "redis": ours.redis})
        house.callback(state.unlink, missing_ok=True)
        try:
            yield ours
        finally:
            with _lock(data_dir / "embedded.guests", fcntl.LOCK_EX, patience=patience):
                house.close()


def running(data_dir: Path) -> Urls | None:
    """Where the servers of `data_dir` are, when somebody runs them; waits for an owner that is just starting."""
    limit = time.monotonic() + BOTH_READY_WITHIN
    while (data_dir / "embedded.lock").exists():
        with _lock(data_dir / "embedded.lock", fcntl.LOCK_SH) as free:
            if free:
                return None
        state = _state(data_dir)
        if state and os.path.exists(f"/proc/{state['owner']}"):
            return Urls(state["database"], state["redis"])
        if time.monotonic() > limit:
            raise Occupied(_occupied(data_dir))
        time.sleep(0.05)
    return None


@contextmanager
def visiting(data_dir: Path) -> Iterator[Urls | None]:
    """Like `running`, and a patient owner does not stop the servers inside the block."""
    urls = running(data_dir)
    if urls is None:
        yield None
        return
    with _lock(data_dir / "embedded.guests", fcntl.LOCK_SH):
        yield urls


def socket_folder(data_dir: Path) -> Path:
    """The private folder of the sockets: short, because a socket's path may have only some hundred bytes."""
    name = f"portal-{os.geteuid()}-{hashlib.sha256(bytes(data_dir)).hexdigest()[:12]}"
    chosen = Path(tempfile.gettempdir()) / name
    if len(bytes(chosen / ".s.PGSQL.5432.lock")) > SOCKET_PATH_LIMIT:
        chosen = Path("/tmp") / name  # noqa: S108 - its owner and mode are checked
    return chosen


@contextmanager
def _lock(path: Path, kind: int, *, patience: float = 0) -> Iterator[bool]:
    """Hold a lock on a file, if it can be had within `patience` seconds; yields whether it is held.

    The kernel lets go of it when this process ends, however it ends; children do not inherit it.
    """
    limit = time.monotonic() + patience
    with path.open("ab") as file:
        while True:
            try:
                fcntl.flock(file, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() < limit:
                    time.sleep(0.05)
                    continue
                yield False
            else:
                yield True
            return


def _state(data_dir: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        return dict(json.loads((data_dir / "embedded.json").read_text()))
    return {}


def _write(path: Path, state: dict[str, Any]) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(state))
    unfinished.replace(path)


def _occupied(data_dir: Path) -> str:
    owner = _state(data_dir).get("owner")
    who = f"process {owner}" if owner else "another process"
    return (
        f"The servers of {data_dir} are already run by {who}. "
        f"Stop it first, or choose another folder with DATA_DIR=… (and another PORT)."
    )
