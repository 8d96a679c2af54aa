"""Handling: who has the request. Distribution, return, another department; and looking at who asked."""

from datetime import datetime

from django.db import transaction

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.moment import local_date
from portal.organisation.models import Department, User
from portal.workflow.engine import NotAllowed, judge, may_on, taking

from ..models import Applicant, InformationRequest
from ..rules import Refused
from ..vocabulary import DRAFT
from .common import hand_clocks_over, law_of, stop_clocks, tell_department, tell_office
from .steps import STEPS


@transaction.atomic
def assign(case: InformationRequest, *, department: Department, by: User, at: datetime) -> InformationRequest:
    """Give the request to a department of the body; its internal clock for the draft starts."""
    judge(STEPS, "assign", case, by=by, at=at)
    _judge_place(case, department)
    with taking(STEPS, "assign", case, by=by, at=at, facts={"department": department}) as told:
        keeper.start(
            case, law_of(case).term(DRAFT), weight="internal", started=local_date(at), department=department, at=at
        )
        hand_clocks_over(case, department)
        tell_department(case, "已分办给本单位，请按期拟办", key=f"assign:{case.edition}", at=at)
        told |= {"department": department.name, "department_code": department.code}
    return case


@transaction.atomic
def give_back(case: InformationRequest, *, why: str, by: User, at: datetime) -> InformationRequest:
    """The department returns the request to the office with a reason; the limit goes on running."""
    judge(STEPS, "give_back", case, by=by, at=at)
    if not why.strip():
        raise Refused("请写明退回的理由和建议的承办机构，便于重新分办。")
    with taking(STEPS, "give_back", case, by=by, at=at, facts={"department": None}) as told:
        stop_clocks(case, DRAFT, ended_on=local_date(at), as_="void", at=at)
        hand_clocks_over(case, None)
        tell_office(case, "被退回，请重新分办", key=f"give_back:{case.edition}", at=at)
        told |= {"why": ledger.Words(why), "department_code": None}
    return case


@transaction.atomic
def reassign(case: InformationRequest, *, department: Department, by: User, at: datetime) -> InformationRequest:
    """Give the request to another department; the former one sees it no more. The limit goes on running."""
    judge(STEPS, "reassign", case, by=by, at=at)
    _judge_place(case, department)
    if department == case.department:
        raise Refused(f"本件已由{department.name}承办，请选择其他机构。")
    former = case.department
    with taking(STEPS, "reassign", case, by=by, at=at, facts={"department": department}) as told:
        stop_clocks(case, DRAFT, ended_on=local_date(at), as_="void", at=at)
        keeper.start(
            case, law_of(case).term(DRAFT), weight="internal", started=local_date(at), department=department, at=at
        )
        hand_clocks_over(case, department)
        tell_department(case, "已改派给本单位，请按期拟办", key=f"reassign:{case.edition}", at=at)
        told |= {"former": former.name, "department": department.name, "department_code": department.code}
    return case


LEAST_REASON = 6
"""A reason shorter than this many characters says nothing."""


@transaction.atomic
def unmask(case: InformationRequest, *, why: str, by: User, at: datetime) -> Applicant:
    """See who asked, unmasked. Needs a reason, which goes into the ledger with the name of who looked."""
    if not may_on(by, "requests_ogi.unmask", case, at=at):
        raise NotAllowed("您的岗位不能查看申请人的完整身份信息。办理确有需要的，请联系政务公开办公室。")
    if len(why.strip()) < LEAST_REASON:
        raise Refused("请具体写明查看完整身份信息的事由（例如“核对身份证明与申请表是否一致”），该事由将记入办理记录。")
    try:
        ledger.record("unmask", case, by=by, at=at, told={"why": ledger.Words(why)})
    except ledger.NotForTheLedger as refusal:
        raise Refused(
            "事由会记入不可更改的办理记录，其中不能含有身份证号码、手机号码、电子邮箱，请删去后重新提交。"
        ) from refusal
    return case.applicant


@transaction.atomic
def take_out(case: InformationRequest, *, what: str, by: User, at: datetime) -> None:
    """Take away a paper that shows who asked (the original of a letter, the dossier): the same right, and on record."""
    if not may_on(by, "requests_ogi.unmask", case, at=at):
        raise NotAllowed("您的岗位不能取用含申请人身份信息的材料。办理确有需要的，请联系政务公开办公室。")
    ledger.record("take_out", case, by=by, at=at, told={"what": what})


def _judge_place(case: InformationRequest, department: Department) -> None:
    if department.body_id != case.body_id:
        raise Refused("只能分办给本机关的内设机构。")
