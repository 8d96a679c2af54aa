"""What the price lists make of a number of requests or pages: the sums of the law, and what holds for every number."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.regulations import library
from requests_ogi.rules import Refused, fees
from requests_ogi.vocabulary import FeeBasis
from tests.conftest import TODAY

LAW = library.national(TODAY)
ITEM, PAGE = LAW.fees["per_item"], LAW.fees["per_page"]
SUMS = json.loads((Path(__file__).parents[1] / "law" / "fees.json").read_text("utf-8"))


@pytest.mark.rule("FEE109-4")
@pytest.mark.parametrize(("nth", "yuan"), SUMS["per_item_marginal"].items())
def test_the_fee_of_one_request_by_its_number_in_the_month(nth: str, yuan: int) -> None:
    assert fees.item_fee(int(nth), table=ITEM) == yuan


@pytest.mark.rule("FEE109-4", "FEE109-3")
@pytest.mark.parametrize(("count", "yuan"), SUMS["per_item_month_total"].items())
def test_the_fees_of_a_month(count: str, yuan: int) -> None:
    assert fees.month_fee(int(count), table=ITEM) == yuan


@pytest.mark.rule("FEE109-5", "FEE109-3")
@pytest.mark.parametrize(("pages", "yuan"), SUMS["per_page_total"].items())
def test_the_fee_of_so_many_pages(pages: str, yuan: int) -> None:
    assert fees.page_fee(int(pages), table=PAGE) == yuan


@given(st.integers(1, 400))
def test_a_month_costs_what_its_requests_cost_together(count: int) -> None:
    assert fees.month_fee(count, table=ITEM) == sum(fees.item_fee(nth, table=ITEM) for nth in range(1, count + 1))


@given(st.integers(1, 5000))
def test_one_more_never_costs_less(number: int) -> None:
    assert fees.item_fee(number, table=ITEM) <= fees.item_fee(number + 1, table=ITEM)
    assert fees.page_fee(number, table=PAGE) <= fees.page_fee(number + 1, table=PAGE)


@given(st.integers(1, 5000))
def test_the_account_adds_up_to_the_sum(pages: int) -> None:
    priced = fees.lines(PAGE, 1, pages)

    assert sum(line.count for line in priced) == pages
    assert fees.total(priced) == fees.page_fee(pages, table=PAGE)
    assert f"合计{fees.page_fee(pages, table=PAGE)}元" in fees.page_account(pages, table=PAGE)


@pytest.mark.parametrize(
    ("nth", "said"),
    [
        (12, "本月第12件，属于第11至30件，每件100元：100元"),
        (45, "本月第45件，属于第41至50件，每件300元：300元"),
    ],
)
def test_the_account_of_a_request_names_its_tier(nth: int, said: str) -> None:
    assert fees.item_account(nth, table=ITEM) == said


def test_the_account_of_pages_names_every_tier() -> None:
    assert fees.page_account(250, table=PAGE) == (
        "共250页：第1至30页，免费；第31至100页，每页10元，70页计700元；第101至200页，每页20元，100页计2000元；"
        "第201页以上，每页40元，50页计2000元；合计4700元"
    )


def test_the_lists_as_people_read_them() -> None:
    assert ITEM.rows == (
        ("第1至10件", "免费"),
        ("第11至30件", "每件100元"),
        ("第31件以上", "每件200元；每10件为一档，每增加一档，每件提高100元"),
    )
    assert (ITEM.free, PAGE.free) == (10, 30)


@pytest.mark.rule("LD-A8-12a", "FEE109-2", "REG-42")
@given(nth=st.integers(1, 10), pages=st.integers(1, 30))
def test_within_the_free_numbers_nothing_is_ever_charged(nth: int, pages: int) -> None:
    with pytest.raises(Refused, match="以下免费"):
        fees.reckon(FeeBasis.ITEM, ITEM, nth=nth, pages=None, outcome="granted")
    with pytest.raises(Refused, match="以下免费"):
        fees.reckon(FeeBasis.PAGE, PAGE, nth=nth, pages=pages, outcome="granted")


@pytest.mark.rule("FEE109-3")
def test_a_request_is_reckoned_by_one_list_only() -> None:
    by_item = fees.reckon(FeeBasis.ITEM, ITEM, nth=12, pages=500, outcome="granted")
    by_page = fees.reckon(FeeBasis.PAGE, PAGE, nth=12, pages=40, outcome="granted")

    assert (by_item.nth, by_item.pages, by_item.amount) == (12, None, 100)
    assert (by_page.nth, by_page.pages, by_page.amount) == (None, 40, 100)


@pytest.mark.parametrize(("day", "lists"), [(date(2020, 12, 31), 0), (date(2021, 1, 1), 2)])
def test_there_are_prices_since_2021(day: date, lists: int) -> None:
    assert len(library.national(day).fees) == lists
