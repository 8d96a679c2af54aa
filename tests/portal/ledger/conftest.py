"""A body, two subjects and a moment: enough to write a ledger with."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from portal.ledger import service as ledger
from portal.moment import SHANGHAI
from portal.organisation import people

NOON = datetime(2026, 9, 10, 12, 0, 0, 123456, SHANGHAI)


def matter(pk: int = 7, body: str = "nx") -> SimpleNamespace:
    """What the ledger asks of a subject, and no more."""
    meta = SimpleNamespace(label_lower="requests_ogi.request")
    return SimpleNamespace(pk=pk, number=f"{body.upper()}-2026-{pk}", body=SimpleNamespace(code=body), _meta=meta)


@pytest.fixture
def written(db):
    """Five acts of nx and two of yc."""
    for serial in range(1, 6):
        ledger.record(f"act{serial}", matter(), by=people.SYSTEM, at=NOON, told={"serial": serial, "name": "告知书"})
    for serial in range(1, 3):
        ledger.record(f"act{serial}", matter(9, "yc"), by=people.APPLICANT, at=NOON)
