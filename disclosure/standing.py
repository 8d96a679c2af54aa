"""Whether a document holds on a day, in the words its own page says it with (WEB47: the mark is on the original page)."""

from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .models import Document, StandingChange
from .vocabulary import Validity

WORDS = {Validity.AMENDED: "修改", Validity.REPEALED: "废止", Validity.LAPSED: "失效"}


@dataclass(frozen=True, slots=True)
class Standing:
    """`words` is a full sentence, or empty where there is nothing to say beyond the label. `successor` stands in its place."""

    validity: Validity
    label: str
    words: str
    successor: Document | None = None

    @property
    def holds(self) -> bool:
        """Whether people may still rely on it."""
        return self.validity in (Validity.IN_FORCE, Validity.AMENDED)


@carries("NX-08-4b", "WEB47")
def standing_of(document: Document, on: date) -> Standing:
    """How a public document stands on a day: by what was recorded of it, and by the end it set itself."""
    changes = sorted(document.standing_changes.all(), key=lambda change: (change.since, change.pk))
    past = [change for change in changes if change.since <= on]
    if past:
        return _told(document, past[-1], begun=True)
    if document.validity != Validity.IN_FORCE and not changes:
        validity = Validity(document.validity)
        return Standing(validity, validity.label, f"本文件已经{WORDS[validity]}。", _successor(document))
    ends = document.card.expires_on
    if ends is not None and ends < on:
        words = f"本文件有效期至{chinese_date(ends)}，已经失效。"
        return Standing(Validity.LAPSED, Validity.LAPSED.label, words)
    if changes:
        return _told(document, changes[0], begun=False)
    return Standing(Validity.IN_FORCE, Validity.IN_FORCE.label, f"本文件有效期至{chinese_date(ends)}。" if ends else "")


def _told(document: Document, change: StandingChange, *, begun: bool) -> Standing:
    validity = Validity(change.validity)
    day = chinese_date(change.since)
    by = _named(change.basis)
    words = f"本文件{'' if begun else '将'}自{day}起{WORDS[validity]}{f'，依据{by}' if by else ''}。{change.note}"
    if not begun:
        return Standing(Validity.IN_FORCE, Validity.IN_FORCE.label, words, _successor(document))
    return Standing(validity, validity.label, words, _successor(document))


def _named(basis: Document | None) -> str:
    if basis is None or basis.public is None or basis.withdrawn_at is not None:
        return ""
    number = f"（{basis.document_number}）" if basis.document_number else ""
    return f"《{basis.public.title}》{number}"


def _successor(document: Document) -> Document | None:
    if document.successor_id is None:
        return None
    return Document.objects.public().filter(pk=document.successor_id).select_related("public", "body").first()
