"""Child processes that end with their parent, and root's way of running a server that refuses root."""

import ctypes
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


class Refused(Exception):
    """The embedded servers cannot run here; the text says why and what to do instead."""


@dataclass(frozen=True)
class Account:
    """As whom a server runs: ourselves, ourselves seen as `nobody` in a user namespace, or `nobody` itself."""

    user: int | None = None
    group: int | None = None
    namespace: bool = False

    @property
    def owner(self) -> int:
        """The user id that the server's files carry on disk."""
        return os.geteuid() if self.user is None else self.user


OURSELVES = Account()


def nobody() -> pwd.struct_passwd:
    """The entry of the account without rights; `Refused` when this system has none."""
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Refused(
            "PostgreSQL refuses to run as root and this system has no user 'nobody': "
            "run the command as an ordinary user, or set DATABASE_URL and REDIS_URL."
        ) from None


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _preparation(account: Account, death_signal: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec. Everything it needs is looked up before the fork."""
    libc, parent = _libc(), os.getpid()
    inside = nobody() if account.namespace else None

    def prepare() -> None:
        if inside is not None:
            _checked(libc.unshare(CLONE_NEWUSER))
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"{inside.pw_uid} 0 1")
            Path("/proc/self/gid_map").write_text(f"{inside.pw_gid} 0 1")
        # After unshare and setuid, because the kernel forgets the death signal when credentials change.
        _checked(libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0))
        if os.getppid() != parent:  # it died before we asked to be told
            os._exit(1)

    return prepare


def spawn(
    arguments: Sequence[str | Path],
    *,
    account: Account = OURSELVES,
    death_signal: signal.Signals = signal.SIGTERM,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
    given: IO[bytes] | int = subprocess.DEVNULL,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a process group of its own that receives `death_signal` when this process dies.

    Its own group, so that Ctrl-C in a terminal reaches only the parent, which then stops the children in order.
    The parent is the calling *thread*: call this from one that lives as long as the child shall.
    """
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        stdin=given,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=folder,
        env=environment,
        user=account.user,
        group=account.group,
        extra_groups=None if account.user is None else [],
        process_group=0,
        preexec_fn=_preparation(account, death_signal),  # noqa: PLW1509 - no threads are running yet
    )


def stop(child: subprocess.Popen[bytes], signals: Sequence[tuple[signal.Signals, float]]) -> None:
    """End `child`: send each signal in turn and wait its seconds for the end, then kill."""
    for sign, patience in signals:
        if child.poll() is not None:
            return
        child.send_signal(sign)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue
    if child.poll() is None:
        child.kill()
        child.wait(5)


def works_in(pid: int, folder: Path) -> bool:
    """Is the process `pid` alive, with `folder` as its working directory (which both servers make theirs)?"""
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", folder)
    except OSError:
        return False


def clear_away(pid: int, folder: Path, sign: signal.Signals, patience: float = 10) -> None:
    """Wait for a server that an earlier, killed owner left in `folder`, after asking it to end with `sign`.

    A process that merely inherited the number is left alone. `Refused` when the server does not end.
    """
    if works_in(pid, folder):
        os.kill(pid, sign)
    limit = time.monotonic() + patience
    while works_in(pid, folder):
        if time.monotonic() > limit:
            raise Refused(f"Process {pid}, left over in {folder}, does not end: stop it, then try again.")
        time.sleep(0.02)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Make files and folders inside the block with this mask, whatever this process goes by otherwise."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def private_log(path: Path) -> IO[bytes]:
    """Open a log to write on at its end; nobody else reads it, even if it was open to all before."""
    log = os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
    os.fchmod(log.fileno(), 0o600)
    return log


def close_to_others(folder: Path) -> None:
    """Take away what others may do in a folder of ours, except to walk through it, which `nobody` may need."""
    found = folder.stat()
    if found.st_uid == os.geteuid():
        folder.chmod(stat.S_IMODE(found.st_mode) & 0o711)


def private_folder(path: Path, *, owner: int, mode: int = 0o700) -> Path:
    """Make `path` for `owner` alone, or make sure that it is nobody else's: for folders below world-writable ones."""
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        found = path.lstat()
        if path.is_symlink() or not path.is_dir() or found.st_uid not in {os.geteuid(), owner}:
            raise Refused(f"{path} is somebody else's: remove it, or set TMPDIR to a folder of your own.") from None
        path.chmod(mode)
    if path.stat().st_uid != owner:
        os.chown(path, owner, -1)
    return path


def give(folder: Path, account: Account) -> None:
    """Let the account own every file in `folder`, if it does not yet: root may have run it the other way before."""
    if folder.stat().st_uid == account.owner:
        return
    if os.geteuid() != 0:
        raise Refused(f"{folder} belongs to another user: run the command as that user, or choose another DATA_DIR.")
    group = -1 if account.group is None else account.group
    for where, _, names in os.walk(folder):
        os.chown(where, account.owner, group)
        for name in names:
            os.chown(Path(where) / name, account.owner, group, follow_symlinks=False)


def can_work(account: Account, program: Path, folder: Path) -> bool:
    """Try whether the account may run `program` and enter `folder`: namespaces and parent folders may be closed."""
    arguments: list[str | Path] = ["/bin/sh", "-c", 'cd "$1" && exec "$2" --version', "sh", folder, program]
    try:
        trial = spawn(arguments, account=account, folder=Path("/"), output=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return False
    return trial.wait(20) == 0


def copy_programs(source: Path, target: Path) -> None:
    """Copy a program folder once; an interrupted copy leaves nothing that looks finished."""
    if target.exists():
        return
    unfinished = target.with_name(target.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(source, unfinished, symlinks=True)
    unfinished.rename(target)


def only_on_linux() -> None:
    """`Refused` anywhere else: elsewhere nothing stops the servers when their owner is killed."""
    if sys.platform != "linux":
        raise Refused("The embedded servers run on Linux only: set DATABASE_URL and REDIS_URL.")
