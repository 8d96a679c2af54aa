"""What the office keeps beside the documents: clean-ups, sensitive words, what goes to other sites; and the page of the signature."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from disclosure import workflow
from disclosure.models import Outgoing, Site
from disclosure.vocabulary import Sending
from tests.browser.conftest import PHONE, fits
from tests.browser.stage import Clerk, expect_heading, here
from tests.cast import Cast
from tests.disclosure.listed import listed
from tests.disclosure.making import proposed, published, reviewed
from tests.disclosure.test_normative import normative_one
from tests.factories import at

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]
Look = Callable[[Page, str], None]


@pytest.fixture
def look(axe: Judge, picture: Picture) -> Look:
    """Judge a page at a desk and on a phone, and keep a picture of both."""

    def looked(page: Page, name: str) -> None:
        desk = page.viewport_size
        for width, size in (("1280", desk), ("390", PHONE)):
            assert size is not None
            page.set_viewport_size(size)
            axe(page)
            assert fits(page), f"{name} at {width}"
            picture(page, f"office-{name}-{width}")
        assert desk is not None
        page.set_viewport_size(desk)

    return looked


@pytest.fixture
def office(nx: Cast, open_browser: Open, files: Any) -> Clerk:
    """The openness office of Ningxia."""
    return Clerk(open_browser().new_page(), nx.chen.username)


EARLIER = "2026-09-18"
"""A day before the one on the walls."""


def test_the_office_goes_through_the_documents_in_force(nx: Cast, office: Clerk, look: Look) -> None:
    for number in (1, 2):
        normative_one(nx, EARLIER, document_number=f"宁工信清〔2026〕{number}号")
    page = office.page
    page.goto("/admin/cleanups/")
    look(page, "cleanups")
    page.get_by_role("link", name="开始清理").click()
    look(page, "cleanups-begin")
    here(page).get_by_role("button", name="开始清理").click()
    expect_heading(page, "2026年规范性文件清理")
    look(page, "cleanup")
    here(page).get_by_role("link", name="作出结论").nth(1).click()
    here(page).get_by_label("继续有效").check()
    look(page, "cleanup-conclude")
    office.finishes("作出结论", "清理结论已记录")
    look(page, "cleanup-begun")


def test_the_office_keeps_the_list_of_words(nx: Cast, office: Clerk, look: Look) -> None:
    page = office.page
    page.goto("/admin/words/add/")
    look(page, "words-add")
    here(page).get_by_label("敏感词").fill("拆迁底价")
    here(page).get_by_label("列入的理由").fill("曾经误发")
    office.finishes("添加敏感词", "自即日起查找这个词")
    look(page, "word")
    page.goto("/admin/words/")
    look(page, "words")


def test_the_office_sees_what_did_not_arrive(nx: Cast, office: Clerk, look: Look) -> None:
    site = Site.objects.create(body=nx.body, code="portal", name="自治区政府门户网站")
    document = published(nx, EARLIER)
    document.outgoing.update(state=Sending.FAILED, tries=3, last_error="对方网站没有响应")
    page = office.page

    page.goto("/admin/outgoing/")
    look(page, "outgoing")
    here(page).get_by_role("link", name="重新同步").click()
    here(page).get_by_role("radio").check()
    look(page, "outgoing-retry")
    office.finishes("重新同步", "已列入等待同步")

    assert Outgoing.objects.get(document=document).state == Sending.WAITING
    Site.objects.filter(pk=site.pk).update(in_use=False)


def test_the_signer_decides_the_attribute(
    nx: Cast, open_browser: Open, look: Look, complaints: list[str], files: Any
) -> None:
    document = reviewed(nx, proposed(nx, EARLIER), EARLIER)
    listed(nx, EARLIER)
    ma = Clerk(open_browser().new_page(), nx.ma.username)

    ma.page.goto(f"/admin/documents/{document.number}/sign/")
    look(ma.page, "sign")
    here(ma.page).get_by_role("radio", name="不予公开").check()
    here(ma.page).get_by_role("button", name="签发").click()
    look(ma.page, "sign-refused")
    complaints.clear()  # the browser notes that the act was refused


def test_an_amendment_is_given_up(nx: Cast, open_browser: Open, look: Look, files: Any) -> None:
    document = published(nx, EARLIER)
    workflow.amend(document, by=nx.li, at=at(EARLIER, 17))
    li = Clerk(open_browser().new_page(), nx.li.username)

    li.page.goto(f"/admin/documents/{document.number}/")
    li.begins("放弃修订")
    here(li.page).get_by_label("理由").fill("经研究，现行规定仍然适用。")
    look(li.page, "abandon")
    li.finishes("放弃修订", "公众看到的版本不变")
    look(li.page, "abandoned")
