"""What the first page of the workplace shows of requests: what is due for me, what I wait for, the queues, and warnings.

Each provider asks a fixed number of queries, whatever the number of requests.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from portal.clocks.models import Clock
from portal.letters.models import Delivery, Letter
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.organisation.roles import NOWHERE, Reach
from portal.web.todo import Queue, Todo, Warning, register_queue, register_todo, register_waiting, register_warning
from portal.workdays.calendar import Calendar
from portal.workdays.service import calendar_for, scopes_of

from .models import Consultation, DraftAnswer, InformationRequest, PublishedAnswer
from .models.request import VIEW
from .rules.secrecy import RELEASING
from .vocabulary import ANSWER, COMPLETION, CONFIRMATION, DRAFT, FEE_PAYMENT, OPEN_STATES, Asked, Opinion, State
from .workflow import STEPS
from .workflow.weighing import is_owed

MOST = 500
"""Nobody works through more in a day; the queues hold the rest."""

WEIGH = "requests_ogi.weigh"
REVIEW = "requests_ogi.review_secrecy"
CHECK = "requests_ogi.check_privacy"
Reaches = Mapping[str, Reach]
_SUBJECT = InformationRequest._meta.label_lower


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in a state: who has the act that moves the case on, and under which limit."""

    state: State
    act: str
    label: str
    duty: str
    waits_for: str
    own: bool = False
    """Only people of the department that has the case, although the office may do it as well."""


TURNS = (
    Turn(State.UNCONFIRMED, "requests_ogi.confirm_receipt", "与申请人确认收到", CONFIRMATION, "政务公开办公室"),
    Turn(State.RECEIVED, "requests_ogi.assign", "分办", ANSWER, "政务公开办公室"),
    Turn(State.ASSIGNED, "requests_ogi.submit", "拟办答复并送审", DRAFT, "承办机构", own=True),
    Turn(State.SUBMITTED, "requests_ogi.approve", "审签答复", ANSWER, "审签负责人"),
    Turn(State.APPROVED, "requests_ogi.serve", "送达答复", ANSWER, "政务公开办公室"),
    Turn(State.SERVED, "requests_ogi.close", "归档", "", "政务公开办公室"),
    Turn(State.WITHDRAWN, "requests_ogi.close", "归档", "", "政务公开办公室"),
)
LAPSED = Turn(State.COMPLETING, "requests_ogi.lapse", "认定是否逾期不补正", COMPLETION, "政务公开办公室")
COMPLETING = Turn(State.COMPLETING, "", "补正申请内容", COMPLETION, "申请人")
UNPAID = Turn(State.PAYING, "requests_ogi.lapse_fee", "认定是否逾期不缴费", FEE_PAYMENT, "政务公开办公室")
PAYING = Turn(State.PAYING, "", "缴纳信息处理费", FEE_PAYMENT, "申请人")
AFTER_A_PERIOD = (LAPSED, UNPAID)
"""It is somebody's turn only once the applicant's own period is over."""


def mine(reaches: Reaches, turn: Turn) -> Reach:
    """Where it is this person's turn."""
    reach = reaches.get(turn.act, NOWHERE)
    return Reach(frozenset(), reach.departments) if turn.own else reach


def there(reach: Reach) -> Q:
    """The cases in these places."""
    return Q(body__in=reach.bodies) | Q(department__in=reach.departments)


@register_todo
def todo(user: Any, at: datetime) -> Iterable[Todo]:
    """Cases whose next step is this person's."""
    reaches = roles.reaches(user, at=at)
    turns = [turn for turn in TURNS if mine(reaches, turn) != NOWHERE]
    wanted = Q(pk__in=())
    for turn in turns:
        wanted |= Q(state=turn.state) & there(mine(reaches, turn))
    for turn in AFTER_A_PERIOD:
        if turn.act in reaches:
            over = Clock.objects.overdue(at=at).filter(subject_type=_SUBJECT, duty=turn.duty).values("subject_id")
            wanted |= Q(state=turn.state, pk__in=over) & there(reaches[turn.act])
    yield from _listed(wanted, {turn.state: turn for turn in (*turns, *AFTER_A_PERIOD)}, at=at) if reaches else ()


