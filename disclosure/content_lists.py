"""The content lists of a body's departments: which periodic content is late, and which department has no list yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from portal.moment import local_date
from portal.organisation.models import Body, Department
from portal.regulations import library
from portal.regulations.registry import carries
from portal.regulations.schema import Recurrence

from .models import ContentEntry, Document
from .statutory import owed_since
from .vocabulary import Release
from .workflow.contents import REQUIRED


@dataclass(frozen=True)
class Watched:
    """A periodic entry with the day of the department's newest public document in its column, and what is wrong with it."""

    entry: ContentEntry
    newest: date | None
    stale: bool


@carries("LD-A1-14")
def watched(body: Body, *, at: datetime) -> list[Watched]:
    """Every periodic entry in force. One is stale when a whole period it stood for has gone by without a publication."""
    today = local_date(at)
    entries = ContentEntry.objects.in_force().filter(body=body, release=Release.PERIODIC)
    newest = _newest(body)
    found = []
    for entry in entries.select_related("department", "column").order_by("department__order", "pk"):
        last = newest.get((entry.department_id, entry.column_id))
        owed = owed_since(Recurrence(key="", period=entry.period, label=entry.category, rules=()), today=today)
        stood = entry.since is not None and entry.since <= owed
        found.append(Watched(entry, last, stale=stood and (last is None or last < owed)))
    return found


def late(body: Body, *, at: datetime) -> Iterator[Watched]:
    """The periodic entries of a body that have fallen behind."""
    return (one for one in watched(body, at=at) if one.stale)


@carries("LD-A1-14")
def without_list(body: Body, *, at: datetime) -> list[Department]:
    """The departments that have no list yet, where the body's document wants every department to keep one.

    Public units have a catalogue of their own (`unit_catalogues`).
    """
    if not library.profile(body.profile, local_date(at)).option(REQUIRED):
        return []
    listed = ContentEntry.objects.in_force().filter(body=body).values("department")
    return list(body.departments.filter(service="").exclude(pk__in=listed).order_by("order", "pk"))


def _newest(body: Body) -> dict[tuple[int | None, int | None], date]:
    rows = Document.objects.public().filter(body=body).values_list("department", "columns")
    return {
        (department, column): local_date(moment)
        for department, column, moment in rows.annotate(newest=Max("published_at")).order_by()
    }
