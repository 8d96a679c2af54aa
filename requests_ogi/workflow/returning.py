"""The answer came back by post (退件): it waits to be served again, and cannot be closed before (条例第四十条)."""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.clocks.models import Clock, Ended
from portal.letters import service as letters
from portal.letters.models import Delivery
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from ..models import InformationRequest, ReturnedPost
from ..rules import Refused, returning
from ..vocabulary import ANSWER, RE_EVALUATION, Fault
from .common import stop_clocks, tell_applicant, tell_department
from .steps import STEPS


@transaction.atomic
def return_post(
    case: InformationRequest, *, returned_on: date, reason: str, fault: str, by: User, at: datetime
) -> ReturnedPost:
    """Record that the answer came back. `fault` says whether the posting still counts (Fault.APPLICANT) or the answer is
    still owed, so that its limits run on until it is served again.
    """
    judge(STEPS, "return_post", case, by=by, at=at)
    delivery = sent(case)
    returning.may_return(by_post=delivery is not None and delivery.manner == letters.Manner.POST)
    if delivery is None or case.answered_on is None or case.answered_in_time is None:
        raise Refused("本件没有登记过送达，不能登记退件。")
    settled = returning.counted(
        Fault(fault),
        answered_on=case.answered_on,
        in_time=case.answered_in_time,
        before=settled_before(case),
    )
    answered_on = case.answered_on
    letters.take_back(delivery, returned_on=returned_on, reason=reason, at=at)
    facts = {"answered_on": None, "answered_in_time": None, "answered_by": "", "concluded_on": None}
    with taking(STEPS, "return_post", case, by=by, at=at, facts=facts) as told:
        stop_clocks(case, RE_EVALUATION, ended_on=returned_on, as_=Ended.VOID, at=at)
        if settled is None:
            for clock in _stopped_by_the_answer(case, answered_on):
                keeper.reopen(clock, at=at)
        came_back = ReturnedPost.objects.create(
            request=case,
            delivery=delivery,
            fault=fault,
            counted_on=settled[0] if settled else None,
            counted_in_time=settled[1] if settled else None,
            recorded_by=by,
            recorded_at=at,
        )
        tell_department(case, "答复文书被邮政企业退回，需要重新送达", key=f"return_post:{came_back.pk}", at=at)
        tell_applicant(case, "寄给您的答复文书被退回，正在重新送达", key=f"return_post:{came_back.pk}", at=at)
        told |= {
            "returned": came_back.pk,
            "returned_on": returned_on.isoformat(),
            "fault": Fault(fault).value,
            "counted_on": came_back.counted_on.isoformat() if came_back.counted_on else None,
            "counted_in_time": came_back.counted_in_time,
        }
    return came_back


def sent(case: InformationRequest) -> Delivery | None:
    """The sending of the answer that counts now."""
    answer = getattr(case, "answer", None)
    return Delivery.objects.effective().filter(letter_id=answer.letter_id).first() if answer else None


def settled_before(case: InformationRequest) -> tuple[date, bool] | None:
    """The day of answering, and whether it was in time, that stands although the letter came back; None if none does."""
    newest = ReturnedPost.objects.filter(request=case).order_by("-pk").first()
    if newest is None or newest.counted_on is None or newest.counted_in_time is None:
        return None
    return newest.counted_on, newest.counted_in_time


def _stopped_by_the_answer(case: InformationRequest, answered_on: date) -> list[Clock]:
    """The limits of the answer (a delayed one bears the same duty) that were met or missed by this service."""
    stopped = Clock.objects.of(case).filter(duty=ANSWER, ended_on=answered_on, followed_by=None)
    return list(stopped.filter(ended_as__in=(Ended.MET, Ended.LATE)))
