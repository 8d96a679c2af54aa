"""The only hands on a clock: start, stop, restart, extend, pause, hand over, recompute.

Refusals are `ClockRefused`, full Chinese sentences. Every function belongs to the caller's transaction and act; the
ledger entry of the act is the caller's. What a clock shows can be replayed from its facts at any time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from portal.clocks import terms
from portal.clocks.models import Clock, ClockQuerySet, Ended, Extension, Pause, Weight
from portal.clocks.moving import apply_calendar, apply_pending, preview_calendar, share_out
from portal.clocks.reckoning import SHOWN, Reckoned, reckon, show, term_of, turn_leg
from portal.moment import chinese_date, local_date
from portal.organisation import people
from portal.organisation.models import Department
from portal.refusal import Refusal
from portal.regulations import library
from portal.regulations.registry import carries
from portal.regulations.schema import Term, Unit
from portal.workdays import service as workdays
from portal.workdays.calendar import Calendar

__all__ = [
    "ClockRefused",
    "Theirs",
    "apply_calendar",
    "apply_pending",
    "calendar_of",
    "clocks_of",
    "extend",
    "hand_over",
    "locked",
    "pause",
    "preview_calendar",
    "recap",
    "recompute",
    "reopen",
    "replay",
    "replay_all",
    "restart",
    "resume",
    "retitle",
    "running",
    "start",
    "stop",
]


class ClockRefused(Refusal):
    """Something the law of limits does not allow. The message says what, why and what to do next."""


def start(
    subject: Any,
    term: Term,
    *,
    weight: str,
    started: date,
    at: datetime,
    department: Department | None = None,
    rolled: date | None = None,
    follows: Clock | None = None,
) -> Clock:
    """Start the clock of one duty of `subject` (a model instance with `.pk .body .number .title_for_clock`).

    `started` is the day of the event, which is not counted, or an aware moment for an hour term. `rolled` is the
    later start under the disputed reading, kept beside and never used for alarms. Raises `ClockRefused` when the
    same duty is already running.
    """
    _refuse_second(subject, term.key, weight)
    day, moment = (local_date(started), started) if isinstance(started, datetime) else (started, None)
    if term.unit is Unit.HOUR and moment is None:
        raise ValueError("an hour term starts at an aware moment")
    clock = Clock(
        body=subject.body,
        department=department,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_number=subject.number,
        title=subject.title_for_clock[:200],
        duty=term.key,
        weight=Weight(weight),
        label=term.label,
        rule_ids=list(term.rules),
        started_on=day,
        started_at=moment if term.unit is Unit.HOUR else None,
        rolled_start=rolled if rolled is not None and rolled > day else None,
        amount=term.amount,
        unit=term.unit,
        rolls=term.rolls,
        excludes=list(term.excludes),
        extension_most=term.extension.amount if term.extension else None,
        extension_unit=term.extension.unit if term.extension else "",
        thresholds=sorted(library.profile(subject.body.profile, day).reminders(term.key), reverse=True),
        leg_since=day,
        opened_at=at,
        follows=follows,
    )
    calendar = calendar_of(clock, at=at)
    show(clock, reckon(clock, calendar), calendar, sent=())
    clock.save(force_insert=True)
    return clock


def _refuse_second(subject: Any, duty: str, weight: str) -> None:
    if running(subject, duty).filter(weight=weight).exists():
        raise ClockRefused(f"{subject.number}的这一期限正在计算，不能重复起算。请刷新页面查看现有期限。")


def stop(clock: Clock, *, at: datetime, ended_on: date, as_: str | None = None) -> Clock:
    """Stop a clock on the day its duty was met. Without `as_`, met or late is settled here, once, by `ended_on`.

    An hour term is judged by the moment `at`. Raises `ClockRefused` when it is stopped already.
    """
    outcome = Ended(as_) if as_ is not None else verdict(clock, ended_on=ended_on, at=at)
    done = (
        Clock.objects.running()
        .filter(pk=clock.pk)
        .update(stopped_at=at, ended_on=ended_on, ended_as=outcome, next_look_at=None)
    )
    if not done:
        raise ClockRefused(f"“{clock.label}”已经停止计算，不能再次停止。请刷新页面查看最新情况。")
    clock.refresh_from_db()
    return clock


def verdict(clock: Clock, *, ended_on: date, at: datetime) -> Ended:
    """Met if the duty was done by the last day in force (by the due moment for hours), else late."""
    in_time = at < clock.due_at if clock.unit == Unit.HOUR else ended_on <= clock.last_day
    return Ended.MET if in_time else Ended.LATE


def reopen(clock: Clock, *, at: datetime) -> Clock:
    """What had stopped the clock did not hold (the answer came back by post): it runs on as if it had never stopped.

    Raises `ClockRefused` when it runs already, or when another has taken its place.
    """
    ended = Clock.objects.filter(pk=clock.pk, ended_as__in=(Ended.MET, Ended.LATE), followed_by=None)
    if not ended.update(stopped_at=None, ended_on=None, ended_as=""):
        raise ClockRefused(f"“{clock.label}”没有因答复而停止，不能恢复计算。请刷新页面查看最新情况。")
    clock.refresh_from_db()
    recompute(clock, at=at)
    return clock


@carries("REG-30")
@transaction.atomic
def restart(clock: Clock, *, started: date, at: datetime, rolled: date | None = None) -> Clock:
    """Count the whole term anew from `started` (条例第三十条): the old clock is superseded, a new one follows it.

    `clock` may have been stopped already (superseded) while the other side was asked to act.
    """
    if clock.stopped_at is None:
        stop(clock, at=at, ended_on=local_date(at), as_=Ended.SUPERSEDED)
    elif clock.ended_as != Ended.SUPERSEDED:
        raise ClockRefused(f"“{clock.label}”已经办结，不能重新起算。")
    subject = _SubjectOf(clock)
    return start(
        subject,
        term_of(clock),
        weight=clock.weight,
        started=started,
        at=at,
        department=clock.department,
        rolled=rolled,
        follows=clock,
    )


class _SubjectOf:
    """What `start` needs to know of a matter, taken from one of its clocks."""

    def __init__(self, clock: Clock) -> None:
        self.pk, self.body, self.number = clock.subject_id, clock.body, clock.subject_number
        self.title_for_clock = clock.title
        self._meta = self
        self.label_lower = clock.subject_type


@carries("REG-33")
@transaction.atomic
def extend(
    clock: Clock, *, amount: int, by: people.Actor, reason: str, at: datetime, granted_on: date | None = None
) -> Extension:
    """Grant the one extension, counted from the limit in force (条例第三十三条).

    It must be granted and told (`granted_on`, the day of `at` unless given) on or before the last day in force (C8),
    and may not exceed what the law allows. Raises `ClockRefused` otherwise; whether `by` may approve it is the act's
    question, not asked here.
    """
    given, clock = clock, _locked(clock)
    granted_on = granted_on or local_date(at)
    if clock.extension_most is None:
        raise ClockRefused(f"“{clock.label}”依法不能延长，请在{chinese_date(clock.last_day)}前办结。")
    if Extension.objects.filter(clock=clock).exists():
        raise ClockRefused(
            f"“{clock.label}”已经延长过一次，依法不能再次延长，请在{chinese_date(clock.last_day)}前办结。"
        )
    if not 1 <= amount <= clock.extension_most:
        most = f"{clock.extension_most}{Unit(clock.extension_unit).label}"
        raise ClockRefused(f"延长的时间应为1至{most}，请改正后重新提交。")
    if not terms.extension_in_time(terms.Due(clock.last_day, clock.provisional), granted_on):
        raise ClockRefused(
            f"“{clock.label}”已于{chinese_date(clock.last_day)}届满，届满后作出的延长无效。请尽快办结，并如实记录逾期情况。"
        )
    extension = Extension.objects.create(
        clock=clock,
        amount=amount,
        unit=clock.extension_unit,
        approved_by=people.user_of(by),
        granted_on=granted_on,
        reason=reason,
        granted_at=at,
    )
    recompute(clock, at=at)
    given.refresh_from_db()
    return extension


@dataclass(frozen=True)
class Theirs:
    """The term the other side has of its own: so many working days, running from a day that is not counted."""

    since: date
    working_days: int


@carries("REG-33")
@transaction.atomic
def pause(
    clock: Clock,
    *,
    cause: str,
    label: str,
    sent: date,
    limit: date | Theirs,
    by: people.Actor,
    at: datetime,
    reference: str = "",
    note: str = "",
) -> Pause:
    """Take out the time of a consultation: the days after `sent` to the answer, at most to `limit`.

    `cause` is one the term excludes ("third_party", "other_organ"); `limit` is the other side's own term, which follows the
    calendar, or a last day that is fixed. Overlapping consultations count once. Raises `ClockRefused`.
    """
    given, clock = clock, _locked(clock)
    if cause not in clock.excludes:
        raise ClockRefused(f"“{clock.label}”依法不因“{label}”扣除时间，请按原期限办理。")
    if sent < clock.started_on or sent > clock.last_day:
        raise ClockRefused(
            f"征求意见的发出日期应在{chinese_date(clock.started_on)}至{chinese_date(clock.last_day)}之间，请核对后重新填写。"
        )
    made = Pause.objects.create(
        clock=clock,
        cause=cause,
        label=label,
        sent_on=sent,
        limit_on=sent if isinstance(limit, Theirs) else max(limit, sent),
        asked_on=limit.since if isinstance(limit, Theirs) else None,
        working_days=limit.working_days if isinstance(limit, Theirs) else None,
        after_day=sent,
        last_day=sent,
        reference=reference,
        note=note,
        by=people.user_of(by),
        created_at=at,
    )
    _share_out(clock, at=at)
    made.refresh_from_db()
    given.refresh_from_db()
    return made


@transaction.atomic
def resume(pause: Pause, *, ended_on: date, at: datetime) -> Pause:
    """The other side answered on `ended_on`: from the next day the limit runs on. An answer after their limit changes nothing."""
    if ended_on < pause.sent_on:
        raise ClockRefused(f"答复日期不能早于发出日期{chinese_date(pause.sent_on)}，请核对后重新填写。")
    clock = _locked(pause.clock)
    if not Pause.objects.filter(pk=pause.pk, ended_on=None).update(ended_on=ended_on):
        raise ClockRefused("这次征求意见的答复日期已经登记，不能重复登记。请刷新页面查看最新情况。")
    _share_out(clock, at=at)
    pause.refresh_from_db()
    return pause


@transaction.atomic
def recap(pause: Pause, *, limit: Theirs, at: datetime) -> Pause:
    """The other side's own term is known better now (their letter has been served): `limit` replaces the old one."""
    clock = _locked(pause.clock)
    Pause.objects.filter(pk=pause.pk).update(asked_on=limit.since, working_days=limit.working_days)
    _share_out(clock, at=at)
    pause.refresh_from_db()
    return pause


