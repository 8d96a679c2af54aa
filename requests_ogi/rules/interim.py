"""What a body may tell an applicant on the way, where its own document knows such a word and the law does not forbid it."""

from portal.regulations.registry import carries

from ..vocabulary import REFUSALS
from .refusal import Refused

SUSPENDING = {"force_majeure": "不可抗力", "other_lawful": "其他法定事由"}
"""Causes for suspending (中止) that a body's document may name, beside the consultations of the Regulation."""

_UNSIGNED = "本机关制度中的这一做法，条例没有规定，须经法制机构书面审核同意后才能采用。请由分管领导登记审核意见，或者按条例规定办理。"


@carries("YQ-S1-10f")
def may_suspend(cause: str, *, causes: tuple[str, ...], named: tuple[str, ...]) -> None:
    """Whether handling may be suspended for a cause: the body's document names it, and it may be used (`causes`)."""
    if cause not in SUSPENDING or cause not in named:
        raise Refused("本机关的规定没有列出这一中止事由，不能中止办理。请继续办理；确有困难的，可以依法延期答复。")
    if cause not in causes:
        raise Refused(_UNSIGNED)


@carries("YQ-S1-10f")
def may_decide(*, suspended: bool) -> None:
    """Whether a decision may be made: what is suspended is taken up first, so that the applicant is told it goes on."""
    if suspended:
        raise Refused("本件已经中止办理。请先办理“恢复办理”，再送审或者审签；法定答复期限没有停止计算，请尽快办理。")


@carries("YQ-S1-9-9")
def may_postpone(*, allowed: bool, named: bool, referred: bool) -> None:
    """Whether the applicant may be told that release waits: signed off, and the question put to the authority (第十七条)."""
    if not named:
        raise Refused("本机关的规定没有“暂缓公开”的做法，请在答复期限内依法作出决定。")
    if not allowed:
        raise Refused(_UNSIGNED)
    if not referred:
        raise Refused("请先将是否属于国家秘密报有关主管部门或者保密行政管理部门确定，再告知申请人暂缓公开。")


@carries("YQ-S1-9-6")
def may_leave_existence_open(outcome: str, *, allowed: bool, named: bool) -> None:
    """Whether an answer may neither confirm nor deny: a refusal only, and only with the sign-off."""
    if outcome not in REFUSALS:
        raise Refused("只有不予公开的答复才可以对信息是否存在不予确认；信息不存在的，应当如实告知。")
    if not named:
        raise Refused("本机关的规定没有“不予确认”的做法，请如实告知申请人。")
    if not allowed:
        raise Refused(_UNSIGNED)
