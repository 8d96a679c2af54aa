"""Writing acts down and reading them back. Nothing else writes to the ledger."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from portal.ledger.chain import GENESIS, hash_of
from portal.ledger.models import Chain, Entry, FreeWords
from portal.ledger.sentences import UnknownVerb, check_described, describe, present
from portal.ledger.told import NotForTheLedger, judged
from portal.ledger.verifying import Fault, verify
from portal.ledger.words import Words, forget, set_aside, told_of, with_words
from portal.organisation import people

__all__ = [
    "Deed",
    "Fault",
    "NotForTheLedger",
    "Subject",
    "UnknownVerb",
    "Words",
    "check_described",
    "describe",
    "forget_words",
    "head",
    "present",
    "record",
    "record_many",
    "timeline",
    "told_of",
    "verify",
]


@dataclass(frozen=True)
class Subject:
    """What an act was done to, by its names only: for callers that have not loaded the object itself."""

    body: str
    type: str
    id: str
    number: str

    @classmethod
    def of(cls, thing: Any) -> "Subject":
        """The names of a model instance that has `.pk`, `.number` and `.body` (with `.code`); a Subject is returned as it is."""
        if isinstance(thing, cls):
            return thing
        if thing.pk is None:
            raise ValueError(f"{thing!r} must be saved before acts on it can be recorded")
        return cls(thing.body.code, thing._meta.label_lower, str(thing.pk), str(thing.number))


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One act to be recorded by `record_many`; the fields mean what the arguments of `record` mean."""

    verb: str
    subject: Any
    by: people.Actor
    at: datetime
    told: dict[str, Any] | None = None


def record(verb: str, subject: Any, *, by: people.Actor, at: datetime, told: dict[str, Any] | None = None) -> Entry:
    """Add one act to the chain of the subject's body, inside the caller's transaction.

    `subject` is a model instance with `.pk`, `.number` and `.body`, or a `Subject`. `at` must be aware. `told` holds codes,
    dates (ISO text), numbers and ids, and `Words` where somebody wrote freely (their digest is chained). Raises NotForTheLedger
    for other values and for what looks like personal data.
    Call it last: acts on one body wait for each other from here until the transaction ends.
    """
    return record_many([Deed(verb=verb, subject=subject, by=by, at=at, told=told)])[0]


def record_many(deeds: Iterable[Deed]) -> list[Entry]:
    """Add many acts, in the order given within each body, with one lock per body. Returns the entries grouped by body.

    Bodies are locked in the order of their codes, so that two callers never wait for each other in a circle.
    """
    entries = sorted((_entry(deed) for deed in deeds), key=lambda entry: entry.body)
    with transaction.atomic():
        for body, group in groupby(entries, key=lambda entry: entry.body):
            _append(body, list(group))
    return entries


def timeline(subject: Any) -> QuerySet[Entry]:
    """Every act on the subject, in the order it was recorded."""
    who = Subject.of(subject)
    return with_words(_about(who)).order_by("seq")


def forget_words(subject: Any) -> int:
    """Forget what was written freely in the acts on a subject; their digests stay in the chain. Returns how many texts.

    For the one act of a chapter whose term of keeping is over; tell it to the ledger like any other act.
    """
    return forget(_about(Subject.of(subject)))


def _about(who: Subject) -> QuerySet[Entry]:
    return Entry.objects.filter(body=who.body, subject_type=who.type, subject_id=who.id)


def head(body_code: str) -> tuple[int, str]:
    """(length, hash of the last entry) of a body's chain as this transaction sees it; (0, 64 zeros) before the first act."""
    chain = Chain.objects.filter(body=body_code).first()
    return (chain.length, chain.head) if chain else (0, GENESIS)


def _entry(deed: Deed) -> Entry:
    if deed.at.tzinfo is None:
        raise ValueError("the moment of an act must carry its time zone")
    subject, user = Subject.of(deed.subject), people.user_of(deed.by)
    return Entry(
        body=subject.body,
        at=deed.at,
        verb=deed.verb,
        actor_id=str(user.pk) if user is not None else deed.by.code,
        actor_label=people.label(deed.by),
        subject_type=subject.type,
        subject_id=subject.id,
        subject_number=subject.number,
        told=judged(deed.told),
    )


def _append(body: str, entries: Sequence[Entry]) -> None:
    chain, words = _locked(body), []
    for entry in entries:
        entry.seq, entry.previous_hash = chain.length + 1, chain.head
        entry.told, said = set_aside(entry.told)
        words += [row.beside(entry) for row in said]
        entry.hash = hash_of(entry)
        chain.length, chain.head = entry.seq, entry.hash
    _insert(entries)
    if words:
        FreeWords.objects.bulk_create(words)
    Chain.objects.filter(body=body).update(length=chain.length, head=chain.head)


_COLUMNS = (
    "body",
    "seq",
    "at",
    "verb",
    "actor_id",
    "actor_label",
    "subject_type",
    "subject_id",
    "subject_number",
    "told",
    "previous_hash",
    "hash",
)


def _insert(entries: Sequence[Entry]) -> None:
    """Store new entries; many at once by COPY, which costs the sweep half of what INSERT does. Their keys stay unknown."""
    if len(entries) == 1:
        entries[0].save(force_insert=True)
        return
    names = ", ".join(_COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {Entry._meta.db_table} ({names}) FROM STDIN") as rows,
    ):
        for entry in entries:
            told = json.dumps(entry.told, ensure_ascii=False)
            rows.write_row([told if name == "told" else getattr(entry, name) for name in _COLUMNS])


def _locked(body: str) -> Chain:
    """The body's chain, locked until the transaction ends; made on the body's first act."""
    rows = Chain.objects.select_for_update().filter(body=body)
    chain = rows.first()
    if chain is None:
        Chain.objects.bulk_create([Chain(body=body)], ignore_conflicts=True)
        chain = rows.get()
    return chain
