"""Finding what is public, at a desk and on a phone: accessible, fitting, and working without scripts."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.search.models import Entry
from tests.browser.conftest import DESK, PHONE, fits
from tests.portal.search.items import publish

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]

TEXT = "为落实工业转型升级部署，对符合条件的技术改造项目给予专项资金支持，单个项目最高不超过核定投资额的百分之十。申报单位按时提交材料。"


@pytest.fixture(autouse=True)
def _published(transactional_db: None) -> Iterator[None]:
    for number in range(24):
        publish(
            f"关于下达第{number + 1}批技术改造专项资金项目计划的通知",
            TEXT,
            body=("nx", "wz", "ld")[number % 3],
            kind=("通知", "公告")[number % 2],
            published_on=date(2023 + number % 3, 1 + number % 12, 8),
            document_number=f"宁工信发〔{2023 + number % 3}〕{number + 1}号",
            validity=("有效", "废止")[number % 5 == 4],
            columns=("通知公告", "财政资金") if number % 2 else ("政策文件",),
            topics=("技术改造",),
        )
    yield
    Entry.objects.all().delete()


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("start", "/search/"),
        ("hits", "/search/?q=技术改造 资金"),
        ("narrowed", "/search/?q=专项资金&body=nx&year=2024"),
        ("nothing", "/search/?q=技术改造 火星基地&body=wz"),
    ],
)
def test_the_search_page_is_accessible_and_fits(
    open_browser: Open, axe: Judge, picture: Picture, name: str, address: str, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()

    page.goto(address)

    axe(page)
    assert fits(page)
    picture(page, f"search-{name}-{width}")


def test_without_scripts_a_citizen_finds_narrows_and_asks(open_browser: Open) -> None:
    page = open_browser(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/")

    page.get_by_label("查找公开信息", exact=True).get_by_role("searchbox").fill("宁工信发[2024]5号")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("找到1条")
    expect(page.get_by_role("link", name="关于下达第5批技术改造专项资金项目计划的通知")).to_be_visible()

    page.get_by_label("要查找的词").fill("火星基地")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="申请公开这项信息").click()
    page.get_by_role("link", name="罗甸县人民政府").first.click()

    expect(page).to_have_url("/requests/apply/?body=ld&q=%E7%81%AB%E6%98%9F%E5%9F%BA%E5%9C%B0")
