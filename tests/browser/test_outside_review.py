"""The page of a reviewer without an account, at a desk and on a phone, with its link dead afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from disclosure import workflow
from disclosure.models import Invitation
from disclosure.workflow import Upload
from portal import moment
from portal.moment import local_date
from tests.browser.conftest import DESK, PHONE, fits
from tests.cast import Cast
from tests.disclosure.making import drafted, guide
from tests.factories import at

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]


@pytest.fixture
def link(nx: Cast, files: Any) -> Invitation:
    """A link made today, to a paper with a file."""
    day = local_date(moment.now())
    document = drafted(nx, day.isoformat(), uploads=(Upload("申报指南.docx", guide(), "专精特新中小企业申报指南"),))
    workflow.propose(document, by=nx.li, at=at(day, 9))
    return workflow.invite(document, organ="自治区司法厅", by=nx.chen, at=at(day, 9))


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_reviewer_reads_answers_and_the_link_is_dead(
    open_browser: Open, axe: Judge, picture: Picture, complaints: list[str], link: Invitation, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    address = f"/disclosure/review/{link.key}/"

    page.goto(address)
    axe(page)
    assert fits(page)
    picture(page, f"disclosure-review-{width}")
    page.get_by_label("需要修改").check()
    page.get_by_label("审核人姓名").fill("王审核")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("请写明哪些内容需要修改").first).to_be_visible()
    axe(page)
    page.get_by_label("没有意见，同意").check()
    page.get_by_role("button", name="提交意见").click()

    expect(page.get_by_role("heading", name="已收到您的审核意见")).to_be_visible()
    axe(page)
    page.goto(address)
    expect(page.get_by_role("heading", name="链接无效或者已经失效")).to_be_visible()
    axe(page)
    complaints.clear()  # the browser notes that the page is gone
