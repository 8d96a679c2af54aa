"""What cannot wait for its chain: published at once for a reason, approved afterwards by somebody else (LD-A1-15)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.clocks import keeper
from portal.ledger.service import Words
from portal.moment import local_date
from portal.notices import service as notices
from portal.organisation.models import User
from portal.regulations.registry import applies
from portal.workflow.engine import judge, taking

from ..models import Document, UrgentRelease, Version
from ..rules import Refused, publishing, reviewing
from ..told import vouch
from .common import law_of, newest
from .gates import judge_urgent
from .publishing import public_facts, show
from .steps import STEPS
from .verbatim import digest_of
from .verdicts import mind_secrecy

APPROVAL = "retrospective_approval"


@transaction.atomic
def publish_urgently(document: Document, *, why: str, by: User, at: datetime) -> Version:
    """Publish from the review, before its chain is through. What protects others is settled all the same (`gates.URGENT`)."""
    judge(STEPS, "publish_urgently", document, by=by, at=at)
    version = newest(document)
    reviewing.may_release(why=why, releaser=by.pk, authors=version.authors)
    publishing.may_go_out(document.openness, embargo_until=document.embargo_until, at=at)
    if document.urgent_releases.filter(approved_at__isnull=True).exists():
        raise Refused("本件上一次紧急发布还没有补办审批，请先补办。")
    judge_urgent(document, version, at=at)
    facts = public_facts(document, version, document.late_reason, at) | _signature(version, by, at)
    with taking(STEPS, "publish_urgently", document, by=by, at=at, facts=facts) as told:
        errands = show(document, version, by=by, at=at)
        release = UrgentRelease.objects.create(
            document=document, version=version, why=why.strip(), released_by=by, released_at=at
        )
        mind_secrecy(document, at=at)
        _await_approval(document, version, by=by, at=at)
        told |= {"version": version.number, "why": Words(why.strip())}
        vouch(told, "publish_urgently", document, version, release, *errands)
    return version


def _signature(version: Version, by: User, at: datetime) -> dict[str, Any]:
    """Who orders an urgent publication signs the text as it stands."""
    return {"signed_by": by, "signed_at": at, "signed_digest": digest_of(version)}


@applies("term retrospective_approval")
def _await_approval(document: Document, version: Version, *, by: User, at: datetime) -> None:
    term = law_of(document).term(APPROVAL)
    keeper.start(document, term, weight="internal", started=local_date(at), at=at)
    for user in STEPS.above_in(document.body, at=at):
        if user != by:
            notices.post(
                user,
                kind="document",
                subject_line=f"{document.number} 已经紧急发布，请补办审批",
                about=document,
                link=f"/admin/documents/{document.number}/",
                key=f"{document.number}:urgent:{version.pk}:{user.pk}",
                at=at,
            )


@transaction.atomic
def approve_later(document: Document, *, opinion: str = "", by: User, at: datetime) -> UrgentRelease:
    """Approve an urgent publication afterwards. Who does not agree withdraws the document instead, and approves that it was."""
    judge(STEPS, "approve_later", document, by=by, at=at)
    release = document.urgent_releases.filter(approved_at__isnull=True).first()
    if release is None:
        raise Refused("本件没有等待补办审批的紧急发布，请刷新页面查看最新情况。")
    reviewing.may_approve_later(approver=by.pk, released_by=release.released_by_id, authors=release.version.authors)
    with taking(STEPS, "approve_later", document, by=by, at=at) as told:
        release.approved_by, release.approved_at, release.opinion = by, at, opinion.strip()
        release.save(update_fields=("approved_by", "approved_at", "opinion"))
        for clock in keeper.running(document, APPROVAL):
            keeper.stop(clock, ended_on=local_date(at), at=at)
        told |= {"version": release.version.number}
        vouch(told, "approve_later", release)
    return release
