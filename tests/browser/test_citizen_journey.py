"""The citizen's pages in a browser: every page judged at a desk and on a phone, the bookmark, completing, withdrawing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.moment import local_date
from requests_ogi import workflow
from requests_ogi.models import InformationRequest
from tests.browser.conftest import DESK, PHONE, fits
from tests.browser.stage import Citizen, Clock, Wish, click, download, expect_heading, fill, here, pdf_words, press
from tests.cast import Cast

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

WISH = Wish("2025年度技术改造专项资金项目安排表")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_every_page_of_filing_is_accessible_and_fits(
    open_browser: Open, clock: Clock, axe: Judge, picture: Picture, nx: Cast, width: str
) -> None:
    def look(page: Page, name: str) -> None:
        axe(page)
        assert fits(page)
        picture(page, f"citizen-{name}-{width}")

    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    citizen = Citizen(page, clock, look)
    held = citizen.files(nx.body.name, WISH)
    citizen.tracks(held)
    citizen.reads(WISH.title, held.number)
    page.get_by_text("逐日说明").click()

    look(page, "follow")


def test_the_bookmark_and_the_receipt_are_there_in_another_browser(
    open_browser: Open, page: Page, clock: Clock, nx: Cast
) -> None:
    held = Citizen(page, clock).files(nx.body.name, WISH)

    elsewhere = Citizen(open_browser().new_page(), clock)
    elsewhere.page.goto(held.bookmark)
    receipt = pdf_words(download(elsewhere.page, "下载登记回执（PDF）"))

    assert elsewhere.keeps() == held
    assert held.number in receipt
    assert held.code in receipt
    assert "2026年10月26日" in receipt


def test_a_citizen_adds_what_was_asked_and_then_withdraws(
    page: Page, clock: Clock, axe: Judge, picture: Picture, nx: Cast
) -> None:
    citizen = Citizen(page, clock)
    held = citizen.files(nx.body.name, WISH)
    at = clock.now()
    workflow.ask_completion(
        InformationRequest.objects.get(number=held.number),
        items="请写明所需信息涉及的县（区）",
        working_days=15,
        manner="electronic",
        sent_on=local_date(at),
        by=nx.chen,
        at=at,
    )

    citizen.tracks(held)
    citizen.reads(WISH.title, "等待您补正", "请写明所需信息涉及的县（区）")
    axe(page)
    picture(page, "citizen-completing-desk")
    click(page, "提交补正内容")
    fill(page, {"补正的内容": "某县"})
    axe(page)
    press(page, "提交补正内容")
    citizen.reads(WISH.title, "您补正的内容已经收到")

    click(page, "撤回申请")
    axe(page)
    press(page, "确定撤回")
    citizen.reads(WISH.title, "您的申请已经撤回", "本机关不再办理")
    expect(here(page).get_by_role("link", name="撤回申请")).to_have_count(0)

    press(page, "退出查询")
    page.goto(f"/requests/track/{held.number}/")
    expect_heading(page, "查询办理进度")
