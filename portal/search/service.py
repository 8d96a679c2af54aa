"""The one interface of the index: put in, take out, ask, make anew, compare.

`put` and `drop` belong into the transaction of the act that publishes or withdraws: what is public and what can be found are
never two things. Whoever replaces the index by another one replaces what is behind these names.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from . import folding
from .finding import Page, Query, Result, holding, query
from .item import Item
from .likeness import likely
from .models import Audience, Entry
from .sources import Source, sources

__all__ = [
    "Audience",
    "Difference",
    "Item",
    "Page",
    "Query",
    "Result",
    "drop",
    "holding",
    "likely",
    "put",
    "query",
    "rebuild",
    "verify",
]

MOST_TEXT = 500_000
"""How many characters of a text can be found; the longest law has a fifth of that."""
AT_A_TIME = 200
_LOCK = 0x5EA2C4
_KEYS = ("subject_type", "subject_id")
_VALUES = (
    *("audience", "body", "kind", "title", "text", "url", "document_number", "number_key", "reference", "published_on"),
    *("columns", "topics", "validity", "dated_on", "former", "title_grams", "grams"),
)


@dataclass(frozen=True)
class Difference:
    """An entry that is not as its source says. `what` is a word for people."""

    subject_type: str
    subject_id: str
    what: str


@transaction.atomic
def put(item: Item) -> None:
    """Let something be found from now on, as it is now; putting it again replaces what was there."""
    _lock(shared=True)
    _write([item])


@transaction.atomic
def drop(subject_type: str, subject_id: str) -> None:
    """Let something be found no more. Nothing happens where there is nothing."""
    _lock(shared=True)
    Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).delete()


def rebuild() -> dict[str, int]:
    """Make the index as the sources say; returns how many entries each type has. May be broken off and repeated.

    While it runs, the site goes on: each batch is read and written while no act can publish or withdraw, so that nothing
    withdrawn in the meantime comes back.
    """
    known = sources()
    for subject_type, read in known.items():
        for keys in _batches(item.subject_id for item in read(None)):
            _settle(subject_type, read, keys)
        for keys in _batches(_indexed(subject_type)):
            gone = sorted(set(keys) - {item.subject_id for item in read(keys)})
            _settle(subject_type, read, gone)
    Entry.objects.exclude(subject_type__in=known).delete()
    return {subject_type: Entry.objects.filter(subject_type=subject_type).count() for subject_type in known}


def verify() -> Iterator[Difference]:
    """Where index and sources differ: what is missing, what is not as it should be, what should not be there."""
    known = sources()
    for subject_type, read in known.items():
        for keys in _batches(item.subject_id for item in read(None)):
            yield from _differences(subject_type, read, keys)
        for keys in _batches(_indexed(subject_type)):
            there = {item.subject_id for item in read(keys)}
            yield from (Difference(subject_type, key, "不应再能查到") for key in keys if key not in there)
    strangers = Entry.objects.exclude(subject_type__in=known).values_list("subject_type", "subject_id")
    yield from (Difference(subject_type, key, "没有登记的来源") for subject_type, key in strangers.iterator())


def _lock(*, shared: bool) -> None:
    """Held to the end of the transaction: acts beside each other, a batch of the rebuilding alone."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{'_shared' if shared else ''}(%s)", [_LOCK])


def _write(items: Iterable[Item]) -> None:
    Entry.objects.bulk_create(
        [_entry(item) for item in items], update_conflicts=True, unique_fields=_KEYS, update_fields=_VALUES
    )


@transaction.atomic
def _settle(subject_type: str, read: Source, keys: Sequence[str]) -> None:
    """Make the entries of these keys as their source says at this moment."""
    _lock(shared=False)
    items = list(read(keys)) if keys else []
    gone = set(keys) - {item.subject_id for item in items}
    Entry.objects.filter(subject_type=subject_type, subject_id__in=gone).delete()
    _write(items)


def _differences(subject_type: str, read: Source, keys: Sequence[str]) -> Iterator[Difference]:
    entries = Entry.objects.filter(subject_type=subject_type, subject_id__in=keys)
    there = {entry.subject_id: entry for entry in entries}
    for item in read(keys):
        entry, meant = there.get(item.subject_id), _entry(item)
        if entry is None:
            yield Difference(subject_type, item.subject_id, "查不到")
        elif any(getattr(entry, name) != getattr(meant, name) for name in _VALUES):
            yield Difference(subject_type, item.subject_id, "与原文不一致")


def _entry(item: Item) -> Entry:
    title, text = folding.plain(item.title), folding.plain(item.text)[:MOST_TEXT]
    title_grams = folding.bigrams(title)
    return Entry(
        subject_type=item.subject_type,
        subject_id=item.subject_id,
        audience=item.audience,
        body=item.body,
        kind=item.kind,
        title=title,
        text=text,
        url=item.url,
        document_number=folding.plain(item.document_number),
        number_key=folding.document_number(item.document_number),
        reference=item.reference,
        published_on=item.published_on,
        columns=list(item.columns),
        topics=list(item.topics),
        validity=item.validity,
        dated_on=item.dated_on,
        former=item.former,
        title_grams=title_grams,
        grams=sorted({*title_grams, *_grams(text, item.document_number, item.reference)}),
    )


def _grams(*texts: str) -> set[int]:
    return {gram for text in texts for gram in folding.bigrams(text)}


def _indexed(subject_type: str) -> Iterator[str]:
    return Entry.objects.filter(subject_type=subject_type).values_list("subject_id", flat=True).iterator()


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while batch := list(islice(rest, AT_A_TIME)):
        yield batch
