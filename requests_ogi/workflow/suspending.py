"""Suspending (中止) and postponing (暂缓公开): told the applicant in writing; the statutory limit runs on (条例第三十三条)."""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.clocks.models import Clock, Pause
from portal.letters import service as letters
from portal.letters.models import Letter
from portal.moment import local_date
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import wording
from ..models import DraftAnswer, InformationRequest, Postponement, Suspension
from ..rules import Refused, interim
from ..vocabulary import ANSWER
from .common import answer_clock, judge_manner, printed, tell_applicant
from .signing_off import CAUSES, POSTPONED, chosen, named_by
from .steps import STEPS


@transaction.atomic
def suspend(
    case: InformationRequest,
    *,
    cause: str,
    reasons: str,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Suspend handling with written notice and reasons. The body's own promise pauses; the statutory limit does not."""
    judge(STEPS, "suspend", case, by=by, at=at)
    interim.may_suspend(
        cause, causes=_causes(chosen(case, CAUSES, on=local_date(at))), named=_causes(named_by(case, CAUSES))
    )
    if not reasons.strip():
        raise Refused("请写明中止的理由，该理由将写入中止办理通知书。")
    if standing(case) is not None:
        raise Refused("本件已经中止办理，恢复之前不能再次中止。")
    judge_manner(case, manner)
    with taking(STEPS, "suspend", case, by=by, at=at) as told:
        clocks = keeper.locked(case, ANSWER)
        limit = answer_clock(case)
        letter = letters.compose(
            case,
            wording.SUSPENSION_NOTICE,
            content=wording.suspension_notice(case, cause=interim.SUSPENDING[cause], reasons=reasons, limit=limit),
            at=at,
            by=by,
        )
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        suspension = Suspension.objects.create(
            request=case, cause=cause, reasons=reasons.strip(), letter=letter, sent_on=sent_on, suspended_by=by
        )
        for clock in _promises(clocks, sent_on):
            keeper.pause(
                clock,
                cause=cause,
                label="中止办理",
                sent=sent_on,
                limit=limit.last_day,
                reference=_reference(suspension),
                by=by,
                at=at,
            )
        tell_applicant(case, "已中止办理，理由见通知书", key=f"suspend:{suspension.pk}", at=at)
        told |= {**printed(letter), "suspension": suspension.pk, "sent_on": sent_on.isoformat(), "cause": cause}
    return letter


@transaction.atomic
def take_up(case: InformationRequest, *, taken_up_on: date, by: User, at: datetime) -> Suspension:
    """The cause has gone: handling goes on, and the body's own promise runs on from the next day."""
    judge(STEPS, "take_up", case, by=by, at=at)
    suspension = standing(case)
    if suspension is None:
        raise Refused("本件没有中止办理，不需要恢复。")
    if not suspension.sent_on <= taken_up_on <= local_date(at):
        raise Refused("恢复办理的日期应在中止通知书发出日期和今天之间，请核对后重新填写。")
    with taking(STEPS, "take_up", case, by=by, at=at) as told:
        clocks = keeper.locked(case, ANSWER)
        suspension.taken_up_on = taken_up_on
        suspension.save(update_fields=("taken_up_on",))
        for pause in Pause.objects.filter(clock__in=clocks, reference=_reference(suspension), ended_on=None):
            keeper.resume(pause, ended_on=taken_up_on, at=at)
        tell_applicant(case, "已恢复办理", key=f"take_up:{suspension.pk}", at=at)
        told |= {"suspension": suspension.pk, "taken_up_on": taken_up_on.isoformat()}
    return suspension


@transaction.atomic
def postpone(
    case: InformationRequest,
    *,
    reasons: str,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Tell the applicant that release waits for a classification. No answer yet: the limit runs on."""
    judge(STEPS, "postpone", case, by=by, at=at)
    interim.may_postpone(
        allowed=chosen(case, POSTPONED, on=local_date(at)) is True,
        named=named_by(case, POSTPONED) is True,
        referred=was_referred(case),
    )
    if not reasons.strip():
        raise Refused("请写明暂缓公开的理由，该理由将写入告知书。")
    if Postponement.objects.filter(request=case).exists():
        raise Refused("本件已经告知过暂缓公开，不能重复告知。请在答复期限内作出决定。")
    judge_manner(case, manner)
    with taking(STEPS, "postpone", case, by=by, at=at) as told:
        letter = letters.compose(
            case,
            wording.POSTPONEMENT_NOTICE,
            content=wording.postponement_notice(case, reasons=reasons, limit=answer_clock(case)),
            at=at,
            by=by,
        )
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        Postponement.objects.create(
            request=case, reasons=reasons.strip(), letter=letter, sent_on=sent_on, postponed_by=by
        )
        tell_applicant(case, "是否可以公开正在依法认定，请查看告知书", key="postpone", at=at)
        told |= {**printed(letter), "sent_on": sent_on.isoformat()}
    return letter


def standing(case: InformationRequest) -> Suspension | None:
    """The suspension that has not been ended."""
    return Suspension.objects.filter(request=case, taken_up_on__isnull=True).first()


def taken_up(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate of the decision: what is suspended is taken up before it is decided."""
    interim.may_decide(suspended=standing(case) is not None)


def was_referred(case: InformationRequest) -> bool:
    """Whether the question of secrecy has been put to the authority that decides it (条例第十七条)."""
    return case.consultations.filter(kind="authority").exists()


def _causes(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _promises(clocks: list[Clock], day: date) -> list[Clock]:
    """The body's own promise, where it still runs: the only limit that a suspension touches."""
    return [clock for clock in clocks if clock.weight == "promise" and clock.started_on <= day <= clock.last_day]


def _reference(suspension: Suspension) -> str:
    return f"suspension:{suspension.pk}"
