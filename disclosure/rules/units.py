"""What a public unit (公共企事业单位) owes: its catalogue and the filing of it, and what its information must say (LD-A5)."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from portal.regulations.registry import carries

from ..vocabulary import Audience, Content
from .refusal import Refused

Items = Sequence[dict[str, Any]]


@carries("LD-A5-10a")
def judge_edition(items: Items, former: Items | None, *, same_promise: bool) -> None:
    """Whether there is something to compile: items, and others than in the edition before. Raises Refused."""
    if not items:
        raise Refused("本单位还没有列入目录的公开事项。请先在“公开事项目录”申请增加事项，再编制目录。")
    if former is not None and list(items) == list(former) and same_promise:
        raise Refused("公开事项和承诺期限与上一版相同，不需要重新编制。事项有变化的，请先申请变更事项。")


@carries("LD-A5-3a")
def judge_promise(days: int | None, *, statutory: int) -> None:
    """Whether a unit may promise this limit, in working days: never beyond the statutory one. Raises Refused."""
    if days is not None and not 1 <= days <= statutory:
        raise Refused(f"承诺公开期限应当为1至{statutory}个工作日，不能长于法定期限，请重新填写。")


def judge_publisher(*, publisher: int, compiler: int) -> None:
    """Whether somebody may publish an edition: another than who compiled it. Raises Refused."""
    if publisher == compiler:
        raise Refused("您编制了这一版目录，不能由本人公布，请由单位负责人办理。")


@carries("LD-A5-10c")
def judge_order(opinion: str, days: int | None, *, shortest: int, longest: int) -> None:
    """Whether an order to correct says what is wrong, and until when it is to be put right. Raises Refused."""
    if not opinion.strip():
        raise Refused("请写明哪些内容不合法或者不合理、要求怎样改正。")
    if days is None or not shortest <= days <= longest:
        raise Refused(f"请填写改正期限：{shortest}至{longest}个工作日。")


@carries("LD-A5-5", "LD-A5-3b")
def missing_of(
    content: str,
    *,
    unit: bool,
    chosen: str,
    classes: Collection[str],
    internal: Collection[str],
    audience: str,
    major: bool,
    stage: str,
    stages: Collection[str],
) -> Iterator[str]:
    """What a document owes where a body's law knows public units: the class of its content, the reach, the stage if it matters."""
    if unit and content == Content.OWN:
        yield f"公共企事业单位的信息，内容类别应当选择“{Content.SERVICE.label}”"
    if content != Content.SERVICE:
        return
    if not unit:
        yield f"只有公共企事业单位可以选择内容类别“{Content.SERVICE.label}”"
    if chosen not in classes:
        yield f"没有选择属于哪一类应当公开的内容（{'、'.join(classes)}）"
    if chosen in internal and audience != Audience.STAFF:
        yield f"“{chosen}”在单位内部公开，公开范围应当选择“{Audience.STAFF.label}”"
    if major and stage not in stages:
        yield f"重要事项没有选择公开阶段（{'、'.join(stages)}）"
