"""The negative list before the public: the latest edition with the categories it rests on, former editions, what changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import moment
from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations import library
from portal.regulations.registry import carries
from portal.texts import comparing
from portal.web.access import public

from ..models import NegativeEdition


@carries("NX-15-2", "NX-16-11", "NX-16-1", "NX-19-5")
@public
@require_safe
def negative_list(request: HttpRequest, body: str) -> HttpResponse:
    """The edition in force, and every category with its ground or with the reason why nothing may be closed by it."""
    place = get_object_or_404(Body, code=body)
    editions = list(place.negative_editions.order_by("-edition"))
    categories = library.profile(place.profile, local_date(moment.now())).categories.values()
    context = {
        "body": place,
        "latest": editions[0] if editions else None,
        "editions": editions,
        "categories": sorted((one for one in categories if one.grounds), key=lambda one: one.number),
        "flagged": sorted((one for one in categories if not one.grounds), key=lambda one: one.number),
    }
    return _open(request, "disclosure/negative_list.html", context)


@public
@require_safe
def negative_edition(request: HttpRequest, body: str, edition: int) -> HttpResponse:
    """One edition as it was published, and what it changed of the one before."""
    shown = get_object_or_404(
        NegativeEdition.objects.select_related("body"), body__code=body, edition=min(edition, 32767)
    )
    before = NegativeEdition.objects.filter(body=shown.body, edition=shown.edition - 1).first()
    rows = comparing.compare(before.text, shown.text) if before else []
    context = {
        "body": shown.body,
        "latest": shown,
        "before": before,
        "rows": [row for row in rows if row.kind != "same"],
    }
    return _open(request, "disclosure/negative_edition.html", context)


def _open(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context | {"nav": "disclosure"})
    patch_vary_headers(response, ("Cookie",))
    return response
