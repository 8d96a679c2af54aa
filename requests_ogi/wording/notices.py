"""The procedural letters: completion, extension, lapse."""

from datetime import date

from portal.letters import remedies
from portal.letters.content import Content, items, p
from portal.moment import chinese_date

from ..models import CompletionRound, InformationRequest
from .parts import addressee, answered_by, contact, electronic, opening, you


def completion_notice(case: InformationRequest, asked: CompletionRound) -> Content:
    """补正告知书: every item at once, the period, and what follows if nothing comes (条例第三十条)."""
    wants = [line.strip() for line in asked.items.splitlines() if line.strip()]
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(
                f"经审查，{you(case)}的申请内容尚不明确或者材料不齐全，根据《中华人民共和国政府信息公开条例》第三十条的规定，请补正以下内容："
            ),
            items(wants),
            p(
                f"请{you(case)}自收到本告知书之日起{asked.working_days}个工作日内，将补正内容提交本机关。"
                "可以凭申请编号和查询码在本机关网站“查询办理进度”栏目提交，也可以邮寄或者当面提交。"
                "答复期限自本机关收到补正的申请之日起计算。"
            ),
            p("无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
        ),
        contact=contact(case.body),
    )


def extension_notice(
    case: InformationRequest, *, reason: str, consent: str, words: str, old: date, new: date, provisional: bool = False
) -> Content:
    """延期答复告知书: the reason, who agreed, and the new last day (条例第三十三条第二款)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(f"因{reason.strip('。；， ')}，不能在原定期限（{chinese_date(old)}）前作出答复。"),
            p(
                f"根据《中华人民共和国政府信息公开条例》第三十三条第二款的规定，经{consent}同意，"
                f"决定延长答复期限{words}，{answered_by(new, provisional=provisional)}。"
            ),
        ),
        contact=contact(case.body),
    )


def lapse_notice(case: InformationRequest, *, last_day: date, on: date, remedy: str) -> Content:
    """逾期不补正 不再处理告知书 (条例第三十条, 表三六1)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(
                f"本机关已书面告知{you(case)}需要补正的内容，补正期限至{chinese_date(last_day)}届满。"
                f"{you(case)}无正当理由逾期未补正。"
            ),
            p(
                "根据《中华人民共和国政府信息公开条例》第三十条的规定，视为放弃申请，本机关不再处理该政府信息公开申请。"
                "如仍需要相关政府信息，可以重新提出申请。"
            ),
        ),
        remedy=remedy,
        remedy_text=remedies.text(remedy, case.body, on, electronic=electronic(case)),
        contact=contact(case.body),
    )
