"""What may be done in a reconsideration or a lawsuit over a request, and what the law says of the way that was taken."""

from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from ..vocabulary import ChallengeKind, ChallengeResult, Procedure
from .refusal import Refused


@carries("REG-51", "YC-1.3-2")
def may_register(
    *, kind: ChallengeKind, procedure: str, received_on: date, filed_on: date, today: date, reviewed: bool
) -> None:
    """Whether a challenge can be what is said of it. `reviewed`: a decided reconsideration of the same request is named."""
    if not filed_on <= received_on <= today:
        raise Refused(f"收到通知的日期应在申请到达之日（{chinese_date(filed_on)}）和今天之间，请核对后重新填写。")
    if kind == ChallengeKind.RECONSIDERATION and procedure not in Procedure.values:
        raise Refused("请按行政复议答复通知书选择适用简易程序还是普通程序，答复举证的期限由此确定。")
    if kind != ChallengeKind.RECONSIDERATION and procedure:
        raise Refused("行政诉讼不区分行政复议的简易程序和普通程序，请不要选择审理程序。")
    if kind == ChallengeKind.LITIGATION_AFTER_REVIEW and not reviewed:
        raise Refused(
            "复议后起诉，应当先有本件已审结的行政复议。请先登记复议并登记审结；未经复议的，请选择“未经复议直接起诉”。"
        )


@carries("ARL-48", "ARL-53", "ARL-54", "ALL-67")
def defence_term(kind: ChallengeKind, procedure: str) -> str:
    """The term of the defence: a reconsideration by its procedure, a lawsuit its own."""
    if kind != ChallengeKind.RECONSIDERATION:
        return "defence_litigation"
    return "defence_simple" if procedure == Procedure.SIMPLE else "defence_ordinary"


@carries("ARL-23")
def skipped_review(*, kind: str, remedy: str) -> bool:
    """Whether a refusal that must go to reconsideration first was taken to court directly. Only the court rejects it."""
    return kind == ChallengeKind.LITIGATION_DIRECT and remedy == "R1"


SKIPPED_REVIEW = (
    "本件答复属于不予公开，依照行政复议法第二十三条应当先申请行政复议，现未经复议直接起诉。"
    "请在答辩状中提请人民法院审查起诉条件，并核对答复书是否已经告知复议前置。"
)


def may_defend(*, submitted_on: date, received_on: date, today: date) -> None:
    """Whether a defence can have been handed in on that day. A late one is recorded as late, never refused."""
    if not received_on <= submitted_on <= today:
        raise Refused("提交答复（答辩）的日期应在收到通知之日和今天之间，请核对后重新填写。")


@carries("REG-51")
def may_conclude(
    *,
    result: str,
    withdrawn: bool,
    ordered_days: int | None,
    most: int,
    received_on: date,
    decided_on: date,
    served_on: date,
    today: date,
) -> None:
    """Whether a decision can be what is said of it. `most`: the longest period in working days that the law gives an answer."""
    if not received_on <= decided_on <= served_on <= today:
        raise Refused("收到通知、作出决定、决定书送达的日期应当依次先后，且不晚于今天，请核对后重新填写。")
    if withdrawn and result != ChallengeResult.OTHER:
        raise Refused("申请人或者原告撤回而终结的，年度报告计入“其他结果”，请改选结果。")
    if ordered_days is None:
        return
    if result != ChallengeResult.CORRECTED:
        raise Refused("只有结果纠正、责令重新答复的，才填写限期重新答复的天数。")
    if not 1 <= ordered_days <= most:
        raise Refused(f"限期重新答复的天数应为1至{most}个工作日；决定没有写明期限的请留空，按法定答复期限计算。")


def may_redo(*, result: str, answered: bool, redone_as: str) -> None:
    """Whether a new request may be opened in the old one's place. `redone_as`: the number of the one there is already."""
    if result != ChallengeResult.CORRECTED:
        raise Refused("只有结果纠正的复议决定或者裁判，才需要重新办理。")
    if redone_as:
        raise Refused(f"原申请已经重新立件，编号{redone_as}，请在该件中办理。")
    if not answered:
        raise Refused("原申请尚未答复，不需要另立新件。请在原申请中按决定要求的期限作出答复。")
