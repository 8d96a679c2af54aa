"""What a body must publish by the items of 条例第二十条、第二十一条, and which of it is empty or behind its rhythm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations import library, publishing
from portal.regulations.registry import carries
from portal.regulations.schema import Recurrence

from .models import Column, Document
from .vocabulary import Audience, Period

ARTICLE_20 = 15
"""How many items article 20 has; what lies beyond it belongs to article 21."""


@dataclass(frozen=True)
class Entry:
    """One column of the checklist: what it serves, when something was last published there, and what is wrong with it."""

    column: Column
    item: str
    newest: date | None
    owed_since: date | None
    rhythm: str
    owners: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing has ever been published here."""
        return self.newest is None

    @property
    def stale(self) -> bool:
        """Whether the column has a rhythm and has fallen behind it."""
        return self.owed_since is not None and (self.newest is None or self.newest < self.owed_since)

    @property
    def article(self) -> str:
        """The item of the regulation in words; empty for a column that serves none."""
        if not self.item:
            return ""
        return f"第二十条第（{_CHINESE[int(self.item)]}）项" if int(self.item) <= ARTICLE_20 else "第二十一条"


_CHINESE = ("", *"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五")


@carries(
    "REG-20", "REG-21", "NX-13-0", "NX-13-2", "YC-2.6-1c", "YC-5.5-1a", "YC-5.5-1b", "YC-5.5-2", "WZ-4-3", "YQ-S1-6"
)
def checklist(body: Body, *, at: datetime) -> list[Entry]:
    """Every column that serves an item or keeps a rhythm, by item, with the day of its newest public document."""
    profile, today = library.profile(body.profile, local_date(at)), local_date(at)
    newest = _newest(body)
    found = []
    for column in body.columns.prefetch_related("owners").order_by("order", "pk"):
        law = profile.columns.get(column.code)
        if law is None or not (law.statutory or law.rhythm):
            continue
        rhythm = profile.recurrences.get(law.rhythm)
        found.append(_entry(column, law, rhythm, newest.get(column.pk), today=today))
    return sorted(found, key=lambda entry: (int(entry.item or 99), entry.column.order, entry.column.pk))


def missing_items(entries: list[Entry]) -> list[str]:
    """The items of article 20 for which no column holds anything, in words."""
    served = {entry.item for entry in entries if not entry.empty}
    return [f"第（{_CHINESE[item]}）项" for item in range(1, ARTICLE_20 + 1) if str(item) not in served]


def owed_since(rhythm: Recurrence, *, today: date) -> date:
    """Since when something must have been published: the begin of the period before this one, or of the year once its day is over."""
    if rhythm.period == "year" and rhythm.month and rhythm.day:
        over = today > date(today.year, rhythm.month, rhythm.day)
        return date(today.year if over else today.year - 1, 1, 1)
    return _begin(rhythm.period, _begin(rhythm.period, today) - timedelta(days=1))


def _begin(period: str, day: date) -> date:
    """The first day of the period a day lies in."""
    match period:
        case "week":
            return day - timedelta(days=day.weekday())
        case "ten_days":
            return day.replace(day=min(day.day - 1, 20) // 10 * 10 + 1)
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case _:
            return date(day.year, 1, 1)


def _newest(body: Body) -> dict[int, date]:
    rows = (
        Document.columns.through.objects.filter(
            document__body=body,
            document__public__isnull=False,
            document__withdrawn_at__isnull=True,
            document__audience=Audience.PUBLIC,
        )
        .values_list("column_id")
        .annotate(newest=Max("document__published_at"))
    )
    return {column: local_date(newest) for column, newest in rows}


def _entry(
    column: Column, law: publishing.Column, rhythm: Recurrence | None, newest: date | None, *, today: date
) -> Entry:
    return Entry(
        column=column,
        item=law.statutory,
        newest=newest,
        owed_since=owed_since(rhythm, today=today) if rhythm else None,
        rhythm=Period(rhythm.period).label if rhythm else "",
        owners=tuple(owner.name for owner in column.owners.all()),
    )


def behind(body: Body, *, at: datetime) -> Iterator[Entry]:
    """The columns of a body that have fallen behind their rhythm."""
    return (entry for entry in checklist(body, at=at) if entry.stale)
