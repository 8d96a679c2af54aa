"""Processes that an earlier, killed owner left in a folder."""

import signal

import pytest

from portal.embedded.processes import Refused, clear_away, spawn, stop, works_in


@pytest.fixture
def stubborn(tmp_path):
    """A process in the folder that does not hear SIGTERM."""
    child = spawn(["sh", "-c", "trap '' TERM; echo > ready; while :; do sleep 1; done"], folder=tmp_path)
    while not (tmp_path / "ready").exists():
        assert works_in(child.pid, tmp_path)
    yield child
    stop(child, [])


def test_a_server_left_in_the_folder_is_ended_before_a_new_one_starts(tmp_path):
    left = spawn(["sleep", "60"], folder=tmp_path)

    clear_away(left.pid, tmp_path, signal.SIGTERM)

    assert left.wait(5) == -signal.SIGTERM


def test_a_server_that_does_not_end_is_named(tmp_path, stubborn):
    with pytest.raises(Refused, match=f"Process {stubborn.pid}, left over in {tmp_path}, does not end"):
        clear_away(stubborn.pid, tmp_path, signal.SIGTERM, patience=0.1)


def test_a_process_that_works_elsewhere_is_left_alone(tmp_path):
    stranger = spawn(["sleep", "60"])

    clear_away(stranger.pid, tmp_path, signal.SIGTERM)

    assert stranger.poll() is None
    stop(stranger, [])


def test_a_stubborn_child_is_killed_in_the_end(stubborn):
    stop(stubborn, [(signal.SIGTERM, 0.1)])

    assert stubborn.returncode == -signal.SIGKILL
