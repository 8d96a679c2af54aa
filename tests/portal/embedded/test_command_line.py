"""Which commands bring servers up, and what they leave behind."""

import os

import pytest
from django.conf import settings

from portal import embedded
from portal.embedded import command_line

from .conftest import query


@pytest.fixture
def at_home(monkeypatch, data_dir):
    """As in a fresh shell: no servers named, the data in a folder of our own."""
    for name in ("DATABASE_URL", "REDIS_URL", "DEMO"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    return data_dir


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("migrate", True),
        ("replay cases.json", True),
        ("makemigrations", True),
        ("makemigrations --check --dry-run", False),
        ("check", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("due --from 2026-09-10 --term 20wd --region CN-NX", False),
        ("rules --json", False),
        ("article NX-29-1", False),
        ("migrate --help", False),
        ("--version", False),
        ("", False),
    ],
)
def test_only_commands_that_touch_the_database_bring_it_up(line, needed):
    assert command_line.needs_servers(line.split()) == needed


def test_a_command_starts_the_servers_and_stops_them_again(at_home):
    with command_line.servers_for(["migrate"]):
        urls = embedded.running(at_home)
        assert os.environ["DATABASE_URL"] == urls.database
        assert os.environ["REDIS_URL"] == urls.redis

    assert embedded.running(at_home) is None


def test_a_command_uses_the_servers_of_make_run_and_leaves_them_running(at_home, owner):
    owner()

    with command_line.servers_for(["migrate"]):
        assert os.environ["DATABASE_URL"] == embedded.running(at_home).database

    assert query(embedded.running(at_home), "SELECT 1") == [(1,)]


def test_with_urls_given_nothing_is_started(at_home, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@db.example/portal")

    with command_line.servers_for(["migrate"]):
        assert embedded.running(at_home) is None
        assert "REDIS_URL" not in os.environ


def test_what_a_trial_encrypts_a_command_can_read(at_home):
    with command_line.servers_for(["migrate"]):
        assert os.environ["DEMO"] == "true"


def test_command_line_and_settings_mean_the_same_data_folder():
    assert command_line.data_dir() == settings.DATA_DIR
