"""A link for a reviewer without an account, e.g. the judicial department that looks at legality (LD-A2-4-3)."""

import base64
import secrets
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from portal.archive import vault
from portal.clocks import terms
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import User
from portal.regulations.publishing import Stage
from portal.regulations.registry import applies
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import judge, taking

from ..models import Document, Invitation, Review, Version
from ..models.countersign import KEY_PREFIX
from ..rules import Refused
from ..told import vouch
from ..vocabulary import Verdict
from .common import law_of, newest
from .steps import STEPS
from .verdicts import record

LEGALITY = "合法性审核"


@transaction.atomic
def invite(document: Document, *, organ: str, label: str = LEGALITY, by: User, at: datetime) -> Invitation:
    """Make a link for one reviewer outside. Nothing is signed until they have spoken; a new link takes the place of an older one."""
    judge(STEPS, "invite", document, by=by, at=at)
    if not organ.strip() or not label.strip():
        raise Refused("请写明审核单位和审核事项。")
    _judge_inviting(document, organ.strip(), label.strip(), by=by)
    key = _new_key()
    with taking(STEPS, "invite", document, by=by, at=at) as told:
        made = Invitation.objects.create(
            document=document,
            version=newest(document),
            round=document.round,
            stage=f"outside-{document.edition}",
            label=label.strip(),
            organ=organ.strip(),
            key=key,
            key_digest=vault.digest(KEY_PREFIX + key),
            invited_by=by,
            invited_at=at,
            expires_on=_last_day(document, at=at),
        )
        told |= {"organ": made.organ, "label": made.label, "expires_on": made.expires_on.isoformat()}
        vouch(told, "invite", made)
    return made


def _judge_inviting(document: Document, organ: str, label: str, *, by: User) -> None:
    """Whoever holds a link can answer it, so no author is given one; and what was answered in this round stands."""
    if by.pk in newest(document).authors:
        raise Refused("您参与了本件的起草或者修改，不能由本人邀请外部审核，请由其他同志办理。")
    if document.invitations.filter(round=document.round, organ=organ, label=label, review__isnull=False).exists():
        raise Refused(f"{organ}在本轮已经反馈{label}意见。认为需要修改的，请退回起草人，修改后重新送审、重新邀请。")


def _new_key() -> str:
    """A fresh key: 125 bits in five groups that can be typed from paper."""
    key = base64.b32encode(secrets.token_bytes(16)).decode()
    return "-".join(key[start : start + 5] for start in range(0, 25, 5))


@applies("term invited_review")
def _last_day(document: Document, *, at: datetime) -> date:
    today = local_date(at)
    calendar = calendar_for(scopes_of(document.body), on=today)
    return terms.due(law_of(document).term("invited_review"), today, calendar).landing


@transaction.atomic
def answer_invitation(
    invitation: Invitation, *, verdict: str, opinion: str = "", name: str, by: people.Actor, at: datetime
) -> Review:
    """Write down what the reviewer outside says, once. `name` is who signs for the organ."""
    document = invitation.document
    judge(STEPS, "answer_invitation", document, by=by, at=at)
    if not Invitation.objects.usable(at=at).filter(pk=invitation.pk).exists():
        raise Refused("这个链接已经使用、过期，或者本件已经办完审核，不能再提交意见。如有疑问，请联系发出链接的机关。")
    if not name.strip():
        raise Refused("请填写审核人姓名。")
    if verdict == Verdict.RETURNED and not opinion.strip():
        raise Refused("认为需要修改的，请写明意见。")
    stage = Stage(invitation.stage, invitation.label, role="")
    signed = f"{invitation.organ} {name.strip()}"
    with taking(STEPS, "answer_invitation", document, by=by, at=at) as told:
        review = record(document, stage, Verdict(verdict), opinion=opinion, by=None, at=at, outsider=signed)
        invitation.review = review
        invitation.save(update_fields=("review",))
        told |= {"organ": invitation.organ, "label": invitation.label, "verdict": review.get_verdict_display()}
        vouch(told, "answer_invitation", invitation, review)
    return review


def invited_answered(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Whoever was invited in this round has spoken, and nobody asked for changes. Of two links to one organ the later counts."""
    rows = document.invitations.filter(round=document.round).select_related("review").order_by("pk")
    for one in {(row.organ, row.label): row for row in rows}.values():
        if one.review is None:
            yield f"{one.organ}还没有反馈{one.label}意见（链接过期的，可以重新邀请）"
        elif one.review.verdict == Verdict.RETURNED:
            yield f"{one.organ}的{one.label}意见是需要修改，请退回起草人"