@register_todo
def weighing(user: Any, at: datetime) -> Iterable[Todo]:
    """Cases with a word, or a silence, that this person has to weigh before anything can be decided."""
    reach = roles.reach(user, WEIGH, at=at)
    if reach == NOWHERE:
        return
    spoken = Q(opinion=Opinion.OBJECTS) | Q(opinion__isnull=True, served_on__isnull=False)
    cases = InformationRequest.objects.filter(there(reach), state__in=STEPS["weigh"].sources)
    asked = Consultation.objects.filter(spoken, finding__isnull=True, request__in=cases).exclude(kind=Asked.AUTHORITY)
    calendar = _calendars(at)
    rows = asked.select_related("request__body").order_by("pk")[:MOST]
    owing = {one.request_id for one in rows if is_owed(one, at=at, calendar=calendar(one.request.body))}
    turns = {state: Turn(State(state), WEIGH, "审查征求到的意见", ANSWER, "") for state in STEPS["weigh"].sources}
    yield from _listed(Q(pk__in=owing), turns, at=at)


@register_todo
def reviewing(user: Any, at: datetime) -> Iterable[Todo]:
    """Cases with a draft that releases something and waits for a review before it can be sent up; never one's own draft."""
    reach = roles.reach(user, REVIEW, at=at)
    if reach == NOWHERE:
        return
    newest = DraftAnswer.objects.filter(request=OuterRef("pk")).order_by("-version").values("pk")[:1]
    cases = InformationRequest.objects.filter(there(reach), state=State.ASSIGNED).annotate(newest=Subquery(newest))
    drafts = DraftAnswer.objects.filter(pk__in=cases.values("newest"), outcome__in=RELEASING, sent_back_at__isnull=True)
    owing = drafts.filter(reviews__isnull=True).exclude(authors__contains=[user.pk]).values("request")
    turn = Turn(State.ASSIGNED, REVIEW, "保密审查", ANSWER, "")
    yield from _listed(Q(pk__in=owing), {turn.state: turn}, at=at)


@register_todo
def checking(user: Any, at: datetime) -> Iterable[Todo]:
    """Answers proposed for publication by somebody else, which this person may check."""
    reach = roles.reach(user, CHECK, at=at)
    if reach == NOWHERE:
        return
    proposed = PublishedAnswer.objects.filter(checked_at__isnull=True).exclude(proposed_by=user)
    wrote = DraftAnswer.objects.filter(authors__contains=[user.pk])
    owing = proposed.exclude(request__in=wrote.values("request")).values("request")
    turns = {state: Turn(State(state), CHECK, "核对并公开答复", "", "") for state in STEPS["check_privacy"].sources}
    yield from _listed(Q(pk__in=owing) & there(reach), turns, at=at)


@register_waiting
def waiting(user: Any, at: datetime) -> Iterable[Todo]:
    """Cases this person handles whose next step is somebody else's: what the office gave out, what a department sent up."""
    reaches = roles.reaches(user, at=at)
    office, department = reaches.get("requests_ogi.assign", NOWHERE), reaches.get("requests_ogi.submit", NOWHERE)
    wanted = Q(pk__in=())
    turns: dict[str, Turn] = {}
    for turn in (*TURNS, COMPLETING, PAYING):
        if not turn.duty:
            continue
        others = (
            _less(office, mine(reaches, turn)),
            _less(Reach(frozenset(), department.departments), mine(reaches, turn)),
        )
        for reach in others:
            if reach != NOWHERE:
                wanted |= Q(state=turn.state) & there(reach)
                turns[turn.state] = turn
    yield from _listed(wanted, turns, at=at, waiting=True) if turns else ()


def _less(whole: Reach, part: Reach) -> Reach:
    return Reach(whole.bodies - part.bodies, whole.departments - part.departments)


def _calendars(at: datetime) -> Callable[[Body], Calendar]:
    """The calendar of a body today, asked for once each."""

    @cache
    def calendar(body: Body) -> Calendar:
        return calendar_for(scopes_of(body), on=local_date(at))

    return calendar


