"""From a clock's facts to its dates: everything derived is derived here, and only read elsewhere."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from portal.clocks import terms
from portal.clocks.looks import looks, next_look
from portal.clocks.models import Clock, Extension, Pause
from portal.clocks.terms import Granted, Interval
from portal.regulations.schema import Extension as ExtensionShape
from portal.regulations.schema import Term, Unit
from portal.workdays.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What follows from the facts: the columns of a clock that only the keeper writes."""

    due_at: datetime
    last_day: date
    provisional: bool
    rolled_last_day: date | None

    @classmethod
    def stored(cls, clock: Clock) -> "Reckoned":
        """What the clock says now."""
        return cls(clock.due_at, clock.last_day, clock.provisional, clock.rolled_last_day)


def term_of(clock: Clock) -> Term:
    """The term the clock was started with: an old matter keeps its law."""
    extension = None
    if clock.extension_most is not None:
        extension = ExtensionShape(clock.extension_most, Unit(clock.extension_unit), approver_role="")
    return Term(
        key=clock.duty,
        amount=clock.amount,
        unit=Unit(clock.unit),
        event="",
        label=clock.label,
        rules=tuple(clock.rule_ids),
        rolls=clock.rolls,
        excludes=tuple(clock.excludes),
        extension=extension,
    )


def start_of(clock: Clock) -> date:
    """Where counting starts: the date, or for an hour term the moment."""
    return clock.started_on if clock.started_at is None else clock.started_at


def excluded_of(pauses: Iterable[Pause]) -> tuple[Interval, ...]:
    """The pauses' shares as intervals."""
    return tuple(Interval(pause.after_day, pause.last_day, pause.label) for pause in pauses)


def granted_of(extensions: Iterable[Extension]) -> Granted | None:
    """The extension, if one was granted."""
    return next((Granted(extension.amount, Unit(extension.unit)) for extension in extensions), None)


def reckon(
    clock: Clock, calendar: Calendar, *, pauses: Iterable[Pause] = (), extensions: Iterable[Extension] = ()
) -> Reckoned:
    """What the facts give under this calendar."""
    term, excluded, granted = term_of(clock), excluded_of(settled(pauses, calendar)), granted_of(extensions)
    due = terms.due(term, start_of(clock), calendar, excluded=excluded, extension=granted)
    rolled = None
    if clock.rolled_start is not None:
        rolled = terms.due(term, clock.rolled_start, calendar, excluded=excluded, extension=granted).landing
    return Reckoned(due.due_at, due.landing, due.provisional, rolled)


def shares(pauses: Iterable[Pause]) -> dict[int, tuple[date, date]]:
    """Each pause's own share (after, until] of the union, by primary key: earlier ones take the days first."""
    taken: date | None = None
    found = {}
    for pause in sorted(pauses, key=lambda pause: (pause.sent_on, pause.pk)):
        until = pause.limit_on if pause.ended_on is None else min(pause.limit_on, pause.ended_on)
        after = pause.sent_on if taken is None else max(pause.sent_on, taken)
        found[pause.pk] = (after, max(until, after))
        taken = found[pause.pk][1]
    return found


PAUSED = ("limit_on", "after_day", "last_day")
"""The derived columns of a pause."""


def settled(pauses: Iterable[Pause], calendar: Calendar) -> list[Pause]:
    """Copies of the pauses (not saved) with the limits and the shares that their facts give under this calendar."""
    found = [copy(pause) for pause in pauses]
    for pause in found:
        if pause.asked_on is not None and pause.working_days is not None:
            pause.limit_on = max(calendar.add(pause.asked_on, pause.working_days).day, pause.sent_on)
    given = shares(found)
    for pause in found:
        pause.after_day, pause.last_day = given[pause.pk]
    return found


SHOWN = ("due_at", "last_day", "provisional", "rolled_last_day", "next_look_at", "leg", "leg_since")
"""The derived columns of a clock."""


def turn_leg(clock: Clock, new: Reckoned, *, on: date) -> None:
    """A limit that moves later deserves reminders of its own, for what lies after `on`."""
    if new.last_day > clock.last_day:
        clock.leg, clock.leg_since = clock.leg + 1, max(clock.started_on, on)


def show(clock: Clock, new: Reckoned, calendar: Calendar, *, sent: Iterable[int]) -> None:
    """Put what was reckoned on the clock (not saved), with the next moment it has something to say."""
    clock.due_at, clock.last_day = new.due_at, new.last_day
    clock.provisional, clock.rolled_last_day = new.provisional, new.rolled_last_day
    clock.next_look_at = next_look(looks_of(clock, calendar), sent)


def looks_of(clock: Clock, calendar: Calendar) -> list[tuple[datetime, int]]:
    """The moments at which the clock has something to say."""
    return looks(
        clock.thresholds,
        unit=clock.unit,
        since=clock.leg_since,
        last_day=clock.last_day,
        due_at=clock.due_at,
        calendar=calendar,
    )
