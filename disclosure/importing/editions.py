"""Several texts of one law in a collection: the older ones are marked as amended, as the heading of the newer ones says.

A law that is revised keeps its title, and the 题注 of the new text names the days on which it was adopted and changed. Of what
such a heading does not prove nothing is said; that a law was repealed is never concluded from a collection.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from portal.moment import chinese_date
from portal.organisation import people
from portal.organisation.models import Body
from portal.refusal import Refusal

from .. import workflow
from ..models import Document
from ..vocabulary import ImportKind, State, Validity

_CHANGED = re.compile(r"修订|修正|修改")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TEXT_BEGINS = re.compile(r"^(?:目\s*录|第一[章编条])", re.MULTILINE)


def link(body: Body, *, by: people.Actor, at: datetime) -> int:
    """Mark the older texts of the laws of a body as amended by the next newer one; returns how many. Repeating does nothing.

    A text that somebody is working on waits for the next run.
    """
    return sum(_mark(older, newer, by=by, at=at) for older, newer in _successions(body))


def says_so(heading: str, older: date) -> bool:
    """Whether the 题注 of a text proves that an older one, formed on a day, went before it. Pure."""
    return bool(_CHANGED.search(heading)) or chinese_date(older) in re.sub(r"\s", "", heading)


def changed_since(heading: str, older: date) -> date | None:
    """The first day after `older` on which the 题注 of a newer text says that the law was changed or adopted anew. Pure."""
    found = (_DAY.search(one) for one in heading.splitlines() if _CHANGED.search(one) or "通过" in one)
    days = [date(*map(int, match.groups())) for match in found if match]
    return min((day for day in days if day > older), default=None)


def heading_of(text: str) -> str:
    """The lines before the first chapter or article: the 题注 with the days of adoption and of every change."""
    begins = _TEXT_BEGINS.search(text)
    return text[: begins.start()] if begins else ""


def _successions(body: Body) -> Iterator[tuple[Document, Document]]:
    """Each text of a law with the next newer one. A collection may list one text twice: two of one day say nothing."""
    laws = Document.objects.public().filter(body=body, import_run__kind=ImportKind.LAWS)
    of_title: dict[tuple[str, tuple[str, ...]], list[tuple[date, int]]] = defaultdict(list)
    for title, region, formed_on, key in laws.values_list("public__title", "keywords", "formed_on", "pk"):
        of_title[title, tuple(region)].append((formed_on, key))
    for texts in of_title.values():
        latest = dict(sorted(texts, reverse=True))
        for formed_on, key in sorted(texts):
            if later := min((day for day in latest if day > formed_on), default=None):
                both = laws.select_related("public", "body").in_bulk((key, latest[later]))
                yield both[key], both[latest[later]]


def _since(older: Document, newer: Document, heading: str) -> date:
    """From when the older text no longer was the law: its next change. Of a text whose own day nobody told it is only certain
    that the newer one has taken its place.
    """
    told = older.formed_on != older.effective_on
    first = (changed_since(heading, older.formed_on) if told else None) or newer.formed_on
    begins = newer.effective_on
    return begins if first == newer.formed_on and begins is not None and begins > first else first


def _mark(older: Document, newer: Document, *, by: people.Actor, at: datetime) -> bool:
    if older.successor_id is not None or older.validity != Validity.IN_FORCE or older.state != State.PUBLISHED:
        return False
    if newer.public is None or not says_so(heading_of(newer.public.text), older.formed_on):
        return False
    since = _since(older, newer, heading_of(newer.public.text))
    note = f"本篇是{chinese_date(older.formed_on)}的文本，按新文本的题注标注。"
    try:
        workflow.mark_amended(older, basis=newer, successor=newer, since=since, note=note, by=by, at=at)
    except Refusal:
        return False
    return True
