"""Reviewing: the stages of the body's chain in their order, the signer last, and back to the drafter (条例第十七条)."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.organisation.models import User
from portal.regulations.publishing import Stage
from portal.workflow.engine import judge, taking

from ..models import Document, NegativeItem, Review
from ..rules import Refused, attribute, correcting, reviewing
from ..told import DECIDED, vouch
from ..vocabulary import Openness, State, Verdict
from . import interpreting, normative
from .common import chain_of, law_of, newest
from .gates import judge_proposal, judge_signing
from .scanning import scan_version
from .steps import STEPS
from .timing import start_publishing
from .verbatim import digest_of
from .verdicts import holds, judge_distinct, judge_reviewer, mind_secrecy, record, stage_of

__all__ = ["Final", "pass_stage", "propose", "send_back", "sign", "stage_of"]


@dataclass(frozen=True)
class Final:
    """An attribute as the signer decides it, with what it rests on where it is not the open one."""

    attribute: str
    reason: str = ""
    legal_basis: str = ""
    negative_item: NegativeItem | None = None


@transaction.atomic
def propose(document: Document, *, by: User, at: datetime) -> Document:
    """Send the newest version up. Raises Returned with everything that is missing (退文)."""
    judge(STEPS, "propose", document, by=by, at=at)
    version = newest(document)
    judge_proposal(document, version, at=at)
    facts = {"round": document.round + 1, "proposed_attribute": document.attribute, "proposed_at": at}
    with taking(STEPS, "propose", document, by=by, at=at, facts=facts) as told:
        mind_secrecy(document, at=at)
        found = scan_version(version, at=at)
        told |= {"round": document.round, "version": version.number, "found": len(found)}
        vouch(told, "propose", document, *found)
    return document


@transaction.atomic
def pass_stage(document: Document, *, opinion: str = "", checked: Sequence[str] = (), by: User, at: datetime) -> Review:
    """Agree at the stage the document has reached; the last stage, the signing, is `sign`.

    The list of a stage is about what goes before the public; for what stays in nothing is ticked.
    """
    judge(STEPS, "pass_stage", document, by=by, at=at)
    stage = stage_of(document)
    if stage == chain_of(document).signing:
        raise Refused(f"各审核环节均已通过，请由签发人办理“签发”（{stage.label}）。")
    judge_reviewer(document, stage, by=by, at=at)
    judge_distinct(document, by=by)
    reviewing.judge_opinion(stage, opinion)
    if attribute.goes_out(document.openness):
        reviewing.judge_checks(stage, checked)
    with taking(STEPS, "pass_stage", document, by=by, at=at) as told:
        review = record(document, stage, Verdict.PASSED, opinion=opinion, checked=checked, by=by, at=at)
        mind_secrecy(document, at=at)
        told |= {"round": document.round, "stage": stage.key, "label": stage.label}
        vouch(told, "pass_stage", review)
    return review


@transaction.atomic
def send_back(document: Document, *, opinion: str, by: User, at: datetime) -> Review:
    """Return the document to its drafter; when it is sent up again every stage looks at it anew."""
    judge(STEPS, "send_back", document, by=by, at=at)
    if not opinion.strip():
        raise Refused("请写明退回意见，说明需要修改什么。")
    stage = _returning(document, by=by, at=at)
    judge_reviewer(document, stage, by=by, at=at)
    facts = {"signed_by": None, "signed_at": None, "signed_digest": "", "publish_at": None}
    with taking(STEPS, "send_back", document, by=by, at=at, facts=facts) as told:
        review = record(document, stage, Verdict.RETURNED, opinion=opinion, by=by, at=at)
        mind_secrecy(document, at=at)
        interpreting.drop_limits(document, at)
        told |= {"round": document.round, "stage": stage.key, "label": stage.label}
        vouch(told, "send_back", document, review)
    return review


def _returning(document: Document, *, by: User, at: datetime) -> Stage:
    """The stage at which somebody may return a document: the one it has reached; once signed, the signing or the last look."""
    chain = chain_of(document)
    if document.state != State.SIGNED:
        return stage_of(document)
    if chain.recheck is not None and holds(document, chain.recheck, by=by, at=at):
        return chain.recheck
    return chain.signing


@transaction.atomic
def sign(document: Document, *, opinion: str = "", final: Final | None = None, by: User, at: datetime) -> Review:
    """Decide: the document and its attribute of openness together, in the same act (NX-07-1b, LD-A4-4c, WZ-6.3-1b).

    `final` is given where the signer decides another attribute than the one proposed; what was proposed stays on record.
    """
    judge(STEPS, "sign", document, by=by, at=at)
    stage = stage_of(document)
    if stage != chain_of(document).signing:
        raise Refused(f"本件还没有通过“{stage.label}”，不能签发。请等前面的环节办完。")
    judge_reviewer(document, stage, by=by, at=at)
    judge_distinct(document, by=by)
    decided = _decided(document, final)
    judge_signing(_with(document, decided), newest(document), at=at)
    facts = {"signed_by": by, "signed_at": at, "signed_digest": digest_of(newest(document))} | decided
    with taking(STEPS, "sign", document, by=by, at=at, facts=facts) as told:
        review = record(document, stage, Verdict.PASSED, opinion=opinion, by=by, at=at)
        mind_secrecy(document, at=at)
        start_publishing(document, at=at)
        interpreting.after_signing(document, at)
        numbered = normative.number_on_signing(document, at=at)
        told |= {"version": newest(document).number, "openness": Openness(document.openness).label}
        vouch(told, "sign", document, without=(*(() if decided else DECIDED), *(() if numbered else ("number_told",))))
        vouch(told, "sign", review)
    return review


def _with(document: Document, facts: dict[str, object]) -> Document:
    """The document as it would be with these facts, to be judged; nothing is written."""
    supposed = copy(document)
    for name, value in facts.items():
        setattr(supposed, name, value)
    return supposed


def _decided(document: Document, final: Final | None) -> dict[str, object]:
    """The columns of the attribute as the signer decides it."""
    if final is None:
        return {}
    chosen = law_of(document).attributes.get(final.attribute)
    if chosen is None:
        raise Refused("请在本机关规定的公开属性中选择一种。")
    attribute.judge_final(document.openness, chosen.core)
    if document.public_id is not None:
        correcting.may_change_reach(openness=chosen.core, same_audience=True)
    return {
        "attribute": chosen.code,
        "openness": chosen.core,
        "reason": final.reason.strip(),
        "legal_basis": final.legal_basis.strip(),
        "negative_item": final.negative_item,
    }
