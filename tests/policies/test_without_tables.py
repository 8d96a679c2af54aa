"""A command on a database that nobody has migrated says what to do first."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

EMPTY = "portal_without_tables"


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database without a single table, on the server of the test run."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(EMPTY)))
        yield urlunsplit(urlsplit(url)._replace(path=f"/{EMPTY}"))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(EMPTY)))


@pytest.mark.parametrize("command", ["verify_ledger", "ledger_heads", "recompute_clocks"])
def test_a_command_that_needs_tables_says_how_to_make_them(empty_database: str, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": empty_database},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "数据库还没有建表，请先运行 make run，或者 manage.py migrate 与 manage.py prepare。\n"
