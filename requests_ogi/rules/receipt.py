"""Which day counts as the day of receipt (条例第三十一条)."""

from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries

from ..vocabulary import ReceiptRule
from .refusal import Refused


@dataclass(frozen=True)
class Receipt:
    """The day of receipt, or None while the body still has to confirm it; and how it was found."""

    on: date | None
    basis: str


@carries("REG-31")
def received_on(
    rule: ReceiptRule, *, arrived_on: date, signed_on: date | None = None, confirmed_on: date | None = None
) -> Receipt:
    """The day of receipt (条例第三十一条) under the receipt rule of a channel.

    In person: the day of submission. Signed-for post: the day of signing. Ordinary letter, fax, internet: the day the body
    and the applicant confirm it; until then there is no day of receipt. Raises Refused for dates that cannot be.
    """
    if rule is ReceiptRule.SUBMISSION:
        return Receipt(arrived_on, f"申请人于{chinese_date(arrived_on)}当面提交，以提交之日为收到申请之日")
    if rule is ReceiptRule.SIGNING:
        if signed_on is None:
            raise Refused("请填写签收日期：需要签收的邮件，以行政机关签收之日为收到申请之日。")
        return Receipt(signed_on, f"本机关于{chinese_date(signed_on)}签收，以签收之日为收到申请之日")
    if confirmed_on is None:
        return Receipt(None, f"{chinese_date(arrived_on)}到达，尚待与申请人确认")
    if confirmed_on < arrived_on:
        raise Refused(f"确认日期不能早于申请到达日期（{chinese_date(arrived_on)}），请核对后重新填写。")
    return Receipt(confirmed_on, f"双方于{chinese_date(confirmed_on)}确认收到，以确认之日为收到申请之日")


@carries("REG-29", "LD-A8-7b", "WZ-6.2-1")
def may_fill_in_for(*, assisted: bool, told: bool, difficulty: str, read_back: bool, in_time: bool) -> None:
    """Whether a request that staff filled in may be registered (条例第二十九条): writing was hard for the applicant, and what
    was written down was read back and confirmed. `in_time`: it was told before it was registered.
    """
    if not assisted:
        if told:
            raise Refused("这种提出方式由申请人自己填写，不需要登记代为填写的情况。")
        return
    if not difficulty.strip():
        raise Refused("口头、电话、电报提出的申请由工作人员代为填写，请写明申请人书写困难的情况。")
    if not read_back:
        raise Refused("代为填写后，请将内容读给申请人并经其确认，再登记。")
    if not in_time:
        raise Refused("通话、来访或者收电的时间不能晚于现在，请核对后重新填写。")
