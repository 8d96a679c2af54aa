"""`make run`: servers, web, worker and beat under one roof. Ctrl-C stops all of it, in order, within ten seconds.

HOST, PORT, DATA_DIR, DATABASE_URL and REDIS_URL override. In production the same three programs run under the
system's own supervisor (docs/operations.md).
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from portal import embedded
from portal.embedded.command_line import data_dir, urls_given
from portal.embedded.processes import close_to_others, spawn, stop

LOOK_EVERY = 0.2  # seconds
STEADY_AFTER = 60  # seconds a child must live before its next end counts as the first again
LONGEST_WAIT = 30  # seconds between two attempts at most
GOES_DOWN_WITHIN = 4.0  # seconds for web, worker and beat together; the servers have the rest of the ten


class Stop(Exception):
    """Somebody asked us to stop."""


@dataclass
class Child:
    """One program that is kept running."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        self.process, self.started = spawn([sys.executable, *self.arguments]), time.monotonic()

    def look_after(self) -> None:
        """Start the program again if it has ended, waiting longer each time it does not last."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.failures = 1 if now - self.started > STEADY_AFTER else self.failures + 1
            wait = min(2 ** (self.failures - 1), LONGEST_WAIT)
            self.again_at = now + wait
            say(f"{self.name} ended ({_how(self.process.returncode)}); starting it again in {wait} s")
            self.process = None
        if self.process is None and now >= self.again_at:
            self.start()


def say(what: str) -> None:
    print(f"portal: {what}", flush=True)


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def address() -> tuple[str, int]:
    """(HOST, PORT) from the environment; `Refused` for a port that is no port or is taken."""
    host, text = os.environ.get("HOST", "").strip() or "127.0.0.1", os.environ.get("PORT", "").strip() or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise embedded.Refused(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            raise embedded.Refused(
                f"The portal cannot listen on {host}, port {port} ({problem.strerror}). "
                f"If another program has the port, stop it or choose another one: make run PORT={port % 65535 + 1}"
            ) from None
    return host, port


def children(host: str, port: int, folder: Path) -> list[Child]:
    """The programs in the order in which they are started; they are stopped the other way round."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["--bind", bind, "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
    web += ["--graceful-timeout", "3", "--log-level", "warning", "--no-control-socket"]
    # Celery warns root against accepting pickles; this project sends JSON only.
    celery = ["-W", "ignore::UserWarning:celery.platforms", "-m", "celery", "--app", "portal", "--quiet"]
    worker = ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = ["--loglevel", "WARNING", "--pidfile=", "--schedule", str(folder / "celerybeat-schedule")]
    return [
        Child("web", ["-m", "gunicorn", "portal.wsgi", *web]),
        Child("worker", [*celery, "worker", *worker]),
        Child("beat", [*celery, "beat", *beat]),
    ]


def main() -> None:
    signal.signal(signal.SIGTERM, _asked_to_stop)
    signal.signal(signal.SIGHUP, _asked_to_stop)
    signal.signal(signal.SIGINT, _asked_to_stop)
    try:
        _run()
    except Stop:
        say("stopped")
    except embedded.Refused as refusal:
        sys.exit(f"portal: {refusal}")


def _run() -> None:
    if urls_given() and not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise embedded.Refused("Set both DATABASE_URL and REDIS_URL, or neither.")
    host, port = address()
    os.umask(0o077)  # what this and all it starts lay down in the data folder is nobody else's
    os.environ.setdefault("DEMO", "true")
    os.environ.setdefault("PORT", str(port))
    if host not in {"127.0.0.1", "::1", "localhost"}:
        os.environ.setdefault("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{host},{socket.gethostname()}")
    folder = data_dir().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    close_to_others(folder)
    with ExitStack() as house:
        servers = None
        if not urls_given():
            say(f"starting PostgreSQL and Valkey on {folder}")
            servers = house.enter_context(embedded.servers(folder))
            os.environ.update(servers.environment())
        _prepare()
        programs = children(host, port, folder)
        house.callback(_stop, programs)
        for program in programs:
            program.start()
        _wait_for_the_site(host, port, programs)
        while True:
            for name in servers.revive() if servers else []:
                say(f"{name} had died and was started again")
            for program in programs:
                program.look_after()
            time.sleep(LOOK_EVERY)


def _prepare() -> None:
    """Prepare the site in a process of its own, whose memory is given back."""
    process = spawn([sys.executable, "-m", "portal.preparation"])
    try:
        if process.wait() != 0:
            raise embedded.Refused("The site could not be prepared; what went wrong stands above.")
    finally:
        stop(process, [(signal.SIGTERM, 2)])


def _wait_for_the_site(host: str, port: int, programs: list[Child]) -> None:
    """Say where the site is as soon as it answers; look after the programs meanwhile."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    url = f"http://{reachable}:{port}"
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 - our own address
                say(f"the site answers at {url}/ and the workplace at {url}/admin/ (Ctrl-C stops everything)")
                return
        except urllib.error.HTTPError as answer:
            say(f"the site is at {url}/, but its health page answers {answer.code}")
            return
        except OSError:
            for program in programs:
                program.look_after()
            time.sleep(LOOK_EVERY)
    say(f"the site does not answer at {url}/ yet; what it says stands above")


def _stop(programs: list[Child]) -> None:
    """Tell all, last started first, and then give each what is left of the common time."""
    say("stopping")
    running = [program.process for program in reversed(programs) if program.process is not None]
    for process in running:
        if process.poll() is None:
            process.terminate()
    limit = time.monotonic() + GOES_DOWN_WITHIN
    for process in running:
        try:
            process.wait(max(limit - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)


def _asked_to_stop(number: int, _frame: FrameType | None) -> None:
    """Unwind everything; from here on further requests change nothing, because the way down is bounded anyway."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    raise Stop(signal.Signals(number).name)


if __name__ == "__main__":
    main()
