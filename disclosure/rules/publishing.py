"""When something may be put before the public, and what is owed when it comes late (条例第二十六条)."""

from datetime import date, datetime

from portal.moment import chinese_date
from portal.regulations.registry import carries

from .attribute import goes_out
from .refusal import Refused


@carries("REG-26")
def may_go_out(openness: str, *, embargo_until: datetime | None, at: datetime) -> None:
    """Whether a document may become public at this moment. Raises Refused."""
    if not goes_out(openness):
        raise Refused("本件的公开属性不是主动公开，不能发布。请办理“办结”。")
    if embargo_until is not None and at < embargo_until:
        raise Refused("本件还在限制公开的时间内，不能发布。请在该时间之后办理，或者设定定时发布。")


def may_schedule(publish_at: datetime, *, embargo_until: datetime | None, at: datetime) -> None:
    """Whether this may be the moment at which the document becomes public by itself. Raises Refused."""
    if publish_at <= at or (embargo_until is not None and publish_at < embargo_until):
        raise Refused("定时发布的时间应当晚于现在，也不能早于限制公开的截止时间，请重新设定。")


def may_embargo(until: datetime, *, reason: str, at: datetime) -> None:
    """Whether publication may be held back until a moment: one to come, with the reason on record. Raises Refused."""
    if until <= at:
        raise Refused("限制公开的截止时间应当晚于现在，请重新设定。")
    if not reason.strip():
        raise Refused("请写明限制公开的理由，例如统计数据尚未到规定的发布时间。")


@carries("LD-A6-5-4a")
def judge_late(last_day: date | None, *, on: date, reason: str, demanded: bool) -> None:
    """Whether what becomes public after its last day has its sufficient reason on record. Raises Refused.

    `last_day` is that of the statutory term, None where none runs; `demanded`: whether the body's document asks for the reason.
    """
    if demanded and last_day is not None and on > last_day and not reason.strip():
        raise Refused(
            f"本件应当在{chinese_date(last_day)}以前公开，现已超过主动公开期限。请写明逾期公开的理由后再办理，理由会记录在案。"
        )
