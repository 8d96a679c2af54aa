"""The simulation's own books: what each request should have come to, counted by plain means that know nothing of the portal.

The working days come from the published arrangements as files; the counting is a loop over days. Nothing here imports a
clock, a calendar or a profile: two ways to the same date must meet.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

ANSWER, PARTY = 20, 15
"""Working days: to answer (条例第三十三条), and for a third party to say what it thinks (第三十二条)."""

LINES = {
    "granted": "一", "already_public": "一", "partial": "二",
    "state_secret": "三1", "law_prohibits": "三2", "three_securities": "三3", "third_party_rights": "三4",
    "internal_affairs": "三5", "process_info": "三6", "enforcement_file": "三7", "registry_query": "三8",
    "not_exist": "四1", "not_ours": "四1", "needs_processing": "四2", "still_unclear": "四3",
    "petition": "五1", "repeat": "五2", "publication": "五3", "unreasonable_volume": "五4", "confirm_reissue": "五5",
    "lapsed_completion": "六1", "lapsed_fee": "六2", "withdrawn": "六3", "other": "六3",
}  # fmt: skip
"""The line of table three (国办公开办函〔2021〕30号) that each outcome belongs to."""


class Days:
    """Which days are worked in a region, as the shipped files say."""

    def __init__(self, *scopes: str) -> None:
        self.off: set[date] = set()
        self.worked: set[date] = set()
        for path in files("portal.workdays").joinpath("data").iterdir():
            if not path.name.endswith(".toml"):
                continue
            notice = tomllib.loads(path.read_text(encoding="utf-8"))
            if notice["scope"] in scopes and not notice.get("provisional"):
                for holiday in notice["holiday"]:
                    self._read(holiday)

    def _read(self, holiday: dict[str, Any]) -> None:
        day, last = holiday["from"], holiday["to"]
        while day <= last:
            self.off.add(day)
            day += timedelta(1)
        self.worked |= set(holiday.get("work", ()))

    def works(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, count: int, *, without: frozenset[date] = frozenset()) -> date:
        """The last of `count` working days that follow `day`, leaving out the days in `without`."""
        while count:
            day += timedelta(1)
            count -= self.works(day) and day not in without
        return day

    def between(self, day: date, last: date) -> int:
        """How many working days follow `day` up to and with `last`; below nought when it is past."""
        if last < day:
            return -self.between(last, day)
        return sum(self.works(day + timedelta(n)) for n in range(1, (last - day).days + 1))


@dataclass
class Asked:
    """One third party: asked on a day, served, perhaps heard."""

    sent: date
    served: date | None = None
    replied: date | None = None
    ends: bool = True  # whether their silence ends the waiting

    def days_out(self, days: Days) -> frozenset[date]:
        """The days after sending up to the answer or, in silence, to the end of their own term."""
        end = days.after(self.served or self.sent, PARTY)
        if self.replied is not None:
            end = min(end, self.replied)
        return frozenset(self.sent + timedelta(n) for n in range(1, (end - self.sent).days + 1))


@dataclass
class Account:
    """What happened to one request, as the simulation knows it."""

    number: str = ""
    kind: str = ""
    applicant: int = -1
    arrived_on: date = date.min
    term: int = ANSWER
    filed_on: date = date.min
    received_on: date | None = None
    counted_from: date | None = None  # of the limit in force: the receipt, or the completion that came later
    asked: list[Asked] = field(default_factory=list)
    extended_by: int = 0
    ending: str = ""
    answered_on: date | None = None
    withdrawn_on: date | None = None
    closed_on: date | None = None
    lapsed: bool = False
    letters: int = 0

    def last_day(self, days: Days) -> date:
        """The last day for the answer, by counting days one by one."""
        if self.counted_from is None:
            raise LookupError("nothing is counted before the request is received")
        without = frozenset[date]().union(*(asked.days_out(days) for asked in self.asked))
        return days.after(self.counted_from, self.term + self.extended_by, without=without)

    def in_time(self, days: Days) -> bool:
        """Whether the answer came in time; a matter given up by the applicant's silence has no limit of ours left."""
        return self.lapsed or (self.answered_on is not None and self.answered_on <= self.last_day(days))

    def restart(self, day: date) -> None:
        """Count a full term anew from a day."""
        self.counted_from, self.extended_by, self.asked = day, 0, []

    @property
    def settled_on(self) -> date | None:
        """The day that decides in which year's table the result stands."""
        return self.answered_on or self.withdrawn_on


def table_three(accounts: list[Account], year: int) -> dict[tuple[str, str], int]:
    """(line, column) → how many: what came new in a year, and its results; noughts are left out."""
    cells: dict[tuple[str, str], int] = {}
    for account in accounts:
        settled, came = account.settled_on, account.received_on or account.withdrawn_on
        lines = ["new"] if came is not None and came.year == year else []
        if settled is not None and settled.year == year:
            lines += [LINES[account.ending], "results"]
        for line in lines:
            for column in (account.kind, "total"):
                cells[line, column] = cells.get((line, column), 0) + 1
    return cells
