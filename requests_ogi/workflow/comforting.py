"""What makes a request bearable: help with reading, e-mail that can be switched off, and one question at the end."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from portal.moment import local_date
from portal.organisation.models import User
from portal.regulations.registry import carries
from portal.workflow.engine import judge, taking

from ..models import Applicant, InformationRequest, ReadingHelp, Satisfaction
from ..rules import Refused
from ..vocabulary import Manner, Outcome
from .steps import STEPS


@carries("REG-43", "LD-A8-12c")
@transaction.atomic
def help(case: InformationRequest, *, what: str, helped_on: date, by: User, at: datetime) -> ReadingHelp:
    """Write down which help was given to an applicant who needs it (条例第四十三条)."""
    judge(STEPS, "help", case, by=by, at=at)
    if not case.help_needed:
        raise Refused("申请人没有提出需要协助。确有需要的，请先与申请人联系确认。")
    if not what.strip():
        raise Refused("请写明提供了什么协助。")
    if not local_date(case.opened_at) <= helped_on <= local_date(at):
        raise Refused("提供协助的日期应在登记之日和今天之间，请核对后重新填写。")
    with taking(STEPS, "help", case, by=by, at=at) as told:
        given = ReadingHelp.objects.create(request=case, what=what.strip(), helped_on=helped_on, helped_by=by)
        told["helped_on"] = helped_on.isoformat()
    return given


@transaction.atomic
def rate(case: InformationRequest, *, score: int, comment: str = "", at: datetime) -> Satisfaction:
    """How content the applicant is, once, after the answer. It changes nothing in the case and names no department."""
    if case.answered_on is None or case.outcome == Outcome.WITHDRAWN:
        raise Refused("答复送达之后才能评价。")
    try:
        with transaction.atomic():
            return Satisfaction.objects.create(request=case, score=score, comment=comment.strip(), rated_at=at)
    except IntegrityError as fault:
        if Satisfaction.objects.filter(request=case).exists():
            raise Refused("您已经评价过这份申请，感谢您的意见。") from fault
        raise Refused("请选择1至5分。") from fault


@transaction.atomic
def choose_email(case: InformationRequest, *, wanted: bool) -> None:
    """Whether the applicant is written to about each step. Who chose to be answered by e-mail goes on being written to."""
    if not wanted and case.manner == Manner.EMAIL:
        raise Refused("您选择了用电子邮件接收答复，不能关闭邮件提醒。需要改变接收方式的，请联系受理机构。")
    Applicant.objects.filter(pk=case.pk).update(email_wanted=wanted)
