"""The queue of what is to be looked at again, at /admin/reevaluations/. The acts are on the pages of the requests."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from portal import moment
from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation import roles
from portal.web import keyset
from portal.web.looking import LookOnly
from portal.workdays.service import calendar_for, scopes_of

from ..models import InformationRequest, ReEvaluation
from ..vocabulary import RE_EVALUATION, Verdict
from ..workflow import STEPS
from . import story

ORDER = ("due_at", "id")
ACTS = tuple(STEPS.act(STEPS[verb]) for verb in ("reassess", "reevaluate", "release"))
MOST = 100


class ReEvaluationPage(LookOnly):
    """定期评估 in the workplace: for those who propose, decide or publish."""

    mount = "reevaluations"

    def get_urls(self) -> list[URLPattern]:
        return []  # everything is mounted under the short word

    def mounted_urls(self) -> list[URLPattern]:
        """The queue alone."""
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="requests_ogi_reevaluation_changelist")]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and bool(bodies_of(request.user, at=moment.now()))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What is to be looked at, the first due first; above it what may be public and is not yet."""
        at = moment.now()
        bodies = bodies_of(request.user, at=at)
        if not bodies:
            raise Http404("no evaluations for this person")
        running = Clock.objects.running().filter(body__in=bodies, duty=RE_EVALUATION).select_related("body")
        cut = keyset.cut(running, order=ORDER, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
        context = self.admin_site.each_context(request) | {
            "title": "定期评估",
            "opts": self.opts,
            "rows": _rows(cut.rows, at=at),
            "page": cut,
            "releases": _releases(bodies),
        }
        return TemplateResponse(request, "admin/requests_ogi/reevaluations.html", context)


def bodies_of(user: Any, *, at: datetime) -> frozenset[int]:
    """The bodies where somebody has a part in the evaluation."""
    reaches = roles.reaches(user, at=at)
    return frozenset[int]().union(*(reaches.get(act, roles.NOWHERE).bodies for act in ACTS))


def _rows(clocks: list[Clock], *, at: datetime) -> list[dict[str, Any]]:
    today = local_date(at)
    cases = InformationRequest.objects.in_bulk([clock.subject_id for clock in clocks])
    open_rounds = ReEvaluation.objects.filter(request__in=cases, decided_at__isnull=True)
    waiting = set(open_rounds.values_list("request_id", flat=True))
    calendars = {body: calendar_for(scopes_of(body), on=today) for body in {clock.body for clock in clocks}}
    return [
        {
            "case": cases[clock.subject_id],
            "url": story.case_url(cases[clock.subject_id]),
            "last_day": clock.last_day,
            "left": calendars[clock.body].days_left(today, clock.last_day),
            "state": "待审定" if clock.subject_id in waiting else "待评估",
        }
        for clock in clocks
    ]


def _releases(bodies: frozenset[int]) -> list[dict[str, Any]]:
    decided = ReEvaluation.objects.filter(
        request__body__in=bodies, verdict=Verdict.NOW_PUBLIC, released_on__isnull=True
    ).select_related("request")
    return [
        {"case": one.request, "url": story.case_url(one.request), "decided_at": one.decided_at}
        for one in decided.order_by("decided_at", "pk")[:MOST]
    ]


admin.site.register(ReEvaluation, ReEvaluationPage)
