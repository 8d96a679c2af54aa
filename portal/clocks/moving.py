"""When the calendar changes: which running limits move, shown first, then done, with old and new date on record."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from portal.clocks.models import Clock, Pause, Reminder
from portal.clocks.reckoning import PAUSED, SHOWN, Reckoned, reckon, settled, show, turn_leg
from portal.ledger.service import Deed, Subject, record_many
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import Body
from portal.workdays import service as workdays
from portal.workdays.calendar import NATION, Announcement, Calendar
from portal.workdays.models import Notice

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Move:
    """One running limit that moves: whose, from when to when. `provisional`: the new date still is a guess."""

    clock_id: int
    body: str
    subject_type: str
    subject_id: int
    subject_number: str
    title: str
    duty: str
    label: str
    old: date
    new: date
    was_provisional: bool
    provisional: bool


def preview_calendar(announcement: Announcement, *, on: date) -> list[Move]:
    """The running limits that would move if `announcement` were imported; nothing is written."""
    day = max(on, announcement.effective_from)

    def calendar(body: Body) -> Calendar:
        return workdays.calendar_with(workdays.scopes_of(body), announcement, on=day)

    chunks = _chunks([announcement.scope], calendar, lock=False)
    return [_move(clock, new) for chunk, _ in chunks for clock, new in chunk if new != Reckoned.stored(clock)]


@transaction.atomic
def apply_calendar(announcement: Announcement, *, by: people.Actor, at: datetime) -> tuple[Notice, list[Move]]:
    """Import the announcement and move the running limits it touches, each with a ledger entry.

    One that takes effect later is stored now and moves the limits on its day (the sweep does it).
    """
    notice = workdays.add(announcement, by=people.user_of(by), at=at)
    if announcement.effective_from > local_date(at):
        return notice, []
    moves = _recompute([notice.scope], because=_name(notice), by=by, at=at)
    _applied([notice], at=at)
    notice.refresh_from_db()
    return notice, moves


@transaction.atomic
def apply_pending(*, at: datetime) -> list[Move]:
    """Draw the consequences of notices that have taken effect since the last time. Safe to repeat and to run at once twice."""
    notices = list(Notice.objects.not_applied(on=local_date(at)).select_for_update(skip_locked=True).order_by("pk"))
    if not notices:
        return []
    because = "、".join(_name(notice) for notice in notices) if len(notices) < 4 else "放假安排更新"
    moves = _recompute({notice.scope for notice in notices}, because=because, by=people.SYSTEM, at=at)
    _applied(notices, at=at)
    return moves


@transaction.atomic
def recompute_all(*, at: datetime, by: people.Actor = people.SYSTEM) -> list[Move]:
    """Derive every running clock again from its facts. Without a cause nothing moves."""
    return _recompute([NATION], because="重新核算", by=by, at=at)


def _applied(notices: Iterable[Notice], *, at: datetime) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(applied_at=at)


def _name(notice: Notice) -> str:
    return f"《{notice.title}》（{notice.number}）" if notice.number else f"《{notice.title}》"


def _recompute(scopes: Iterable[str], *, because: str, by: people.Actor, at: datetime) -> list[Move]:
    """Move the running clocks of bodies in these scopes; the ledger is written last, so that its lock is held briefly."""
    on = local_date(at)

    def calendar(body: Body) -> Calendar:
        return workdays.calendar_for(workdays.scopes_of(body), on=on)

    moves: list[Move] = []
    for chunk, calendars in _chunks(scopes, calendar, lock=True):
        for clock, _ in chunk:
            share_out(list(clock.pauses.all()), calendars[clock.body_id])
        moved = [(clock, new) for clock, new in chunk if new != Reckoned.stored(clock)]
        moves += [_move(clock, new) for clock, new in moved]
        for clock, new in moved:
            turn_leg(clock, new, on=on)
        sent = _sent([clock for clock, _ in moved])
        for clock, new in moved:
            show(clock, new, calendars[clock.body_id], sent=sent[clock.pk, clock.leg])
        Clock.objects.bulk_update([clock for clock, _ in moved], SHOWN, batch_size=500)
    record_many(_deed(move, because, by=by, at=at) for move in moves)
    return moves


def share_out(pauses: list[Pause], calendar: Calendar) -> None:
    """Store each pause's limit and its own share of the union. First all are emptied, so that none ever overlaps."""
    fresh = settled(pauses, calendar)
    stored = [[getattr(pause, column) for column in PAUSED] for pause in pauses]
    if [[getattr(pause, column) for column in PAUSED] for pause in fresh] == stored:
        return
    Pause.objects.filter(pk__in=[pause.pk for pause in fresh]).update(after_day=F("sent_on"), last_day=F("sent_on"))
    for pause in fresh:
        pause.save(update_fields=PAUSED)


def _chunks(
    scopes: Iterable[str], calendar: Callable[[Body], Calendar], *, lock: bool
) -> Iterator[tuple[list[tuple[Clock, Reckoned]], dict[int, Calendar]]]:
    """Running clocks of bodies in these scopes with what their facts give now, a thousand at a time."""
    wanted = set(scopes)
    bodies = Body.objects.all()
    if NATION not in wanted:
        bodies = bodies.filter(Q(region__in=wanted) | Q(code__in=wanted))
    calendars = {body.pk: calendar(body) for body in bodies}
    clocks = Clock.objects.running().filter(body__in=calendars).select_related("body").order_by("pk")
    if lock:
        clocks = clocks.select_for_update(of=("self",))
    last = 0
    while chunk := list(clocks.filter(pk__gt=last).prefetch_related("pauses", "extensions")[:CHUNK]):
        yield (
            [
                (
                    clock,
                    reckon(
                        clock, calendars[clock.body_id], pauses=clock.pauses.all(), extensions=clock.extensions.all()
                    ),
                )
                for clock in chunk
            ],
            calendars,
        )
        last = chunk[-1].pk


def _sent(clocks: Iterable[Clock]) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    rows = Reminder.objects.filter(clock__in=[clock.pk for clock in clocks])
    for clock_id, leg, threshold in rows.values_list("clock_id", "leg", "threshold"):
        found[clock_id, leg].add(threshold)
    return found


def _move(clock: Clock, new: Reckoned) -> Move:
    return Move(
        clock.pk,
        clock.body.code,
        clock.subject_type,
        clock.subject_id,
        clock.subject_number,
        clock.title,
        clock.duty,
        clock.label,
        clock.last_day,
        new.last_day,
        clock.provisional,
        new.provisional,
    )


def _deed(move: Move, because: str, *, by: people.Actor, at: datetime) -> Deed:
    return Deed(
        verb="clock_moved",
        subject=Subject(move.body, move.subject_type, str(move.subject_id), move.subject_number),
        by=by,
        at=at,
        told={
            "clock": move.clock_id,
            "duty": move.duty,
            "label": move.label,
            "notice": because,
            "old": move.old.isoformat(),
            "new": move.new.isoformat(),
            "provisional": move.provisional,
        },
    )
