"""Asking a third party (条例第三十二条): the time from sending to the answer does not count, at most to their limit."""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.clocks.models import Pause
from portal.letters import service as letters
from portal.moment import local_date
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import wording
from ..models import Consultation, InformationRequest
from ..rules import Refused
from ..vocabulary import ANSWER, Opinion
from .common import last_day_of, law_of, printed, tell_applicant
from .steps import STEPS

THIRD_PARTY, REPLY = "third_party", "third_party_reply"


@transaction.atomic
def consult(
    case: InformationRequest,
    *,
    party: str,
    content: str,
    contact: str = "",
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Consultation:
    """Ask one third party in writing. Their term runs from receipt; until that is known, from sending (never longer for us)."""
    judge(STEPS, "consult", case, by=by, at=at)
    if not party.strip() or not content.strip():
        raise Refused("请写明第三方名称和涉及该第三方的信息内容。")
    if any(asked.party == party.strip() for asked in case.consultations.all()):
        raise Refused("已经征求过该第三方的意见，不能重复征求。请等待答复，或者在其答复期限届满后依法决定。")
    term = law_of(case).term(REPLY)
    limit = last_day_of(case, term, served_on or sent_on, on=local_date(at))
    with taking(STEPS, "consult", case, by=by, at=at) as told:
        pausing = keeper.locked(case, ANSWER)  # clocks before the letter series, as every act does: see engine
        letter = letters.compose(
            case,
            wording.CONSULTATION,
            content=wording.consultation(case, party=party, content=content, words=term.words),
            at=at,
            by=by,
        )
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        asked = Consultation.objects.create(
            request=case,
            party=party.strip(),
            contact=contact,
            content=content,
            letter=letter,
            asked_by=by,
            sent_on=sent_on,
            served_on=served_on,
            limit_on=limit,
        )
        for clock in pausing:
            if THIRD_PARTY in clock.excludes:
                keeper.pause(
                    clock,
                    cause=THIRD_PARTY,
                    label="征求第三方意见",
                    sent=sent_on,
                    limit=limit,
                    reference=str(asked.pk),
                    by=by,
                    at=at,
                )
        tell_applicant(case, "正在依法征求第三方意见，所需时间不计入答复期限", key=f"consult:{asked.pk}", at=at)
        told |= {**printed(letter), "sent_on": sent_on.isoformat()}
    return asked


@transaction.atomic
def serve_party(asked: Consultation, *, served_on: date, by: User, at: datetime) -> Consultation:
    """The day the third party received the letter is known: their term runs from it."""
    case = asked.request
    judge(STEPS, "serve_party", case, by=by, at=at)
    if not asked.sent_on <= served_on <= local_date(at):
        raise Refused("第三方收到日期应在征求意见书发出日期和今天之间，请核对后重新填写。")
    if asked.replied_on is not None:
        raise Refused("第三方已经反馈意见，不需要再登记收到日期。")
    with taking(STEPS, "serve_party", case, by=by, at=at) as told:
        asked.served_on = served_on
        asked.limit_on = last_day_of(case, law_of(case).term(REPLY), served_on, on=local_date(at))
        asked.save(update_fields=("served_on", "limit_on"))
        for pause in _pauses(asked):
            keeper.recap(pause, limit=asked.limit_on, at=at)
        told |= {"served_on": served_on.isoformat(), "limit_on": asked.limit_on.isoformat()}
    return asked


@transaction.atomic
def hear(asked: Consultation, *, opinion: str, reasons: str, replied_on: date, by: User, at: datetime) -> Consultation:
    """Write down what the third party says; from the next day the limit runs on. Silence needs no act: the body decides."""
    case = asked.request
    judge(STEPS, "hear", case, by=by, at=at)
    if not asked.sent_on <= replied_on <= local_date(at):
        raise Refused("收到意见的日期应在征求意见书发出日期和今天之间，请核对后重新填写。")
    if asked.replied_on is not None:
        raise Refused("该第三方的意见已经登记，不能重复登记。")
    if opinion == Opinion.OBJECTS and not reasons.strip():
        raise Refused("第三方不同意公开的，请写明其理由，以便判断理由是否合理。")
    with taking(STEPS, "hear", case, by=by, at=at) as told:
        asked.replied_on, asked.opinion, asked.reasons = replied_on, opinion, reasons
        asked.save(update_fields=("replied_on", "opinion", "reasons"))
        for pause in _pauses(asked):
            keeper.resume(pause, ended_on=replied_on, at=at)
        told |= {"opinion": Opinion(opinion).value, "replied_on": replied_on.isoformat()}
    return asked


def _pauses(asked: Consultation) -> list[Pause]:
    clocks = keeper.running(asked.request, ANSWER)
    return list(Pause.objects.filter(clock__in=clocks, cause=THIRD_PARTY, reference=str(asked.pk)))
