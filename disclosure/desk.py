"""What the first page of the workplace shows of publishing: whose turn it is with which document, and the queues.

Each provider asks a fixed number of queries, whatever the number of documents.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, Post
from portal.organisation.roles import NOWHERE, Reach
from portal.web.todo import Queue, Todo, register_queue, register_todo
from portal.workdays.calendar import Calendar
from portal.workdays.service import calendar_for, scopes_of

from .models import VIEW, Document, Review, Version
from .rules import Refused, attribute, reviewing
from .vocabulary import Content, State, Verdict
from .workflow.common import chain_of, law_of, said

MOST = 500
"""Nobody works through more in a day; the queues hold the rest."""

IN_WORK = (State.DRAFT, State.REVIEW, State.SIGNED)
_SUBJECT = Document._meta.label_lower


@register_todo
def todo(user: Any, at: datetime) -> Iterable[Todo]:
    """Documents whose next step is this person's: returned ones to mend, ones at a stage of this person's, signed ones."""
    reaches = roles.reaches(user, at=at)
    if VIEW not in reaches:
        return
    wanted = Q(pk__in=())
    for act, states in (
        ("propose", (State.DRAFT,)),
        ("pass_stage", (State.REVIEW,)),
        ("sign", (State.REVIEW,)),
        ("publish", (State.SIGNED,)),
        ("keep", (State.SIGNED,)),
    ):
        wanted |= Q(state__in=states) & _there(reaches.get(f"disclosure.{act}", NOWHERE))
    documents = Document.objects.filter(wanted).exclude(state=State.DRAFT, round=0)
    found = list(documents.select_related("body", "department").order_by("opened_at", "pk")[:MOST])
    yield from _listed(found, _Turns(user, found, at=at), at=at)


def _there(reach: Reach) -> Q:
    return Q(body__in=reach.bodies) | Q(department__in=reach.departments)


class _Turns:
    """What one person has to do with each of these documents: three queries."""

    def __init__(self, user: Any, documents: list[Document], *, at: datetime) -> None:
        self.user = user
        posts = Post.objects.live(on=local_date(at)).filter(user=user).select_related("body")
        self.held = {
            (
                post.role,
                post.body_id,
                post.department_id if roles.role_of(post, on=local_date(at)).scope != "body" else None,
            )
            for post in posts
        }
        self.passed: dict[int, set[tuple[int, str]]] = {}
        rows = Review.objects.filter(document__in=documents, verdict=Verdict.PASSED)
        for pk, round_, stage in rows.values_list("document", "round", "stage"):
            self.passed.setdefault(pk, set()).add((round_, stage))
        newest = Version.objects.filter(document__in=documents).standing().order_by("number")
        self.versions = {version.document_id: version for version in newest.defer("html", "text")}

    def label(self, document: Document) -> str:
        """The duty in words; empty: it is somebody else's turn."""
        version = self.versions[document.pk]
        if document.state == State.DRAFT:
            return "修改后送审" if self.user.pk in version.authors else ""
        if self.user.pk in version.authors:
            return ""
        if document.state == State.SIGNED:
            return self._publishing(document)
        return self._stage(document)

    def _publishing(self, document: Document) -> str:
        if not attribute.goes_out(document.openness):
            return "办结"
        wanted = said(law_of(document), "publish.government_roles") if document.content == Content.GOVERNMENT else ()
        mine = not wanted or any((role, document.body_id, None) in self.held for role in wanted)
        return "发布" if mine and document.publish_at is None else ""

    def _stage(self, document: Document) -> str:
        done = {stage for round_, stage in self.passed.get(document.pk, ()) if round_ == document.round}
        try:
            stage = reviewing.next_stage(chain_of(document), done)
        except Refused:
            return ""
        places = (None, document.department_id)
        here = {(role, document.body_id, place) for role in stage.roles for place in places}
        return stage.label if here & self.held else ""


def _listed(documents: list[Document], turns: _Turns, *, at: datetime) -> Iterator[Todo]:
    today = local_date(at)
    clocks: dict[int, Clock] = {}
    running = Clock.objects.running().filter(subject_type=_SUBJECT, subject_id__in=[one.pk for one in documents])
    for clock in running.order_by("-last_day"):
        clocks[clock.subject_id] = clock

    @cache
    def calendar(body: Body) -> Calendar:
        return calendar_for(scopes_of(body), on=today)

    for document in documents:
        label = turns.label(document)
        if not label:
            continue
        clock = clocks.get(document.pk)
        yield Todo(
            number=document.number,
            title=turns.versions[document.pk].title,
            url=reverse("admin:disclosure_document_change", args=(document.number,)),
            label=label,
            last_day=clock.last_day if clock else None,
            days_left=calendar(document.body).days_left(today, clock.last_day) if clock else None,
            weight=clock.weight if clock else "internal",
            body=document.body.short_name,
            state=document.get_state_display(),
            provisional=clock.provisional if clock else False,
        )


@register_queue
def queues(user: Any, at: datetime) -> Iterable[Queue]:
    """The states documents stand in, in the places this person sees, with how many are late: two queries."""
    reach = roles.reach(user, VIEW, at=at)
    if reach == NOWHERE:
        return
    late = Clock.objects.overdue(at=at).filter(subject_type=_SUBJECT)
    overdue = Count("pk", filter=Q(pk__in=late.values("subject_id")))
    rows = Document.objects.filter(_there(reach), state__in=IN_WORK).values("state")
    counted = {
        row["state"]: (row["number"], row["overdue"]) for row in rows.annotate(number=Count("pk"), overdue=overdue)
    }
    url = reverse("admin:disclosure_document_changelist")
    for state in IN_WORK:
        number, overdue_number = counted.get(state, (0, 0))
        if number:
            yield Queue(
                f"公开文件：{state.label}", f"{url}?{urlencode({'state': state.value})}", number, overdue_number
            )
