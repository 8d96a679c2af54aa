"""The periodic look at withheld information: what is looked at again, and by whom (条例第十八条)."""

from datetime import date

from portal.regulations.registry import carries

from ..vocabulary import REFUSALS, Outcome, Verdict
from .refusal import Refused

LOOKED_AT_AGAIN = frozenset({*REFUSALS, Outcome.PARTIAL})
"""Answers that withhold something the body holds. What it does not hold cannot become public by waiting."""


@carries("REG-18")
def is_looked_at_again(outcome: str) -> bool:
    """Whether an answer starts the periodic evaluation."""
    return outcome in LOOKED_AT_AGAIN


@carries("REG-18")
def may_reassess(*, due_on: date | None, waiting: bool, reason: str) -> date:
    """The day by which the evaluation is due, if one may be proposed. `due_on`: the last day of its clock, None if none runs;
    `waiting`: one is proposed and not decided.
    """
    if waiting:
        raise Refused("本件的评估意见已经提出，正等待审定，不能重复提出。")
    if due_on is None:
        raise Refused("本件没有需要定期评估的不予公开内容，或者评估已经终止。")
    if not reason.strip():
        raise Refused("请写明评估理由：当初不予公开的依据现在是否仍然成立。")
    return due_on


@carries("REG-18")
def may_reevaluate(*, proposer: int, decider: int, verdict: str, reason: str) -> None:
    """Whether an evaluation may be decided: by somebody else than who proposed it, and never without a reason."""
    if proposer == decider:
        raise Refused("本件评估意见由您提出，不能由您审定。请由其他有审定职责的负责同志办理。")
    if verdict not in Verdict.values:
        raise Refused("请选择评估结论。")
    if not reason.strip():
        raise Refused("请写明审定的理由。")


def may_release(*, decided_on: date, released_on: date, today: date, where: str) -> None:
    """Whether information can have been made public on that day."""
    if not decided_on <= released_on <= today:
        raise Refused("公开日期应在审定之日和今天之间，请核对后重新填写。")
    if not where.strip():
        raise Refused("请写明公开的栏目或者网址。")
