"""What the first page shows of corrections, suggestions, complaints and of what is to be published: a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q
from django.urls import reverse

from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.organisation.roles import NOWHERE
from portal.web.todo import Todo, register_todo
from portal.workdays.calendar import Calendar
from portal.workdays.service import calendar_for, scopes_of

from .models import Conversion, Motion
from .vocabulary import ConversionState, MotionKind, MotionOutcome, MotionState

MOST = 200
_COMPLAINT, _PLAIN = Q(kind=MotionKind.COMPLAINT), ~Q(kind=MotionKind.COMPLAINT)
_OWED = Q(outcome=MotionOutcome.UPHELD, mended_on__isnull=True)

TURNS: tuple[tuple[str, str, Q], ...] = (
    ("motions.assign", "交办核实或者决定", _PLAIN & Q(state=MotionState.RECEIVED)),
    ("motions.report", "反馈核实意见", _PLAIN & Q(state=MotionState.ASSIGNED, reported_at__isnull=True)),
    ("motions.decide", "决定", _PLAIN & Q(state=MotionState.ASSIGNED, reported_at__isnull=False)),
    ("motions.answer", "告知处理结果", _PLAIN & Q(state=MotionState.DECIDED)),
    ("motions.close", "归档", _PLAIN & Q(state=MotionState.TOLD)),
    ("complaints.decide", "处理投诉举报", _COMPLAINT & Q(state=MotionState.RECEIVED)),
    ("complaints.answer", "告知处理结果", _COMPLAINT & Q(state=MotionState.DECIDED)),
    ("complaints.mend", "督促改正", _COMPLAINT & Q(state=MotionState.TOLD) & _OWED),
    ("complaints.close", "归档", _COMPLAINT & Q(state=MotionState.TOLD) & ~_OWED),
)
"""Whose turn it is: the act, what it is called on the desk, and the motions that wait for it."""


@register_todo
def motions(user: Any, at: datetime) -> Iterable[Todo]:
    """Motions whose next step is this person's."""
    reaches = roles.reaches(user, at=at)
    wanted = [
        (label, waits & (Q(body__in=reaches[act].bodies) | Q(department__in=reaches[act].departments)))
        for act, label, waits in TURNS
        if act in reaches
    ]
    found: dict[int, tuple[Motion, str]] = {}
    for label, which in wanted:
        for one in Motion.objects.filter(which).select_related("body").order_by("opened_at", "pk")[:MOST]:
            found.setdefault(one.pk, (one, label))
    yield from _listed(Motion._meta.label_lower, found, "admin:requests_ogi_motion_change", at=at)


@register_todo
def conversions(user: Any, at: datetime) -> Iterable[Todo]:
    """What is to be published and has not been."""
    bodies = roles.reaches(user, at=at).get("conversions.publish", NOWHERE).bodies
    if not bodies:
        return
    tasks = Conversion.objects.filter(body__in=bodies, state=ConversionState.OPEN).select_related("body")
    found: dict[int, tuple[Any, str]] = {one.pk: (one, "主动公开") for one in tasks.order_by("opened_at", "pk")[:MOST]}
    yield from _listed(Conversion._meta.label_lower, found, "admin:conversions_publish", at=at)


def _listed(subject: str, found: dict[int, tuple[Any, str]], page: str, *, at: datetime) -> Iterable[Todo]:
    today = local_date(at)
    running = Clock.objects.running().filter(subject_type=subject, subject_id__in=list(found)).order_by("-last_day")
    clocks = {clock.subject_id: clock for clock in running}

    @cache
    def calendar(body: Body) -> Calendar:
        return calendar_for(scopes_of(body), on=today)

    for pk, (one, label) in found.items():
        clock = clocks.get(pk)
        yield Todo(
            number=one.number,
            title=one.title_for_clock,
            url=reverse(page, args=(one.number,)),
            label=label,
            last_day=clock.last_day if clock else None,
            days_left=calendar(one.body).days_left(today, clock.last_day) if clock else None,
            weight=clock.weight if clock else "internal",
            body=one.body.short_name,
            state=one.get_state_display(),
            provisional=bool(clock and clock.provisional),
        )
