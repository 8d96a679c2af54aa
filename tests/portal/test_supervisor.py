"""`make run` from the first start to Ctrl-C, on an empty folder and a free port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from portal import embedded, supervisor


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory):
    """As in a fresh shell, but with a folder and a port that disturb nobody, and without the demonstration."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as shell:
        for name in ("DATABASE_URL", "REDIS_URL"):
            shell.delenv(name)
        for name, value in {"DATA_DIR": str(folder), "PORT": str(port), "DEMO": "false", "TESTING": "true"}.items():
            shell.setenv(name, value)
        yield port, folder


@pytest.fixture(scope="module")
def site(surroundings):
    """The supervisor with everything up; what it says goes to a file. The last test takes it down."""
    _, folder = surroundings
    with (folder / "said").open("w") as said:
        process = subprocess.Popen([sys.executable, "-m", "portal.supervisor"], stdout=said, stderr=subprocess.STDOUT)
    yield process
    process.terminate()
    process.wait(20)


def test_make_run_brings_everything_up(site, surroundings):
    port, folder = surroundings

    eventually(lambda: "the site answers" in (folder / "said").read_text(), site, folder)

    assert answers(port)
    assert {"gunicorn", "celery", "postgres", "valkey-server"} <= set(descendants(site.pid).values())


def test_nothing_in_the_data_folder_is_open_to_others(site, surroundings):
    _, folder = surroundings
    eventually(lambda: any(folder.glob("celerybeat-schedule*")), site, folder)

    ours = [path for path in folder.iterdir() if path.name != "said"]
    open_to_others = {path.name: oct(path.stat().st_mode) for path in ours if path.stat().st_mode & 0o077}

    assert {"embedded.json", "postgres.log", "valkey.log", "static"} <= {path.name for path in ours}
    assert not open_to_others


def test_a_program_that_dies_is_started_again(site, surroundings):
    port, folder = surroundings
    web = min(pid for pid, name in descendants(site.pid).items() if name == "gunicorn")

    os.kill(web, signal.SIGKILL)

    eventually(lambda: "web ended (signal SIGKILL); starting it again" in (folder / "said").read_text(), site, folder)
    eventually(lambda: answers(port), site, folder)


def test_being_told_to_stop_takes_everything_down_within_ten_seconds(site, surroundings):
    _, folder = surroundings
    everybody = descendants(site.pid)
    asked = time.monotonic()

    site.terminate()
    site.wait(20)

    assert site.returncode == 0
    assert time.monotonic() - asked < 10
    assert not [name for pid, name in everybody.items() if Path(f"/proc/{pid}").exists()]
    assert embedded.running(folder) is None


def test_a_program_that_keeps_dying_is_given_ever_more_time(capsys, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(supervisor.time, "monotonic", lambda: clock[0])
    child = supervisor.Child("worker", ["-c", "raise SystemExit(3)"])

    for _ in range(4):
        clock[0] = max(clock[0], child.again_at)
        child.look_after()
        child.process.wait()
        child.look_after()

    waits = [line.rpartition("again in ")[2] for line in capsys.readouterr().out.splitlines()]
    assert waits == ["1 s", "2 s", "4 s", "8 s"]


def test_a_taken_port_is_named_and_another_one_proposed(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(embedded.Refused, match=rf"port {port} .*make run PORT={port + 1}"):
            supervisor.address()


@pytest.mark.parametrize("nonsense", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, nonsense):
    monkeypatch.setenv("PORT", nonsense)

    with pytest.raises(embedded.Refused, match="from 1 to 65535"):
        supervisor.address()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def eventually(is_true, site, folder, within: float = 300) -> None:
    limit = time.monotonic() + within
    while not is_true():
        said = (folder / "said").read_text()
        assert site.poll() is None, said
        assert time.monotonic() < limit, said
        time.sleep(0.1)


def descendants(ancestor: int) -> dict[int, str]:
    """Every process below `ancestor`: {pid: the program it is}."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except FileNotFoundError:
            continue
    found: dict[int, str] = {}
    near = {ancestor}
    while near:
        near = {pid for pid, parent in parents.items() if parent in near}
        found |= {pid: program(pid) for pid in near}
    return found


def program(pid: int) -> str:
    """Servers rewrite their command line as a title, so its words may be divided by spaces and colons."""
    words = re.split(rb"[\0 :]", Path(f"/proc/{pid}/cmdline").read_bytes())
    known = ("gunicorn", "celery", "postgres", "valkey-server")
    return next((name for word in words for name in known if Path(word.decode()).name == name), "")
