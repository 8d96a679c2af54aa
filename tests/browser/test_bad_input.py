"""What goes wrong between people and pages: said where it happened, in a whole sentence, and nothing lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from requests_ogi.models import InformationRequest
from requests_ogi.views.guessing import MISSES_AT_NUMBER
from tests.browser.stage import (
    CONCERN,
    PAPER,
    Citizen,
    Clerk,
    Clock,
    Held,
    Wish,
    choose,
    expect_heading,
    expect_words,
    fill,
    here,
    named,
    press,
)
from tests.cast import Cast
from tests.factories import RESIDENT_ID, applied

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

DISGUISED = {"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x00\x00 a program under another name"}


def at_the_check_page(page: Page, clock: Clock, body: str, wish: Wish) -> Citizen:
    citizen = Citizen(page, clock)
    citizen.goes_to_apply(body)
    citizen.fills_in(wish)
    citizen.hands_in(申请人身份证明=PAPER)
    expect_heading(page, "请核对您填写的内容")
    clock.pass_minutes(6)
    return citizen


def test_a_wrong_digit_and_a_disguised_file_cost_nothing_else(
    page: Page, clock: Clock, axe: Judge, picture: Picture, nx: Cast
) -> None:
    citizen = Citizen(page, clock)
    citizen.goes_to_apply(nx.body.name)
    citizen.answers("由谁提出申请", "kind", CONCERN, "自然人", "申请人自己办理")
    wrong = RESIDENT_ID[:-1] + "1"
    citizen.answers("申请人的身份", "applicant", "居民身份证", 姓名="王小明", 证件号码=wrong)

    expect(page).to_have_title(re.compile("^错误："))
    expect(page.get_by_role("alert")).to_be_focused()
    axe(page)
    picture(page, "bad-checksum")
    page.get_by_role("alert").get_by_role("link", name="身份证号码校验不通过").click()
    expect(named(page, "证件号码")).to_be_focused()
    expect(named(page, "证件号码")).to_have_value(wrong)
    expect(named(page, "姓名")).to_have_value("王小明")

    fill(page, {"证件号码": RESIDENT_ID})
    press(page, "继续")
    citizen.answers("您需要什么信息", "information", 所需信息的名称="某项目的批复文件")
    citizen.answers("怎样提供给您", "reply", "电子文件", "网上查看和下载")
    citizen.answers("怎样联系您", "contact", 联系电话="138 0000 0000")
    citizen.hands_in(申请人身份证明=[PAPER, DISGUISED])
    expect(page.get_by_role("alert")).to_contain_text("“身份证.pdf”是程序或脚本")
    expect(page.get_by_role("list", name="申请人身份证明：已上传的文件")).to_contain_text("身份证.png")
    axe(page)
    picture(page, "bad-file")

    press(page, "上传并继续")
    expect_heading(page, "请核对您填写的内容")
    expect_words(page, RESIDENT_ID, "某项目的批复文件", "身份证.png")


def test_the_back_button_keeps_every_answer(page: Page, clock: Clock, nx: Cast) -> None:
    at_the_check_page(page, clock, nx.body.name, Wish("前一个名称"))

    for heading in ("上传材料", "怎样联系您", "怎样提供给您", "您需要什么信息"):
        page.go_back()
        expect_heading(page, heading)
    expect(named(page, "所需信息的名称")).to_have_value("前一个名称")
    fill(page, {"所需信息的名称": "改过的名称"})
    press(page, "继续")

    expect_heading(page, "请核对您填写的内容")
    expect_words(page, "改过的名称", "13800000000", "身份证.png")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_sending_twice_makes_one_request(open_browser: Open, clock: Clock, nx: Cast, scripts: bool) -> None:
    page = open_browser(java_script_enabled=scripts).new_page()
    wish = Wish(f"点了两次的申请{scripts}")
    citizen = at_the_check_page(page, clock, nx.body.name, wish)

    here(page).get_by_role("button", name="提交申请").dblclick()
    citizen.keeps()
    page.go_back()

    expect_words(page, "已经提交的不受影响，请凭申请编号和查询码查询")
    assert InformationRequest.objects.filter(title=wish.title).count() == 1


def test_who_comes_second_is_told_who_was_first(
    open_browser: Open, clock: Clock, axe: Judge, picture: Picture, complaints: list[str], nx: Cast
) -> None:
    case = applied(nx.body, "2026-09-18", title="两个人同时分办的申请")
    chen = Clerk(open_browser().new_page(), nx.chen.username)
    he = Clerk(open_browser().new_page(), nx.he.username)
    for one in (chen, he):
        one.finds(case.title)
        one.begins("分办")
        choose(one.page, nx.department.name)
    chen.finishes("分办", "已分办给")

    choose(he.page, nx.other_department.name)
    press(he.page, "分办")

    expect(he.page.get_by_role("alert")).to_contain_text("陈立新已于9月21日")
    expect(he.page.get_by_role("alert")).to_contain_text("您刚才的操作没有执行")
    expect(he.page.get_by_role("radio", name=nx.other_department.name)).to_be_checked()
    expect(he.page.get_by_role("button", name="分办")).to_have_count(0)
    axe(he.page)
    picture(he.page, "bad-stale")
    case.refresh_from_db()
    assert case.department == nx.department
    assert [text for text in complaints if "409" not in text] == []
    complaints.clear()


def test_guessing_codes_is_stopped_politely(
    page: Page, clock: Clock, axe: Judge, picture: Picture, complaints: list[str], nx: Cast
) -> None:
    case = applied(nx.body, "2026-09-18", title="别人的申请")
    citizen = Citizen(page, clock)
    held = Held(case.number, "AAAAAAAAAA", "")

    citizen.tracks(held)
    expect(page.get_by_role("alert")).to_contain_text("申请编号或者查询码不正确")
    expect(named(page, "申请编号")).to_have_value(re.compile(case.number, re.I))
    axe(page)
    for _ in range(MISSES_AT_NUMBER - 1):
        fill(page, {"查询码": "BBBBBBBBBB"})
        press(page, "查询")
        expect(page.get_by_role("alert")).to_contain_text("申请编号或者查询码不正确")
    press(page, "查询")

    expect_heading(page, "操作过于频繁")
    expect_words(page, "请稍候再试", "拨打受理电话")
    axe(page)
    picture(page, "bad-guessing")
    assert [text for text in complaints if "429" not in text] == []
    complaints.clear()
