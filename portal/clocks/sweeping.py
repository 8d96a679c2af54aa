"""The sweep: find every running clock that has something to say, say it once, write it down.

It looks for a state, not for a time window: running twice, at once in two workers, or a week late changes nothing
about what is said, only when. Whom to tell is the caller's business (`announce`), in the same transaction.
"""

import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from portal.clocks.looks import OVERDUE, left_in_words, looks, next_look, reached
from portal.clocks.models import Clock, SweepRun
from portal.clocks.moving import apply_pending
from portal.ledger.service import Deed, Subject, record_many
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import Body
from portal.workdays import service as workdays
from portal.workdays.calendar import Calendar

log = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True, slots=True)
class Called:
    """One clock and the thresholds it has reached since it last spoke. A sweep that comes late finds several at once."""

    clock_id: int
    leg: int
    body: Body
    department_id: int | None
    subject_type: str
    subject_id: int
    subject_number: str
    title: str
    duty: str
    label: str
    weight: str
    last_day: date
    due_at: datetime
    provisional: bool
    thresholds: tuple[int, ...]
    next_look_at: datetime | None

    @property
    def overdue(self) -> bool:
        return OVERDUE in self.thresholds

    @property
    def words(self) -> str:
        """How much is left, in Chinese: the most urgent of the thresholds reached."""
        return left_in_words(min(self.thresholds))


@dataclass(slots=True)
class Swept:
    """What a sweep did. `failed` holds the clocks it could not handle; they stay due."""

    reminded: int = 0
    overdue: int = 0
    moved: int = 0
    failed: list[int] = field(default_factory=list)


Announce = Callable[[Sequence[Called]], Any]

_FIELDS = (
    "pk",
    "leg",
    "department_id",
    "subject_type",
    "subject_id",
    "subject_number",
    "title",
    "duty",
    "label",
    "weight",
    "last_day",
    "due_at",
    "provisional",
    "thresholds",
    "unit",
    "leg_since",
)


def sweep(*, at: datetime, announce: Announce) -> Swept:
    """Call out everything due by `at`, a batch of 500 in a transaction of its own, until nothing is left.

    `announce` leaves word inside that transaction. A clock that cannot be handled is logged, left as it is and does
    not hold up the rest.
    """
    done = Swept(moved=len(apply_pending(at=at)))
    for place in _places(at):
        while _batch(done, place, at=at, announce=announce):
            pass
    SweepRun.objects.update_or_create(
        name="clocks",
        defaults={
            "started_at": at,
            "finished_at": at,
            "reminded": done.reminded,
            "failed": len(done.failed),
        },
    )
    return done


