"""Reviewing: the stages of the body's chain in their order, the signer last, and back to the drafter (条例第十七条)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.organisation import roles
from portal.organisation.models import User
from portal.regulations.publishing import Stage
from portal.workflow.engine import judge, taking

from ..models import Document, Review
from ..rules import Refused, reviewing
from ..vocabulary import Openness, State, Verdict
from .common import chain_of, newest, passed
from .gates import judge_proposal, judge_signing
from .steps import STEPS


@transaction.atomic
def propose(document: Document, *, by: User, at: datetime) -> Document:
    """Send the newest version up. Raises Returned with everything that is missing (退文)."""
    judge(STEPS, "propose", document, by=by, at=at)
    version = newest(document)
    judge_proposal(document, version, at=at)
    facts = {"round": document.round + 1}
    with taking(STEPS, "propose", document, by=by, at=at, facts=facts) as told:
        told |= {"round": document.round, "version": version.number}
    return document


@transaction.atomic
def pass_stage(document: Document, *, opinion: str = "", checked: Sequence[str] = (), by: User, at: datetime) -> Review:
    """Agree at the stage the document has reached; the last stage, the signing, is `sign`."""
    judge(STEPS, "pass_stage", document, by=by, at=at)
    stage = stage_of(document)
    if stage == chain_of(document).signing:
        raise Refused(f"各审核环节均已通过，请由签发人办理“签发”（{stage.label}）。")
    _judge_reviewer(document, stage, by=by, at=at)
    reviewing.judge_checks(stage, checked)
    with taking(STEPS, "pass_stage", document, by=by, at=at) as told:
        review = record(document, stage, Verdict.PASSED, opinion=opinion, checked=checked, by=by, at=at)
        told |= {"round": document.round, "stage": stage.key, "label": stage.label}
    return review


@transaction.atomic
def send_back(document: Document, *, opinion: str, by: User, at: datetime) -> Review:
    """Return the document to its drafter; when it is sent up again every stage looks at it anew."""
    judge(STEPS, "send_back", document, by=by, at=at)
    if not opinion.strip():
        raise Refused("请写明退回意见，说明需要修改什么。")
    chain = chain_of(document)
    stage = chain.signing if document.state == State.SIGNED else stage_of(document)
    _judge_reviewer(document, stage, by=by, at=at)
    facts = {"signed_by": None, "signed_at": None, "publish_at": None}
    with taking(STEPS, "send_back", document, by=by, at=at, facts=facts) as told:
        review = record(document, stage, Verdict.RETURNED, opinion=opinion, checked=(), by=by, at=at)
        told |= {"round": document.round, "stage": stage.key, "label": stage.label}
    return review


@transaction.atomic
def sign(document: Document, *, opinion: str = "", by: User, at: datetime) -> Review:
    """Decide: the document and its attribute of openness together, in the same act (NX-07-1b, LD-A4-4c, WZ-6.3-1b)."""
    judge(STEPS, "sign", document, by=by, at=at)
    stage = stage_of(document)
    if stage != chain_of(document).signing:
        raise Refused(f"本件还没有通过“{stage.label}”，不能签发。请等前面的环节办完。")
    _judge_reviewer(document, stage, by=by, at=at)
    judge_signing(document, newest(document), at=at)
    with taking(STEPS, "sign", document, by=by, at=at, facts={"signed_by": by, "signed_at": at}) as told:
        review = record(document, stage, Verdict.PASSED, opinion=opinion, checked=(), by=by, at=at)
        told |= {"version": newest(document).number, "openness": Openness(document.openness).label}
    return review


def stage_of(document: Document) -> Stage:
    """The stage of the chain that is next."""
    return reviewing.next_stage(chain_of(document), passed(document))


def record(
    document: Document,
    stage: Stage,
    verdict: Verdict,
    *,
    opinion: str,
    checked: Sequence[str],
    by: User | None,
    at: datetime,
    outsider: str = "",
) -> Review:
    """Write a verdict down."""
    return Review.objects.create(
        document=document,
        version=newest(document),
        round=document.round,
        stage=stage.key,
        label=stage.label,
        verdict=verdict,
        opinion=opinion.strip(),
        checked=list(checked),
        reviewer=by,
        outsider=outsider,
        at=at,
    )


def _judge_reviewer(document: Document, stage: Stage, *, by: User, at: datetime) -> None:
    holds = roles.holds(by, stage.role, body=document.body, department=document.department, at=at)
    reviewing.may_review(stage, holds=holds, reviewer=by.pk, authors=newest(document).authors)
