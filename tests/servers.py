"""The servers of the test run: a throw-away PostgreSQL and Valkey, up before Django reads its settings.

Loaded with `-p tests.servers` (pyproject.toml). With DATABASE_URL and REDIS_URL set, those are used instead.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal import embedded
from portal.embedded.valkey import Valkey


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """A wrapper, because it then runs before pytest-django, which reads the settings in this same hook."""
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


def _own_broker(folder: Path, worker: str, started: ExitStack) -> None:
    """A worker of a parallel run shares the PostgreSQL server (each has its own database) but not cache and queues."""
    if os.environ["REDIS_URL"].startswith("unix:"):
        valkey = Valkey(folder / worker, folder, throwaway=True)
        started.callback(valkey.stop)
        os.environ["REDIS_URL"] = valkey.url
