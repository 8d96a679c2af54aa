"""The only reader of the system clock. Everything else is told what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_rehearsed: ContextVar[datetime | None] = ContextVar("rehearsed_moment", default=None)


def now() -> datetime:
    """The present moment in Asia/Shanghai, or the rehearsed one inside `rehearsing`."""
    return _rehearsed.get() or datetime.now(SHANGHAI)


def today() -> date:
    """The present date in Asia/Shanghai."""
    return now().date()


@contextmanager
def rehearsing(at: datetime) -> Iterator[datetime]:
    """Let `now()` answer `at` inside the block: for tests, demonstrations and training.

    `at` must be aware; blocks may be nested. Only the current thread or task is affected.
    """
    if at.tzinfo is None:
        raise ValueError("a rehearsed moment must carry its time zone")
    token = _rehearsed.set(at.astimezone(SHANGHAI))
    try:
        yield at
    finally:
        _rehearsed.reset(token)


def local_date(moment: datetime) -> date:
    """The date an aware moment falls on in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def midnight_after(day: date) -> datetime:
    """The midnight that closes `day`: the exclusive upper bound of everything done on it."""
    return datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)


def chinese_date(day: date) -> str:
    """A date as letters, pages and refusals write it (GB/T 9704): 2026年11月1日, without leading noughts."""
    return f"{day.year}年{day.month}月{day.day}日"
