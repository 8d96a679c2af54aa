"""When a term ends: pure arithmetic over a calendar, with an account of every day on the way.

Conventions, each argued in law: the day of the event is not counted (民法典第二百零一条); a limit in working days ends
with its last working day, 24:00; one in calendar days, months or years that would end on a closed day ends on the
next working day where the term says so (第二百零三条); months end on the corresponding day or the month's last
(第二百零二条); hours run on through nights and holidays. Due moments are exclusive upper bounds.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from portal.moment import SHANGHAI, local_date, midnight_after
from portal.regulations.registry import carries
from portal.regulations.schema import Term, Unit
from portal.workdays.calendar import Calendar, DayKind, DayStatus

_WORKING_DAY = Unit.WORKING_DAY
_DAY = timedelta(1)


class Due(NamedTuple):
    """When a term ends. `landing` is the date counted out, `moment` the exact end of an hour term.

    `provisional`: part of the way lies in a year whose arrangement is not published, so `landing` is a guess
    from weekends and statutory festivals, and there is no last day that may be relied on.
    """

    landing: date
    provisional: bool
    moment: datetime | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which the duty can be met; None while the calendar is not published."""
        return None if self.provisional else self.landing

    @property
    def due_at(self) -> datetime:
        """The first moment that is too late: the midnight closing the last day, or the hour itself."""
        return self.moment if self.moment is not None else midnight_after(self.landing)

    def late(self, at: datetime) -> bool:
        """Whether `at` is past the limit."""
        return at >= self.due_at


class Interval(NamedTuple):
    """Days (after, until] that do not count, and why: 条例第三十三条第三款."""

    after: date
    until: date
    cause: str = ""


class Granted(NamedTuple):
    """An extension as granted: `amount` further units after the limit then in force."""

    amount: int
    unit: Unit = Unit.WORKING_DAY


def due(
    term: Term,
    start: date,
    calendar: Calendar,
    *,
    excluded: Sequence[tuple[date, date] | Interval] = (),
    extension: Granted | None = None,
) -> Due:
    """When `term`, running from `start`, ends.

    `start` is the day of the event, not counted; an hour term needs an aware datetime. `excluded` are intervals
    (after, until] whose days do not count; overlapping ones count once. `extension` begins where the limit ends.
    Raises `BeyondHorizon` when the dates leave the calendar's tables.
    """
    if term.unit is _WORKING_DAY and extension is None:
        # The common road, kept short: a recount of all running clocks comes through here for each of them.
        if excluded:
            landing, provisional = calendar.reach_over(start, term.amount, merged(excluded))
        else:
            landing, provisional = calendar.reach(start, term.amount)
        return tuple.__new__(Due, (landing, provisional, None))
    end = _advance(Granted(term.amount, term.unit), start, calendar, excluded, rolls=term.rolls)
    if extension is None:
        return end
    base = end.moment if end.moment is not None else end.landing
    after = _advance(extension, base, calendar, excluded, rolls=term.rolls)
    return Due(after.landing, after.provisional or end.provisional, after.moment)


def _advance(
    step: Granted,
    start: date,
    calendar: Calendar,
    excluded: Sequence[tuple[date, date] | Interval],
    *,
    rolls: bool,
) -> Due:
    match step.unit:
        case Unit.WORKING_DAY:
            return Due(*calendar.reach_over(start, step.amount, merged(excluded)))
        case Unit.HOUR:
            return _hours(step.amount, start)
        case Unit.CALENDAR_DAY:
            shares = [(after.toordinal(), until.toordinal()) for after, until in merged(excluded)]
            landing = date.fromordinal(_skip(start.toordinal(), step.amount, shares))
        case Unit.MONTH:
            landing = months_after(start, step.amount)
        case Unit.YEAR:
            landing = months_after(start, 12 * step.amount)
        case Unit.IMMEDIATE:
            return Due(_plain(start), False)
    return Due(*calendar.next_working(landing)) if rolls else Due(landing, False)


def _skip(start: int, amount: int, shares: Iterable[tuple[int, int]]) -> int:
    """The coordinate `amount` steps after `start`, stepping over the shares (a, b] that do not count."""
    place = start + amount
    for after, until in shares:
        first = max(after, start)
        if first >= place:
            break
        place += max(until - first, 0)
    return place


