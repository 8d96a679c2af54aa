"""政府信息公开平台 of a body: the four blocks every platform has, and its statutory content by item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import moment
from portal.organisation.models import Body
from portal.regulations.registry import carries
from portal.web.access import public

from .. import statutory
from .browsing import phases_of


@carries("REG-20", "REG-12", "YQ-S1-3a")
@public
@require_safe
def platform(request: HttpRequest, body: str) -> HttpResponse:
    """Guide, rules, statutory content with the day of its newest document, annual report."""
    place = get_object_or_404(Body, code=body)
    entries = statutory.checklist(place, at=moment.now())
    context = {
        "body": place,
        "entries": [entry for entry in entries if entry.item],
        "phases": phases_of(place),
        "key_areas": [entry for entry in entries if entry.column.key_area],
        "nav": "disclosure",
    }
    response = render(request, "disclosure/platform.html", context)
    patch_vary_headers(response, ("Cookie",))
    return response
