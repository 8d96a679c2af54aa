"""Texts on paper at the places where people read them (条例第二十五条)."""

from collections.abc import Collection
from datetime import date

from portal.regulations.registry import applies, carries

from .refusal import Refused


@applies("option copies.places")
@carries("LD-A4-7b", "LD-A6-5-2")
def judge_delivery(
    place: str,
    places: Collection[str],
    *,
    copies: int,
    received_by: str,
    delivered_on: date,
    published_on: date,
    today: date,
) -> None:
    """Whether the handing over of a text may be recorded. Raises Refused."""
    if place not in places:
        raise Refused("本机关的规定中没有这一查阅场所，请从所列场所中选择。")
    if copies < 1 or not received_by.strip():
        raise Refused("请写明送交的纸质份数和签收人。")
    if not published_on <= delivered_on <= today:
        raise Refused("送交日期应当在公开之日和今天之间，请核对后重新填写。")
