"""The shared pages in a browser: accessible, quiet on the console, fitting a phone, and working without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE, fits
from tests.cast import PASSWORD, Cast

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

PUBLIC = {"home": "/", "guide": "/bodies/nx/", "accessibility": "/accessibility/", "login": "/admin/login/"}


def log_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_is_accessible_and_fits(open_browser: Open, axe: Judge, picture: Picture, name: str, width: str) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()

    page.goto(PUBLIC[name])

    axe(page)
    assert fits(page)
    picture(page, f"{name}-{width}")


@pytest.mark.parametrize("aid", ["size/large", "contrast/on", "elder/on"])
def test_reading_aids_keep_pages_accessible(open_browser: Open, axe: Judge, picture: Picture, aid: str) -> None:
    page = open_browser(viewport=PHONE).new_page()

    page.goto(f"/reading/{aid}/?next=/bodies/wz/")

    axe(page)
    assert fits(page)
    picture(page, f"guide-{aid.replace('/', '-')}")


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到主要内容")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_without_scripts_a_citizen_finds_a_guide_and_the_door(open_browser: Open) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    page.goto("/")

    page.get_by_text("选择单位", exact=True).click()
    page.locator(".switch-list").get_by_role("link", name="罗甸县人民政府").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("罗甸县人民政府")
    expect(page.get_by_role("link", name="向本单位申请公开")).to_have_attribute("href", "/requests/apply/?body=ld")


def test_a_missing_page_shows_a_way_on(open_browser: Open, complaints: list[str], axe: Judge) -> None:
    page = open_browser().new_page()

    page.goto("/nothing/here/")

    axe(page)
    assert [text for text in complaints if "404" not in text] == []
    complaints.clear()
    page.get_by_role("link", name="回到首页").click()
    expect(page).to_have_url("/")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_desk_is_accessible_and_fits(
    open_browser: Open, axe: Judge, picture: Picture, nx: Cast, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    log_in(page, nx.chen.username)

    expect(page.get_by_role("heading", level=1, name="我的待办")).to_be_visible()

    axe(page)
    assert fits(page)
    picture(page, f"desk-{width}")


@pytest.mark.parametrize(
    "path", ["/admin/workdays/notice/", "/admin/workdays/notice/import/", "/admin/password_change/"]
)
def test_staff_pages_are_accessible_and_quiet(page: Page, axe: Judge, nx: Cast, path: str) -> None:
    log_in(page, nx.chen.username)

    page.goto(path)

    axe(page)
    assert fits(page)


def test_a_wrong_password_is_said_where_it_is_heard(page: Page, axe: Judge, nx: Cast) -> None:
    page.goto("/admin/login/")
    page.get_by_label("账号").fill(nx.li.username)
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_contain_text("账号或密码不正确")
    expect(page).to_have_title("错误：登录 - 政务公开工作平台")
    axe(page)
