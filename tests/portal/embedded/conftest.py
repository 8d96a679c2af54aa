"""A data folder with a small cluster, and other processes that want to run it."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from portal import embedded
from portal.embedded.processes import OURSELVES, Account, spawn, stop

OWNER = """
import sys, time
from pathlib import Path
from portal import embedded
try:
    with embedded.servers(Path(sys.argv[1]), throwaway=True) as servers:
        print("up", servers.postgres.pid, servers.valkey.pid, flush=True)
        time.sleep(600)
except embedded.Refused as refusal:
    print(refusal, flush=True)
"""


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    """One folder for all tests, because making a cluster is slow; each test finds it stopped, as after a restart."""
    with tempfile.TemporaryDirectory(prefix="portal-embedded-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with embedded.servers(folder, throwaway=True) as servers:
            query(servers, "CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist; CREATE TABLE note (text text)")
        yield folder


@pytest.fixture
def owner(data_dir: Path) -> Iterator[Callable[..., tuple[subprocess.Popen, str]]]:
    """Start another process that wants to run the servers of the folder; gives it and its first line."""
    processes = []

    def start(account: Account = OURSELVES) -> tuple[subprocess.Popen, str]:
        command, environment = [sys.executable, "-c", OWNER, data_dir], os.environ | {"PYTHONPATH": os.getcwd()}
        process = spawn(command, account=account, environment=environment, output=subprocess.PIPE)
        processes.append(process)
        return process, process.stdout.readline().decode().strip()

    yield start
    for process in processes:
        stop(process, [(signal.SIGINT, 5)])
        process.stdout.close()


def query(urls: embedded.Urls, text: str) -> list[tuple]:
    with psycopg.connect(urls.database) as connection:
        cursor = connection.execute(text)
        return cursor.fetchall() if cursor.description else []
