"""What several letters share: whom they address, how they open, who answers questions."""

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


def you(case: InformationRequest) -> str:
    """How a letter speaks to the applicant."""
    return "您" if case.applicant.kind == ApplicantKind.NATURAL else "贵单位"


def electronic(case: InformationRequest) -> bool:
    return case.manner in {"online", "email"}
