"""Giving a part, at the browser: a name is covered with the mouse, the rest is given, and the applicant receives a copy."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.models import InformationRequest
from tests.browser.conftest import DESK, PHONE, fits
from tests.browser.stage import (
    Clerk,
    Clock,
    Town,
    Wish,
    choose,
    click,
    download,
    expect_heading,
    expect_words,
    fill,
    here,
    named,
    nothing,
    press,
)
from tests.cast import Cast
from tests.factories import assigned, at, review
from tests.materials import NAME_BOX, OPEN_WORDS, PHONE_BOX, SECRET_NAME, SECRET_PHONE, paper

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

LIST = {"name": "申报名单.pdf", "mimeType": "application/pdf", "buffer": paper(pages=2, hidden="written by Wang")}
HELD = ("内容明确", "是政府信息", "由本机关制作或者保存", "检索到现成的信息")
REASON = "公开会侵害申报人的个人隐私。"


def words(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def draw(page: Page, box: tuple[float, float, float, float]) -> None:
    """Cover a box of the page that is shown: press, drag, let go."""
    layer = page.locator("[data-stage] svg")
    expect(page.get_by_role("img", name=re.compile("的图像"))).to_be_visible()
    layer.scroll_into_view_if_needed()
    frame = layer.bounding_box()
    assert frame
    left, top, width, height = box
    page.mouse.move(frame["x"] + left * frame["width"], frame["y"] + top * frame["height"])
    page.mouse.down()
    page.mouse.move(frame["x"] + (left + width / 2) * frame["width"], frame["y"] + top * frame["height"] + 4)
    page.mouse.move(frame["x"] + (left + width) * frame["width"], frame["y"] + (top + height) * frame["height"])
    page.mouse.up()


@pytest.fixture
def look(axe: Judge, picture: Picture) -> Callable[[Page, str], None]:
    def looked(page: Page, name: str) -> None:
        axe(page)
        assert fits(page), page.url
        picture(page, f"redaction-{name}")

    return looked


@pytest.mark.rule("REG-37", "YQ-S1-9-4", "LD-A8-9-4", "YQ-S1-10h")
def test_a_name_and_a_number_are_covered_and_the_rest_is_given(
    open_browser: Open, clock: Clock, nx: Cast, look: Callable[[Page, str], None]
) -> None:
    town = Town(cast=nx, clock=clock, open_browser=open_browser, look=nothing)
    wish = Wish("2026年度首批补助名单")
    clock.set("2026-09-01", 9)
    citizen = town.citizen()
    held = citizen.files(nx.body.name, wish)
    town.assigns(wish.title)

    clock.set("2026-09-02", 9)
    li = town.clerk("li")
    li.finds(wish.title)
    li.begins("添加拟提供的材料")
    fill(li.page, {"材料名称": "首批补助名单"})
    named(li.page, "文件").set_input_files(LIST)
    look(li.page, "enclose")
    press(li.page, "添加拟提供的材料")
    expect_heading(li.page, "登记不予公开的部分")
    expect_words(li.page, "《首批补助名单》第1页，共2页")

    for box, what in ((NAME_BOX, "申报人的姓名"), (PHONE_BOX, "申报人的联系电话")):
        li.page.goto(li.page.url)  # the page without the message of the last act
        draw(li.page, box)
        expect(li.page.locator("rect.box-new")).to_have_count(1)
        fill(li.page, {"不予公开的内容": what, "理由": REASON})
        named(li.page, "依据").select_option(label="涉及个人隐私，公开会损害第三方合法权益（条例第十五条）")
        look(li.page, f"drawn-{what}")
        press(li.page, "登记这一处")
        expect(li.page.get_by_role("status").first).to_contain_text("已登记这一处")
    expect(li.page.locator("rect.box-set")).to_have_count(2)
    expect_words(li.page, "《首批补助名单》第1页：申报人的联系电话")
    li.page.goto(li.page.url)
    look(li.page, "registered")
    preview = download(li.page, "预览遮盖后的副本（PDF）")
    assert words(preview) == ""
    assert SECRET_NAME.encode() not in preview

    click(li.page, "返回本件")
    look(li.page, "case")
    li.begins("拟办答复")
    choose(li.page, *HELD, "涉及商业秘密、个人隐私等", "能够区分处理")
    fill(li.page, {"提供信息的时间、地点和方式": "自本答复书送达之日起，可凭查询码在本网站下载。"})
    press(li.page, "下一步：核对结果")
    expect_words(li.page, "《首批补助名单》第1页：申报人的姓名。依据：", "首批补助名单（不予公开的内容已遮盖）")
    look(li.page, "draft")
    li.finishes("保存这一稿", "已保存第1稿")
    case = InformationRequest.objects.get(title=wish.title)
    review(case, nx, at("2026-09-02", 9, 30))
    li.page.reload()
    li.takes("送审", told="已送审")
    town.approves(wish.title, "不予公开的部分", "申报人的联系电话", REASON)
    clock.set("2026-09-03", 9)
    town.serves_and_closes(wish.title)

    citizen.tracks(held)
    citizen.reads(wish.title, "办理结果：部分公开", "提供的信息", "不予公开的内容已遮盖")
    look(citizen.page, "answered")
    copy = download(citizen.page, "首批补助名单（PDF）")
    assert words(copy) == ""
    assert len(PdfReader(io.BytesIO(copy)).pages) == 2
    for secret in (SECRET_NAME, SECRET_PHONE, OPEN_WORDS, "written by Wang"):
        assert secret.encode() not in copy
    letter = citizen.takes_letter("政府信息公开申请答复书")
    assert "首批补助名单（不予公开的内容已遮盖）" in letter
    assert "第1页：申报人的姓名" in letter
    assert SECRET_PHONE not in letter


def marked(nx: Cast, clock: Clock, title: str) -> Any:
    """A case with a material of two pages, given to the department."""
    clock.set("2026-09-02", 9)
    case = assigned(nx, "2026-09-01", title=title)
    upload = Upload(LIST["name"], LIST["buffer"], "material")
    workflow.enclose(case, title="首批补助名单", upload=upload, by=nx.li, at=at("2026-09-01", 14))
    return case


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_an_area_can_be_typed_without_scripts(
    open_browser: Open, clock: Clock, nx: Cast, picture: Picture, viewport: Any
) -> None:
    case = marked(nx, clock, f"不用脚本也能遮盖{viewport['width']}")
    li = Clerk(open_browser(viewport=viewport, java_script_enabled=False).new_page(), nx.li.username)
    li.page.goto(f"/admin/requests/{case.number}/withhold/")

    choose(li.page, "本页画出的区域")
    for label, value in (("左", "8"), ("上", "10"), ("宽", "50"), ("高", "3")):
        li.page.get_by_label(label, exact=True).first.fill(value)
    fill(li.page, {"不予公开的内容": "申报人的姓名", "理由": REASON})
    named(li.page, "依据").select_option("privacy")
    picture(li.page, f"redaction-plain-{viewport['width']}")
    assert fits(li.page)
    press(li.page, "登记这一处")

    expect(li.page.locator("rect.box-set")).to_have_count(1)
    assert case.withheld.get().boxes == [[0.08, 0.1, 0.5, 0.03]]


def test_a_finger_draws_on_a_phone_when_it_is_told_to(
    open_browser: Open, clock: Clock, nx: Cast, look: Callable[[Page, str], None]
) -> None:
    case = marked(nx, clock, "在手机上遮盖")
    li = Clerk(open_browser(viewport=PHONE, has_touch=True).new_page(), nx.li.username)
    li.page.goto(f"/admin/requests/{case.number}/withhold/")

    here(li.page).get_by_role("button", name="用手指画框").click()
    draw(li.page, (0.08, 0.1, 0.5, 0.1))
    draw(li.page, (0.08, 0.25, 0.5, 0.1))
    draw(li.page, (0.08, 0.45, 0.5, 0.1))
    expect(li.page.locator("rect.box-new")).to_have_count(3)
    here(li.page).get_by_role("button", name="清除").last.click()
    expect(li.page.locator("rect.box-new")).to_have_count(2)

    look(li.page, "phone")
    li.page.goto(f"/admin/requests/{case.number}/")
    look(li.page, "phone-case")
