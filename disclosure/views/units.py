"""What public units (公共企事业单位) open, before the public: the units, and for each its ten classes, its catalogue, its filing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import moment
from portal.moment import local_date
from portal.organisation.models import Body, Department
from portal.regulations import library
from portal.regulations.registry import carries
from portal.web.access import public

from ..models import Document, UnitCatalogue
from ..rules.catalogue import ELEMENTS
from ..workflow.common import said

MOST = 20
"""How many documents of a class the page of a unit shows, the newest first; the rest are in their columns."""


@carries("LD-A5-5")
@public
@require_safe
def units(request: HttpRequest, body: str) -> HttpResponse:
    """The public units of a body, each with its supervisor; a body without any has no such page."""
    place = get_object_or_404(Body, code=body)
    found = list(place.departments.exclude(service="").select_related("supervisor").order_by("order", "pk"))
    if not found:
        raise Http404("this body has no public units")
    return _open(request, "disclosure/units.html", {"body": place, "units": found})


@carries("LD-A5-5", "LD-A5-10a", "LD-A5-10b", "LD-A5-3b")
@public
@require_safe
def unit(request: HttpRequest, body: str, code: str) -> HttpResponse:
    """One unit: what it has published in each class, its catalogue with every edition, and where that was filed."""
    one = get_object_or_404(
        Department.objects.exclude(service="").select_related("body", "supervisor"), body__code=body, code=code
    )
    editions = list(UnitCatalogue.objects.public().filter(unit=one).select_related("supervisor"))
    context = {
        "body": one.body,
        "unit": one,
        "classes": _classes(one),
        "latest": editions[0] if editions else None,
        "editions": editions,
        "elements": list(ELEMENTS.values()),
        "rows": [[item[name] for name in ELEMENTS] for item in editions[0].items] if editions else [],
    }
    return _open(request, "disclosure/unit.html", context)


def _classes(unit: Department) -> list[dict[str, Any]]:
    """The classes of the body's law in their order, with what the unit has published in each; empty ones are shown as well."""
    law = library.profile(unit.body.profile, local_date(moment.now()))
    internal = said(law, "service.internal_classes")
    documents = Document.objects.public().filter(department=unit).select_related("body", "public")
    documents = documents.defer("public__html", "public__text").order_by("-published_at", "-pk")
    return [
        {
            "label": label,
            "internal": label in internal,
            "rows": [] if label in internal else documents.filter(public__card__service_class=label)[:MOST],
        }
        for label in said(law, "service.classes")
    ]


def _open(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context | {"nav": "disclosure"})
    patch_vary_headers(response, ("Cookie",))
    return response
