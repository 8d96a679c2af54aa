"""Very many requests of one applicant (条例第三十五条): reasons asked for and heard, an answer delayed or refused."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from portal.archive import service as archive
from portal.clocks import keeper
from portal.letters import service as letters
from portal.letters.models import Letter
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import User
from portal.regulations.registry import applies
from portal.regulations.schema import Term
from portal.workflow.engine import judge, taking

from .. import counting, wording
from ..filing import Upload
from ..models import Attachment, DraftAnswer, InformationRequest, ReasonsAsked
from ..rules import Refused
from ..rules import volume as volumes
from ..vocabulary import ANSWER, DELAYED_ANSWER, REASONS_REPLY, Outcome
from .common import (
    answer_clock,
    judge_manner,
    last_day_of,
    law_of,
    limit_to_keep,
    printed,
    stop_clocks,
    tell_applicant,
    tell_office,
    through,
)
from .steps import STEPS


def remarkable(case: InformationRequest, volume: volumes.Volume) -> bool:
    """Whether the office is to look at how much this applicant asks, by the numbers of the body's law."""
    month, year = _numbers(case)
    return volume.remarkable(month=month, year=year)


@applies("option volume.month", "option volume.year")
def _numbers(case: InformationRequest) -> tuple[int, int]:
    law = law_of(case)
    return int(str(law.option("volume.month"))), int(str(law.option("volume.year")))


