"""Who may review, sign and publish: never somebody who wrote what is judged."""

from collections.abc import Collection
from datetime import date

from portal.moment import chinese_date
from portal.regulations.publishing import Chain, Stage
from portal.regulations.registry import applies, carries

from ..vocabulary import Content
from .refusal import Refused


@carries(
    *("LD-A5-7a", "LD-A1-10-0", "LD-A1-10-1a", "LD-A1-10-2", "LD-A1-10-3", "LD-A1-10-4", "LD-A1-10-5", "LD-A4-4b"),
    *("NX-19-3a", "YC-5.4-2", "WZ-6.3-6"),
    *("YQ-S1-5a", "YQ-S2-4", "YQ-S3-3", "YQ-S3-4", "YQ-S3-8", "YQ-S5-1.1b", "YQ-S5-1.1c"),
)
def next_stage(chain: Chain, passed: Collection[str]) -> Stage:
    """The stage of a chain that is next, the earlier ones having been passed in their order. Raises Refused past the end."""
    for stage in chain.stages:
        if stage.key not in passed:
            return stage
    raise Refused("本件各审核环节均已通过，不需要再审核。")


def may_review(stage: Stage, *, holds: bool, reviewer: int, authors: Collection[int]) -> None:
    """Whether a person may give the verdict of a stage: holds its role, and wrote nothing of what is judged. Raises Refused."""
    if not holds:
        raise Refused(f"本件目前处于“{stage.label}”环节，您没有这一环节的岗位，请由负责该环节的同志办理。")
    if reviewer in authors:
        raise Refused("您参与了本件的起草或者修改，不能审核本人起草的文件，请由其他同志办理。")


@carries("YQ-S3-4", "LD-A1-10-3", "LD-A1-10-5")
def judge_distinct(chain: Chain, *, reviewer: int, earlier: Collection[int]) -> None:
    """Whether somebody who already passed a stage of this round may pass another. Raises Refused.

    Only where the body's document counts persons (five persons at Yangquan; two leaders for a sensitive matter at Luodian) is
    one look by one person the very thing it asks for. Elsewhere it names posts, which in a small body one person may lawfully
    hold together (the head of the leading group is the leader in charge, NX-04-1), and refusing would leave nobody to sign.
    """
    if chain.distinct and reviewer in earlier:
        raise Refused(f"您已经办理了本轮的前一环节，“{chain.label}”要求由不同人员逐级审核，请由其他同志办理。")


@carries("LD-A1-11", "LD-A5-6", "NX-19-3b", "NX-19-5", "WZ-2-1", "WZ-6.3-7")
def judge_checks(stage: Stage, checked: Collection[str]) -> None:
    """Whether every point of the stage's list was looked at. Raises Refused naming the ones left out (LD-A1-11)."""
    left = [point for point in stage.checks if point not in checked]
    if left:
        raise Refused(f"还有未核对的事项：{'、'.join(left)}。请逐项核对后再通过；有问题的，请退回并写明意见。")


@carries("YQ-S3-5", "YQ-S3-8", "WZ-6.3-5b")
def judge_opinion(stage: Stage, opinion: str) -> None:
    """Whether the reviewer wrote what this stage asks for. Raises Refused."""
    if stage.asks and not opinion.strip():
        raise Refused(f"“{stage.label}”环节应当写明{stage.asks}，请填写意见后再通过。")


@carries("LD-A1-15")
def judge_lead(earliest: date, *, today: date) -> None:
    """Whether what had to be applied for some days ahead has waited that long. Raises Refused."""
    if today < earliest:
        raise Refused(
            f"本件是规定范围和形式以外的信息，须提前申请，最早可以在{chinese_date(earliest)}发布。情况紧急的，请办理“紧急发布”并写明理由。"
        )


def may_publish(*, publisher: int, authors: Collection[int]) -> None:
    """Whether a person may put a version before the public: somebody else than who wrote it. Raises Refused."""
    if publisher in authors:
        raise Refused("您参与了本件的起草或者修改，不能由本人发布，请由其他同志办理。")


@applies("option publish.government_roles")
@carries("LD-A4-7a")
def judge_publisher(content: str, *, roles: Collection[str], held: Collection[str], names: Collection[str]) -> None:
    """Whether somebody with these roles puts such a paper before the public. Raises Refused.

    `roles` are those that publish what goes out in the government's name, by the body's document; empty: whoever may publish.
    """
    if content == Content.GOVERNMENT and roles and not set(roles) & set(held):
        raise Refused(f"以政府名义印发的公文由{'、'.join(names)}统一对外公开，请转请办理。")


def may_release(*, why: str, releaser: int, authors: Collection[int]) -> None:
    """Whether somebody may publish before the chain is through: for a reason, and never what they wrote. Raises Refused."""
    if not why.strip():
        raise Refused("请写明紧急发布的理由：发生了什么情况，为什么不能等审核办完。")
    may_publish(publisher=releaser, authors=authors)


def may_approve_later(*, approver: int, released_by: int, authors: Collection[int]) -> None:
    """Whether somebody may approve an urgent publication afterwards: neither who ordered it nor who wrote it. Raises Refused."""
    if approver == released_by:
        raise Refused("本件由您决定紧急发布，不能由本人补办审批，请由其他负责同志办理。")
    if approver in authors:
        raise Refused("您参与了本件的起草或者修改，不能补办审批，请由其他负责同志办理。")
