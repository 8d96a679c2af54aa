"""Completion (补正): asked once and at once for everything, answered or lapsed (条例第三十条)."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from portal.archive import service as archive
from portal.clocks import keeper
from portal.letters import service as letters
from portal.letters.models import Delivery, Letter
from portal.moment import chinese_date, local_date
from portal.organisation import people
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import rules, wording
from ..filing import Upload
from ..models import Attachment, CompletionRound, InformationRequest
from ..rules import Refused
from ..told import fingerprint_of
from ..vocabulary import ANSWER, COMPLETION, COMPLETION_NOTICE, DRAFT, Outcome
from .common import (
    answer_again,
    judge_manner,
    last_day_of,
    law_of,
    printed,
    stop_clocks,
    tell_applicant,
    tell_office,
    through,
)
from .consulting import wait_on
from .disposing import disposition, settle
from .steps import STEPS


@transaction.atomic
def ask_completion(
    case: InformationRequest,
    *,
    items: str,
    working_days: int,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Tell the applicant everything that is missing, once, within the term; the answering clock stops until it comes."""
    judge(STEPS, "ask_completion", case, by=by, at=at)
    law = law_of(case)
    term = law.term(COMPLETION)
    rules.may_ask_completion(
        already_asked=CompletionRound.objects.filter(request=case).count() >= int(str(law.option("completion.times"))),
        last_day=last_day_of(case, law.term(COMPLETION_NOTICE), case.received_on, on=local_date(at)),
        today=sent_on,
    )
    rules.completion_period(working_days, shortest=term.minimum, longest=term.maximum)
    if not items.strip():
        raise Refused("请逐项写明需要补正的内容：补正只能告知一次。")
    judge_manner(case, manner)
    with taking(STEPS, "ask_completion", case, by=by, at=at) as told:
        asked = CompletionRound.objects.create(
            request=case, items=items, working_days=working_days, asked_by=by, sent_on=sent_on
        )
        stop_clocks(case, DRAFT, ended_on=sent_on, as_="void", at=at)
        stop_clocks(case, ANSWER, ended_on=sent_on, as_="superseded", at=at)
        letter = letters.compose(
            case, wording.COMPLETION_NOTICE, content=wording.completion_notice(case, asked), at=at, by=by
        )
        delivery = letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        asked.served_on = delivery.counts_on  # the applicant's period runs from service
        asked.save(update_fields=("served_on",))
        keeper.start(case, replace(term, amount=working_days), weight="internal", started=asked.served_on, at=at)
        tell_applicant(case, "需要您补正申请内容", key="ask_completion", at=at)
        told |= {
            **printed(letter),
            "working_days": working_days,
            "sent_on": sent_on.isoformat(),
            "served_on": asked.served_on.isoformat(),
            "digest": fingerprint_of(asked),
        }
    return letter


@transaction.atomic
def supplement(
    case: InformationRequest,
    *,
    text: str,
    returned_on: date,
    uploads: tuple[Upload, ...] = (),
    by: people.Actor,
    at: datetime,
) -> InformationRequest:
    """The completion has come: the answer is due a full term from that day (same case, same number).

    What staff record themselves needs the paper it came on: it sets the limit anew.
    """
    judge(STEPS, "supplement", case, by=by, at=at)
    if not text.strip():
        raise Refused("请填写补正的内容。")
    if people.user_of(by) is not None and not uploads:
        raise Refused("登记收到的补正会重新计算答复期限，请上传补正材料的扫描件或者照片作为依据。")
    if returned_on > local_date(at):
        raise Refused("收到补正的日期不能晚于今天，请核对后重新填写。")
    asked = _round_of(case)
    if returned_on < asked.sent_on:
        raise Refused("收到补正的日期不能早于补正告知书发出日期，请核对后重新填写。")
    with taking(STEPS, "supplement", case, by=by, at=at) as told:
        asked.returned_on, asked.return_text = returned_on, text
        asked.save(update_fields=("returned_on", "return_text"))
        for upload in uploads:
            stored = archive.store(
                upload.name, upload.data, body=case.body, kind=archive.sniff(upload.name, upload.data), by=by, at=at
            )
            Attachment.objects.get_or_create(
                request=case, file=stored, purpose=Attachment.Purpose.COMPLETION, defaults={"added_at": at}
            )
        stop_clocks(case, COMPLETION, ended_on=returned_on, at=at)
        answer_again(case, started=returned_on, at=at)
        wait_on(case, since=returned_on, by=by, at=at)
        tell_office(case, "申请人已补正，请办理", key="supplement", at=at)
        tell_applicant(case, "已收到您补正的内容，答复期限重新计算", key="supplement", at=at)
        told |= {"returned_on": returned_on.isoformat(), "through": through(by)}
    return case