@applies("term reasons_reply")
@transaction.atomic
def ask_reasons(
    case: InformationRequest,
    *,
    beyond_reason: bool,
    why: str,
    working_days: int,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> ReasonsAsked:
    """Ask the applicant for reasons, once. The limit for the answer runs on: only a later delay can move it.

    `beyond_reason` is a person's finding and `why` its facts. The letter names the last day, whichever way it goes.
    """
    judge(STEPS, "ask_reasons", case, by=by, at=at)
    month, year = _numbers(case)
    term = law_of(case).term(REASONS_REPLY)
    volumes.may_ask_reasons(
        counting.month_of(case).volume,
        month=month,
        year=year,
        beyond_reason=beyond_reason,
        why=why,
        already=ReasonsAsked.objects.filter(request=case).exists(),
        sent_on=sent_on,
        last_day=limit_to_keep(case).last_day,
    )
    volumes.reasons_period(working_days, shortest=term.minimum, longest=term.maximum)
    judge_manner(case, manner)
    period = replace(term, amount=working_days)
    limit = last_day_of(case, period, sent_on, on=local_date(at))
    with taking(STEPS, "ask_reasons", case, by=by, at=at) as told:
        keeper.locked(case, ANSWER)  # clocks before the letter series, as every act does: see engine
        keeper.start(case, period, weight="internal", started=sent_on, at=at)
        letter = letters.compose(
            case, wording.REASONS_NOTICE, content=wording.reasons_notice(case, why=why, last_day=limit), at=at, by=by
        )
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        asked = ReasonsAsked.objects.create(
            request=case, why=why.strip(), letter=letter, asked_by=by, sent_on=sent_on, limit_on=limit
        )
        tell_applicant(case, "请您说明申请理由", key="ask_reasons", at=at)
        told |= {**printed(letter), "sent_on": sent_on.isoformat(), "limit_on": limit.isoformat()}
    return asked


@transaction.atomic
def hear_reasons(
    case: InformationRequest,
    *,
    reasons: str,
    answered_on: date,
    uploads: tuple[Upload, ...] = (),
    by: people.Actor,
    at: datetime,
) -> ReasonsAsked:
    """The applicant's reasons have come: online with number and code, or on paper that staff record with its scan.

    They are heard even after the period, as long as nothing has been decided.
    """
    judge(STEPS, "hear_reasons", case, by=by, at=at)
    asked = _asked_of(case)
    if asked.answered_on is not None:
        raise Refused("申请人说明的理由已经收到，不能重复登记。")
    if not reasons.strip():
        raise Refused("请填写申请的理由。")
    if people.user_of(by) is not None and not uploads:
        raise Refused("登记申请人说明的理由，请上传其书面材料的扫描件或者照片作为依据。")
    if not asked.sent_on <= answered_on <= local_date(at):
        raise Refused("说明理由的日期应在告知书发出日期和今天之间，请核对后重新填写。")
    with taking(STEPS, "hear_reasons", case, by=by, at=at) as told:
        stop_clocks(case, REASONS_REPLY, ended_on=answered_on, at=at)
        asked.answered_on, asked.reasons = answered_on, reasons.strip()
        asked.save(update_fields=("answered_on", "reasons"))
        for upload in uploads:
            stored = archive.store(
                upload.name, upload.data, body=case.body, kind=archive.sniff(upload.name, upload.data), by=by, at=at
            )
            Attachment.objects.get_or_create(
                request=case, file=stored, purpose=Attachment.Purpose.REASONS, defaults={"added_at": at}
            )
        tell_office(case, "申请人已说明理由，请判断是否合理", key="hear_reasons", at=at)
        told |= {"answered_on": answered_on.isoformat(), "through": through(by)}
    return asked


@applies("term delayed_answer")
@transaction.atomic
def delay(
    case: InformationRequest,
    *,
    reasonable: bool,
    why: str,
    working_days: int,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """The reasons are good, the limit is too short: set a delayed one, tell the applicant, and count it from today.

    The statutory clock is superseded by that of the delayed limit; a promise of the body's own ends with it.
    """
    judge(STEPS, "delay", case, by=by, at=at)
    asked, clock, term = _asked_of(case), limit_to_keep(case), law_of(case).term(DELAYED_ANSWER)
    if asked.delayed_on is not None:
        raise Refused("本件已经确定过延迟答复的期限，不能再次延迟。请在该期限内答复。")
    if not why.strip():
        raise Refused("请写明无法在法定期限内答复的情况，该情况将写入延迟答复告知书。")
    delayed = replace(term, key=ANSWER, amount=working_days)
    old, new = clock.last_day, last_day_of(case, delayed, sent_on, on=local_date(at))
    volumes.may_delay(
        answered=asked.answered_on is not None,
        reasonable=reasonable,
        days=working_days,
        shortest=term.minimum,
        longest=term.maximum,
        old=old,
        new=new,
        sent_on=sent_on,
    )
    judge_manner(case, manner)
    with taking(STEPS, "delay", case, by=by, at=at) as told:
        _count_anew(case, delayed, since=sent_on, at=at)
        asked.delayed_on, asked.delayed_days, asked.delayed_why = sent_on, working_days, why.strip()
        asked.save(update_fields=("delayed_on", "delayed_days", "delayed_why"))
        provisional = answer_clock(case).provisional
        content = wording.delay_notice(case, why=why, days=working_days, old=old, new=new, provisional=provisional)
        letter = letters.compose(case, wording.DELAY_NOTICE, content=content, at=at, by=by)
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        tell_applicant(case, "确定了延迟答复的期限", key="delay", at=at)
        told |= {
            **printed(letter),
            "delayed_on": sent_on.isoformat(),
            "working_days": working_days,
            "old": old.isoformat(),
            "new": new.isoformat(),
        }
    return letter


def _count_anew(case: InformationRequest, delayed: Term, *, since: date, at: datetime) -> None:
    """The delayed limit takes the place of the statutory one; a promise of the body's own ends."""
    for running in keeper.locked(case, ANSWER):
        if running.weight != "statutory":
            keeper.stop(running, ended_on=since, as_="void", at=at)
            continue
        keeper.stop(running, ended_on=since, as_="superseded", at=at)
        department = running.department
        keeper.start(case, delayed, weight="statutory", started=since, department=department, follows=running, at=at)


def reasons_heard(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate: nothing is left unprocessed for its volume before the applicant could give reasons (条例第三十五条)."""
    if draft.outcome != Outcome.UNREASONABLE_VOLUME:
        return
    asked = ReasonsAsked.objects.filter(request=case).first()
    volumes.may_leave_unprocessed(
        asked=asked is not None,
        answered=asked is not None and asked.answered_on is not None,
        last_day=asked.limit_on if asked else None,
        today=local_date(at),
    )


def _asked_of(case: InformationRequest) -> ReasonsAsked:
    asked = ReasonsAsked.objects.filter(request=case).first()
    if asked is None:
        raise Refused("本件没有要求申请人说明理由，不能办理这一步。")
    return asked
