"""The rights that docs/operations.md gives the running portal are enough for its acts, and for nothing that undoes a record."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from tests.cast import Cast

from .standing import STATES


@pytest.fixture
def runtime(nx: Cast) -> Iterator[Any]:
    """From here on we are the role of the document."""
    document = (settings.BASE_DIR / "docs/operations.md").read_text("utf-8")
    (statements,) = re.findall(r"```sql\n(.*?)```", document, re.DOTALL)
    with connection.cursor() as cursor:
        cursor.execute(statements + "SET LOCAL ROLE portal_runtime")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("state", STATES)
def test_the_running_portal_may_do_every_act(nx: Cast, files: Any, runtime: Any, state: str) -> None:
    assert STATES[state](nx).pk


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DELETE FROM ledger_chain",
        "UPDATE letters_letter SET number = 'x'",
        "DELETE FROM letters_letter",
        "DELETE FROM letters_delivery",
        "DELETE FROM archive_dossier",
        "UPDATE organisation_historicalpost SET role = 'x'",
        "DELETE FROM requests_ogi_informationrequest",
        "DROP TABLE ledger_entry",
    ],
)
def test_the_running_portal_may_undo_no_record(nx: Cast, runtime: Any, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        runtime.execute(statement)
