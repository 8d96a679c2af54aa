"""The letters that may come of very many requests: fee, its withdrawal, its lapse; reasons asked for, an answer delayed."""

from datetime import date

from portal.clocks.models import Clock
from portal.letters import remedies
from portal.letters.content import Content, items, p
from portal.moment import chinese_date
from portal.regulations.registry import carries
from portal.regulations.schema import Fee

from ..models import FeeNotice, InformationRequest
from ..rules.fees import Charge
from ..vocabulary import FeeBasis
from .parts import addressee, answered_by, contact, electronic, opening, you

MEASURE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
REGULATION = "《中华人民共和国政府信息公开条例》"
ARTICLES = {FeeBasis.ITEM: "第四条", FeeBasis.PAGE: "第五条"}


@carries("FEE109-6", "FEE109-7")
def fee_notice(
    case: InformationRequest, charge: Charge, table: Fee, *, why: str, rows: list[str], payment: str, words: str
) -> Content:
    """收费通知书: ground, price list, sum and how it comes about, how to pay, by when, what follows (第六条、第七条)."""
    who = you(case)
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(f"{why.strip('。；， ')}，申请公开政府信息的数量、频次明显超过合理范围。"),
            p(
                f"收费依据：{REGULATION}第四十二条第一款，{MEASURE}第三条、{ARTICLES[charge.basis]}。"
                f"本件{charge.basis.label}，不再适用其他方式重复计收。"
            ),
            p(f"收费标准（{table.label}，超额累进）："),
            items(rows),
            p(f"收费数额：{charge.amount}元。计算过程：{charge.account}。"),
            p(f"缴纳方式：{payment.rstrip('。')}。"),
            p(
                f"请{who}自收到本通知书次日起{words}内缴纳。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"
                f"缴费之后，答复期限自{who}完成缴费的次日起重新计算。"
            ),
            p(
                f"{who}对本收费决定有异议的，可以向本机关提出。根据{MEASURE}第七条的规定，"
                "不能单独就收费决定申请行政复议或者提起行政诉讼；缴费期满后，可以就本机关不再处理申请的行为依法寻求救济。"
            ),
        ),
        contact=contact(case.body),
    )


def waiver_notice(case: InformationRequest, fee: FeeNotice, *, why: str, limit: Clock) -> Content:
    """撤回收费通知: nothing is to be paid, and the limit for the answer is what it was without the charge."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(
                f"本机关于{chinese_date(fee.sent_on)}向{you(case)}发出{fee.letter.title}（{fee.letter.number}）。"
                f"因{why.strip('。；， ')}，本机关决定撤回该通知，本件不收取信息处理费，{you(case)}不需要缴纳。"
            ),
            p(
                f"本件继续办理，答复期限不因该通知重新计算，本机关{answered_by(limit.last_day, provisional=limit.provisional)}。"
            ),
        ),
        contact=contact(case.body),
    )


@carries("FEE109-6", "FEE109-7")
def fee_lapse_notice(case: InformationRequest, fee: FeeNotice, *, on: date, remedy: str) -> Content:
    """逾期不缴费 不再处理告知书 (国办函〔2020〕109号第六条、第七条, 表三六2)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(
                f"本机关依法向{you(case)}发出{fee.letter.title}（{fee.letter.number}），应缴信息处理费{fee.amount}元。"
                f"{you(case)}于{chinese_date(fee.served_on)}收到该通知书，缴费期限至{chinese_date(fee.limit_on)}届满，"
                f"{you(case)}逾期未缴纳。"
            ),
            p(
                f"根据{REGULATION}第四十二条和{MEASURE}第六条的规定，视为放弃申请，本机关不再处理该政府信息公开申请。"
                "如仍需要相关政府信息，可以重新提出申请。"
            ),
        ),
        remedy=remedy,
        remedy_text=remedies.text(remedy, case.body, on, electronic=electronic(case)),
        contact=contact(case.body),
    )


@carries("REG-35")
def reasons_notice(case: InformationRequest, *, why: str, last_day: date) -> Content:
    """说明理由告知书: why reasons are asked for, by which day, what may follow (条例第三十五条)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(
                f"{why.strip('。；， ')}，申请公开政府信息的数量、频次明显超过合理范围。"
                f"根据{REGULATION}第三十五条的规定，请{you(case)}说明申请理由。"
            ),
            p(
                f"请于{chinese_date(last_day)}前（含当日）书面说明。可以凭申请编号和查询码在本机关网站“查询办理进度”栏目提交，"
                "也可以邮寄或者当面提交。"
            ),
            p(
                "本机关认为申请理由合理的，继续办理；理由合理但无法在法定期限内答复的，将确定延迟答复的合理期限并告知"
                f"{you(case)}；认为申请理由不合理，或者期满未说明理由的，将告知{you(case)}不予处理。等待说明期间，答复期限照常计算。"
            ),
        ),
        contact=contact(case.body),
    )


@carries("REG-35")
def delay_notice(
    case: InformationRequest, *, why: str, days: int, old: date, new: date, provisional: bool = False
) -> Content:
    """延迟答复告知书: the reasons are good, the limit is too short, the new last day (条例第三十五条)."""
    return Content(
        addressee=addressee(case),
        blocks=(
            opening(case),
            p(f"本机关已经收到{you(case)}说明的申请理由，认为理由合理。"),
            p(f"因{why.strip('。；， ')}，无法在{chinese_date(old)}前作出答复。"),
            p(
                f"根据{REGULATION}第三十五条的规定，本机关确定延迟答复的期限为{days}个工作日，"
                f"{answered_by(new, provisional=provisional)}。"
            ),
        ),
        contact=contact(case.body),
    )
