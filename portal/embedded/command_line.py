"""Which commands need the servers, and how they come by them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from portal.embedded.folder import Occupied, servers, visiting
from portal.embedded.processes import umask

# What these say stands in files: the law, the shipped calendars, the code itself. They must be quick.
WITHOUT_DATABASE = frozenset(
    {
        "article",
        "check",
        "collectstatic",
        "diagrams",
        "diffsettings",
        "document",
        "due",
        "findstatic",
        "help",
        "rules",
        "startapp",
        "version",
    }
)
# What these do needs no key either, so that a site can be built and checked where its keys are not.
WITHOUT_KEYS = WITHOUT_DATABASE | {"makemigrations"}
# How long a command that started the servers waits for another one that came to use them (seconds).
PATIENCE = 3600


def needs_servers(arguments: Sequence[str]) -> bool:
    """Does the command line touch database or broker? `check --database` does, `makemigrations --check` does not."""
    command, options = (arguments[0] if arguments else "help"), arguments[1:]
    if command == "makemigrations":
        return "--check" not in options
    if command == "check":
        return any(option.startswith("--database") for option in options)
    return command not in WITHOUT_DATABASE and not _asks_for_help(command, options)


def needs_keys(arguments: Sequence[str]) -> bool:
    """Does the command line sign, encrypt or open anything?"""
    command, options = (arguments[0] if arguments else "help"), arguments[1:]
    return command not in WITHOUT_KEYS and not _asks_for_help(command, options)


def _asks_for_help(command: str, options: Sequence[str]) -> bool:
    return command.startswith("-") or "--help" in options or "-h" in options


def urls_given() -> bool:
    """Does the environment name servers? Then they are the ones, and nothing is started."""
    return bool(os.environ.get("DATABASE_URL", "").strip() or os.environ.get("REDIS_URL", "").strip())


def data_dir() -> Path:
    """The folder of everything that lasts; the same as settings.DATA_DIR, which may not be read yet."""
    given = os.environ.get("DATA_DIR", "").strip()
    return Path(given) if given else Path(__file__).resolve().parents[2] / ".data"


@contextmanager
def servers_for(arguments: Sequence[str]) -> Iterator[None]:
    """Let DATABASE_URL and REDIS_URL lead to running servers inside the block, if the command needs any.

    Without URLs this is a trial on one's own machine, so DEMO is set as `make run` does: the same keys open the same
    data.
    """
    if not needs_keys(arguments):
        os.environ["KEYLESS"] = str(os.getpid())  # of this process alone: no server it leads to may start without keys
    if urls_given() or not needs_servers(arguments):
        yield
        return
    os.environ.setdefault("DEMO", "true")
    with ExitStack() as stay:
        stay.enter_context(umask(0o077))  # what lies in the data folder is nobody else's
        found = stay.enter_context(visiting(data_dir()))
        if found is None:
            try:
                found = stay.enter_context(servers(data_dir(), patience=PATIENCE))
            except Occupied:  # another command was a moment quicker
                found = stay.enter_context(visiting(data_dir()))
                if found is None:
                    raise
        os.environ.update(found.environment())
        yield
