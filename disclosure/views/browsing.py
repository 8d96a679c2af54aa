"""All public documents of a body, by the five phases of openness (五公开) and by the unit that made them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.organisation.models import Body, Department
from portal.regulations.registry import carries
from portal.web import keyset
from portal.web.access import public

from ..models import Document
from ..vocabulary import Phase
from .columns import ORDER, SIZE


@dataclass(frozen=True)
class Offered:
    """One phase to choose: its words, how many documents it holds, its address and whether it is the one that is shown."""

    label: str
    held: int
    url: str
    chosen: bool = False


@public
@require_safe
@carries("NX-02-1", "YC-1.2-2", "LD-A1-1b")
def documents(request: HttpRequest, body: str) -> HttpResponse:
    """The newest first, of one phase or of all, of one unit or of all; what is asked for and not there counts as not asked."""
    place = get_object_or_404(Body, code=body)
    found = Document.objects.public().filter(body=place)
    units = Department.objects.filter(pk__in=found.values("department")).order_by("order", "pk")
    unit = next((one for one in units if one.code == request.GET.get("department")), None)
    phase = request.GET.get("phase", "")
    phase = phase if phase in Phase.values else ""
    kept = {name: value for name, value in (("phase", phase), ("department", unit.code if unit else "")) if value}
    found = found.filter(department=unit) if unit else found
    shown = found.filter(_read_under(phase)) if phase else found
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    cut = keyset.cut(shown.select_related("body", "public"), order=ORDER, after=after, before=before, size=SIZE)
    context: dict[str, Any] = {
        "body": place,
        "phase": Phase(phase).label if phase else "",
        "phase_code": phase,
        "phases": phases_of(place, chosen=phase, department=unit),
        "all_url": f"?{urlencode({'department': unit.code})}" if unit else "?",
        "units": units,
        "unit": unit,
        "rows": cut.rows,
        "next_url": f"?{urlencode(kept | {'after': cut.next})}" if cut.next else "",
        "previous_url": f"?{urlencode(kept | {'before': cut.previous})}" if cut.previous else "",
        "nav": "disclosure",
    }
    response = render(request, "disclosure/documents.html", context)
    patch_vary_headers(response, ("Cookie",))
    return response


def phases_of(body: Body, *, chosen: str = "", department: Department | None = None) -> list[Offered]:
    """The five phases in their order, each with how many public documents of the body (or of one unit) belong to it."""
    found = Document.objects.public().filter(body=body)
    found = found.filter(department=department) if department else found
    held = found.aggregate(**{one.value: Count("pk", filter=_read_under(one)) for one in Phase})
    also = {"department": department.code} if department else {}
    return [
        Offered(one.label, held[one.value], f"?{urlencode({'phase': one.value} | also)}", one == chosen)
        for one in Phase
    ]


def _read_under(phase: str) -> Q:
    """Documents whose public text belongs to a phase; another one that is meant for the next text waits with it."""
    return Q(public__card__phase=Phase(phase).label) | Q(public__card={}, phase=phase)