def _share_out(clock: Clock, *, at: datetime) -> None:
    """Give each pause its own share of the union, then recompute."""
    share_out(list(Pause.objects.filter(clock=clock)), calendar_of(clock, at=at))
    recompute(clock, at=at)


def hand_over(clock: Clock, department: Department | None) -> None:
    """From now on `department` is reminded; None: the 公开办. What was called out before is not repeated to it."""
    Clock.objects.filter(pk=clock.pk).update(department=department)
    clock.department = department


def retitle(subject: Any, title: str) -> None:
    """Call the matter something else on all its clocks, e.g. when what it was about is forgotten."""
    Clock.objects.of(subject).update(title=title)


def running(subject: Any, *duties: str) -> ClockQuerySet:
    """The running clocks of `subject`, of these duties or of all, the oldest first."""
    clocks = Clock.objects.running().of(subject).select_related("body", "department")
    return clocks.filter(duty__in=duties) if duties else clocks


def locked(subject: Any, *duties: str) -> list[Clock]:
    """The running clocks as `running` gives them, locked until the transaction ends: for acts that go on to other locks."""
    return list(running(subject, *duties).select_for_update(of=("self",)))


def clocks_of(subject: Any) -> list[Clock]:
    """All clocks of a matter with what belongs to them, the oldest first: three queries."""
    return list(
        Clock.objects.of(subject)
        .select_related("body", "department")
        .prefetch_related(Prefetch("pauses", Pause.objects.order_by("sent_on", "pk")), "extensions__approved_by")
    )


