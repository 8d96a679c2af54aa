"""What several acts of publishing share: the law a document was opened under, its newest version, its columns' people."""

from django.db.models import Max

from portal.moment import local_date
from portal.regulations import library
from portal.regulations.publishing import Chain
from portal.regulations.schema import Profile

from ..models import Document, Version
from ..vocabulary import Openness, Verdict


def law_of(document: Document) -> Profile:
    """The profile a document was opened under: an old matter keeps its law."""
    return library.profile(document.profile, local_date(document.opened_at))


def newest(document: Document) -> Version:
    """The version that is on its way; of a published document that nobody changes, the public one."""
    return document.versions.standing().order_by("-number").first()  # type: ignore[return-value]  # a document is born with one


def next_number(document: Document) -> int:
    """The number of the next version; those of versions that were given up are not used again."""
    last = document.versions.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def chain_of(document: Document) -> Chain:
    """Who reviews this document, in order."""
    return law_of(document).chain(document.content)


def passed(document: Document) -> set[str]:
    """The stages that have been passed in the present round."""
    rows = document.reviews.filter(round=document.round, verdict=Verdict.PASSED)
    return set(rows.values_list("stage", flat=True))


def said(law: Profile, key: str) -> tuple[str, ...]:
    """An option that is a list of words."""
    value = law.option(key)
    return value if isinstance(value, tuple) else ()


def suggestions(law: Profile) -> dict[str, tuple[str, ...]]:
    """Which signs of a document point to which openness, for `rules.attribute.suggested`."""
    return {
        Openness.CLOSED: said(law, "attribute.suggests_closed"),
        Openness.ON_REQUEST: said(law, "attribute.suggests_on_request"),
        Openness.OPEN: said(law, "attribute.suggests_open"),
    }
