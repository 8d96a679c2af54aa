"""A citizen at a real browser: files a request, holds number and code, follows it, adds to it, withdraws it.

`choose`, `go_on`, `file_request` and `follow` are the pieces of which longer journeys are made.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal import moment
from portal.moment import local_date
from requests_ogi import workflow
from requests_ogi.forms.sending import LEAST_SECONDS
from requests_ogi.models import InformationRequest
from tests.browser.conftest import DESK, PHONE, fits
from tests.cast import Cast
from tests.factories import RESIDENT_ID

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]
Seen = Callable[[Page, str], None]

PAPER = {"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% made up\n%%EOF\n"}
DISGUISED = {"name": "照片.png", "mimeType": "image/png", "buffer": b"MZ\x00\x00 a program"}
TITLE = "2025年度技术改造专项资金项目安排表"


@dataclass(frozen=True)
class Held:
    """What a citizen holds in hand after filing."""

    number: str
    code: str
    bookmark: str


def choose(page: Page, *labels: str) -> None:
    """Pick answers by what is written beside them."""
    for label in labels:
        page.locator("main").get_by_label(label, exact=True).check()


def go_on(page: Page, button: str = "继续") -> None:
    page.locator("main").get_by_role("button", name=button, exact=True).click()


def nothing(page: Page, name: str) -> None:
    """Look at a page without remark."""


def file_request(page: Page, body: str, *, title: str = TITLE, seen: Seen = nothing) -> Held:
    """File a request as a natural person, from the choice of the body (its full name) to the confirmation page."""
    page.goto("/requests/apply/")
    seen(page, "choose")
    page.locator("main").get_by_role("link", name=re.compile(body)).click()
    choose(page, "自然人", "申请人自己办理")
    seen(page, "kind")
    go_on(page)
    page.get_by_label("姓名").fill("王小明")
    choose(page, "居民身份证")
    page.get_by_label("证件号码").fill(RESIDENT_ID)
    seen(page, "applicant")
    go_on(page)
    page.get_by_label("所需信息的名称").fill(title)
    page.get_by_label("其他特征性描述").fill("含项目名称、承担单位和补助金额")
    seen(page, "information")
    go_on(page)
    choose(page, "电子文件", "网上查看和下载（答复后凭查询码在本网站下载）")
    seen(page, "reply")
    go_on(page)
    page.get_by_label("联系电话").fill("１３８ ００００ ００００")
    seen(page, "contact")
    go_on(page)
    page.get_by_label("申请人身份证明").set_input_files(PAPER)  # type: ignore[arg-type]
    seen(page, "files")
    go_on(page, "上传并继续")
    seen(page, "check")
    page.wait_for_timeout(LEAST_SECONDS * 1000)  # a person reads before pressing
    go_on(page, "提交申请")
    expect(page.get_by_role("heading", level=1)).to_have_text("申请已提交")
    seen(page, "filed")
    facts = page.locator(".confirmation-facts dd").all_inner_texts()
    return Held(number=facts[0], code=facts[1], bookmark=page.url)


def follow(page: Page, held: Held) -> None:
    """Open a request with its number and code."""
    page.goto("/requests/track/")
    page.get_by_label("申请编号").fill(held.number)
    page.get_by_label("查询码", exact=True).fill(held.code)
    go_on(page, "查询")
    expect(page.get_by_text(held.number).first).to_be_visible()


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_every_page_of_filing_is_accessible_and_fits(
    open_browser: Open, axe: Judge, picture: Picture, nx: Cast, files: Any, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()

    def look(page: Page, name: str) -> None:
        axe(page)
        assert fits(page)
        picture(page, f"citizen-{name}-{width}")

    held = file_request(page, nx.body.name, seen=look)
    follow(page, held)
    look(page, "follow")


def test_filing_and_following_need_no_scripts(open_browser: Open, nx: Cast, files: Any) -> None:
    page = open_browser(java_script_enabled=False).new_page()

    held = file_request(page, nx.body.name)
    follow(page, held)

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_an_error_takes_the_reader_to_the_field(page: Page, axe: Judge, picture: Picture, nx: Cast) -> None:
    page.goto("/requests/apply/?body=nx")
    choose(page, "自然人", "申请人自己办理")
    go_on(page)
    page.get_by_label("姓名").fill("王小明")
    choose(page, "居民身份证")
    page.get_by_label("证件号码").fill(RESIDENT_ID[:-1] + "1")
    go_on(page)

    expect(page).to_have_title(re.compile("^错误："))
    axe(page)
    picture(page, "citizen-error-desk")
    page.get_by_role("alert").get_by_role("link").click()

    expect(page.get_by_label("证件号码")).to_be_focused()
    expect(page.get_by_label("姓名")).to_have_value("王小明")


def test_a_disguised_file_is_refused_and_the_good_one_stays(
    page: Page, axe: Judge, picture: Picture, nx: Cast, files: Any
) -> None:
    page.goto("/requests/apply/?body=nx")
    choose(page, "自然人", "申请人自己办理")
    go_on(page)
    page.get_by_label("姓名").fill("王小明")
    choose(page, "居民身份证")
    page.get_by_label("证件号码").fill(RESIDENT_ID)
    go_on(page)
    page.get_by_label("所需信息的名称").fill(TITLE)
    go_on(page)
    choose(page, "纸质文件", "当面领取（到受理机构领取）")
    go_on(page)
    page.get_by_label("联系电话").fill("0951-1234567")
    go_on(page)
    page.get_by_label("申请人身份证明").set_input_files([PAPER, DISGUISED])  # type: ignore[list-item]
    go_on(page, "上传并继续")

    expect(page.get_by_role("alert")).to_contain_text("“照片.png”是程序或脚本")
    expect(page.locator(".kept-name")).to_have_text(["身份证.pdf"])
    axe(page)
    picture(page, "citizen-files-desk")


def test_the_bookmark_and_the_receipt_are_there_in_another_browser(
    open_browser: Open, page: Page, nx: Cast, files: Any, tmp_path: Path
) -> None:
    held = file_request(page, nx.body.name)

    home = open_browser().new_page()
    home.goto(held.bookmark)
    with home.expect_download() as download:
        home.get_by_role("link", name="下载登记回执（PDF）").click()
    download.value.save_as(tmp_path / "receipt.pdf")

    expect(home.locator(".confirmation-secret dd")).to_have_text(held.code)
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF-")


def test_a_citizen_adds_what_was_asked_and_then_withdraws(
    page: Page, axe: Judge, picture: Picture, nx: Cast, files: Any
) -> None:
    held = file_request(page, nx.body.name)
    at = moment.now()
    workflow.ask_completion(
        InformationRequest.objects.get(number=held.number),
        items="请写明所需信息涉及的县（区）",
        working_days=15,
        manner="electronic",
        sent_on=local_date(at),
        by=nx.chen,
        at=at,
    )

    follow(page, held)
    axe(page)
    picture(page, "citizen-completing-desk")
    page.locator(".todo-now").get_by_role("link", name="提交补正内容").click()
    page.get_by_label("补正的内容").fill("某县")
    axe(page)
    go_on(page, "提交补正内容")
    expect(page.get_by_text("您补正的内容已经收到")).to_be_visible()

    page.get_by_role("link", name="撤回申请").click()
    axe(page)
    go_on(page, "确定撤回")
    expect(page.locator(".follow-number .tag")).to_have_text("已撤回")

    go_on(page, "退出查询")
    page.goto(f"/requests/track/{held.number}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("查询办理进度")
