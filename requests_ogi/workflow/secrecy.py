"""Reviewing before release (条例第十七条): by somebody who did not write the answer, on the record."""

from datetime import datetime

from django.db import transaction

from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from ..models import DraftAnswer, InformationRequest, SecrecyReview
from ..rules import Refused, secrecy
from ..vocabulary import SecrecyFinding
from .steps import STEPS


@transaction.atomic
def review_secrecy(case: InformationRequest, *, finding: str, opinion: str, by: User, at: datetime) -> SecrecyReview:
    """Write down the review of the newest version: the form of the application first, then whether it may be released.

    Every version has its own review. Raises Refused for who wrote it, and where nothing would be released.
    """
    judge(STEPS, "review_secrecy", case, by=by, at=at)
    newest = case.drafts.order_by("-version").first()
    if newest is None or newest.sent_back_at is not None:
        raise Refused("还没有待审查的拟办意见。请先拟办答复并保存，再进行保密审查。")
    secrecy.may_review(reviewer=by.pk, authors=set(newest.authors), outcome=newest.outcome)
    secrecy.form_is_complete(form_of(case))
    if not opinion.strip():
        raise Refused("请写明审查意见：审查了哪些内容，依据是什么。")
    with taking(STEPS, "review_secrecy", case, by=by, at=at) as told:
        review = SecrecyReview.objects.create(
            draft=newest,
            formal=True,
            finding=SecrecyFinding(finding),
            opinion=opinion.strip(),
            reviewed_by=by,
            reviewed_at=at,
        )
        told |= {"review": review.pk, "version": newest.version, "finding": review.finding}
    return review


def form_of(case: InformationRequest) -> dict[str, str]:
    """The formal requirements of an application (条例第二十九条) with what this one says."""
    person = case.applicant
    return {
        "申请人的姓名或者名称": person.name,
        "申请人的身份证明": person.identity_number,
        "申请人的联系方式": person.phone or person.email or person.address or "",
        "所需信息的名称或者特征描述": case.title,
        "获取信息的形式要求": case.form,
        "获取信息的方式": case.manner,
    }


def reviewed(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate of the decision: what would be released has been reviewed, in this very version."""
    newest = draft.reviews.order_by("-pk").first()
    secrecy.may_release(draft.outcome, newest.finding if newest else None)
