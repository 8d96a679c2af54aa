"""As whom PostgreSQL runs: it refuses root, so root has three ways round, and an ordinary user is simply itself."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from portal import embedded
from portal.embedded import postgres
from portal.embedded.processes import OURSELVES, Account, can_work, nobody, umask

from .conftest import query

ROOT = os.geteuid() == 0


@pytest.fixture(scope="session")
def copies():
    """Where the copied programs go in tests; copying them is slow, so they stay until the end."""
    with tempfile.TemporaryDirectory(prefix="portal-copied-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "copies"


@pytest.fixture
def namespaces_refused(monkeypatch, copies):
    """As in a container: only real accounts work."""
    monkeypatch.setattr(postgres, "COPIES", copies)
    monkeypatch.setattr(postgres, "can_work", lambda account, *rest: not account.namespace and can_work(account, *rest))


def test_the_server_never_runs_as_root(data_dir):
    with embedded.servers(data_dir, throwaway=True) as servers:
        status = Path(f"/proc/{servers.postgres.pid}/status").read_text()
        account = servers.postgres.account

    assert account.namespace == ROOT
    assert ("Uid:\t0" in status) == ROOT  # seen from outside the namespace, its files stay ours
    assert servers.postgres.folder.stat().st_uid == os.geteuid()


def test_where_namespaces_are_refused_nobody_runs_a_copy_of_the_programs(data_dir, namespaces_refused):
    with embedded.servers(data_dir, throwaway=True) as servers:
        assert query(servers, "SELECT 1") == [(1,)]

    assert servers.postgres.account == (as_nobody() if ROOT else OURSELVES)
    assert (data_dir / "postgres").stat().st_uid == servers.postgres.account.owner


def test_nobody_finds_its_way_under_a_strict_umask_into_a_folder_closed_to_others(namespaces_refused, monkeypatch):
    with tempfile.TemporaryDirectory(prefix="portal-strict-") as name, umask(0o077):
        Path(name).chmod(0o711)
        monkeypatch.setattr(postgres, "COPIES", Path(name) / "copies")
        closed = Path(name) / "site"
        closed.mkdir(mode=0o700)

        with embedded.servers(closed, throwaway=True) as servers:
            assert query(servers, "SELECT 1") == [(1,)]
            cluster = closed / "postgres"
            assert not cluster.is_symlink()
            assert stat.S_IMODE(cluster.stat().st_mode) == 0o700

        assert stat.S_IMODE(closed.stat().st_mode) == (0o711 if ROOT else 0o700)


def test_a_cluster_changes_hands_and_back(data_dir, namespaces_refused, monkeypatch):
    with embedded.servers(data_dir, throwaway=True) as servers:
        query(servers, "INSERT INTO note VALUES ('交接')")

    monkeypatch.setattr(postgres, "can_work", can_work)

    with embedded.servers(data_dir, throwaway=True) as servers:
        assert query(servers, "SELECT text FROM note WHERE text = '交接'") == [("交接",)]


def test_a_new_cluster_that_nobody_could_not_reach_lives_elsewhere_behind_a_link(tmp_path, namespaces_refused):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    for expected in ([], [("first",)]):
        with embedded.servers(closed, throwaway=True) as servers:
            query(servers, "CREATE TABLE IF NOT EXISTS visit (text text)")
            assert query(servers, "SELECT text FROM visit") == expected
            query(servers, "INSERT INTO visit VALUES ('first')")

    assert (closed / "postgres").is_symlink() == ROOT


def test_an_ordinary_user_runs_the_servers_as_itself(owner):
    account = Account(namespace=True) if ROOT else OURSELVES  # in a namespace, root is an ordinary user as well

    _, said = owner(account)

    assert said.startswith("up "), said


def as_nobody() -> Account:
    return Account(user=nobody().pw_uid, group=nobody().pw_gid)
