"""The servers of the test run: a throw-away PostgreSQL and Valkey, up before Django reads its settings.

Loaded with `-p tests.servers` (pyproject.toml). With DATABASE_URL and REDIS_URL set, those are used instead.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from portal import embedded
from portal.embedded.folder import socket_folder
from portal.embedded.valkey import Valkey


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper, because it then runs before pytest-django, which reads the settings in this same hook."""
    _sweep_up_after_killed_runs()
    started = ExitStack()
    early_config.add_cleanup(started.close)
    temporary = tempfile.TemporaryDirectory(prefix="portal-tests-", ignore_cleanup_errors=True)
    folder = Path(started.enter_context(temporary))
    folder.chmod(0o711)  # where root may use no namespaces, `nobody` runs PostgreSQL and must find the way
    os.environ["TESTING"] = "1"
    os.environ["DATA_DIR"] = str(folder / "site")
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _own_broker(folder, worker, started)
    elif not os.environ.get("DATABASE_URL") or not os.environ.get("REDIS_URL"):
        urls = started.enter_context(embedded.servers(folder, throwaway=True))
        for name, url in urls.environment().items():
            os.environ.setdefault(name, url)
    yield


def _sweep_up_after_killed_runs() -> None:
    """Remove the folders of test runs that were killed before they could: some 40 MB each."""
    for lock in Path(tempfile.gettempdir()).glob("portal-tests-*/embedded.lock"):
        with suppress(OSError):
            abandoned = time.time() - lock.stat().st_mtime > 60 and embedded.running(lock.parent) is None
            if abandoned:
                shutil.rmtree(socket_folder(lock.parent), ignore_errors=True)
                shutil.rmtree(lock.parent)


def _own_broker(folder: Path, worker: str, started: ExitStack) -> None:
    """A worker of a parallel run shares the PostgreSQL server (each has its own database) but not cache and queues."""
    if os.environ["REDIS_URL"].startswith("unix:"):
        valkey = Valkey(folder / worker, folder, throwaway=True)
        started.callback(valkey.stop)
        os.environ["REDIS_URL"] = valkey.url
