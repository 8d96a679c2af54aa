"""What several letters share: whom they address, how they open, who answers questions."""

from datetime import date

from portal.letters.content import Block, p
from portal.moment import chinese_date
from portal.organisation.models import Body

from ..models import InformationRequest
from ..vocabulary import ApplicantKind


def addressee(case: InformationRequest) -> str:
    """Whom a letter is addressed to, by name."""
    return case.applicant.name


def contact(body: Body) -> str:
    """Who answers questions about a letter."""
    return f"{body.office_name}，联系电话：{body.phone}"


def wanted(case: InformationRequest) -> str:
    """The request restated in one phrase."""
    number = f"（{case.document_number}）" if case.document_number else ""
    return f"“{case.title}{number}”"


def opening(case: InformationRequest) -> Block:
    return p(
        f"本机关于{chinese_date(case.received_on)}收到{you(case)}提出的政府信息公开申请（申请编号：{case.number}），"
        f"{case.receipt_basis}。{you(case)}申请获取{wanted(case)}。"
    )


def answered_by(last_day: date, *, provisional: bool) -> str:
    """The promise of an answer by a day; while the calendar of that year is not announced, the day is called provisional."""
    if not provisional:
        return f"将于{chinese_date(last_day)}前作出答复"
    return (
        f"将在该期限内作出答复，期限暂计至{chinese_date(last_day)}"
        f"（{last_day.year}年放假安排尚未公布，公布后以按工作日计算的日期为准）"
    )


def limit_stands_at(last_day: date, *, provisional: bool) -> str:
    """The last day of the limit as a letter names it; while the calendar of that year is not announced, as a provisional one."""
    if not provisional:
        return chinese_date(last_day)
    return f"{chinese_date(last_day)}（暂计，{last_day.year}年放假安排公布后以按工作日计算的日期为准）"


def you(case: InformationRequest) -> str:
    """How a letter speaks to the applicant."""
    return "您" if case.applicant.kind == ApplicantKind.NATURAL else "贵单位"


def electronic(case: InformationRequest) -> bool:
    return case.manner in {"online", "email"}
