"""The content lists before the public: what each department publishes every day, at set times and as it arises."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.organisation.models import Body
from portal.regulations.registry import carries
from portal.web.access import public

from ..models import ContentEntry


@carries("LD-A1-14")
@public
@require_safe
def contents(request: HttpRequest, body: str) -> HttpResponse:
    """The lines in force, by department."""
    place = get_object_or_404(Body, code=body)
    entries = ContentEntry.objects.in_force().filter(body=place).select_related("department", "column")
    context = {
        "body": place,
        "entries": entries.order_by("department__order", "department", "release", "pk"),
        "nav": "disclosure",
    }
    response = render(request, "disclosure/contents.html", context)
    patch_vary_headers(response, ("Cookie",))
    return response
