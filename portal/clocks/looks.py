"""When a clock has something to say: its thresholds put into moments. Pure: no Django."""

from collections.abc import Iterable
from datetime import date, datetime, time

from portal.moment import SHANGHAI
from portal.regulations.schema import Unit
from portal.workdays.calendar import Calendar

OVERDUE = -1


def looks(
    thresholds: Iterable[int], *, unit: str, since: date, last_day: date, due_at: datetime, calendar: Calendar
) -> list[tuple[datetime, int]]:
    """(moment, threshold) in order of time. A threshold of k is reached at the start of the day with k working
    days left; one reached on or before `since` is not called out. `OVERDUE` comes with the due moment itself.

    An hour term knows no days left: it only says when it is overdue. Raises `BeyondHorizon` outside the calendar.
    """
    found = [(due_at, OVERDUE)]
    if unit != Unit.HOUR:
        for left in thresholds:
            day = calendar.back(last_day, left)
            if since < day <= last_day:
                found.append((_start_of(day), left))
    return sorted(found)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def next_look(found: Iterable[tuple[datetime, int]], sent: Iterable[int]) -> datetime | None:
    """The first moment whose threshold is not sent yet, however long ago; None when all has been said."""
    known = set(sent)
    return next((moment for moment, threshold in found if threshold not in known), None)


def reached(found: Iterable[tuple[datetime, int]], sent: Iterable[int], *, at: datetime) -> list[int]:
    """The thresholds that are reached by `at` and not sent."""
    known = set(sent)
    return [threshold for moment, threshold in found if moment <= at and threshold not in known]


def left_in_words(threshold: int) -> str:
    """A threshold as people read it."""
    if threshold == OVERDUE:
        return "已经逾期"
    return "今天届满" if threshold == 0 else f"还剩{threshold}个工作日"
