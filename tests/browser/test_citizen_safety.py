"""What the citizen's pages keep from others: from the next person at a computer, and from whoever has seen the code."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE, fits
from tests.browser.stage import Citizen, Clock, Held, Wish, click, expect_words, fill, here, press
from tests.cast import Cast
from tests.factories import RESIDENT_ID
from tests.requests_ogi.public.citizen import code_of, registered

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

WIDTHS = pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])


@WIDTHS
def test_who_leaves_a_shared_computer_leaves_nothing_behind(
    open_browser: Open, clock: Clock, axe: Judge, picture: Picture, nx: Cast, viewport: dict[str, int]
) -> None:
    page = open_browser(viewport=viewport).new_page()
    wish = Wish("在公用电脑上提出的申请")
    held = Citizen(page, clock).files(nx.body.name, wish)
    picture(page, f"safe-filed-{viewport['width']}")

    press(page, "退出并清除本机记录")
    page.goto(held.bookmark)

    expect_words(page, held.number, "不再显示查询码和申请内容")
    expect(here(page)).not_to_contain_text(held.code)
    expect(here(page)).not_to_contain_text(wish.title)
    axe(page)
    assert fits(page)
    picture(page, f"safe-filed-later-{viewport['width']}")


@WIDTHS
def test_a_request_on_paper_is_withdrawn_by_who_knows_the_identity_number(
    open_browser: Open, clock: Clock, axe: Judge, picture: Picture, nx: Cast, viewport: dict[str, int]
) -> None:
    case = registered(nx, day="2026-09-18")
    page = open_browser(viewport=viewport).new_page()
    Citizen(page, clock).tracks(Held(case.number, code_of(case), ""))
    click(page, "撤回申请")
    fill(page, {"申请人证件号码的后六位": "000000"})

    press(page, "确定撤回")

    expect(page.get_by_role("alert")).to_contain_text("不一致")
    axe(page)
    assert fits(page)
    picture(page, f"safe-proof-{viewport['width']}")
    fill(page, {"申请人证件号码的后六位": RESIDENT_ID[-6:]})
    press(page, "确定撤回")
    expect_words(page, "您的申请已经撤回")
