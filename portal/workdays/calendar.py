"""The working-day calendar as a value: which days count, why the others do not, and how far it is published.

Nothing here knows Django or the clock. A calendar is built once from the announcements in force and answers by
table: an array of all working days, and for every date the number of working days up to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

NATION = "CN"

# Wide enough for every limit a matter of today can have; a date outside it is refused, never guessed.
FIRST_DAY = date(2010, 1, 1)
END_DAY = date(2046, 1, 1)
_BASE = FIRST_DAY.toordinal()
_SIZE = END_DAY.toordinal() - _BASE


class BeyondHorizon(LookupError):
    """The question reaches outside the years the tables hold. The message is a Chinese sentence."""


class DayKind(StrEnum):
    """What a day is in the working calendar."""

    WORKING = "working"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class DayStatus(NamedTuple):
    """What one day is and on whose word. `notice` is the 文号, empty for ordinary days.

    `published` is false where the year's national arrangement is not yet announced.
    """

    kind: DayKind
    reason: str
    notice: str
    published: bool

    @property
    def working(self) -> bool:
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)


class Landing(NamedTuple):
    """Where counting ends. `provisional`: part of the way lies in years not yet announced."""

    day: date
    provisional: bool


class NamedDay(NamedTuple):
    """One announced day: off or, against the week, worked. `name` is the festival, e.g. 国庆节."""

    day: date
    off: bool
    name: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """One notice that moves days: the national arrangement of a year, a region's, or a body's own.

    `scope` is "CN", a region ("CN-NX") or the code of a body. `effective_from` is the day the notice speaks from.
    A provisional announcement holds statutory festivals only and never counts as the year's arrangement.
    """

    scope: str
    year: int
    number: str
    title: str
    effective_from: date
    days: tuple[NamedDay, ...]
    url: str = ""
    issued_on: date | None = None
    provisional: bool = False
    note: str = ""


class Calendar:
    """Working days of one place, as announced. Equal announcements make equal calendars.

    Later announcements override earlier ones, narrower scopes override wider ones; provisional ones speak only
    where no national arrangement of that year is known.
    """

    __slots__ = ("_count", "_named", "_reached", "_uncovered", "_working", "announcements", "years")

    def __init__(self, announcements: Iterable[Announcement]) -> None:
        """`announcements`: from the widest scope to the narrowest; within a scope they are put in order of effect."""
        given = tuple(announcements)
        rank = {scope: place for place, scope in enumerate(dict.fromkeys(notice.scope for notice in given))}
        self.years = frozenset(n.year for n in given if n.scope == NATION and not n.provisional)
        """The years whose national arrangement is published."""
        self.announcements = tuple(
            sorted(
                (n for n in given if not n.provisional or n.year not in self.years),
                key=lambda n: (rank[n.scope], n.effective_from, n.number),
            )
        )
        self._named: dict[date, tuple[NamedDay, Announcement]] = {
            named.day: (named, notice) for notice in self.announcements for named in notice.days
        }
        self._build()

    def _build(self) -> None:
        working: list[date] = []
        count: list[int] = []
        uncovered: list[int] = []
        unknown = 0
        named = self._named
        for offset in range(_SIZE):
            day = FIRST_DAY + timedelta(offset)
            found = named.get(day)
            if (day.weekday() < 5) if found is None else not found[0].off:
                working.append(day)
            if day.year not in self.years:
                unknown += 1
            count.append(len(working))
            uncovered.append(unknown)
        self._working, self._count, self._uncovered = working, count, uncovered
        # By ordinal of the working day rather than by date, to spare the fast path one conversion.
        self._reached = [uncovered[day.toordinal() - _BASE] for day in working]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self.announcements == other.announcements

    def __hash__(self) -> int:
        return hash(self.announcements)

    def __repr__(self) -> str:
        return f"Calendar({len(self.announcements)} announcements, years {sorted(self.years)})"

    def status(self, day: date) -> DayStatus:
        """What `day` is, why, and by which notice."""
        published = day.year in self.years
        found = self._named.get(day)
        if found is None:
            if day.weekday() < 5:
                return DayStatus(DayKind.WORKING, "工作日", "", published)
            return DayStatus(DayKind.WEEKEND, "周末", "", published)
        named, notice = found
        if named.off:
            return DayStatus(DayKind.HOLIDAY, f"{named.name}放假", notice.number, published)
        return DayStatus(DayKind.MAKE_UP, f"{named.name}调休上班", notice.number, published)

    def is_working(self, day: date) -> bool:
        """Whether `day` counts as a working day (a make-up weekend does)."""
        at = self._index(day)
        return self._count[at] != (self._count[at - 1] if at else 0)

    def covers(self, day: date) -> bool:
        """Whether the national arrangement of the year of `day` is published."""
        return day.year in self.years

    def add(self, day: date, n: int) -> Landing:
        """The `n`-th working day after `day`; `day` itself is not counted (民法典第二百零一条). n = 0 is `day`.

        Raises `BeyondHorizon` outside the tables.
        """
        return Landing(*self.reach(day, n))

    def reach(self, day: date, n: int) -> tuple[date, bool]:
        """`add` as a bare tuple (day, provisional): the one look-up everything else is built on."""
        at = day.toordinal() - _BASE
        if at < 0 or n <= 0:
            return self._stay(day, n)
        try:
            place = self._count[at] + n - 1
            return self._working[place], self._reached[place] != self._uncovered[at]
        except IndexError:
            raise _beyond(day) from None

    def reach_over(self, day: date, n: int, skipped: Iterable[tuple[date, date]]) -> tuple[date, bool]:
        """`reach`, where working days in the intervals (after, until] do not count.

        The intervals must be in order and must not overlap (`clocks.terms.merged`).
        """
        at = day.toordinal() - _BASE
        if at < 0 or n <= 0:
            return self._stay(day, n)
        count = self._count
        try:
            begin = count[at]
            place = begin + n
            for after, until in skipped:
                first, last = count[after.toordinal() - _BASE], count[until.toordinal() - _BASE]
                first = max(first, begin)
                if first >= place:
                    break
                if last > first:
                    place += last - first
            return self._working[place - 1], self._reached[place - 1] != self._uncovered[at]
        except IndexError:
            raise _beyond(day) from None

    def _stay(self, day: date, n: int) -> tuple[date, bool]:
        if n < 0:
            raise ValueError("add counts forwards; use back")
        self._index(day)
        return day, False

    def back(self, day: date, n: int) -> date:
        """The earliest date from which `n` working days are left until `day`: between(result, day) == n.

        With n = 0 it is `day` if that is a working day, otherwise the last working day before it.
        """
        place = self._count[self._index(day)] - n - 1
        if place < 0:
            raise _beyond(day)
        return self._working[place]

    def between(self, a: date, b: date) -> int:
        """The number of working days in (a, b]; negative when `b` is before `a`."""
        return self._count[self._index(b)] - self._count[self._index(a)]

    def days_left(self, today: date, last_day: date) -> int:
        """Working days left after `today` until and including `last_day`; 0 on the last day, negative when late."""
        return self.between(today, last_day)

    def next_working(self, day: date) -> Landing:
        """`day` if it is a working day, else the next one."""
        if self.is_working(day):
            return Landing(day, not self.covers(day))
        landing, provisional = self.add(day, 1)
        return Landing(landing, provisional or not self.covers(day))

    def _index(self, day: date) -> int:
        at = day.toordinal() - _BASE
        if 0 <= at < _SIZE:
            return at
        raise _beyond(day)


def _beyond(day: date) -> BeyondHorizon:
    return BeyondHorizon(
        f"{day:%Y年%m月%d日}起算的期限超出本系统日历可计算的范围（{FIRST_DAY.year}年至{END_DAY.year - 1}年），"
        "请核对起算日期是否填写正确。"
    )


@lru_cache(maxsize=64)
def calendar_of(announcements: tuple[Announcement, ...]) -> Calendar:
    """The calendar of these announcements, built once for each combination."""
    return Calendar(announcements)
