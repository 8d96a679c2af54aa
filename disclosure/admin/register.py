"""公开文件登记簿: every document that was ever put before the public, in order, kept by a named person (LD-A1-10-1c)."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from portal import moment
from portal.moment import chinese_date, local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.regulations.registry import carries
from portal.texts.plain import inert
from portal.web import keyset
from portal.web.case import CasePage

from ..keeping import keepers_of, wants_keeper
from ..models import VIEW, Card, Document, PaperCopy

SIZE = 50
ORDER = ("-published_at", "-id")
HEAD = (
    *("索引号", "发文字号", "标题", "成文日期", "首次公开日期", "公开属性", "起草机构", "发布人", "现状"),
    *("送交查阅场所", "登记人"),
)
COPIES = Prefetch("paper_copies", PaperCopy.objects.order_by("pk"))


@carries("LD-A1-10-1c")
def register(page: CasePage, request: HttpRequest) -> HttpResponse:
    """One page of the register of somebody's bodies, the newest first, with who keeps it."""
    at = moment.now()
    bodies = _bodies(request, at=at)
    cut = keyset.cut(
        _registered(bodies),
        order=ORDER,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=SIZE,
    )
    context = page.admin_site.each_context(request) | {
        "opts": page.opts,
        "title": "公开文件登记簿",
        "keepers": [_kept(body, on=local_date(at)) for body in bodies],
        "rows": [{"cells": _cells(one), "url": page.page_url(one)} for one in cut.rows],
        "cut": cut,
        "csv_url": reverse("admin:documents_register_csv"),
        "queue_url": reverse("admin:disclosure_document_changelist"),
    }
    return TemplateResponse(request, "admin/disclosure/register.html", context)


@carries("LD-A1-10-1c")
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The whole register as a table that spreadsheets open, the oldest first, line by line."""
    at = moment.now()
    bodies = _bodies(request, at=at)
    names = {body.pk: "、".join(keepers_of(body, on=local_date(at))) for body in bodies}
    response = StreamingHttpResponse(_lines(_registered(bodies), names), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="register-{local_date(at):%Y%m%d}.csv"'
    return response


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(found: QuerySet[Document], names: dict[int, str]) -> Iterator[str]:
    table = csv.writer(_Echo())
    yield "\ufeff"
    yield table.writerow(HEAD)
    for one in found.order_by("published_at", "pk").iterator(chunk_size=200):
        yield table.writerow([inert(cell) for cell in (*_cells(one), names[one.body_id])])


def _bodies(request: HttpRequest, *, at: datetime) -> list[Body]:
    """The bodies whose register this person may read: those they see as a whole."""
    found = list(Body.objects.filter(pk__in=roles.reach(request.user, VIEW, at=at).bodies).order_by("pk"))
    if not found:
        raise Http404("this person keeps no register")
    return found


def _registered(bodies: list[Body]) -> QuerySet[Document]:
    shown = Document.objects.filter(body__in=bodies, public__isnull=False)
    return shown.select_related("body", "department", "public__published_by").prefetch_related(COPIES)


def _cells(one: Document) -> tuple[str, ...]:
    version = one.public
    if version is None or one.published_at is None:
        raise ValueError("only what was published is registered")
    card = Card.shown_with(version)
    standing = "已撤下" if one.withdrawn_at else one.get_validity_display()
    places = "；".join(
        f"{copy.place}{chinese_date(copy.delivered_on)}{copy.copies}份" for copy in one.paper_copies.all()
    )
    who = str(version.published_by) if version.published_by else "收录或者定时发布"
    days = (card.formed_on.isoformat(), local_date(one.published_at).isoformat())
    unit = one.department.name if one.department else ""
    return (one.number, card.document_number, version.title, *days, card.attribute, unit, who, standing, places)


def _kept(body: Body, *, on: date) -> dict[str, Any]:
    return {"body": body, "wanted": wants_keeper(body, on=on), "names": "、".join(keepers_of(body, on=on))}
