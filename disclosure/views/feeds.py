"""What is new, for feed readers: of a body, of a column (Atom)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from portal.organisation.models import Body
from portal.web.access import public

from ..models import Column, Document
from ..models.document import DocumentQuerySet

NEWEST = 30


@public
@require_safe
def body(request: HttpRequest, body: str) -> HttpResponse:
    """The newest documents of a body."""
    place = get_object_or_404(Body, code=body)
    documents = Document.objects.public().filter(body=place)
    return _feed(f"{place.name}主动公开", reverse("disclosure:columns", args=(body,)), request.path, documents)


@public
@require_safe
def column(request: HttpRequest, body: str, code: str) -> HttpResponse:
    """The newest documents of a column."""
    place = get_object_or_404(Column.objects.select_related("body"), body__code=body, code=code)
    documents = Document.objects.public().filter(columns=place)
    address = reverse("disclosure:column", args=(body, code))
    return _feed(f"{place.body.name}：{place.name}", address, request.path, documents)


def _feed(title: str, address: str, here: str, documents: DocumentQuerySet) -> HttpResponse:
    site = settings.SITE_URL.rstrip("/")
    feed = Atom1Feed(title=title, link=site + address, description="", language="zh-CN", feed_url=site + here)
    newest = documents.select_related("body", "public").order_by("-published_at", "-pk")[:NEWEST]
    for document in newest:
        link = site + document.get_absolute_url()
        feed.add_item(
            title=document.public.title,
            link=link,
            unique_id=link,
            description=escape(document.public.summary),  # Atom has it as HTML
            pubdate=document.published_at,
            updateddate=document.public.published_at,
            author_name=document.body.name,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
