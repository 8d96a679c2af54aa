"""How the page of a matter tells of limits and files, whatever chapter it belongs to."""

from datetime import datetime
from typing import Any

from portal.clocks import strip
from portal.clocks.models import Clock
from portal.moment import chinese_date, local_date
from portal.workdays.calendar import Calendar


def days_left(clock: Clock, calendar: Calendar, *, at: datetime) -> int:
    """Working days from today to the last day; negative once it is past."""
    return calendar.days_left(local_date(at), clock.last_day)


def clock_dict(clock: Clock, calendar: Calendar, *, at: datetime) -> dict[str, Any]:
    """A limit with its account of every day."""
    running = clock.stopped_at is None
    return {
        "label": clock.label,
        "weight": clock.weight,
        "running": running,
        "last_day": clock.last_day,
        "days_left": days_left(clock, calendar, at=at) if running else None,
        "provisional": clock.provisional,
        "ended": "" if running else f"{clock.get_ended_as_display()}（{chinese_date(clock.ended_on)}）",
        "article": _rolled(clock),
        "strip": strip.strip_of(clock, at=at) if clock.weight != "internal" or running else None,
    }


def _rolled(clock: Clock) -> str:
    if clock.rolled_last_day is None or clock.rolled_last_day == clock.last_day:
        return ""
    return f"按收到日顺延的算法为{chinese_date(clock.rolled_last_day)}，仅供备查，提醒和是否按期一律按上列日期。"


def size_in_words(size: int) -> str:
    """A number of bytes as people say it."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"
