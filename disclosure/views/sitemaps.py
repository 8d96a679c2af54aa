"""What search engines may find, page by page (sitemaps.org)."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.web.access import public

from ..models import Document
from ..models.document import DocumentQuerySet

AT_ONCE = 5_000


class Documents(Sitemap):  # type: ignore[type-arg]  # a type for the checker only
    """Every document everybody may read, by the day its text last changed."""

    limit = AT_ONCE

    def items(self) -> DocumentQuerySet:
        return Document.objects.public().select_related("body", "public").order_by("pk")

    def lastmod(self, item: Document) -> datetime | None:
        return item.public.published_at if item.public else None


MAPS = {"documents": Documents}


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of the maps."""
    return sitemaps.index(request, MAPS, sitemap_url_name="disclosure:sitemap")


@public
@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """One map, page by page (`?p=2`)."""
    return sitemaps.sitemap(request, MAPS, section=section)
