"""A limit to look at: a month-like grid of days, and the same told in words. Values only; the template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.clocks.reckoning import excluded_of, granted_of, start_of, term_of
from portal.clocks.terms import Granted, Interval, StripDay, Why, account, due, explain
from portal.moment import chinese_date, local_date
from portal.regulations.schema import Term, Unit
from portal.workdays.calendar import Calendar

# A grid of half a year says nothing; a longer term is told in words alone.
MOST_WEEKS = 20

_SHORT = {
    Why.START: "起算",
    Why.COUNTED: "",
    Why.WEEKEND: "休",
    Why.HOLIDAY: "假",
    Why.EXCLUDED: "扣除",
    Why.ROLLED: "顺延",
    Why.HOURS: "计时",
}
_LEGEND = {
    Why.START: "起算之日，不计入",
    Why.COUNTED: "计入期限",
    Why.WEEKEND: "周末，不计",
    Why.HOLIDAY: "节假日，不计",
    Why.EXCLUDED: "依法扣除的时间",
    Why.ROLLED: "届满日顺延",
    Why.HOURS: "连续计时",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the grid. `month` is set where a month begins; `mark` is the number counted or a short word.

    `classes` are the CSS classes of its kind and flags (start, due, today, extended, unpublished).
    """

    day: date
    month: str
    mark: str
    text: str
    classes: str


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: the class that draws it and what it means."""

    css: str
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A limit to look at.

    `weeks` hold seven cells each, Monday first, None outside the term; empty for a term too long to draw.
    `lines` tell every day, runs of skipped days as one. `doubt` is set while the calendar is not published.
    """

    summary: str
    weeks: tuple[tuple[Cell | None, ...], ...]
    legend: tuple[Key, ...]
    lines: tuple[str, ...]
    doubt: str = ""


def strip_of(clock: Clock, *, at: datetime) -> Strip:
    """The strip of a clock at the moment `at`; pauses and extensions are read from the clock (prefetch them)."""
    return strip(
        term_of(clock),
        start_of(clock),
        keeper.calendar_of(clock, at=clock.stopped_at or at),
        excluded=excluded_of(clock.pauses.all()),
        extension=granted_of(clock.extensions.all()),
        today=local_date(at) if clock.stopped_at is None else None,
    )


def strip(
    term: Term,
    start: date,
    calendar: Calendar,
    *,
    excluded: Sequence[Interval] = (),
    extension: Granted | None = None,
    today: date | None = None,
) -> Strip:
    """The strip of a term from `start`; the arguments are those of `terms.due`. `today` is ringed if it lies inside."""
    days = explain(term, start, calendar, excluded=excluded, extension=extension)
    end = due(term, start, calendar, excluded=excluded, extension=extension)
    doubt = ""
    if end.provisional:
        doubt = f"{end.landing.year}年放假安排尚未公布，届满日按周末和法定节日暂计，公布后重新计算。"
    return Strip(
        summary=_summary(term, days, end.moment, extension, end.provisional),
        weeks=_weeks(days, today),
        legend=_legend(days, today),
        lines=tuple(account(days)),
        doubt=doubt,
    )


def _summary(
    term: Term,
    days: Sequence[StripDay],
    moment: datetime | None,
    extension: Granted | None,
    provisional: bool,
) -> str:
    first, last = chinese_date(days[0].day), chinese_date(days[-1].day)
    ends = "暂计至" if provisional else "届满于"
    if moment is not None:
        return f"自{first}起连续计算{term.words}，{ends}{last}{moment:%H:%M}。"
    longer = f"，依法延长{extension.amount}{extension.unit.label}" if extension else ""
    kept_out = sum(day.why is Why.EXCLUDED for day in days)
    paused = f"，依法扣除{kept_out}{'个工作日' if term.unit is Unit.WORKING_DAY else '日'}" if kept_out else ""
    return f"自{first}起算（当日不计入），{term.words}{longer}{paused}，{ends}{last}24时。"


def _weeks(days: Sequence[StripDay], today: date | None) -> tuple[tuple[Cell | None, ...], ...]:
    of_day = {day.day: day for day in days}
    monday = days[0].day - timedelta(days[0].day.weekday())
    count = (days[-1].day - monday).days // 7 + 1
    if count > MOST_WEEKS:
        return ()
    cells = [
        _cell(of_day[day], today, first=day == days[0].day) if day in of_day else None
        for day in (monday + timedelta(offset) for offset in range(7 * count))
    ]
    return tuple(tuple(cells[7 * week : 7 * week + 7]) for week in range(count))


def _cell(day: StripDay, today: date | None, *, first: bool) -> Cell:
    flags = [f"strip-{day.why.value}"]
    if day.due:
        flags.append("strip-due")
    if day.day == today:
        flags.append("strip-today")
    elif today is not None and day.day < today:
        flags.append("strip-past")
    if day.extended and day.why is Why.COUNTED:
        flags.append("strip-extended")
    if not day.published:
        flags.append("strip-unpublished")
    return Cell(
        day=day.day,
        month=f"{day.day.month}月" if first or day.day.day == 1 else "",
        mark=str(day.number) if day.number is not None else _SHORT[day.why],
        text=day.text,
        classes=" ".join(flags),
    )


def _legend(days: Sequence[StripDay], today: date | None) -> tuple[Key, ...]:
    present = {day.why for day in days}
    keys = [Key(f"strip-{why.value}", words) for why, words in _LEGEND.items() if why in present]
    if any(day.extended for day in days):
        keys.append(Key("strip-counted strip-extended", "延长的期限"))
    keys.append(Key("strip-counted strip-due", "期限届满日"))
    if today is not None and days[0].day <= today <= days[-1].day:
        keys.append(Key("strip-counted strip-today", "今天"))
    return tuple(keys)
