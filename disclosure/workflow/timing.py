"""The limits of publishing: started when what goes out is signed, stopped when the public has it (条例第二十六条)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from portal.clocks import keeper
from portal.clocks.models import Ended, Weight
from portal.moment import local_date
from portal.regulations.registry import carries
from portal.regulations.schema import Term

from ..models import Document, UnitCatalogue
from ..rules import attribute
from ..vocabulary import Audience
from .common import law_of

PROACTIVE = "proactive"
HAND_OVER = "hand_over_to_publish"
WITH_ISSUE = "publish_with_issue"
DUTIES = (PROACTIVE, HAND_OVER, WITH_ISSUE)
"""The duty of all, and those which the documents of single bodies add."""


@carries("REG-26", "LD-A1-10-1b", "LD-A6-5-4a", "WZ-6.1-2", "WZ-6.3-1d", "YQ-S5-1.2c")
def start_publishing(document: Document, *, at: datetime) -> None:
    """The document is signed: what it owes the public runs from now, or from the day it was formed. One that goes to nobody
    outside owes nothing; what already runs from an earlier signing runs on.
    """
    if not attribute.goes_out(document.openness) or document.audience != Audience.PUBLIC:
        drop_publishing(document, at=at)
        return
    running = set(keeper.running(document, *DUTIES).values_list("duty", "weight"))
    for term, weight in _owed(document):
        if (term.key, weight) not in running:
            keeper.start(
                document,
                term,
                weight=weight,
                started=_first_day(document, term, at=at),
                at=at,
                department=document.department,
            )


def stop_publishing(document: Document, *, at: datetime) -> None:
    """The public has it."""
    for clock in keeper.locked(document, *DUTIES):
        keeper.stop(clock, ended_on=local_date(at), at=at)


def drop_publishing(document: Document, *, at: datetime) -> None:
    """Nothing is owed any more: the document was given up, closed or taken off."""
    for clock in keeper.locked(document, *DUTIES):
        keeper.stop(clock, ended_on=local_date(at), as_=Ended.VOID, at=at)


def last_day(document: Document) -> date | None:
    """The last day of the statutory limit that runs, or None."""
    clocks = keeper.running(document, PROACTIVE).filter(weight=Weight.STATUTORY)
    return clocks.values_list("last_day", flat=True).first()


def _owed(document: Document) -> Iterator[tuple[Term, str]]:
    law = law_of(document)
    for key in DUTIES:
        if key in law.terms:
            yield law.terms[key], Weight.STATUTORY if key in law.statutory else Weight.INTERNAL
        if key in law.promises:
            yield law.promises[key], Weight.PROMISE
    if (promise := _promise(document)) is not None:
        yield promise, Weight.PROMISE


@carries("LD-A5-3a")
def _promise(document: Document) -> Term | None:
    """What the public unit whose document it is has promised in its catalogue, beside the statutory limit; the earlier one calls
    out first.
    """
    edition = UnitCatalogue.objects.public().filter(unit=document.department).first()
    if edition is None or edition.promised_days is None:
        return None
    term = law_of(document).terms[PROACTIVE]
    return replace(term, amount=edition.promised_days, label="承诺公开期限", rules=("LD-A5-3a",), extension=None)


def _first_day(document: Document, term: Term, *, at: datetime) -> date:
    """The day of the event: a first text was formed on its date, a changed one comes about when it is signed."""
    signed_on = local_date(at)
    return document.formed_on if term.event == "formed" and document.public_id is None else signed_on
