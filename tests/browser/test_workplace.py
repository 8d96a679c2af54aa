"""The pages of the workplace in a browser: accessible, quiet on the console, and fitting a desk and a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.letters.service import Manner
from requests_ogi import workflow
from tests.browser.conftest import DESK, PHONE, fits
from tests.browser.stage import Clerk, Clock, choose, expect_heading, fill, press
from tests.cast import Cast
from tests.factories import applied, assigned, at, served, submitted

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]
Look = Callable[[Page, str], None]
DAY = "2026-09-21"


@pytest.fixture(params=["desk", "phone"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    return {"desk": DESK, "phone": PHONE}[request.param]


@pytest.fixture
def look(axe: Judge, picture: Picture, request: pytest.FixtureRequest) -> Look:
    """Judge a page in every way, and keep its picture."""

    def looked(page: Page, name: str) -> None:
        axe(page)
        assert fits(page), page.url
        picture(page, f"staff-{name}-{request.node.callspec.params['viewport']}")

    return looked


@pytest.fixture
def clerk(open_browser: Open, viewport: dict[str, int], clock: Clock, nx: Cast) -> Callable[[str], Clerk]:
    """One of the cast of nx at a browser of this width, in the evening of the day."""
    clock.set(DAY, 18)
    return lambda who: Clerk(open_browser(viewport=viewport).new_page(), getattr(nx, who).username)


def test_the_office_finds_its_way(clerk: Callable[[str], Clerk], look: Look, nx: Cast) -> None:
    case = applied(nx.body, DAY, title="自治区绿色工厂名单及评价材料")
    served(nx, DAY, title="已经送达的一件")
    chen = clerk("chen")
    look(chen.page, "desk")
    chen.page.goto("/admin/requests/?state=open")
    look(chen.page, "queue")
    chen.page.goto("/admin/requests/register/")
    look(chen.page, "register")
    chen.page.goto(f"/admin/requests/{case.number}/")
    look(chen.page, "case")
    he = clerk("he")
    for one, act in ((chen, "分办"), (chen, "发补正告知书"), (he, "征求第三方意见")):
        one.page.goto(f"/admin/requests/{case.number}/")
        one.begins(act)
        look(one.page, act)
    chen.page.goto(f"/admin/requests/{case.number}/unmask/")
    look(chen.page, "unmask")


def test_the_department_drafts(clerk: Callable[[str], Clerk], look: Look, nx: Cast) -> None:
    case = assigned(nx, DAY, title="自治区智能工厂名单")
    li = clerk("li")
    look(li.page, "desk-liaison")
    li.page.goto(f"/admin/requests/{case.number}/")
    li.begins("拟办答复")
    look(li.page, "draft-empty")
    press(li.page, "下一步：核对结果")
    expect(li.page.get_by_role("alert")).to_contain_text("请回答“补不补”")
    look(li.page, "draft-unanswered")
    choose(li.page, "内容明确", "是政府信息", "由本机关制作", "检索到现成的信息", "可以公开")
    fill(li.page, {"提供信息的时间、地点和方式": "自本答复书送达之日起，可凭查询码在本网站下载。"})
    press(li.page, "下一步：核对结果")
    expect(li.page.get_by_role("region", name="核对结果")).to_be_visible()
    look(li.page, "draft-checked")
    li.page.goto(f"/admin/requests/{case.number}/")
    li.begins("登记检索")
    look(li.page, "search")


def test_the_leader_reads_and_signs(clerk: Callable[[str], Clerk], look: Look, nx: Cast) -> None:
    case = submitted(nx, DAY, title="自治区中小企业发展专项资金管理办法")
    ma = clerk("ma")
    ma.page.goto(f"/admin/requests/{case.number}/approve/")
    look(ma.page, "approve")
    workflow.approve(case, by=nx.ma, at=at(DAY, 16))
    chen = clerk("chen")
    chen.page.goto(f"/admin/requests/{case.number}/serve/")
    look(chen.page, "serve")
    workflow.serve(case, manner=Manner.ELECTRONIC, sent_on=at(DAY).date(), by=nx.chen, at=at(DAY, 17))
    chen.page.goto(f"/admin/requests/{case.number}/")
    expect_heading(chen.page, case.title)
    chen.page.get_by_text("逐日计算").first.click()
    look(chen.page, "case-served")