def _hours(amount: int, start: date) -> Due:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError("an hour term starts at an aware moment")
    # Counted in UTC: an hour is an hour whatever zone the start was written in.
    moment = (start.astimezone(UTC) + timedelta(hours=amount)).astimezone(SHANGHAI)
    return Due(local_date(moment), False, moment)


def _plain(day: date) -> date:
    return local_date(day) if isinstance(day, datetime) else day


def months_after(start: date, months: int) -> date:
    """The corresponding day `months` later, or that month's last day (民法典第二百零二条)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def merged(intervals: Sequence[tuple[date, date] | Interval]) -> list[tuple[date, date]]:
    """The union of intervals (after, until], in order; empty ones vanish. Overlaps are never counted twice."""
    if len(intervals) == 1:
        after, until = intervals[0][0], intervals[0][1]
        return [(after, until)] if until > after else []
    union: list[tuple[date, date]] = []
    for after, until in sorted((interval[0], interval[1]) for interval in intervals):
        if until <= after:
            continue
        if union and after <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], until))
        else:
            union.append((after, until))
    return union


@carries("REG-32", "REG-33")
def consultation_interval(
    sent: date, served: date | None, replied: date | None, limit_term: Term, calendar: Calendar, *, cause: str = ""
) -> Interval:
    """The days a consultation takes out of the reply limit (条例第三十二条、第三十三条第三款).

    From the day after `sent` to the reply, at most to the end of the consulted party's own limit, which runs from
    `served`; without a reply, to that end. Before the letter is served nothing can cap it but the day of sending.
    """
    limit = due(limit_term, served or sent, calendar).landing
    until = limit if replied is None else min(replied, limit)
    return Interval(sent, max(until, sent), cause)


def fixed(day: date, calendar: Calendar) -> tuple[Due, date]:
    """A date the law names does not roll; with it the safe date, the last working day on or before it."""
    return Due(day, False), calendar.back(day, 0)


def rolled_start(start: date, calendar: Calendar) -> date:
    """The start under the disputed reading that a receipt on a closed day counts as the next working day's."""
    return calendar.next_working(start).day


def extension_in_time(limit: Due, sent_on: date) -> bool:
    """Whether an extension sent on `sent_on` came before the limit then in force had passed (条例第三十三条)."""
    return sent_on <= limit.landing


class Why(StrEnum):
    """What one day is in the account of a term."""

    START = "start"
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    EXCLUDED = "excluded"
    ROLLED = "rolled"
    HOURS = "hours"


