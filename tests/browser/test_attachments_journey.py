"""A long Word paper and a scan, from the drafter's upload to a citizen who reads them as pages."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from disclosure.models import Document
from tests.browser.conftest import PHONE, fits
from tests.browser.stage import Clerk, Clock, Town, click, expect_heading, expect_words, fill, here, press
from tests.browser.test_publishing_journey import opens, through_the_chain
from tests.cast import Cast
from tests.disclosure.papers import CHAPTERS, NOTE, PICTURED, SCANNED, TITLE, long_paper, scanned_paper

Open = Callable[..., BrowserContext]
Look = Callable[[Page, str], None]
WORD = {
    "name": "管理办法.docx",
    "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "buffer": long_paper(),
}
SCAN = {"name": "培训计划.pdf", "mimeType": "application/pdf", "buffer": scanned_paper()}


@pytest.fixture
def town(cast_of: Callable[[str], Cast], clock: Clock, open_browser: Open, picture: Look) -> Town:
    """Ningxia. Its people work without scripts: texts are typed into the plain field."""
    clock.set("2026-09-21", 9)
    plain = partial(open_browser, java_script_enabled=False)
    return Town(cast_of("nx"), clock, plain, lambda page, name: picture(page, f"attachments-{name}"))


def writes(clerk: Clerk, title: str, file: dict[str, Any]) -> str:
    """Write a document whose content is its attachment; returns its index number."""
    clerk.page.goto("/admin/documents/draft/")
    fill(clerk.page, {"标题": title, "正文": f"现将《{title}》予以公布，全文见附件。"})
    here(clerk.page).get_by_label("附件").set_input_files(file)
    press(clerk.page, "保存草稿")
    expect_heading(clerk.page, title)
    return Document.objects.get(versions__title=title).number


def goes_public(town: Town, number: str, *, decided: bool = False) -> None:
    """Sent up, what could not be searched looked at and decided once for the file, reviewed, signed, published."""
    li, chen = town.clerk("li"), town.clerk("chen")
    opens(li, number)
    li.takes("送审", told="已送审")
    opens(chen, number)
    chen.look(chen.page, "findings")
    if not decided:
        chen.takes(
            "处理检查结果",
            "无法检查的内容",
            "可以公开",
            理由="已打开附件逐页查看，没有不宜公开的内容。",
            told="处理结论已记录",
        )
    expect(here(chen.page).get_by_text("尚未处理")).to_have_count(0)
    through_the_chain(town, number)
    opens(chen, number)
    chen.takes("发布", told="已向社会公开")


def sees(sheet: Locator) -> None:
    """A picture is there when somebody comes to it."""
    sheet.scroll_into_view_if_needed()
    expect(sheet).to_have_js_property("complete", True)
    assert sheet.evaluate("picture => picture.naturalWidth") > 100


def reads(page: Page, number: str, file: str, axe: Callable[[Page], None], picture: Look, name: str) -> None:
    """A citizen opens the document and the reading version of its file, at a desk and on a phone."""
    page.goto(f"/disclosure/nx/documents/{number}/")
    axe(page)
    here(page).get_by_role("link", name=re.compile(f"网页阅读.*{file}")).click()
    expect_heading(page, file)
    for sheet in here(page).get_by_role("img").all():
        sees(sheet)
    axe(page)
    picture(page, f"attachments-{name}")
    page.set_viewport_size(PHONE)
    assert fits(page)
    axe(page)
    picture(page, f"attachments-{name}-phone")


def test_a_paper_of_twenty_pages_is_read_as_a_page(
    town: Town, open_browser: Open, axe: Callable[[Page], None], picture: Look
) -> None:
    number = writes(town.clerk("li"), f"{TITLE}的通知", WORD)
    goes_public(town, number)

    page = open_browser().new_page()
    reads(page, number, "管理办法", axe, picture, "word")

    for chapter in CHAPTERS:
        expect(here(page).get_by_role("heading", name=chapter)).to_be_visible()
    expect_words(page, "第一条", "第五十六条", NOTE, "原文的页眉、页脚没有收入阅读版")
    table = here(page).get_by_role("table")
    expect(table.locator('th[scope="colgroup"][colspan="2"]')).to_have_text("支持标准")
    expect(table.locator('td[rowspan="2"]')).to_have_text("服务机构")
    expect(here(page).get_by_role("listitem").filter(has_text="提供政策咨询、信息查询")).to_have_count(len(CHAPTERS))
    expect(here(page).get_by_role("img", name=PICTURED)).to_be_visible()
    here(page).get_by_role("navigation", name="目录").get_by_role("link", name=re.compile("资金支持")).click()
    expect(page).to_have_url(re.compile(r"#part-\d+$"))
    with page.expect_download() as saved:
        here(page).get_by_role("link", name=re.compile(r"下载原件（Word 文档，\d+ KB）")).click()
    assert saved.value.suggested_filename == "管理办法.docx"


def test_a_scan_is_read_page_by_page_and_by_what_was_typed_of_it(
    town: Town, open_browser: Open, axe: Callable[[Page], None], picture: Look
) -> None:
    li = town.clerk("li")
    title, *lines = SCANNED
    number = writes(li, title, SCAN)
    expect_words(li.page, "附件“培训计划”是扫描件或者图片，没有文字层，无法自动检查")
    goes_public(town, number)
    page = open_browser().new_page()
    reads(page, number, "培训计划", axe, picture, "scan")
    expect_words(page, "只有图像，没有文字", "需要文字版本的，请拨打")
    expect(here(page).get_by_role("img", name="第3页的图像")).to_be_visible()

    opens(li, number)
    li.takes("修订", told="已另起一版")
    li.begins("修改")
    fill(li.page, {"变更说明": "补充附件的文字，便于阅读和检索。"})
    li.finishes("修改", "已保存新的一版")
    li.begins("录入附件文字")
    fill(li.page, {"“培训计划”的文字": f"## {title}\n" + "\n".join(lines)})
    li.look(li.page, "typing")
    li.finishes("录入附件文字", "已保存录入的文字")
    goes_public(town, number, decided=True)

    page = open_browser().new_page()
    reads(page, number, "培训计划", axe, picture, "typed")
    expect_words(page, *lines, "录入，供阅读和检索；与图像不一致的，以图像为准")
    page.goto(f"/search/?q={lines[-1]}")
    click(page, title)
    expect_heading(page, title)


def test_a_drafter_has_the_editor_and_hears_of_a_file_that_is_too_large_before_it_is_sent(
    cast_of: Callable[[str], Cast], clock: Clock, open_browser: Open, axe: Callable[[Page], None], picture: Look
) -> None:
    clock.set("2026-09-21", 9)
    li = Clerk(open_browser().new_page(), cast_of("nx").li.username)
    li.page.goto("/admin/documents/draft/")
    fill(li.page, {"标题": "附件过大的文件"})
    here(li.page).get_by_role("textbox", name="正文").fill("见附件。")
    large = {"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + bytes(21 * 1024 * 1024)}

    here(li.page).get_by_label("附件").set_input_files(large)
    press(li.page, "保存草稿")

    expect(here(li.page).get_by_role("alert")).to_contain_text("文件“大.pdf”超过20MB。请压缩图片")
    expect(here(li.page).get_by_role("textbox", name="正文")).to_contain_text("见附件。")
    axe(li.page)
    picture(li.page, "attachments-too-large")
    here(li.page).get_by_label("附件").set_input_files(WORD)
    press(li.page, "保存草稿")
    expect_heading(li.page, "附件过大的文件")
    here(li.page).get_by_role("link", name=re.compile("阅读版")).click()
    expect_heading(li.page, "管理办法")
    sees(here(li.page).get_by_role("img", name=PICTURED))
    axe(li.page)
    picture(li.page, "attachments-reviewed")
