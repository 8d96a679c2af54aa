"""The closed requests whose term of keeping is over: what there is to put up, and what to decide."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portal import moment
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.regulations import library

from .. import workflow
from ..workflow.anonymising import RETENTION

SIZE = 100


def retention(page: Any, request: HttpRequest) -> HttpResponse:
    """A list that only shows: what would be forgotten stands on the page of each act, which two people take."""
    at = moment.now()
    reaches = roles.reaches(request.user, at=at)
    may = {verb: reaches.get(f"requests_ogi.{verb}", roles.NOWHERE).bodies for verb in ("nominate", "anonymise")}
    bodies = list(Body.objects.filter(pk__in=may["nominate"] | may["anonymise"]).order_by("pk"))
    if not bodies:
        raise Http404("this person forgets nothing")
    body = next((one for one in bodies if one.code == request.GET.get("body")), bodies[0])
    due = workflow.due_for_anonymity(body, at=at)
    rows = due.select_related("anonymisation__nominated_by").order_by("closed_at", "pk")[: SIZE + 1]
    cases = [
        {
            "case": case,
            "kept_until": workflow.kept_until(case, on=local_date(at)),
            "nominated": getattr(case, "anonymisation", None),
        }
        for case in rows
    ]
    context = page.admin_site.each_context(request) | {
        "title": "保存期限届满的申请",
        "opts": page.opts,
        "body": body,
        "bodies": bodies,
        "term": library.profile(body.profile, local_date(at)).term(RETENTION),
        "rows": cases[:SIZE],
        "more": len(cases) > SIZE,
    }
    return TemplateResponse(request, "admin/requests_ogi/retention.html", context)