def _listed(wanted: Q, turns: Mapping[str, Turn], *, at: datetime, waiting: bool = False) -> Iterator[Todo]:
    """The oldest cases first, each with the limit of its turn: two queries, and one calendar for each body."""
    cases = list(
        InformationRequest.objects.filter(wanted)
        .select_related("body", "department")
        .only(
            "number",
            "title",
            "state",
            "opened_at",
            "body__code",
            "body__region",
            "body__short_name",
            "department__name",
        )
        .order_by("opened_at", "id")[:MOST]
    )
    clocks = _clocks([case.pk for case in cases])
    today = local_date(at)

    calendar = _calendars(at)
    for case in cases:
        turn = turns[case.state]
        clock = _nearest(clocks.get(case.pk, ()), turn)
        last_day = clock.last_day if clock else None
        yield Todo(
            number=case.number,
            title=case.title,
            url=reverse("admin:requests_ogi_informationrequest_change", args=(case.number,)),
            label=turn.label,
            last_day=last_day,
            days_left=calendar(case.body).days_left(today, last_day) if last_day else None,
            weight=clock.weight if clock else "internal",
            body=case.department.name if case.department and not waiting else case.body.short_name,
            state=case.get_state_display(),
            waits_for=_waits_for(case, turn) if waiting else "",
            provisional=bool(clock and clock.provisional),
        )


def _waits_for(case: InformationRequest, turn: Turn) -> str:
    return case.department.name if turn.own and case.department else turn.waits_for


def _clocks(pks: list[int]) -> dict[int, list[Clock]]:
    found: dict[int, list[Clock]] = {}
    running = Clock.objects.running().filter(subject_type=_SUBJECT, subject_id__in=pks)
    for clock in running.only("subject_id", "duty", "weight", "last_day", "provisional"):
        found.setdefault(clock.subject_id, []).append(clock)
    return found


def _nearest(clocks: Iterable[Clock], turn: Turn) -> Clock | None:
    """The limit that ends first among the turn's own and those of the answer: an internal one never hides the law's."""
    return min((one for one in clocks if one.duty in {turn.duty, ANSWER}), key=lambda one: one.last_day, default=None)


@register_queue
def queues(user: Any, at: datetime) -> Iterable[Queue]:
    """The states of the places this person sees, with how many cases stand there and how many are late: four queries."""
    reach = roles.reach(user, VIEW, at=at)
    if reach == NOWHERE:
        return
    cases = InformationRequest.objects.filter(there(reach), state__in=(*OPEN_STATES, State.SERVED, State.WITHDRAWN))
    late = Clock.objects.overdue(at=at).filter(subject_type=_SUBJECT, duty=ANSWER, weight="statutory")
    overdue = Count("pk", filter=Q(pk__in=late.values("subject_id")))
    counted = {
        row["state"]: (row["number"], row["overdue"])
        for row in cases.values("state").annotate(number=Count("pk"), overdue=overdue)
    }
    url = reverse("admin:requests_ogi_informationrequest_changelist")
    for state in (*OPEN_STATES, State.SERVED, State.WITHDRAWN):
        number, overdue_number = counted.get(state, (0, 0))
        if number:
            yield Queue(
                f"依申请公开：{state.label}", f"{url}?{urlencode({'state': state.value})}", number, overdue_number
            )


@register_warning
def returned_letters(user: Any, at: datetime) -> Iterable[Warning]:
    """Letters that came back and were not sent again: the answer has not reached the applicant."""
    reach = roles.reach(user, "requests_ogi.serve", at=at)
    if not reach.bodies:
        return
    returned = Delivery.objects.filter(returned_on__isnull=False, letter__body__in=reach.bodies).values("letter")
    letters = Letter.objects.undelivered().filter(subject_type=_SUBJECT, pk__in=returned)
    for number, matter in letters.values_list("number", "subject_number")[:20]:
        url = reverse("admin:requests_ogi_informationrequest_change", args=(matter,))
        yield Warning(f"文书{number}被退回，尚未重新送达。", url, f"查看{matter}")
