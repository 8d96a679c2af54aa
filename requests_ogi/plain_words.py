"""Where a request is, what comes next, and by when at the latest: three sentences for people who know no procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .limit_lines import LimitLine
from .models import InformationRequest
from .vocabulary import Help, Outcome, State


@dataclass(frozen=True)
class Whereabouts:
    """现在到哪一步、下一步是什么、最迟什么时候. `by_when` is empty where nothing is waited for."""

    now: str
    next: str
    by_when: str = ""


def whereabouts(
    case: InformationRequest,
    lines: Sequence[LimitLine],
    *,
    completion: Any,
    owed: Any,
    reasons: Any = None,
    overdue: bool = False,
    suspended: bool = False,
) -> Whereabouts:
    """In plain words. `lines` are the limits of the answer; `completion`, `owed`, `reasons` what the applicant is to do, if anything."""
    answer_by = f"最迟{lines[0].day_words}作出答复。" if lines else ""
    if lines and overdue:
        answer_by = f"法定答复期限已于{lines[0].day_words}届满，您可以怎样做，见下面的说明。"
    if case.outcome == Outcome.WITHDRAWN:
        return Whereabouts("您已经撤回了申请。", "不需要再做什么。仍然需要的，可以重新申请。")
    match case.state:
        case State.UNCONFIRMED:
            return Whereabouts("您的申请到了，还没有和您核对。", "工作人员会打电话或者写信与您确认。")
        case State.RECEIVED:
            return Whereabouts("已经登记。", "转给掌握信息的机构去查找。您不需要做任何事。", answer_by)
        case State.COMPLETING:
            by_when = _do_by(completion, "补正")
            return Whereabouts("等您把申请内容补充清楚。", "请按下面列出的事项补正，补正后重新计算答复期限。", by_when)
        case State.SERVED | State.CLOSED:
            return Whereabouts("已经答复。", "请下载或者查收答复文书；对答复不服的，文书上写有救济途径和期限。")
        case State.APPROVED:
            return Whereabouts("答复已经拟好。", "正在送达给您。", answer_by)
        case _ if owed:
            by_when = _do_by(owed, "缴费")
            return Whereabouts("等您缴纳信息处理费。", "缴费之后继续办理，答复期限重新计算。", by_when)
        case _ if reasons:
            by_when = f"请在{chinese_date(reasons.limit_on)}前（含当日）说明。{answer_by}"
            return Whereabouts(
                "请您说明申请理由。", "您说明理由之后，本机关决定怎样办理并告知您；等待期间继续查找信息。", by_when
            )
        case _ if suspended:
            return Whereabouts("已经中止办理。", "中止的原因消除后恢复办理，并告知您。您不需要做任何事。", answer_by)
        case _:
            return Whereabouts("正在查找信息、拟写答复。", "内部审核之后，把答复送给您。", answer_by)


def _do_by(asked: Any, verb: str) -> str:
    """By when the applicant is to do something; after that day, that it can still be done."""
    if asked is None or asked.last_day is None:
        return ""
    day = chinese_date(asked.last_day)
    return f"期限已于{day}届满，仍可以{verb}，请尽快。" if asked.late else f"请在{day}前（含当日）{verb}。"


@carries("REG-43", "LD-A8-12c")
def help_owed(needed: str) -> str:
    """What must be offered to an applicant who said that help is needed (条例第四十三条); nothing if none is."""
    return {
        Help.READING: "应当为申请人当面或者电话朗读、讲解答复内容，帮助填写和补正；可以请其指定的人陪同。",
        Help.VISUAL: "应当提供大字版纸质文书、可供读屏软件朗读的电子文本，或者当面朗读；有条件的提供盲文。",
        Help.HEARING: "应当改用短信、邮件、书面等文字方式沟通；当面办理的，提供书写工具，需要手语的协助联系手语翻译。",
        Help.OTHER: "应当与申请人联系，问清需要什么协助并尽可能提供。",
    }.get(Help(needed or ""), "")
