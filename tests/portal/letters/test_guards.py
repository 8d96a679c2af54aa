"""Letters, deliveries and the history of posts cannot be emptied, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Cast
from tests.policies.standing import STATES


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE letters_letter CASCADE",
        "TRUNCATE letters_delivery CASCADE",
        "DELETE FROM letters_delivery",
        "TRUNCATE organisation_historicalpost",
        "DELETE FROM organisation_historicalpost",
        "UPDATE organisation_historicalpost SET role = 'discipline'",
    ],
)
def test_what_must_last_cannot_be_emptied(nx: Cast, files: object, statement: str) -> None:
    STATES["answered"](nx)
    table = next(word for word in statement.split() if "_" in word)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of the transaction that wrote them
        with pytest.raises(IntegrityError, match=f"{table} 只可追加"), transaction.atomic():
            cursor.execute(statement)
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
