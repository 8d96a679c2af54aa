"""The information-processing fee (条例第四十二条、国办函〔2020〕109号): decided by a person, once, inside the limit for the answer.

While the applicant has the word the answering limit does not run. Once paid, it starts anew; if the body takes its notice
back it is what it would have been without it, so that a mistaken charge never costs the applicant a day.
"""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.clocks.models import Clock, Ended, Extension, Pause
from portal.letters import service as letters
from portal.letters.models import Letter
from portal.moment import local_date
from portal.organisation.models import User
from portal.regulations.registry import applies, carries
from portal.workflow.engine import judge, taking

from .. import counting, wording
from ..models import DraftAnswer, FeeNotice, InformationRequest
from ..rules import Refused, fees
from ..vocabulary import ANSWER, DRAFT, FEE_PAYMENT, FeeBasis, Outcome
from .common import (
    answer_again,
    answer_clock,
    judge_manner,
    law_of,
    limit_to_keep,
    printed,
    stop_clocks,
    tell_applicant,
    tell_office,
)
from .consulting import wait_on
from .disposing import disposition, settle
from .steps import STEPS


def preview(case: InformationRequest, *, basis: FeeBasis, pages: int | None) -> fees.Charge:
    """What the request would be charged now. Raises Refused where nothing can be charged."""
    newest = case.drafts.order_by("-version").values_list("outcome", flat=True).first()
    return fees.reckon(
        basis,
        law_of(case).fees.get(basis),
        nth=counting.month_of(case).volume.nth,
        pages=pages,
        outcome=newest or "",
    )


