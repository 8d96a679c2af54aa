"""The public register of a body's normative documents: what holds, what was repealed, what has lapsed (NX-08-4b)."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal import moment
from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations.registry import carries
from portal.texts.plain import inert
from portal.web import keyset
from portal.web.access import public

from ..forms.normative import RegisterForm
from ..models import CleanUp, Document, StandingChange, register
from ..standing import standing_of
from ..vocabulary import CleanUpState

ORDER = ("-formed_on", "-id")
SIZE = 30
CHANGES = Prefetch("standing_changes", StandingChange.objects.select_related("basis__public"))
HEAD = ("发文字号", "标题", "成文日期", "公开日期", "有效期至", "有效性", "说明", "代替本件的文件")


@public
@require_safe
@carries("NX-08-4b", "YC-2.6-1d")
def normative(request: HttpRequest, body: str) -> HttpResponse:
    """One page of the register, by validity and year, with the result of the last clean-up."""
    place = get_object_or_404(Body, code=body)
    form, found = _filtered(request, place)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    cut = keyset.cut(found, order=ORDER, after=after, before=before, size=SIZE)
    today = local_date(moment.now())
    kept = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "body": place,
        "form": form,
        "rows": [{"document": one, "standing": standing_of(one, today)} for one in cut.rows],
        "filtered": bool(kept),
        "csv_query": urlencode(kept),
        "clean_up": _last_clean_up(place),
        "next_url": f"?{urlencode(kept | {'after': cut.next})}" if cut.next else "",
        "previous_url": f"?{urlencode(kept | {'before': cut.previous})}" if cut.previous else "",
        "nav": "disclosure",
    }
    response = render(request, "disclosure/normative.html", context)
    patch_vary_headers(response, ("Cookie",))
    return response


@public
@require_safe
def normative_csv(request: HttpRequest, body: str) -> HttpResponse:
    """The register as a table that spreadsheets open, under the same filter."""
    place = get_object_or_404(Body, code=body)
    _form, found = _filtered(request, place)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="normative-{place.code}.csv"'
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow(HEAD)
    table.writerows(_lines(found))
    return response


def _filtered(request: HttpRequest, body: Body) -> tuple[RegisterForm, QuerySet[Document]]:
    found = register().filter(body=body)
    years = [day.year for day in found.dates("formed_on", "year", order="DESC")]
    form = RegisterForm(request.GET, years=years)
    form.is_valid()
    validity, year = form.cleaned_data.get("validity", ""), form.cleaned_data.get("year", "")
    if validity:
        found = found.filter(validity=validity)
    if year:
        found = found.filter(formed_on__year=int(year))
    return form, found.select_related("body", "public").prefetch_related(CHANGES)


def _lines(found: QuerySet[Document]) -> Iterator[list[str]]:
    today = local_date(moment.now())
    for one in found.order_by(*ORDER):
        standing, card = standing_of(one, today), one.card
        cells: list[Any] = [
            card.document_number,
            one.public.title if one.public else "",
            card.formed_on,
            local_date(one.published_at) if one.published_at else "",
            card.expires_on or "",
            standing.label,
            standing.words,
            standing.successor.public.title if standing.successor and standing.successor.public else "",
        ]
        yield [inert(str(cell)) for cell in cells]


def _last_clean_up(body: Body) -> dict[str, Any] | None:
    done = CleanUp.objects.filter(body=body, state=CleanUpState.PUBLISHED).select_related("decision__public")
    last = done.order_by("-published_on", "-pk").first()
    if last is None:
        return None
    items = last.items.filter(document__in=Document.objects.public()).select_related(
        "document__public", "document__body"
    )
    decision = Document.objects.public().filter(pk=last.decision_id).select_related("body", "public").first()
    return {"clean_up": last, "items": items.order_by("conclusion", "pk"), "decision": decision}
