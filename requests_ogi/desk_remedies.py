"""What the first page shows of remedies and of what is to be looked at again: a fixed number of queries each."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.organisation.roles import NOWHERE
from portal.web.todo import Todo, register_todo
from portal.workdays.calendar import Calendar
from portal.workdays.service import calendar_for, scopes_of

from .models import Challenge, InformationRequest, ReEvaluation
from .vocabulary import RE_EVALUATION, ChallengeResult, ChallengeState, State, Verdict

MOST = 200
SOON = 20
"""Working days before its last day from which an evaluation stands among what is due: a year ahead it is no work yet."""


@register_todo
def defences(user: Any, at: datetime) -> Iterable[Todo]:
    """Challenges that wait for this person: the defence, the decision that came, the request to be done again."""
    reaches = roles.reaches(user, at=at)
    defend, redo = (reaches.get(f"challenges.{verb}", NOWHERE).bodies for verb in ("defend", "redo"))
    if not defend and not redo:
        return
    related = ("request", "body")
    waiting = Challenge.objects.filter(body__in=defend | redo, state=ChallengeState.OPEN).select_related(*related)
    found = list(waiting.order_by("received_on", "pk")[:MOST])
    running = Clock.objects.running().filter(
        subject_type=Challenge._meta.label_lower, subject_id__in=[one.pk for one in found]
    )
    clocks = {clock.subject_id: clock for clock in running}
    calendars = _Calendars(at)
    for one in found:
        clock = clocks.get(one.pk)
        yield _todo(one, "答复举证", clock, calendars)
    again = Challenge.objects.filter(
        body__in=redo,
        result=ChallengeResult.CORRECTED,
        request__redone_as__isnull=True,
        request__state__in=(State.SERVED, State.CLOSED),
    ).select_related(*related)
    for one in again.order_by("served_on", "pk")[:MOST]:
        yield _todo(one, "结果纠正，核对是否重新办理", None, calendars)


def _todo(one: Challenge, label: str, clock: Clock | None, calendars: "_Calendars") -> Todo:
    return Todo(
        number=one.number,
        title=one.title_for_clock,
        url=reverse("admin:challenges_story", args=(one.number,)),
        label=label,
        last_day=clock.last_day if clock else None,
        days_left=calendars.left(one.body, clock) if clock else None,
        weight=clock.weight if clock else "internal",
        body=one.body.short_name,
        state=one.get_state_display(),
        provisional=bool(clock and clock.provisional),
    )


@register_todo
def evaluations(user: Any, at: datetime) -> Iterator[Todo]:
    """Withheld information whose time to be looked at has come; proposals to decide; what may be public and is not yet."""
    reaches = roles.reaches(user, at=at)
    reassess, reevaluate, release = (
        reaches.get(f"requests_ogi.{verb}", NOWHERE).bodies for verb in ("reassess", "reevaluate", "release")
    )
    bodies = reassess | reevaluate
    calendars = _Calendars(at)
    if bodies:
        clocks = Clock.objects.running().filter(body__in=bodies, duty=RE_EVALUATION).select_related("body")
        near = [clock for clock in clocks.order_by("due_at")[:MOST] if calendars.left(clock.body, clock) <= SOON]
        proposed = _proposed(bodies)
        cases = InformationRequest.objects.in_bulk({*(clock.subject_id for clock in near), *proposed})
        shown = {clock.subject_id: clock for clock in near}
        for pk, case in sorted(cases.items()):
            by = proposed.get(pk)
            if by is None and case.body_id in reassess:
                yield _evaluation(case, "定期评估", shown.get(pk), calendars)
            elif by is not None and case.body_id in reevaluate and by != user.pk:
                yield _evaluation(case, "审定定期评估意见", shown.get(pk), calendars)
    if release:
        decided = ReEvaluation.objects.filter(
            request__body__in=release, verdict=Verdict.NOW_PUBLIC, released_on__isnull=True
        ).select_related("request__body")
        for one in decided.order_by("decided_at", "pk")[:MOST]:
            yield _evaluation(one.request, "评估可以公开，安排主动公开", None, calendars)


def _proposed(bodies: frozenset[int]) -> dict[int, int]:
    """Who proposed, by request, where a decision is awaited."""
    waiting = ReEvaluation.objects.filter(request__body__in=bodies, decided_at__isnull=True)
    return dict(waiting.order_by("pk").values_list("request_id", "proposed_by_id")[:MOST])


def _evaluation(case: InformationRequest, label: str, clock: Clock | None, calendars: "_Calendars") -> Todo:
    return Todo(
        number=case.number,
        title=case.title,
        url=reverse("admin:requests_ogi_informationrequest_change", args=(case.number,)),
        label=label,
        last_day=clock.last_day if clock else None,
        days_left=calendars.left(clock.body, clock) if clock else None,
        weight="internal",
        body=case.body.short_name,
        state=case.get_state_display(),
        provisional=bool(clock and clock.provisional),
    )


class _Calendars:
    """The calendars of bodies on one day, each read once."""

    def __init__(self, at: datetime) -> None:
        self.today = local_date(at)
        self._known: dict[int, Calendar] = {}

    def left(self, body: Body, clock: Clock) -> int:
        """Working days from today to the last day of a clock."""
        if body.pk not in self._known:
            self._known[body.pk] = calendar_for(scopes_of(body), on=self.today)
        return self._known[body.pk].days_left(self.today, clock.last_day)
