"""The embedded servers: they start, keep what they were given, and end with whoever started them."""

import os
import signal
import stat
import time
from pathlib import Path

import pytest
import redis

from portal import embedded
from portal.embedded.folder import socket_folder
from portal.embedded.processes import spawn, stop

from .conftest import query


def test_what_was_stored_is_there_after_a_restart(data_dir):
    with embedded.servers(data_dir) as servers:
        query(servers, "INSERT INTO note VALUES ('关于公开信息的申请')")
        redis.Redis.from_url(servers.redis).set("queue", "12")

    with embedded.servers(data_dir) as servers:
        assert ("关于公开信息的申请",) in query(servers, "SELECT text FROM note")
        assert redis.Redis.from_url(servers.redis).get("queue") == b"12"


def test_search_sees_the_parts_of_chinese_words(data_dir):
    with embedded.servers(data_dir, throwaway=True) as servers:
        [(trigrams, alike)] = query(servers, "SELECT show_trgm('政府信息'), similarity('政府信息公开', '政府信息')")

    assert len(trigrams) == 5
    assert alike == 0.5


def test_the_servers_are_behind_a_door_only_we_can_open(data_dir):
    with embedded.servers(data_dir, throwaway=True) as servers:
        door = stat.S_IMODE(socket_folder(data_dir).stat().st_mode)
        [(addresses,)] = query(servers, "SHOW listen_addresses")
        port = redis.Redis.from_url(servers.redis).config_get("port")["port"]

    assert addresses == ""
    assert port == "0"
    assert door == 0o700


CLOSED = {"postgres.log": 0o600, "valkey.log": 0o600, "embedded.json": 0o600, "postgres": 0o700, "valkey": 0o700}


def test_a_data_folder_open_to_all_is_closed_to_others(tmp_path):
    (tmp_path / "postgres.log").write_text("earlier words")
    (tmp_path / "postgres.log").chmod(0o644)
    tmp_path.chmod(0o755)

    with embedded.servers(tmp_path, throwaway=True):
        modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in CLOSED}

    assert modes == CLOSED
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o711  # `nobody` may need to walk through


def test_stopping_leaves_no_process_and_no_trace_of_running(data_dir):
    with embedded.servers(data_dir, throwaway=True) as servers:
        pids = servers.postgres.pid, servers.valkey.pid

    assert not any(alive(pid) for pid in pids)
    assert embedded.running(data_dir) is None


def test_killing_the_owner_stops_both_servers(owner):
    process, said = owner()
    pids = [int(number) for number in said.split()[1:]]

    process.kill()

    assert soon(lambda: not any(alive(pid) for pid in pids))


def test_the_next_start_after_a_killed_owner_succeeds_at_once(data_dir, owner):
    process, _ = owner()
    query(embedded.running(data_dir), "INSERT INTO note VALUES ('未丢失')")
    process.kill()

    with embedded.servers(data_dir, throwaway=True) as servers:
        assert ("未丢失",) in query(servers, "SELECT text FROM note")


def test_a_pid_file_whose_number_is_now_somebody_elses_is_no_obstacle(data_dir):
    stranger = spawn(["sleep", "60"])
    said = f"{stranger.pid}\n{data_dir}/postgres\n0\n5432\n\n\n  1 1\nready\n"
    (data_dir / "postgres" / "postmaster.pid").write_text(said)

    with embedded.servers(data_dir, throwaway=True) as servers:
        assert query(servers, "SELECT 1") == [(1,)]

    assert alive(stranger.pid)
    stop(stranger, [])


def test_a_second_owner_is_told_who_is_first(data_dir, owner):
    with embedded.servers(data_dir, throwaway=True):
        _, said = owner()

    assert said.startswith(f"The servers of {data_dir} are already run by process {os.getpid()}.")
    assert "DATA_DIR" in said


def test_a_guest_finds_the_servers_that_another_process_runs(data_dir, owner):
    owner()

    with embedded.visiting(data_dir) as urls:
        assert query(urls, "SELECT 1") == [(1,)]


def test_a_patient_owner_stops_only_when_its_guests_have_left(data_dir):
    stay = embedded.visiting(data_dir)
    began = time.monotonic()

    with embedded.servers(data_dir, throwaway=True, patience=0.4):
        stay.__enter__()
    waited = time.monotonic() - began
    stay.__exit__(None, None, None)

    assert waited > 0.4


def test_a_server_that_died_is_started_again(data_dir):
    with embedded.servers(data_dir, throwaway=True) as servers:
        os.kill(servers.postgres.pid, signal.SIGKILL)
        assert soon(lambda: servers.revive() == ["Postgres"])

        assert query(servers, "SELECT 1") == [(1,)]
        assert servers.revive() == []


def test_a_cluster_of_another_major_version_is_refused_with_what_to_do(data_dir):
    version = data_dir / "postgres" / "PG_VERSION"
    made_by = version.read_text()
    version.write_text("17\n")

    try:
        with pytest.raises(embedded.Refused, match=r"made by PostgreSQL 17, but the installed one is 18\.\d+"):
            embedded.servers(data_dir).__enter__()
    finally:
        version.write_text(made_by)


def test_a_socket_folder_laid_by_somebody_else_is_refused(data_dir, tmp_path):
    socket_folder(data_dir).symlink_to(tmp_path)

    try:
        with pytest.raises(embedded.Refused, match="somebody else"):
            embedded.servers(data_dir).__enter__()
    finally:
        socket_folder(data_dir).unlink()


def test_half_a_cluster_left_by_an_interrupted_first_start_is_made_anew(tmp_path):
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")

    with embedded.servers(tmp_path, throwaway=True) as servers:
        assert query(servers, "SELECT current_database()") == [("portal",)]


def test_socket_paths_stay_short_where_the_temporary_folder_is_deep(data_dir, tmp_path, monkeypatch):
    deep = tmp_path / ("深" * 30)
    monkeypatch.setattr("tempfile.tempdir", str(deep))

    assert socket_folder(data_dir).parent == Path("/tmp")


def alive(pid: int) -> bool:
    """A process that is there and is not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(is_true, within: float = 10) -> bool:
    limit = time.monotonic() + within
    while not is_true():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True
