"""The catalogue of openness items before the public: the list by department, and a page to print for each item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.organisation.models import Body, Department
from portal.regulations.registry import carries
from portal.web.access import public

from ..models import CatalogueItem
from ..rules.catalogue import ELEMENTS
from .flow_chart import chart_of


@carries("LD-A7-1", "LD-A7-10", "NX-14-1")
@public
@require_safe
def catalogue(request: HttpRequest, body: str) -> HttpResponse:
    """What stands in the catalogue now, of all departments or of one."""
    place = get_object_or_404(Body, code=body)
    items = CatalogueItem.objects.filter(body=place, removed_on=None).select_related("department")
    departments = Department.objects.filter(pk__in=items.values("department")).order_by("order", "pk")
    chosen = next((one for one in departments if one.code == request.GET.get("department")), None)
    rows = items.filter(department=chosen) if chosen else items
    context = {
        "body": place,
        "items": rows.order_by("department__order", "code"),
        "departments": departments,
        "chosen": chosen,
        "nav": "disclosure",
    }
    return _open(render(request, "disclosure/catalogue.html", context))


@carries("LD-A7-2")
@public
@require_safe
def catalogue_item(request: HttpRequest, body: str, code: str) -> HttpResponse:
    """One item with its ten elements, its flow chart and its former versions; a removed one says since when (410)."""
    item = get_object_or_404(
        CatalogueItem.objects.select_related("body", "department"), body__code=body, code=code.upper()
    )
    context = {
        "item": item,
        "body": item.body,
        "elements": [(label, getattr(item, name)) for name, label in ELEMENTS.items()],
        "chart": chart_of(item.steps),
        "versions": item.history.order_by("-history_id") if item.removed_on is None else [],
        "nav": "disclosure",
    }
    response = render(request, "disclosure/catalogue_item.html", context, status=410 if item.removed_on else 200)
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ("Cookie",))
    return response
