"""Correcting, suggesting and complaining in a browser, and the comforts of the tracking page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from requests_ogi import secrets, workflow
from requests_ogi.models import Motion
from tests.browser.conftest import DESK, PHONE, fits
from tests.browser.stage import Clock
from tests.cast import Cast
from tests.factories import applied, approved, at

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

PAGES = {
    "correction": "/requests/correction/?body=nx",
    "suggest": "/requests/suggest/?body=nx",
    "complain": "/requests/complain/?body=nx",
    "choose": "/requests/apply/",
}


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(open_browser: Open, axe: Judge, picture: Picture, name: str, width: str) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()

    page.goto(PAGES[name])

    axe(page)
    assert fits(page)
    picture(page, f"{name}-{width}")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_suggestion_is_made_and_followed(
    open_browser: Open, axe: Judge, picture: Picture, clock: Clock, nx: Cast, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    page.goto("/requests/suggest/?body=nx")

    page.get_by_role("button", name="提交建议").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写")
    axe(page)
    page.get_by_label("建议公开的信息").fill("公共充电桩分布")
    page.get_by_label("建议的理由").fill("很多人都需要，应当公开。")
    clock.pass_minutes(3)
    page.get_by_role("button", name="提交建议").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("主动公开建议已提交")
    axe(page)
    assert fits(page)
    picture(page, f"moved-{width}")

    motion = Motion.objects.latest("pk")
    page.get_by_role("link", name="查询办理进度").last.click()
    page.get_by_label("查询码", exact=True).fill(secrets.code_of(motion.submission_key, motion.number, motion.secret))
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("最迟").first).to_be_visible()
    axe(page)
    assert fits(page)
    picture(page, f"motion-{width}")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_tracking_page_says_where_it_is_and_asks_one_question_at_the_end(
    open_browser: Open, axe: Judge, picture: Picture, clock: Clock, nx: Cast, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    waiting = applied(nx.body, "2026-09-18")
    answered = approved(nx, "2026-09-18")
    workflow.serve(answered, manner="electronic", sent_on=date(2026, 9, 20), by=nx.chen, at=at("2026-09-20"))

    for case, name in ((waiting, "waiting"), (answered, "answered")):
        page.goto("/requests/track/")
        page.get_by_label("申请编号", exact=True).fill(case.number)
        page.get_by_label("查询码", exact=True).fill(secrets.code_of(case.submission_key, case.number, case.secret))
        page.get_by_role("button", name="查询").click()
        expect(page.get_by_text("现在到哪一步")).to_be_visible()
        axe(page)
        assert fits(page)
        picture(page, f"tracking-{name}-{width}")

    page.get_by_role("link", name="评价办理情况").click()
    axe(page)
    picture(page, f"rate-{width}")
    page.get_by_label("很满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("感谢您的评价")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/requests/track/{answered.number}/$"))
