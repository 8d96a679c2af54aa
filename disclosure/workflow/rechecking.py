"""The last look between signing and printing (印前复核, WZ-6.3-7), and what had to be applied for some days ahead (LD-A1-15)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from portal.moment import local_date
from portal.notices import service as notices
from portal.organisation.models import User
from portal.regulations.registry import carries
from portal.workflow.engine import judge, taking

from ..models import Document, Review, Version
from ..rules import Refused, reviewing
from ..told import vouch
from ..vocabulary import Content, Verdict
from .common import chain_of, law_of, passed
from .steps import STEPS
from .verdicts import judge_reviewer, record

UNUSUAL = "unusual_publication"


@carries("WZ-6.3-7", "WZ-6.3-8")
@transaction.atomic
def recheck(document: Document, *, opinion: str = "", checked: Sequence[str] = (), by: User, at: datetime) -> Review:
    """Compare what goes to print with what was signed, and hand it over to the office."""
    judge(STEPS, "recheck", document, by=by, at=at)
    stage = chain_of(document).recheck
    if stage is None or stage.key in passed(document):
        raise Refused("本件不需要复核，或者本轮已经复核。请按页面上现有的按钮办理。")
    judge_reviewer(document, stage, by=by, at=at)
    reviewing.judge_checks(stage, checked)
    with taking(STEPS, "recheck", document, by=by, at=at) as told:
        review = record(document, stage, Verdict.PASSED, opinion=opinion, checked=checked, by=by, at=at)
        _hand_over(document, at=at)
        told |= {"round": document.round, "label": stage.label}
        vouch(told, "recheck", review)
    return review


def _hand_over(document: Document, *, at: datetime) -> None:
    """Tell the office that a signed and rechecked document, with its interpretation, is ready for printing and publication."""
    for user in STEPS.office_of(document.body, at=at):
        notices.post(
            user,
            kind="document",
            subject_line=f"{document.number} 已经复核，请印制、发布",
            about=document,
            link=f"/admin/documents/{document.number}/",
            key=f"{document.number}:recheck:{document.round}:{user.pk}",
            at=at,
        )


def rechecked(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Where the body's document wants a last look, it has taken place in this round."""
    stage = chain_of(document).recheck
    if stage is not None and stage.key not in passed(document):
        yield f"没有办理“{stage.label}”"


def judge_applied_ahead(document: Document, *, at: datetime) -> None:
    """What lies outside the usual scope and form was applied for as many days ahead as the body wants. Raises Refused."""
    lead = law_of(document).leads.get(UNUSUAL)
    if document.content == Content.UNUSUAL and lead is not None and document.proposed_at is not None:
        earliest = local_date(document.proposed_at) + timedelta(days=lead.amount)
        reviewing.judge_lead(earliest, today=local_date(at))
