"""What must be settled before a document is sent up, before it is signed, and before it is published.

Each gate is a function of a part of the chapter (attribute, interpretation, findings …) that yields what is missing, in
Chinese; all gates of a passage are asked and everything missing is told at once.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from ..models import Document, Version
from ..rules import Returned, attribute
from ..vocabulary import Openness
from .common import law_of, said
from .contents import within_the_list
from .correcting import change_noted
from .countersigning import countersigned
from .interpreting import (
    interpretation_paired,
    interpretation_planned,
    material_sent_up,
    material_signed,
    policy_is_public,
)
from .inviting import invited_answered
from .listing import closed_by_an_item, statistics_cleared
from .normative import identification_confirmed, identified, legality_reviewed, normative_in_its_place
from .policies import deliberated, enterprise_clauses_fixed, media_arranged, planned_for_the_meeting, risk_assessed
from .rechecking import rechecked
from .scanning import findings_decided, nothing_new_found
from .unit_documents import unit_information_settled
from .verbatim import as_signed, summary_quoted

Gate = Callable[[Document, Version, datetime], Iterator[str]]


def attribute_settled(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """The document has an attribute, with the reasons its body's law asks for."""
    law = law_of(document)
    always = document.content in said(law, "attribute.reasoned_contents")
    wanted = law.attributes.get(document.attribute)
    yield from attribute.missing_of(wanted, reason=document.reason, basis=document.legal_basis, always=always)


def nothing_closed_within(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """What goes out whole carries no attachment of another attribute (LD-A4-3-3)."""
    parts = version.files.exclude(openness__in=("", Openness.OPEN)).order_by("order")
    yield from attribute.closed_within(document.openness, (f"附件“{part.title}”" for part in parts))


def origin_shown(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """What goes out says where it comes from, and is of a kind that may go out."""
    if not document.openness or attribute.goes_out(document.openness):
        barred = said(law_of(document), "publishing.barred_genres")
        yield from attribute.missing_origin(
            document.content, document.genre, source=document.source, reason=document.reason, barred=barred
        )


def participation_shown(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A major decision says how others took part in it, where the body's document returns one that does not."""
    if document.is_major_decision and law_of(document).option("decision.evidence"):
        yield from attribute.missing_participation(document.participation, document.participation_note)


PROPOSAL: tuple[Gate, ...] = (
    attribute_settled,
    nothing_closed_within,
    origin_shown,
    participation_shown,
    within_the_list,
    unit_information_settled,
    change_noted,
    closed_by_an_item,
    interpretation_planned,
    interpretation_paired,
    identified,
    normative_in_its_place,
    enterprise_clauses_fixed,
    risk_assessed,
    planned_for_the_meeting,
    media_arranged,
    summary_quoted,
)
"""Asked when a document is sent up."""

SIGNING: tuple[Gate, ...] = (
    attribute_settled,
    nothing_closed_within,
    origin_shown,
    unit_information_settled,
    countersigned,
    invited_answered,
    findings_decided,
    closed_by_an_item,
    interpretation_planned,
    interpretation_paired,
    material_sent_up,
    identified,
    identification_confirmed,
    normative_in_its_place,
    legality_reviewed,
    deliberated,
)
"""Asked again when it is signed: facts may have come in between."""

SCHEDULING: tuple[Gate, ...] = (rechecked,)
"""Asked when a time is set for its publication: what a person still has to do is not left to the hour at which nobody is there.
The rest is asked at that hour, of the document as it is then.
"""

PUBLICATION: tuple[Gate, ...] = (
    as_signed,
    nothing_closed_within,
    rechecked,
    findings_decided,
    nothing_new_found,
    statistics_cleared,
    interpretation_paired,
    material_signed,
    policy_is_public,
)
"""Asked when it is put before the public."""


URGENT: tuple[Gate, ...] = (
    attribute_settled,
    nothing_closed_within,
    origin_shown,
    countersigned,
    statistics_cleared,
    findings_decided,
    nothing_new_found,
)
"""Asked when it goes before the public at once: what protects others cannot wait, what only takes its time can."""


def judge_proposal(document: Document, version: Version, *, at: datetime) -> None:
    """Return a draft that owes something, with the whole list."""
    _judge(PROPOSAL, document, version, at)


def judge_signing(document: Document, version: Version, *, at: datetime) -> None:
    """Return what owes something before it is signed."""
    _judge(SIGNING, document, version, at)


def judge_scheduling(document: Document, version: Version, *, at: datetime) -> None:
    """Return what owes something before a time is set for it."""
    _judge(SCHEDULING, document, version, at)


def judge_publication(document: Document, version: Version, *, at: datetime) -> None:
    """Return what owes something before it is published."""
    _judge(PUBLICATION, document, version, at)


def judge_urgent(document: Document, version: Version, *, at: datetime) -> None:
    """Return what owes something before it is published ahead of its chain."""
    _judge(URGENT, document, version, at)


def _judge(gates: tuple[Gate, ...], document: Document, version: Version, at: datetime) -> None:
    missing = [point for gate in gates for point in gate(document, version, at)]
    if missing:
        raise Returned(missing)
