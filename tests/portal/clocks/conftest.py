"""Matters to put clocks on: what a clock asks of a subject, and no more."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from types import SimpleNamespace

import pytest

from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.moment import SHANGHAI
from portal.regulations import library

_serial = count(1)


def moment(day: str, clock: str = "10:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


def matter(body, number: str | None = None) -> SimpleNamespace:
    """A matter of a body, with a number of its own."""
    pk = next(_serial)
    return SimpleNamespace(
        pk=pk,
        body=body,
        number=number or f"NX-2026-{pk:05d}",
        title_for_clock="关于专项资金安排的申请",
        _meta=SimpleNamespace(label_lower="requests_ogi.informationrequest"),
    )


@pytest.fixture
def start(nx) -> Callable[..., Clock]:
    """Start a statutory clock at 宁夏工信厅: `start("2026-09-10", "answer")`."""

    def started(day: str, duty: str = "answer", *, at: datetime | None = None, **options) -> Clock:
        options = {"weight": "statutory", "department": nx.department} | options
        term = options.pop("term", None) or library.profile("nx", date.fromisoformat(day)).term(duty)
        subject = options.pop("subject", None) or matter(nx.body)
        return keeper.start(subject, term, started=date.fromisoformat(day), at=at or moment(day), **options)

    return started
