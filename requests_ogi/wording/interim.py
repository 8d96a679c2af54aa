"""Letters on the way that a body's own document knows: handling suspended, release postponed."""

from portal.clocks.models import Clock
from portal.letters.content import Content, p
from portal.moment import chinese_date

from ..models import Consent, InformationRequest
from .parts import addressee, answered_by, contact, limit_stands_at, opening, you


def suspension_notice(case: InformationRequest, *, cause: str, reasons: str, limit: Clock) -> Content:
    """中止办理通知书: the cause and the reasons, and that the statutory limit stands (YQ-S1-10f)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(f"因{cause}，本件目前无法继续办理，决定中止办理。具体理由：{reasons.strip()}"),
            p(
                f"中止的原因消除后，本机关立即恢复办理并告知{you(case)}。"
                f"《中华人民共和国政府信息公开条例》第三十三条规定的答复期限不因中止延长，本件法定答复期限仍为"
                f"{limit_stands_at(limit.last_day, provisional=limit.provisional)}。"
            ),
        ),
        contact=contact(case.body),
    )


def postponement_notice(case: InformationRequest, *, reasons: str, limit: Clock) -> Content:
    """暂缓公开告知书: what is being settled, by whom, and that an answer still comes within the limit (YQ-S1-9-9)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(
                f"{you(case)}申请获取的信息是否属于国家秘密尚未确定，本机关已依照《中华人民共和国政府信息公开条例》第十七条的规定"
                f"报有权部门确定，在其性质认定之前暂缓公开。理由：{reasons.strip()}"
            ),
            p(
                f"本告知书不是对{you(case)}申请的最终答复。本机关{answered_by(limit.last_day, provisional=limit.provisional)}，"
                "根据认定结果决定是否公开并书面告知。"
            ),
        ),
        contact=contact(case.body),
    )


def consent(record: Consent) -> str:
    """Who agreed to an extension as a group, and how, as the notice says it (WZ-6.2-6)."""
    return f"{record.group}（{chinese_date(record.agreed_on)}{record.get_form_display()}，编号{record.reference}）"
