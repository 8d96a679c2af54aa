"""Where documents are found: the bodies, the columns of a body, and the documents of a column by year."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.moment import SHANGHAI
from portal.organisation.models import Body
from portal.web import keyset
from portal.web.access import public

from ..models import Column, Document

ORDER = ("-published_at", "-id")
SIZE = 20
NEWEST = 10


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The bodies, and the newest documents of them all."""
    context = {"bodies": Body.objects.order_by("pk"), "newest": _newest(), "nav": "disclosure"}
    return _open(render(request, "disclosure/home.html", context))


@public
@require_safe
def columns(request: HttpRequest, body: str) -> HttpResponse:
    """The columns of a body with how much is in each, and its newest documents."""
    place = get_object_or_404(Body, code=body)
    context = {"body": place, "columns": columns_of(place), "newest": _newest(place), "nav": "disclosure"}
    return _open(render(request, "disclosure/columns.html", context))


@public
@require_safe
def column(request: HttpRequest, body: str, code: str) -> HttpResponse:
    """The documents of a column, the newest first, by year."""
    place = get_object_or_404(Column.objects.select_related("body", "parent"), body__code=body, code=code)
    documents = Document.objects.public().filter(Q(columns=place) | Q(columns__parent=place)).distinct()
    years = [moment.year for moment in documents.datetimes("published_at", "year", order="DESC", tzinfo=SHANGHAI)]
    year = request.GET.get("year", "")
    chosen = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 and int(year) in years else None
    if chosen is not None:
        start, end = (datetime(when, 1, 1, tzinfo=SHANGHAI) for when in (chosen, chosen + 1))
        documents = documents.filter(published_at__gte=start, published_at__lt=end)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = documents.select_related("body", "public")
    cut = keyset.cut(rows, order=ORDER, after=after, before=before, size=SIZE)
    kept = {"year": str(chosen)} if chosen else {}
    context = {
        "column": place,
        "body": place.body,
        "children": columns_of(place.body, parent=place),
        "rows": cut.rows,
        "years": years,
        "chosen": chosen,
        "next_url": f"?{urlencode(kept | {'after': cut.next})}" if cut.next else "",
        "previous_url": f"?{urlencode(kept | {'before': cut.previous})}" if cut.previous else "",
        "nav": "disclosure",
    }
    return _open(render(request, "disclosure/column.html", context))


def columns_of(body: Body, *, parent: Column | None = None) -> list[Column]:
    """The columns of a body on one level, in their order, each with `held`: how many public documents its page lists."""
    inside = Document.objects.public().filter(Q(columns=OuterRef("pk")) | Q(columns__parent=OuterRef("pk")))
    counted = inside.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk", distinct=True)).values("n")
    found = Column.objects.filter(body=body, parent=parent).select_related("body")
    return list(found.annotate(held=Coalesce(Subquery(counted), 0)).order_by("order", "pk"))


def _newest(body: Body | None = None) -> list[Document]:
    found = Document.objects.public().select_related("body", "public")
    found = found.filter(body=body) if body is not None else found
    return list(found.order_by(*ORDER)[:NEWEST])


def _open(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ("Cookie",))
    return response
