"""What may be closed by the negative list, and what happened that asks for a second look (条例第十三条至第十六条、第十八条)."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from portal.regulations.publishing import Attribute, Category
from portal.regulations.registry import applies, carries

from ..vocabulary import GOES_OUT, LISTED_NOW, Cause, Weighed
from .refusal import Refused

_PROVISION = re.compile(r"《[^》]+》.*第[一二三四五六七八九十百零〇\d]+条")
PROCESS, THIRD_PARTY = "process_info", "third_party_rights"
"""What the national grounds of process information, and those that protect somebody else, lead to when they are refused."""


@applies("category *")
@carries("NX-16-1", "NX-19-5", "NX-16-10", "YQ-S1-7a")
def judge_listing(category: Category | None, *, title: str, detail: str, basis: str) -> None:
    """Whether an item may go on the list: of a lawful category, described, with the provision it rests on. Raises Refused."""
    if category is None:
        raise Refused("所选类别不在本机关的负面清单范围内，请重新选择。")
    if not category.grounds:
        raise Refused(f"“{category.label}”不能作为不予公开的理由：{category.note}")
    if not title.strip() or not detail.strip():
        raise Refused("请写明事项名称和具体范围，做到看得懂、对得上。")
    if not _PROVISION.search(basis):
        raise Refused("请写明所依据的法律、法规及其条款，例如“《中华人民共和国统计法》第二十五条”。")


@carries("NX-16-0", "NX-16-1", "NX-16-3a", "NX-16-7", "NX-19-5", "YC-5.4-1a", "YC-5.4-1b", "LD-A4-3-1c")
def missing_of(
    attribute: Attribute | None, *, openness: str, cited: bool, state: str, title: str, category: Category | None
) -> Iterator[str]:
    """What a document owes of the item that closes it. `state`, `title` and `category` are those of the item, if one is cited."""
    if attribute is None:
        return
    if not cited:
        if attribute.item_required:
            yield f"公开属性为“{attribute.label}”，没有对应负面清单中的现行事项（清单以外的事项原则上应当公开）"
        return
    if openness in GOES_OUT and openness != "partial":
        yield f"公开属性为“{attribute.label}”，不应再引用负面清单事项“{title}”"
    if state not in LISTED_NOW:
        yield f"所引用的负面清单事项“{title}”不是现行事项，应当改引现行事项或者予以公开"
    if category is None or not category.grounds:
        why = category.note if category else "本机关清单没有这一类别"
        yield f"所引用的负面清单事项“{title}”不能作为不予公开的理由（{why.rstrip('。')}）"


@carries("NX-16-3a", "NX-16-3b")
def statistics_missing(*, approval: str, due_on: date | None, today: date) -> Iterator[str]:
    """What statistics wait for before anybody outside sees them: the consent of the statistics authority, and their day."""
    if not approval.strip():
        yield "本件是统计资料，没有登记统计部门审核同意的文号"
    if due_on is None:
        yield "本件是统计资料，没有登记公布日期"
    elif today < due_on:
        yield f"本件是统计资料，公布日期为{due_on.year}年{due_on.month}月{due_on.day}日，此前不得对外提供"


@carries("NX-16-2", "NX-16-6a", "NX-16-6b")
def judge_cause(cause: str, *, outcomes: Collection[str] | None, happened_on: date, note: str, today: date) -> None:
    """Whether this asks for a second look. `outcomes` are what the cited item's grounds lead to, None where none is cited."""
    if happened_on > today:
        raise Refused("原因发生的日期不能晚于今天，请核对后重新填写。")
    if not note.strip():
        raise Refused("请写明情况，例如决定的名称、文号或者第三方书面意见的日期。")
    if outcomes is None:
        return
    if cause == Cause.DECISION and PROCESS not in outcomes:
        raise Refused("本件不是以过程性信息不予公开的，请选择其他原因。")
    if cause in {Cause.CONSENT, Cause.PUBLIC_INTEREST} and THIRD_PARTY not in outcomes:
        raise Refused("本件不是为保护第三方合法权益不予公开的，请选择其他原因。")


@carries("NX-16-2", "NX-16-6b")
def judge_weighing(cause: str, result: str, *, reason: str) -> None:
    """Whether this is a possible result: what a third party consents to, or the public interest demands, is made public."""
    if not reason.strip():
        raise Refused("请写明重新衡量的理由：公开的需要和不公开的需要各是什么。")
    if result == Weighed.STAYS and cause in {Cause.CONSENT, Cause.PUBLIC_INTEREST}:
        raise Refused("第三方同意公开，或者不公开会对公共利益造成重大影响的，应当予以公开，不能继续不予公开。")
