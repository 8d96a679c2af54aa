"""Due dates: our table against stepping day by day with the `chinese_calendar` package."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from portal.clocks.terms import Interval, due
from portal.regulations import library
from portal.workdays.notices import shipped_calendar

from .table import Line, seconds, written


def measure() -> Iterator[Line]:
    """Twenty working days from two hundred starts, without events and with one consultation excluded."""
    calendar = shipped_calendar()
    term = library.national(date(2026, 9, 10)).term("answer")
    chance = random.Random(20)
    starts = [date(2019, 1, 1) + timedelta(chance.randrange(2800)) for _ in range(200)]
    excluded = {start: (Interval(start + timedelta(2), start + timedelta(16)),) for start in starts}

    library_loop = seconds(lambda: [stepping(start, term.amount) for start in starts]) / len(starts)
    library_pause = seconds(lambda: [stepping(start, term.amount, *excluded[start]) for start in starts]) / len(starts)

    def plain() -> None:
        for _ in range(100):
            for start in starts:
                due(term, start, calendar)

    def paused() -> None:
        for _ in range(50):
            for start in starts:
                due(term, start, calendar, excluded=excluded[start])

    ours = seconds(plain) / len(starts) / 100
    ours_paused = seconds(paused) / len(starts) / 50
    for what, mine, theirs, goal in (
        ("20 working days, per computation", ours, library_loop, 1000),
        ("20 working days with one exclusion", ours_paused, library_pause, 300),
    ):
        yield Line(
            what,
            written(mine),
            f"chinese_calendar, day by day: {written(theirs)}",
            theirs / mine,
            f"≥ {goal:,} ×",
            theirs / mine >= goal,
        )


def stepping(start: date, amount: int, pause: Interval | None = None) -> date:
    """The same answer the long way."""
    day = start
    while amount:
        day += timedelta(1)
        inside = pause is not None and pause.after < day <= pause.until
        if not inside and chinese_calendar.is_workday(day):
            amount -= 1
    return day
