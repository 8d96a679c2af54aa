"""What an entry of a department's content list must say, and what is published beside the list (LD-A1-14, LD-A1-15)."""

from collections.abc import Collection, Iterator

from portal.regulations.registry import carries

from ..vocabulary import Content, Release
from .refusal import Refused


@carries("LD-A1-14")
def judge_entry(*, release: str, category: str, limit: str, subject: str, period: str) -> None:
    """Whether an entry names category, time limit and subject, and a periodic one its period. Raises Refused."""
    asked = {"信息类别": category, "发布时限": limit, "发布主体": subject}
    left = [label for label, value in asked.items() if not value.strip()]
    if left:
        raise Refused(f"内容清单没有填全：{'、'.join(left)}。请填写后再提交。")
    if release == Release.PERIODIC and not period:
        raise Refused("定期发布的，请选择发布周期。")
    if release != Release.PERIODIC and period:
        raise Refused("只有定期发布的才有周期，请不要选择发布周期，或者把发布类型改为“定期发布”。")


@carries("LD-A1-14", "LD-A1-15")
def beside_the_list(content: str, columns: Collection[str], listed: Collection[str]) -> Iterator[str]:
    """What keeps a department's own information from going up: none of its columns is in the department's list.

    A department without a list is not held up here; the office is shown that it has none.
    """
    if content == Content.OWN and listed and not set(columns) & set(listed):
        yield (
            f"本件不在本单位信息发布内容清单之内（清单中的栏目：{'、'.join(sorted(listed))}），"
            "请选择清单中的栏目，或者先报公开办补充清单；确属清单以外的，内容类别改为“规定范围和形式以外的信息”"
        )
