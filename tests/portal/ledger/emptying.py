"""Let Django empty the append-only tables between tests that need real transactions.

Their triggers refuse TRUNCATE to everybody, the owner included. Only a superuser's replica role goes past them, which the
throw-away server's user has and a production user must not have.
"""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied_between_tests() -> Iterator[None]:
    from django.db.backends.postgresql.operations import DatabaseOperations

    original = DatabaseOperations.execute_sql_flush

    def past_the_triggers(operations: DatabaseOperations, statements: list[str]) -> Any:
        role = "SET session_replication_role = {}"
        return original(operations, [role.format("replica"), *statements, role.format("DEFAULT")] if statements else [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", past_the_triggers)
        yield
