"""What an application to adjust the catalogue of openness items must hold (LD-A7)."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from portal.regulations.registry import carries

from ..vocabulary import Adjustment
from .refusal import Refused

ELEMENTS = {
    "title": "公开事项",
    "content": "公开内容",
    "renewal": "信息更新时间",
    "subject": "公开主体",
    "support": "信息保障单位",
    "channel": "公开渠道",
    "column": "公开栏目",
    "basis": "公开依据",
    "audience": "公开对象",
    "manner": "公开方式",
}
"""The ten elements in the order of LD-A7-2."""

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}")


@carries("LD-A7-2", "LD-A7-5", "LD-A7-6", "LD-A7-7", "YC-5.1-2")
def judge_elements(action: str, elements: Mapping[str, object], steps: list[str], *, code: str) -> None:
    """An item that stays on the list has all ten elements and its flow chart; one that leaves needs none. Raises Refused."""
    if action == Adjustment.REMOVE:
        return
    left = [label for key, label in ELEMENTS.items() if not str(elements.get(key, "")).strip()]
    if left:
        raise Refused(f"公开事项的要素没有填全：{'、'.join(left)}。请逐项填写后再提交。")
    if len(steps) < 2:
        raise Refused("请同步编制流程图：每一步写一行，至少两步。")
    if not _CODE.fullmatch(code):
        raise Refused("事项编码由大写字母、数字和连字符组成（3至40位），例如 CZ-2026-01，请改正后重新提交。")


@carries("LD-A7-3")
def judge_origin(action: str, origin: str, origins: Collection[str]) -> None:
    """Whether an item says which list it was derived from, where the body's document names the lists. Raises Refused."""
    if action != Adjustment.REMOVE and origins and origin not in origins:
        raise Refused(f"请选择公开事项的梳理来源：{'、'.join(origins)}。")


@carries("LD-A7-F", "LD-A7-8a")
def judge_form(*, cause: str, cause_on: date, basis: str, detail: str, phone: str, today: date) -> None:
    """What the form asks besides the elements. Raises Refused naming what is empty, or a day that has not come yet."""
    asked = {"调整事由": cause, "变更依据": basis, "变更详情": detail, "联系电话": phone}
    left = [label for label, value in asked.items() if not value.strip()]
    if left:
        raise Refused(f"申请表没有填全：{'、'.join(left)}。请填写后再提交。")
    if cause_on > today:
        raise Refused("调整事由发生的日期不能晚于今天，请核对后重新填写。")


@carries("LD-A7-8b")
def judge_seal(*, sealer: int, filler: int, opinion: str) -> None:
    """The unit reviews and seals through somebody else than who filled the form in. Raises Refused."""
    if sealer == filler:
        raise Refused("填表人不能审核本人填写的申请表，请由单位负责人审核盖章。")
    if not opinion.strip():
        raise Refused("请写明部门意见。")
