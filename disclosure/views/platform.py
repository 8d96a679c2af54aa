"""政府信息公开平台 of a body: the four blocks every platform has, and its statutory content by item."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import moment
from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations import library
from portal.regulations.registry import applies, carries
from portal.web.access import public

from .. import recent, statutory
from ..models import ContentEntry
from .browsing import phases_of


@dataclass(frozen=True)
class Head:
    """One of the heads under which a body opens its work, and the page that holds it."""

    label: str
    url: str


@applies("option platform.heads")
@carries("WZ-4-0")
def heads_of(body: Body, *, on: date) -> list[Head]:
    """The heads that the body's document names, in their order, each with where it is found."""
    heads = library.profile(body.profile, on).option("platform.heads")
    told = [head.partition("=") for head in heads] if isinstance(heads, tuple) else []
    return [Head(label, _door(door, body)) for label, _, door in told]


def _door(door: str, body: Body) -> str:
    """The address of a head: a column, a phase, or a page by its name."""
    kind, _, code = door.partition(":")
    if kind == "column":
        return reverse("disclosure:column", args=(body.code, code))
    if kind == "phase":
        return f"{reverse('disclosure:documents', args=(body.code,))}?phase={code}"
    if kind == "complain":
        return f"{settings.DOORS[kind]}?body={body.code}"
    return reverse({"guide": "web:guide", "catalogue": "disclosure:catalogue"}[kind], args=(body.code,))


@carries("REG-20", "REG-12", "YQ-S1-3a")
@public
@require_safe
def platform(request: HttpRequest, body: str) -> HttpResponse:
    """Guide, rules, statutory content with the day of its newest document, annual report."""
    place = get_object_or_404(Body, code=body)
    at = moment.now()
    entries = statutory.checklist(place, at=at)
    context = {
        "body": place,
        "entries": [entry for entry in entries if entry.item],
        "heads": heads_of(place, on=local_date(at)),
        "phases": phases_of(place),
        "key_areas": [entry for entry in entries if entry.column.key_area],
        "changes": recent.changes(place, at=at),
        "has_contents": ContentEntry.objects.in_force().filter(body=place).exists(),
        "has_units": place.departments.exclude(service="").exists(),
        "nav": "disclosure",
    }
    response = render(request, "disclosure/platform.html", context)
    patch_vary_headers(response, ("Cookie",))
    return response
