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
