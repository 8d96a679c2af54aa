"""How content applicants are: of a whole body, without case numbers or departments, so that nobody is blamed by it."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from portal import moment
from portal.organisation import roles
from portal.organisation.models import Body

from ..forms.comfort import SCORES
from ..models import Satisfaction
from ..models.request import VIEW

YEAR = timedelta(days=365)
FEWEST = 3
"""With fewer answers than this, a comment could be put to its case: only the numbers are shown."""
MOST = 50


def satisfaction(page: Any, request: HttpRequest) -> HttpResponseBase:
    """The answers of the last twelve months of every body this person sees as a whole."""
    at = moment.now()
    bodies = Body.objects.filter(pk__in=roles.reach(request.user, VIEW, at=at).bodies).order_by("pk")
    if not bodies:
        raise Http404("this person sees no body as a whole")
    rows = []
    for body in bodies:
        given = Satisfaction.objects.filter(request__body=body, rated_at__gt=at - YEAR)
        counted = dict(given.values_list("score").annotate(count=Count("pk")).order_by())
        total = sum(counted.values())
        points = given.aggregate(points=Sum("score"))["points"] or 0
        comments = given.values_list("comment", flat=True) if total >= FEWEST else ()
        rows.append(
            {
                "body": body,
                "count": total,
                "average": points / total if total else None,
                "scores": [{"label": label, "count": counted.get(int(score), 0)} for score, label in SCORES],
                "comments": sorted(one for one in comments if one)[:MOST],
            }
        )
    context = page.admin_site.each_context(request) | {"opts": page.opts, "title": "申请人满意度", "rows": rows}
    return TemplateResponse(request, "admin/requests_ogi/satisfaction.html", context)
