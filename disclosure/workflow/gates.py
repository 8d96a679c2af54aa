"""What must be settled before a document is sent up, before it is signed, and before it is published.

Each gate is a function of a part of the chapter (attribute, interpretation, findings …) that yields what is missing, in
Chinese; all gates of a passage are asked and everything missing is told at once.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from ..models import Document, Version
from ..rules import Returned, attribute
from .common import law_of

Gate = Callable[[Document, Version, datetime], Iterator[str]]


def attribute_settled(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """The document has an attribute, with the reasons its body's law asks for."""
    wanted = law_of(document).attributes.get(document.attribute)
    yield from attribute.missing_of(wanted, reason=document.reason, basis=document.legal_basis)


PROPOSAL: tuple[Gate, ...] = (attribute_settled,)
"""Asked when a document is sent up."""

SIGNING: tuple[Gate, ...] = (attribute_settled,)
"""Asked again when it is signed: facts may have come in between."""

PUBLICATION: tuple[Gate, ...] = ()
"""Asked when it is put before the public."""


def judge_proposal(document: Document, version: Version, *, at: datetime) -> None:
    """Return a draft that owes something, with the whole list."""
    _judge(PROPOSAL, document, version, at)


def judge_signing(document: Document, version: Version, *, at: datetime) -> None:
    """Return what owes something before it is signed."""
    _judge(SIGNING, document, version, at)


def judge_publication(document: Document, version: Version, *, at: datetime) -> None:
    """Return what owes something before it is published."""
    _judge(PUBLICATION, document, version, at)


def _judge(gates: tuple[Gate, ...], document: Document, version: Version, at: datetime) -> None:
    missing = [point for gate in gates for point in gate(document, version, at)]
    if missing:
        raise Returned(missing)
