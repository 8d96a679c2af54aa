"""What may happen to a document after the public has read it."""

from typing import TypeVar

from portal.regulations.registry import carries

from ..vocabulary import GOES_OUT
from .refusal import Refused

_Shown = TypeVar("_Shown")


def may_take_off(public: _Shown | None, *, withdrawn: bool, note: str) -> _Shown:
    """What is taken off the site, `public` being what is shown there: the public is told why. Raises Refused."""
    if public is None or withdrawn:
        raise Refused("本件目前没有对外公开，不需要撤下。不再办理的草稿，请办理“作废”。")
    if not note.strip():
        raise Refused("请写明对公众的说明。网页会保留在原网址，说明为什么撤下。")
    return public


def may_abandon(*, public: bool, withdrawn: bool) -> None:
    """Whether there is an amendment to give up, the public reading the version before it. Raises Refused."""
    if not public:
        raise Refused("本件还没有公开过，不存在修订。不再办理的草稿，请办理“作废”。")
    if withdrawn:
        raise Refused("本件已经撤下，目前办理的是恢复公开。不再恢复的，请办理“放弃恢复公开”。")


def may_stay_withdrawn(*, withdrawn: bool) -> None:
    """Whether what is on its way was to bring back something that had been taken off. Raises Refused."""
    if not withdrawn:
        raise Refused("本件没有撤下，不需要恢复公开。不再修订的，请办理“放弃修订”；不再办理的草稿，请办理“作废”。")


def judge_reason(reason: str) -> None:
    """What was begun is given up for a reason. Raises Refused."""
    if not reason.strip():
        raise Refused("请写明放弃的理由。改过的各版仍保留在案，不会丢失。")


@carries("NX-10-1b")
def judge_change_note(number: int, note: str, *, public: int | None) -> str:
    """What a new version of a published document still owes: a public note of what changed. Empty when nothing.

    `public` is the number of the version the public reads, None before the first publication.
    """
    if public is None or number <= public or note.strip():
        return ""
    return "没有写明变更说明（向公众说明这一版修改了什么）"


def may_change_reach(*, openness: str, same_audience: bool) -> None:
    """Whether the amended document stays where the public found it: what is open to all is not closed by an edit. Raises Refused."""
    if openness not in GOES_OUT or not same_audience:
        raise Refused("本件已经公开，不能通过修订改为不公开或者缩小公开范围。确需停止公开的，请办理“撤下”并说明原因。")
