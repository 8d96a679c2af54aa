"""Who may review, sign and publish: never somebody who wrote what is judged."""

from collections.abc import Collection

from portal.regulations.publishing import Chain, Stage
from portal.regulations.registry import carries

from .refusal import Refused


@carries("LD-A1-10-0")
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


def judge_checks(stage: Stage, checked: Collection[str]) -> None:
    """Whether every point of the stage's list was looked at. Raises Refused naming the ones left out (LD-A1-11)."""
    left = [point for point in stage.checks if point not in checked]
    if left:
        raise Refused(f"还有未核对的事项：{'、'.join(left)}。请逐项核对后再通过；有问题的，请退回并写明意见。")


def may_publish(*, publisher: int, authors: Collection[int]) -> None:
    """Whether a person may put a version before the public: somebody else than who wrote it. Raises Refused."""
    if publisher in authors:
        raise Refused("您参与了本件的起草或者修改，不能由本人发布，请由其他同志办理。")
