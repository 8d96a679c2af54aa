"""What may be withheld from a material, how it is marked, and what an answer that gives information must have settled."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.regulations.registry import carries

from ..vocabulary import REFUSALS, Outcome, Scope
from .refusal import Refused

Box = tuple[float, float, float, float]
MOST_BOXES = 60
GIVING = (Outcome.GRANTED, Outcome.PARTIAL)
"""Outcomes by which information is given."""


def box(left: float, top: float, width: float, height: float) -> Box:
    """A rectangle on a page, as fractions of it from the upper left corner. Raises Refused unless it lies on the page."""
    found = tuple(round(float(value), 5) for value in (left, top, width, height))
    across, down = found[0] + found[2], found[1] + found[3]
    if not all(0 <= value <= 1 for value in found) or not (found[2] and found[3]) or max(across, down) > 1.0001:
        raise Refused("遮盖区域应当在页面之内：左、上、宽、高都在0到100之间，左加宽、上加高不超过100，宽和高大于0。")
    return found[0], found[1], found[2], found[3]


@carries("REG-37", "YQ-S1-9-4", "LD-A8-9-4", "YQ-S1-10h")
def judge_part(
    scope: Scope,
    *,
    what: str,
    reason: str,
    page: int | None,
    pages: int | None,
    boxes: Iterable[Box],
) -> None:
    """Refuse a withheld part that does not say what, where and why. `pages` are the material's, None without a material.

    What can be separated must be: so each part is as small as it is drawn, and bears its own reason (条例第三十七条).
    """
    if not what.strip():
        raise Refused("请写明不予公开的是什么内容，例如“第2页的联系电话”。")
    if not reason.strip():
        raise Refused("请写明这一部分不予公开的理由：部分公开的，每一处都要向申请人说明理由。")
    if (scope != Scope.ELSEWHERE) != (pages is not None):
        raise Refused("请先添加拟提供的材料，再登记其中不予公开的部分；没有上传的材料，请选择“没有上传的内容”。")
    drawn = list(boxes)
    if (scope == Scope.AREA) != bool(drawn):
        raise Refused(
            "请在页面上画出要遮盖的区域，或者填写区域的位置。"
            if scope == Scope.AREA
            else "已经画出遮盖区域的，范围请选择“画出的区域”；整页、整份不予公开的，请先清除画出的区域。"
        )
    if len(drawn) > MOST_BOXES:
        raise Refused(f"一次最多登记{MOST_BOXES}个区域，请分几次登记。")
    if scope in {Scope.AREA, Scope.PAGE} and (page is None or pages is None or not 1 <= page <= pages):
        raise Refused("页码不在这份材料的页数之内，请核对后重新填写。")


@dataclass(frozen=True)
class Giving:
    """What stands registered for an answer: ids of the parts and materials now, and those its draft was written on.

    `grounds` are the outcomes the parts' grounds lead to; `refusal` the one the seven steps named. `released`: how many
    materials something is left of. `online`: the applicant is to fetch electronic files.
    """

    parts: frozenset[int] = frozenset()
    materials: frozenset[int] = frozenset()
    drafted_parts: frozenset[int] = frozenset()
    drafted_materials: frozenset[int] = frozenset()
    grounds: frozenset[str] = frozenset()
    refusal: str = ""
    released: int = 0
    online: bool = False


@carries("REG-37", "YQ-S1-9-4", "LD-A8-9-4")
def judge_giving(outcome: str, giving: Giving) -> None:
    """Refuse an answer that gives information while what is withheld and what is given are not settled.

    部分公开 names at least one part, and gives what is left; 予以公开 withholds nothing. Raises Refused.
    """
    if outcome == Outcome.GRANTED and giving.parts:
        raise Refused("本件登记了不予公开的部分，不能按“予以公开”答复。请按“部分公开”拟办，或者取消这些登记。")
    if outcome == Outcome.PARTIAL:
        if not giving.parts:
            raise Refused("部分公开应当逐项列明不予公开的部分，请先办理“登记不予公开的部分”，再拟办答复。")
        if giving.refusal not in giving.grounds:
            raise Refused("七步判断选择的不予公开情形，与已登记各部分的依据都不一致，请核对后修改其中一处。")
        if giving.online and not giving.released:
            raise Refused("申请人选择在网上获取电子文件，部分公开的应当提供可以公开的内容，请先添加拟提供的材料。")
    if outcome in GIVING and (giving.parts, giving.materials) != (giving.drafted_parts, giving.drafted_materials):
        raise Refused("拟提供的材料或者不予公开的部分在拟办之后有变动，请重新保存拟办意见，再继续办理。")


@carries("YQ-S1-10h", "LD-A8-9-2")
def judge_ground(outcome: str, ground_outcome: str | None) -> None:
    """Refuse a whole refusal whose ground (by the outcome it leads to) is not in the body's law, or is another outcome's."""
    if outcome not in REFUSALS:
        return
    if ground_outcome is None:
        raise Refused("请从本机关适用的规定中选择不予公开的依据。")
    if ground_outcome != outcome:
        raise Refused("选择的不予公开依据与七步判断得出的情形不一致，请核对后修改其中一处。")