SKIPPED = frozenset({Why.WEEKEND, Why.HOLIDAY, Why.EXCLUDED, Why.ROLLED})


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the account. `number` counts the days that count; `notice` is the 文号 that made it a holiday or not.

    `reason` is the Chinese reason without the date; `due` marks the last day, `extended` the part an extension added,
    `published` is false in a year whose arrangement is not announced.
    """

    day: date
    why: Why
    number: int | None
    reason: str
    notice: str = ""
    due: bool = False
    extended: bool = False
    published: bool = True

    @property
    def text(self) -> str:
        """The day as one line of the account, e.g. 9月11日（周五）第1个工作日."""
        end = "，期限届满日" if self.due else ""
        source = f"（{self.notice}）" if self.notice else ""
        doubt = "" if self.published else "（该年度放假安排尚未公布，暂计）"
        return f"{chinese_day(self.day)}{self.reason}{source}{end}{doubt}"


def chinese_day(day: date) -> str:
    """9月11日（周五）."""
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def explain(
    term: Term,
    start: date,
    calendar: Calendar,
    *,
    excluded: Sequence[tuple[date, date] | Interval] = (),
    extension: Granted | None = None,
) -> list[StripDay]:
    """Every day from the start to the last day: counted as what number, or skipped and why.

    The arguments are those of `due`, and the account ends on its landing. The days counted in a term of working or
    calendar days number exactly its amount, extension included.
    """
    end = due(term, start, calendar, excluded=excluded, extension=extension)
    if term.unit is Unit.HOUR:
        return list(_hour_account(start, end))
    base = due(term, start, calendar, excluded=excluded)
    nominal = _nominal(term, start, calendar, excluded, base if extension is None else end, extension)
    days = [StripDay(_plain(start), Why.START, None, "起算之日，不计入", due=end.landing == _plain(start))]
    number = 0
    day = _plain(start) + _DAY
    while day <= end.landing:
        why, reason, notice = _judge(term, day, nominal, calendar.status(day), excluded)
        if why is Why.COUNTED:
            number += 1
            reason = _numbered(term, number, calendar.status(day))
        days.append(
            StripDay(
                day,
                why,
                number if why is Why.COUNTED else None,
                reason,
                notice,
                due=day == end.landing,
                extended=day > base.landing,
                published=calendar.covers(day),
            )
        )
        day += _DAY
    return days


def _nominal(
    term: Term,
    start: date,
    calendar: Calendar,
    excluded: Sequence[tuple[date, date] | Interval],
    end: Due,
    extension: Granted | None,
) -> date:
    """The day the count itself reaches, before an end on a closed day is moved."""
    unit = term.unit if extension is None else extension.unit
    if not term.rolls or unit is Unit.WORKING_DAY:
        return end.landing
    amount = term.amount if extension is None else extension.amount
    base = start if extension is None else due(term, start, calendar, excluded=excluded).landing
    return _advance(Granted(amount, unit), base, calendar, excluded, rolls=False).landing


def _judge(
    term: Term,
    day: date,
    nominal: date,
    status: DayStatus,
    excluded: Sequence[tuple[date, date] | Interval],
) -> tuple[Why, str, str]:
    cause = _cause(day, excluded)
    if day > nominal:
        if not status.working:
            return Why.ROLLED, f"{status.reason}，届满日顺延", status.notice
        return Why.ROLLED, "节假日后的第一个工作日，期限顺延至本日", status.notice
    if term.unit is _WORKING_DAY and not status.working:
        why = Why.HOLIDAY if status.kind is DayKind.HOLIDAY else Why.WEEKEND
        return why, f"{status.reason}，不计", status.notice
    if cause is not None:
        return Why.EXCLUDED, f"{cause or '依法扣除的时间'}，不计入期限", ""
    return Why.COUNTED, "", status.notice if status.kind is DayKind.MAKE_UP else ""


def _cause(day: date, excluded: Sequence[tuple[date, date] | Interval]) -> str | None:
    """Why `day` is excluded; every cause that covers it, or None."""
    causes = [interval[2] if len(interval) > 2 else "" for interval in excluded if interval[0] < day <= interval[1]]
    return "、".join(dict.fromkeys(cause for cause in causes if cause)) if causes else None


def _numbered(term: Term, number: int, status: DayStatus) -> str:
    if term.unit is _WORKING_DAY:
        make_up = f"，{status.reason}" if status.kind is DayKind.MAKE_UP else ""
        return f"第{number}个工作日{make_up}"
    return f"第{number}日"


def _hour_account(start: date, end: Due) -> Iterator[StripDay]:
    """Hours run on: one line for the day they begin, one for each day they run through, one for the end."""
    if not isinstance(start, datetime) or end.moment is None:
        raise ValueError("an hour term starts at an aware moment")
    begin = start.astimezone(SHANGHAI)
    last = end.moment
    clock = f"{last:%H:%M}届满"
    if local_date(begin) == last.date():
        yield StripDay(last.date(), Why.HOURS, None, f"{begin:%H:%M}起算，当日{clock}", due=True)
        return
    yield StripDay(local_date(begin), Why.HOURS, None, f"{begin:%H:%M}起算，连续计算，节假日不停")
    day = local_date(begin) + _DAY
    while day < last.date():
        yield StripDay(day, Why.HOURS, None, "全天连续计算")
        day += _DAY
    yield StripDay(last.date(), Why.HOURS, None, clock, due=True)


def account(days: Sequence[StripDay]) -> list[str]:
    """The account in lines, runs of days skipped for the same reason as one: 10月1日—10月7日 国庆节放假，不计."""
    lines: list[str] = []
    run: list[StripDay] = []
    for day in days:
        if run and (day.why not in SKIPPED or day.due or (day.reason, day.notice) != (run[0].reason, run[0].notice)):
            lines.append(_run(run))
            run = []
        if day.why in SKIPPED and not day.due:
            run.append(day)
        else:
            lines.append(day.text)
    return lines + ([_run(run)] if run else [])


def _run(days: Sequence[StripDay]) -> str:
    first, last = days[0], days[-1]
    if first is last:
        return first.text
    span = f"{first.day.month}月{first.day.day}日—{last.day.month}月{last.day.day}日"
    doubt = "" if first.published else "（该年度放假安排尚未公布，暂计）"
    return f"{span} {first.reason}{f'（{first.notice}）' if first.notice else ''}{doubt}"