def last_finished() -> datetime | None:
    """When a sweep last came to its end; None before the first."""
    return SweepRun.objects.filter(name="clocks").values_list("finished_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class _Place:
    """A body with its calendar, read once for a sweep."""

    body: Body
    calendar: Calendar


def _places(at: datetime) -> Iterator[_Place]:
    """Every body. Workers begin with different ones, because entries in one body's ledger wait for each other."""
    bodies = list(Body.objects.order_by("pk"))
    first = os.getpid() % (len(bodies) or 1)
    for body in bodies[first:] + bodies[:first]:
        yield _Place(body, workdays.calendar_for(workdays.scopes_of(body), on=local_date(at)))


def _batch(done: Swept, place: _Place, *, at: datetime, announce: Announce) -> bool:
    """One batch; returns whether there may be more."""
    with transaction.atomic():
        rows = _due(place, done.failed, at=at)
        if not rows:
            return False
        called = _called(rows, place, done, at=at)
        try:
            with transaction.atomic():
                _say(called, at=at, announce=announce)
            _count(called, done)
            return True
        except Exception:
            log.exception("a batch of %d clocks failed; trying them one by one", len(called))
        _one_by_one(called, done, at=at, announce=announce)
    return True


def _one_by_one(called: Sequence[Called], done: Swept, *, at: datetime, announce: Announce) -> None:
    for one in called:
        try:
            with transaction.atomic():
                _say([one], at=at, announce=announce)
        except Exception:
            log.exception("clock %d could not be called out", one.clock_id)
            done.failed.append(one.clock_id)
        else:
            _count([one], done)


def _count(called: Sequence[Called], done: Swept) -> None:
    said = [one for one in called if one.thresholds]
    done.reminded += len(said)
    done.overdue += sum(one.overdue for one in said)


def _due(place: _Place, failed: Sequence[int], *, at: datetime) -> list[tuple[Any, ...]]:
    clocks = Clock.objects.look_due(at=at).filter(body=place.body)
    if failed:
        clocks = clocks.exclude(pk__in=failed)
    return list(
        clocks.order_by("next_look_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list(*_FIELDS)[:BATCH]
    )


def _called(rows: Sequence[tuple[Any, ...]], place: _Place, done: Swept, *, at: datetime) -> list[Called]:
    sent = _sent([row[0] for row in rows])
    called = []
    for row in rows:
        try:
            called.append(_judge(row, place, sent, at=at))
        except Exception:
            log.exception("clock %d cannot be judged", row[0])
            done.failed.append(row[0])
    return called


def _judge(row: tuple[Any, ...], place: _Place, sent: dict[tuple[int, int], list[int]], *, at: datetime) -> Called:
    pk, leg, *names, thresholds, unit, since = row
    found = looks(thresholds, unit=unit, since=since, last_day=names[8], due_at=names[9], calendar=place.calendar)
    said = sent.get((pk, leg), [])
    now = reached(found, said, at=at)
    facts: tuple[Any, ...] = (pk, leg, place.body, *names, tuple(now), next_look(found, [*said, *now]))
    return Called(*facts)


def _sent(pks: Sequence[int]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_id, leg, threshold FROM clocks_reminder WHERE clock_id = ANY(%s::bigint[])", [_array(pks)]
        )
        for pk, leg, threshold in cursor:
            found[pk, leg].append(threshold)
    return found


_REMIND = """
    INSERT INTO clocks_reminder (clock_id, leg, threshold, reminded_at)
    SELECT clock_id, leg, threshold, %s FROM unnest(%s::bigint[], %s::smallint[], %s::smallint[])
        AS due (clock_id, leg, threshold)
    ON CONFLICT (clock_id, leg, threshold) DO NOTHING
"""
_MARK = """
    UPDATE clocks_clock SET next_look_at = due.next_look_at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS due (id, next_look_at) WHERE clocks_clock.id = due.id
"""


def _array(values: Iterable[object]) -> str:
    """Numbers and moments as PostgreSQL writes an array: dumping them one by one costs more than the statement."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


def _say(called: Sequence[Called], *, at: datetime, announce: Announce) -> None:
    """Remind, mark, leave word and record, all or nothing. The ledger's lock comes last and is held briefly."""
    said = [one for one in called if one.thresholds]
    reminders = [(one.clock_id, one.leg, threshold) for one in said for threshold in one.thresholds]
    with connection.cursor() as cursor:
        if reminders:
            cursor.execute(_REMIND, [at, *(_array(column) for column in zip(*reminders, strict=True))])
        cursor.execute(_MARK, [_array(one.clock_id for one in called), _array(one.next_look_at for one in called)])
    if said:
        announce(said)
        record_many(_deed(one, at=at) for one in said)


def _deed(one: Called, *, at: datetime) -> Deed:
    return Deed(
        verb="clock_reminded",
        subject=Subject(one.body.code, one.subject_type, str(one.subject_id), one.subject_number),
        by=people.SYSTEM,
        at=at,
        told={
            "clock": one.clock_id,
            "label": one.label,
            "left": one.words,
            "last_day": one.last_day.isoformat(),
        },
    )
