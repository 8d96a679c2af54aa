"""The information-processing fee (国办函〔2020〕109号): what a price list makes of a number of requests or pages, in yuan.

A list is super-progressive: each bracket prices its own pieces only. The numbers are in the profile; here is only the sum.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import carries
from portal.regulations.schema import Fee

from ..vocabulary import FeeBasis, Outcome
from .refusal import Refused

MOST_PAGES = 100_000
"""More pages than any answer has: a slip of the finger is caught before it becomes a sum."""

PAGED_OUTCOMES = (Outcome.GRANTED, Outcome.PARTIAL)
"""Answers that hand out pages. What only points to public information is never charged by the page (第五条)."""


@dataclass(frozen=True)
class Tier:
    """Pieces `first` to `last` (None: without end) at `price` yuan each."""

    first: int
    last: int | None
    price: int


@dataclass(frozen=True)
class Line:
    """What one tier adds to a sum: `count` pieces, of which the tier has `first` to `last`."""

    tier: Tier
    count: int

    @property
    def sum(self) -> int:
        return self.count * self.tier.price


def tiers(table: Fee, *, upto: int) -> Iterator[Tier]:
    """The tiers of a list one after the other, until the piece numbered `upto` is covered."""
    for place, bracket in enumerate(table.brackets):
        following = table.brackets[place + 1].first if place + 1 < len(table.brackets) else None
        if bracket.every is None:
            yield Tier(bracket.first, following - 1 if following else None, bracket.price)
            continue
        first, price = bracket.first, bracket.price
        while first <= upto:
            yield Tier(first, first + bracket.every - 1, price)
            first, price = first + bracket.every, price + bracket.rise


def lines(table: Fee, first: int, last: int) -> list[Line]:
    """What the pieces `first` to `last` cost, tier by tier; nothing if there are none."""
    found = []
    for tier in tiers(table, upto=last):
        end = last if tier.last is None else min(last, tier.last)
        count = end - max(first, tier.first) + 1
        if count > 0:
            found.append(Line(tier, count))
    return found


def total(priced: Iterable[Line]) -> int:
    """The sum of some lines, in yuan."""
    return sum(line.sum for line in priced)


@carries("FEE109-4")
def item_fee(nth: int, *, table: Fee) -> int:
    """What the `nth` request of an applicant in a calendar month costs, in yuan."""
    return total(lines(table, nth, nth))


@carries("FEE109-4")
def month_fee(count: int, *, table: Fee) -> int:
    """What `count` requests of one applicant in a calendar month cost together, in yuan."""
    return total(lines(table, 1, count))


@carries("FEE109-5")
def page_fee(pages: int, *, table: Fee) -> int:
    """What `pages` pages of one answer cost, in yuan. Pages of several answers are never added up."""
    return total(lines(table, 1, pages))


def item_account(nth: int, *, table: Fee) -> str:
    """How the fee of the `nth` request of a month comes about, in one line."""
    line = lines(table, nth, nth)[0]
    return f"本月第{nth}件，属于{span(line.tier, table.measure)}，{_each(line.tier, table.measure)}：{line.sum}元"


def page_account(pages: int, *, table: Fee) -> str:
    """How the fee of one answer of `pages` pages comes about, in one line."""
    parts = [
        f"{span(line.tier, table.measure)}，{_each(line.tier, table.measure)}"
        + (f"，{line.count}{table.measure}计{line.sum}元" if line.tier.price else "")
        for line in lines(table, 1, pages)
    ]
    return f"共{pages}页：{'；'.join(parts)}；合计{page_fee(pages, table=table)}元"


def span(tier: Tier, measure: str) -> str:
    """第11至30件, or 第201页以上."""
    if tier.last is None:
        return f"第{tier.first}{measure}以上"
    return f"第{tier.first}至{tier.last}{measure}"


def _each(tier: Tier, measure: str) -> str:
    return f"每{measure}{tier.price}元" if tier.price else "免费"


@dataclass(frozen=True)
class Charge:
    """What one request is charged: by one list, for its place in the month or for its pages; in yuan, with its account."""

    basis: FeeBasis
    amount: int
    account: str
    nth: int | None = None
    pages: int | None = None


@carries("FEE109-2", "FEE109-3", "FEE109-5", "REG-42", "LD-A8-12a")
def reckon(basis: FeeBasis, table: Fee | None, *, nth: int, pages: int | None, outcome: str) -> Charge:
    """What a request costs by one of the two lists. `nth` is its number in the applicant's month, `outcome` that of its draft.

    Raises Refused where it costs nothing: free is the rule (条例第四十二条), and before 2021 there was no list at all.
    """
    if table is None:
        raise Refused("本件适用的规定没有信息处理费的收费标准（自2021年1月1日起施行），不能收费，请按期答复。")
    if basis is FeeBasis.ITEM:
        if item_fee(nth, table=table) == 0:
            raise Refused(
                f"本件是申请人本月第{nth}件，每月{table.free}件以下免费，不能按件收取信息处理费。请继续办理，按期答复。"
            )
        return Charge(basis, item_fee(nth, table=table), item_account(nth, table=table), nth=nth)
    if outcome not in PAGED_OUTCOMES:
        raise Refused(
            "按量计收以实际提供的页数为准，请先拟办“予以公开”或者“部分公开”的答复。只告知已公开信息获取途径的，不得按量收费。"
        )
    if pages is None or not 1 <= pages <= MOST_PAGES:
        raise Refused(f"请填写实际提供的页数（1至{MOST_PAGES}页，A4及以下幅面的单面为1页）。")
    if page_fee(pages, table=table) == 0:
        raise Refused(f"提供的信息共{pages}页，{table.free}页以下免费，不能按量收取信息处理费。请继续办理，按期答复。")
    return Charge(basis, page_fee(pages, table=table), page_account(pages, table=table), pages=pages)


@carries("LD-A8-12b", "REG-42", "FEE109-2", "FEE109-6")
def may_charge(
    *, charged_from: str, beyond_reason: bool, why: str, already: bool, consulting: bool, last_day: date, sent_on: date
) -> None:
    """Whether a fee may be charged at all: never by itself. Somebody found the volume plainly beyond reason and says why,
    the body charges in that case, it is the first notice of this request, and the limit for the answer still runs.
    """
    if charged_from != "unreasonable_volume":
        raise Refused("本机关依申请提供政府信息一律不收取费用，请继续办理，按期答复。")
    if already:
        raise Refused("本件已经发过收费通知书，一件申请只能收费一次，不能重复收费。")
    if not beyond_reason or not why.strip():
        raise Refused("依申请提供政府信息以不收费为原则。请先认定数量、频次明显超过合理范围，并写明认定的情况。")
    if consulting:
        raise Refused("本件正在征求意见，能够提供的内容还没有确定。请待反馈意见或者反馈期限届满后，再决定是否收费。")
    if sent_on > last_day:
        raise Refused(
            f"收费通知应当在答复期限内发出，答复期限已于{chinese_date(last_day)}届满，不能再收费。请立即答复申请人。"
        )


@carries("FEE109-6")
def may_record_payment(*, amount: int, owed: int, paid_on: date, sent_on: date, today: date) -> None:
    """Whether a payment is what was asked for, on a day that can be. A late one still counts until the lapse is found."""
    if amount != owed:
        raise Refused(f"收费通知书载明的数额是{owed}元，登记的数额是{amount}元。请核对财政票据，足额缴纳后再登记。")
    if not sent_on <= paid_on <= today:
        raise Refused("缴费日期应在收费通知书发出日期和今天之间，请对照财政票据核对后重新填写。")


@carries("FEE109-6")
def may_lapse_fee(*, last_day: date | None, today: date, provisional: bool = False) -> None:
    """Whether an unpaid fee may be taken for abandoning the request: the day of receipt is known, and the period is over for
    certain (`provisional`: the calendar it is counted by is not announced).
    """
    if last_day is None:
        raise Refused("还没有登记申请人收到收费通知书的日期，缴费期限尚未起算，不能认定逾期。请先登记收到日期。")
    if today <= last_day:
        raise Refused(f"缴费期限至{chinese_date(last_day)}届满，目前不能认定逾期。申请人在最后一日内仍可缴费。")
    if provisional:
        raise Refused("缴费期限所在年度的放假安排尚未导入，最后一日只是暂定，不能认定逾期。请先导入放假安排再办理。")
