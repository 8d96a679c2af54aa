"""What has changed lately at a body, for the front of its platform: items of the catalogue, documents, and whether they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations.registry import carries

from .models import CatalogueChange, Document, StandingChange
from .vocabulary import Adjusting, Adjustment, Validity

MOST = 8


@dataclass(frozen=True)
class Change:
    """One change in words: what kind of change, of what, where to read it."""

    day: date
    kind: str
    title: str
    url: str


@carries("WZ-5-2", "LD-A7-10")
def changes(body: Body, *, at: datetime) -> list[Change]:
    """The newest changes of what is public; each is there from the moment it takes effect."""
    found = [*_items(body), *_texts(body), *_standing(body, on=local_date(at))]
    return sorted(found, key=lambda change: change.day, reverse=True)[:MOST]


def _items(body: Body) -> Iterator[Change]:
    adjusted = CatalogueChange.objects.filter(body=body, state=Adjusting.ADJUSTED, item__isnull=False)
    for change in adjusted.select_related("item").order_by("-changed_at", "-pk")[:MOST]:
        item = change.item
        if item is not None:
            url = reverse("disclosure:catalogue_item", args=(body.code, item.code))
            day = (
                item.removed_on
                if change.action == Adjustment.REMOVE and item.removed_on
                else local_date(change.changed_at)
            )
            yield Change(day, f"{change.get_action_display()}公开事项", change.item_name or item.title, url)


def _texts(body: Body) -> Iterator[Change]:
    amended = Document.objects.public().filter(body=body).exclude(public__change_note="")
    rows = amended.select_related("body", "public").defer("public__html", "public__text")
    for document in rows.order_by("-public__published_at", "-pk")[:MOST]:
        version = document.public
        if version is not None and version.published_at is not None:
            yield Change(local_date(version.published_at), "修订", version.title, document.get_absolute_url())


def _standing(body: Body, *, on: date) -> Iterator[Change]:
    rows = StandingChange.objects.filter(document__in=Document.objects.public().filter(body=body), since__lte=on)
    rows = rows.select_related("document__body", "document__public")
    for change in rows.order_by("-since", "-pk")[:MOST]:
        document = change.document
        if document.public is not None:
            label = Validity(change.validity).label
            yield Change(change.since, label, document.public.title, document.get_absolute_url())