@applies("option fee.charged_from", "option fee.payment", "fee *")
@transaction.atomic
def charge(
    case: InformationRequest,
    *,
    basis: FeeBasis,
    pages: int | None = None,
    beyond_reason: bool,
    why: str,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> FeeNotice:
    """Send the one notice of the one fee. `beyond_reason` is the finding the law asks for, `why` its facts, for the letter.

    The applicant's period runs from receipt: known at once where the notice is handed over or sent electronically.
    """
    judge(STEPS, "charge", case, by=by, at=at)
    law, clock = law_of(case), limit_to_keep(case)
    fees.may_charge(
        charged_from=str(law.option("fee.charged_from")),
        beyond_reason=beyond_reason,
        why=why,
        already=_charged(case),
        consulting=clock.pauses.filter(ended_on__isnull=True, limit_on__gte=sent_on).exists(),
        last_day=clock.last_day,
        sent_on=sent_on,
    )
    owed = preview(case, basis=FeeBasis(basis), pages=pages)
    judge_manner(case, manner)
    table, term = law.fees[owed.basis], law.term(FEE_PAYMENT)
    with taking(STEPS, "charge", case, by=by, at=at) as told:
        stop_clocks(case, DRAFT, ended_on=sent_on, as_="void", at=at)
        stop_clocks(case, ANSWER, ended_on=sent_on, as_="superseded", at=at)
        content = wording.fee_notice(
            case,
            owed,
            table,
            why=why,
            rows=[f"{span}：{price}" for span, price in table.rows],
            payment=str(law.option("fee.payment")),
            words=term.words,
        )
        letter = letters.compose(case, wording.FEE_NOTICE, content=content, at=at, by=by)
        delivery = letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        fee = FeeNotice.objects.create(
            request=case,
            basis=owed.basis,
            nth=owed.nth,
            pages=owed.pages,
            amount=owed.amount,
            account=owed.account,
            why=why.strip(),
            letter=letter,
            charged_by=by,
            sent_on=sent_on,
        )
        if delivery.manner == letters.Manner.ELECTRONIC:
            _received(fee, on=sent_on, at=at)
        elif served_on is not None:
            _received(fee, on=served_on, at=at)
        tell_applicant(case, "请查看收费通知书", key="charge", at=at)
        told |= {
            **printed(letter),
            "basis": owed.basis.value,
            "amount": owed.amount,
            "sent_on": sent_on.isoformat(),
            "served_on": fee.served_on.isoformat() if fee.served_on else None,
            "limit_on": fee.limit_on.isoformat() if fee.limit_on else None,
        }
    return fee


@transaction.atomic
def serve_fee(case: InformationRequest, *, served_on: date, by: User, at: datetime) -> FeeNotice:
    """The day the applicant received the notice is known: the period for paying runs from it."""
    judge(STEPS, "serve_fee", case, by=by, at=at)
    fee = _fee_of(case)
    if fee.served_on is not None:
        raise Refused("申请人收到收费通知书的日期已经登记，不需要重复登记。")
    if not fee.sent_on <= served_on <= local_date(at):
        raise Refused("收到日期应在收费通知书发出日期和今天之间，请对照邮件签收记录或者送达回证核对后重新填写。")
    with taking(STEPS, "serve_fee", case, by=by, at=at) as told:
        _received(fee, on=served_on, at=at)
        told |= {"served_on": served_on.isoformat(), "limit_on": fee.limit_on.isoformat()}
    return fee


@carries("FEE109-6")
@transaction.atomic
def record_payment(
    case: InformationRequest, *, amount: int, receipt_number: str, paid_on: date, by: User, at: datetime
) -> FeeNotice:
    """The fee is paid: the answer is due a full term from that day, which is not counted itself."""
    judge(STEPS, "record_payment", case, by=by, at=at)
    fee = _fee_of(case)
    fees.may_record_payment(amount=amount, owed=fee.amount, paid_on=paid_on, sent_on=fee.sent_on, today=local_date(at))
    if not receipt_number.strip():
        raise Refused("请填写财政票据号码：收取信息处理费应当开具财政票据。")
    with taking(STEPS, "record_payment", case, by=by, at=at) as told:
        fee.paid_on, fee.receipt_number = paid_on, receipt_number.strip()
        fee.save(update_fields=("paid_on", "receipt_number"))
        stop_clocks(case, FEE_PAYMENT, ended_on=paid_on, at=at)
        answer_again(case, started=paid_on, at=at)
        wait_on(case, since=paid_on, by=by, at=at)
        tell_office(case, "申请人已缴费，请继续办理", key="record_payment", at=at)
        tell_applicant(case, "已收到您缴纳的信息处理费，答复期限重新计算", key="record_payment", at=at)
        told |= {"paid_on": paid_on.isoformat(), "amount": amount}
    return fee


@transaction.atomic
def lapse_fee(case: InformationRequest, *, by: User, at: datetime) -> Letter:
    """The applicant let the period for paying pass: deemed abandoned, told in writing with the remedy (表三六2)."""
    judge(STEPS, "lapse_fee", case, by=by, at=at)
    fee, today = _fee_of(case), local_date(at)
    clock = keeper.running(case, FEE_PAYMENT).first()
    fees.may_lapse_fee(
        last_day=clock.last_day if clock else None, today=today, provisional=bool(clock and clock.provisional)
    )
    line = disposition(case, Outcome.LAPSED_FEE, on=today)
    with taking(STEPS, "lapse_fee", case, by=by, at=at, facts={"outcome": Outcome.LAPSED_FEE}) as told:
        fee.lapsed_on, fee.limit_on = today, clock.last_day
        fee.save(update_fields=("lapsed_on", "limit_on"))
        stop_clocks(case, FEE_PAYMENT, ended_on=today, as_="lapsed", at=at)
        content = wording.fee_lapse_notice(case, fee, on=today, remedy=line.remedy)
        letter = letters.compose(case, wording.REPLY_KINDS[line.letter_kind], content=content, at=at, by=by)
        settle(case, line, letter=letter, draft=None, by=by, at=at)
        told |= {**printed(letter), "lapsed_on": today.isoformat(), "limit_on": clock.last_day.isoformat()}
    return letter


@transaction.atomic
def waive(
    case: InformationRequest,
    *,
    why: str,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Take the notice back before it is paid. Only payment starts the limit anew: without it the first limit stands, so the
    days that went by while the body asked for money are the body's own.
    """
    judge(STEPS, "waive", case, by=by, at=at)
    fee = _fee_of(case)
    if not why.strip():
        raise Refused("请写明撤回收费的理由（例如申请人经济确有困难、计算有误），该理由将写入告知书。")
    judge_manner(case, manner)
    with taking(STEPS, "waive", case, by=by, at=at) as told:
        fee.waived_on, fee.waived_why = sent_on, why.strip()
        fee.save(update_fields=("waived_on", "waived_why"))
        stop_clocks(case, FEE_PAYMENT, ended_on=sent_on, as_="void", at=at)
        _answer_as_before(case, at=at)
        content = wording.waiver_notice(case, fee, why=why, limit=answer_clock(case))
        letter = letters.compose(case, wording.WAIVER_NOTICE, content=content, at=at, by=by)
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        tell_office(case, "收费已撤回，请继续办理", key="waive", at=at)
        tell_applicant(case, "已撤回收费通知，您不需要缴费", key="waive", at=at)
        told |= {**printed(letter), "waived_on": sent_on.isoformat()}
    return letter


@transaction.atomic
def refund(case: InformationRequest, *, refunded_on: date, refund_number: str, by: User, at: datetime) -> FeeNotice:
    """The fee was given back: the answer turned out to be one for which nothing, or nothing by the page, may be charged."""
    judge(STEPS, "refund", case, by=by, at=at)
    fee = _fee_of(case)
    if fee.paid_on is None or fee.refunded_on is not None:
        raise Refused("本件没有已经缴纳、尚未退还的信息处理费，不需要登记退费。")
    if not fee.paid_on <= refunded_on <= local_date(at):
        raise Refused("退费日期应在缴费日期和今天之间，请核对后重新填写。")
    if not refund_number.strip():
        raise Refused("请填写退费凭证号码。")
    with taking(STEPS, "refund", case, by=by, at=at) as told:
        fee.refunded_on, fee.refund_number = refunded_on, refund_number.strip()
        fee.save(update_fields=("refunded_on", "refund_number"))
        tell_applicant(case, "您缴纳的信息处理费已办理退还", key="refund", at=at)
        told |= {"refunded_on": refunded_on.isoformat(), "amount": fee.amount}
    return fee


@carries("FEE109-5")
def fee_fits(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate: what was charged by the page has to be answered with pages; otherwise the fee is given back first."""
    kept = FeeNotice.objects.filter(request=case, basis=FeeBasis.PAGE, paid_on__isnull=False, refunded_on__isnull=True)
    if draft.outcome not in fees.PAGED_OUTCOMES and kept.exists():
        raise Refused(
            "本件已经按量收取信息处理费，而拟办结果不提供信息内容，依规定不得按量收费。请先退还费用并登记退费，再送审。"
        )


def _charged(case: InformationRequest) -> bool:
    """Whether a notice was sent for this request, or for the one it handles again after a challenge."""
    before: InformationRequest | None = case
    while before is not None:
        if FeeNotice.objects.filter(request=before).exists():
            return True
        before = before.redo_of
    return False


def _fee_of(case: InformationRequest) -> FeeNotice:
    fee = FeeNotice.objects.select_related("letter").filter(request=case).first()
    if fee is None:
        raise Refused("本件没有发过收费通知书，不能办理缴费事项。")
    return fee


def _received(fee: FeeNotice, *, on: date, at: datetime) -> None:
    """The applicant has the notice: their period starts, its first day is the next one."""
    clock = keeper.start(fee.request, law_of(fee.request).term(FEE_PAYMENT), weight="internal", started=on, at=at)
    fee.served_on, fee.limit_on = on, clock.last_day
    fee.save(update_fields=("served_on", "limit_on"))


def _answer_as_before(case: InformationRequest, *, at: datetime) -> None:
    """Let the answering limits run on as if they had never stopped, with what interrupted and lengthened them before."""
    stopped = Clock.objects.of(case).filter(duty=ANSWER, ended_as=Ended.SUPERSEDED, followed_by=None)
    for old in stopped.prefetch_related("pauses", "extensions"):
        new = keeper.restart(old, started=old.started_on, rolled=old.rolled_start, at=at)
        events = [(pause.created_at, pause) for pause in old.pauses.all()]
        events += [(extension.granted_at, extension) for extension in old.extensions.all()]
        for _, event in sorted(events, key=lambda pair: pair[0]):
            _again(new, event, at=at)


def _again(clock: Clock, event: Pause | Extension, *, at: datetime) -> None:
    if isinstance(event, Extension):
        keeper.extend(
            clock,
            amount=event.amount,
            by=event.approved_by,
            reason=event.reason,
            granted_on=event.granted_on,
            at=at,
        )
        return
    pause = keeper.pause(
        clock,
        cause=event.cause,
        label=event.label,
        sent=event.sent_on,
        limit=keeper.Theirs(event.asked_on, event.working_days)
        if event.asked_on and event.working_days
        else event.limit_on,
        reference=event.reference,
        note=event.note,
        by=event.by,
        at=at,
    )
    if event.ended_on is not None:
        keeper.resume(pause, ended_on=event.ended_on, at=at)
