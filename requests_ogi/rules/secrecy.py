"""The form first, then secrecy, then release: what must be found before anything is given out (条例第十七条)."""

from collections.abc import Mapping

from portal.regulations.registry import carries

from ..vocabulary import Outcome, SecrecyFinding
from .refusal import Refused

RELEASING = frozenset({Outcome.GRANTED, Outcome.PARTIAL})
"""Outcomes by which information leaves the house."""


@carries("LD-A8-8a")
def form_is_complete(parts: Mapping[str, str]) -> None:
    """The check that comes first: every formal requirement ({label: what the application says}) is met. Raises Refused
    naming all that are missing.
    """
    missing = [label for label, said in parts.items() if not said.strip()]
    if missing:
        raise Refused(f"申请表的形式要件不齐备，缺少{'、'.join(missing)}。请先补正齐备，再进行保密审查。")


@carries("LD-A8-8b", "REG-17")
def may_review(*, reviewer: int, authors: set[int], outcome: str) -> None:
    """Whether somebody may do the review: never who wrote what is reviewed, and only where something would be released."""
    if outcome not in RELEASING:
        raise Refused("本稿不提供信息内容，不需要保密审查，可以直接送审。")
    if reviewer in authors:
        raise Refused("您参与了本稿的拟写或修改，不能进行保密审查。请由本单位其他同志审查。")


@carries("LD-A8-8b", "REG-17")
def may_release(outcome: str, finding: str | None) -> None:
    """Whether an answer may go on as far as secrecy is concerned. `finding` is that of the newest review, None if there is none."""
    if outcome not in RELEASING:
        return
    if finding is None:
        raise Refused("拟提供的信息还没有经过保密审查。请由拟稿人以外的同志办理“保密审查”后再送审、审签。")
    if finding == SecrecyFinding.DOUBTFUL:
        raise Refused(
            "保密审查不能确定是否可以公开。请报有关主管部门或者保密行政管理部门确定，按认定意见重新审查后再送审、审签。"
        )
    if finding == SecrecyFinding.CLOSED:
        raise Refused("保密审查认为不得公开，不能按本稿提供。请按审查意见重新拟办。")
    if finding == SecrecyFinding.PARTLY and outcome == Outcome.GRANTED:
        raise Refused("保密审查认为只能部分公开，不能全部提供。请作区分处理，改按“部分公开”拟办。")