def calendar_of(clock: Clock, *, at: datetime) -> Calendar:
    """The calendar that binds the clock's body, as announced by the day of `at`."""
    return workdays.calendar_for(workdays.scopes_of(clock.body), on=local_date(at))


def replay(clock: Clock, *, at: datetime) -> Reckoned:
    """What the clock's facts give today; for a stopped clock, what they gave on the day it was stopped."""
    calendar = calendar_of(clock, at=clock.stopped_at or at)
    return reckon(clock, calendar, pauses=clock.pauses.all(), extensions=clock.extensions.all())


def recompute(clock: Clock, *, at: datetime) -> bool:
    """Derive the clock's dates again and store them; returns whether the limit moved. A stopped clock stays as it is."""
    if clock.stopped_at is not None:
        return False
    calendar = calendar_of(clock, at=at)
    old = Reckoned.stored(clock)
    new = reckon(clock, calendar, pauses=clock.pauses.all(), extensions=clock.extensions.all())
    turn_leg(clock, new, on=local_date(at))
    sent = clock.reminders.filter(leg=clock.leg).values_list("threshold", flat=True)
    show(clock, new, calendar, sent=sent)
    clock.save(update_fields=SHOWN)
    return new != old


def replay_all(*, at: datetime) -> list[Clock]:
    """The running clocks whose stored dates differ from what their facts give. Empty is as it should be.

    A stopped clock is evidence of what was known when it stopped and is not judged by later announcements.
    """
    clocks = Clock.objects.running().select_related("body").prefetch_related("pauses", "extensions").order_by("pk")
    return [clock for clock in clocks.iterator(chunk_size=2000) if replay(clock, at=at) != Reckoned.stored(clock)]


def _locked(clock: Clock) -> Clock:
    """The clock as it is now, locked until the transaction ends. Raises `ClockRefused` when it has stopped."""
    now = Clock.objects.select_for_update(of=("self",)).select_related("body").get(pk=clock.pk)
    if now.stopped_at is not None:
        raise ClockRefused(f"“{clock.label}”已经停止计算，不能再延长或者扣除时间。请刷新页面查看最新情况。")
    return now
