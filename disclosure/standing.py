"""Whether a document holds on a day, in the words its own page says it with (WEB47: the mark is on the original page)."""

from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .models import Card, Document, StandingChange
from .vocabulary import Validity

WORDS = {Validity.AMENDED: "修改", Validity.REPEALED: "废止", Validity.LAPSED: "失效"}
ENDED = (Validity.REPEALED, Validity.LAPSED)


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
    begun, ends = [change for change in changes if change.since <= on], document.card.expires_on
    if not changes and document.validity != Validity.IN_FORCE:
        validity = Validity(document.validity)
        return Standing(validity, validity.label, f"本文件已经{WORDS[validity]}。", successor_of(document))
    if ends is not None and ends < on and not any(change.validity in ENDED for change in begun):
        words = f"本文件有效期至{chinese_date(ends)}，已经失效。"
        return Standing(Validity.LAPSED, Validity.LAPSED.label, words)
    if changes:
        return _recorded(document, changes, begun)
    return Standing(Validity.IN_FORCE, Validity.IN_FORCE.label, f"本文件有效期至{chinese_date(ends)}。" if ends else "")


def _recorded(document: Document, changes: list[StandingChange], begun: list[StandingChange]) -> Standing:
    """What the last change that has begun made of it, and what is announced for a later day."""
    validity = Validity(begun[-1].validity) if begun else Validity.IN_FORCE
    said = [_words(change, begun=True) for change in begun[-1:]]
    said += [_words(change, begun=False) for change in changes[len(begun) :]]
    return Standing(validity, validity.label, "".join(said), successor_of(document))


def _words(change: StandingChange, *, begun: bool) -> str:
    by = _named(change.basis)
    how = f"自{chinese_date(change.since)}起{WORDS[Validity(change.validity)]}"
    return f"本文件{'' if begun else '将'}{how}{f'，依据{by}' if by else ''}。{change.note}"


def _named(basis: Document | None) -> str:
    if basis is None or basis.public is None or basis.withdrawn_at is not None:
        return ""
    said = Card.shown_with(basis.public).document_number
    number = f"（{said}）" if said else ""
    return f"《{basis.public.title}》{number}"


def successor_of(document: Document) -> Document | None:
    """What stands in a document's place today, through whatever took its place in turn, as far as the public may read it."""
    seen, found, key = {document.pk}, None, document.successor_id
    while key is not None and key not in seen:
        seen.add(key)
        further = Document.objects.public().filter(pk=key).select_related("public", "body").first()
        if further is None:
            break
        found, key = further, further.successor_id
    return found