@transaction.atomic
def lapse(
    case: InformationRequest, *, no_good_reason: bool, received_on: date | None = None, by: User, at: datetime
) -> Letter:
    """The applicant let the period pass without good reason: deemed abandoned, told in writing (表三六1).

    `no_good_reason` is the finding the law asks for; a person makes it, never the clock alone. The period runs from the
    day the applicant had the notice: where it went by post, that is `received_on`, and without it nothing lapses.
    """
    judge(STEPS, "lapse", case, by=by, at=at)
    asked = _round_of(case)
    clock = keeper.running(case, COMPLETION).get()
    today = local_date(at)
    if today <= clock.last_day:
        raise Refused("补正期限尚未届满，不能认定逾期。申请人在期限最后一日内仍可补正。")
    if clock.provisional:
        raise Refused("补正期限所在年度的放假安排尚未导入，最后一日只是暂定，不能认定逾期。请先导入放假安排再办理。")
    received, last_day = _period(case, asked, received_on, at=at)
    if today <= last_day:
        raise Refused(f"自申请人收到补正告知书之日起计算，补正期限至{chinese_date(last_day)}届满，尚不能认定逾期。")
    if not no_good_reason:
        raise Refused("请先核实申请人是否有正当理由。有正当理由的，应当等待补正，不能认定放弃。")
    line = disposition(case, Outcome.LAPSED_COMPLETION, on=today)
    facts = {"outcome": Outcome.LAPSED_COMPLETION}
    with taking(STEPS, "lapse", case, by=by, at=at, facts=facts) as told:
        asked.lapsed_on = today
        asked.save(update_fields=("lapsed_on",))
        stop_clocks(case, COMPLETION, ended_on=today, as_="lapsed", at=at)
        content = wording.lapse_notice(case, last_day=last_day, on=today, remedy=line.remedy)
        letter = letters.compose(case, wording.REPLY_KINDS[line.letter_kind], content=content, at=at, by=by)
        settle(case, line, letter=letter, draft=None, by=by, at=at)
        told |= {**printed(letter), "lapsed_on": today.isoformat(), "notice_received_on": received.isoformat()}
    return letter


def posted_blindly(case: InformationRequest) -> Delivery | None:
    """The sending of the completion notice whose receipt nobody has written down: by post, not signed for on record."""
    sent = Delivery.objects.effective().filter(
        letter__in=Letter.objects.about(case).filter(kind=wording.COMPLETION_NOTICE.code),
        manner=letters.Manner.POST,
        served_on=None,
    )
    return sent.first()


def _period(
    case: InformationRequest, asked: CompletionRound, received_on: date | None, *, at: datetime
) -> tuple[date, date]:
    """The day the applicant had the notice, and the last day of the period that runs from it."""
    today, sent = local_date(at), posted_blindly(case)
    received = asked.served_on
    if sent is not None:
        if received_on is None:
            raise Refused(
                "补正告知书是邮寄的，补正期限自申请人收到之日起计算。请查询邮件签收情况，填写申请人收到的日期；查不到签收的，不能认定逾期。"
            )
        if not sent.sent_on <= received_on <= today:
            raise Refused("申请人收到补正告知书的日期应在交邮日期和今天之间，请核对后重新填写。")
        received = received_on
    term = replace(law_of(case).term(COMPLETION), amount=asked.working_days)
    return received, last_day_of(case, term, received, on=today)


def _round_of(case: InformationRequest) -> CompletionRound:
    asked = CompletionRound.objects.filter(request=case).first()
    if asked is None:
        raise Refused("本件没有发过补正告知书，不能办理补正事项。")
    return asked
