"""From the citizen's question to the sealed dossier and back, at each of the five bodies, as people see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, fits
from tests.browser.stage import AGENT, FIRM, Citizen, Clock, Town, Wish, choose, click, expect_words, fill, press
from tests.cast import Cast

Open = Callable[..., BrowserContext]
Picture = Callable[[Page, str], None]
At = Callable[[str], Town]


@pytest.fixture
def town(cast_of: Callable[[str], Cast], clock: Clock, open_browser: Open, picture: Picture) -> At:
    """A body by its code; what its people look at is kept as pictures under its code."""

    def at(code: str) -> Town:
        return Town(cast_of(code), clock, open_browser, lambda page, name: picture(page, f"{code}-{name}"))

    return at


HELD = ("内容明确", "是政府信息，按程序办理", "由本机关制作或者保存", "检索到现成的信息")


def test_ningxia_grants_what_was_asked(town: At, clock: Clock) -> None:
    nx = town("nx")
    wish = Wish("2025年度自治区技术改造专项资金项目安排表", document_number="宁工信规划发〔2025〕18号")
    citizen = nx.citizen(look=nx.look)
    clock.set("2026-09-21", 9)
    held = citizen.files(nx.name, wish)
    expect_words(citizen.page, "2026年10月26日")

    clock.set("2026-09-22")
    nx.assigns(wish.title)
    clock.set("2026-09-30")
    citizen.tracks(held)
    citizen.reads(wish.title, "承办中", "法定答复期限", "2026年10月26日")
    strip = citizen.page.get_by_role("figure")
    strip.get_by_text("逐日说明").click()
    expect(strip).to_contain_text("国庆节")
    nx.look(citizen.page, "track")

    clock.set("2026-10-09")
    texts = {
        "查明的事实": "经检索，本机关制作并保存有该信息。",
        "提供信息的时间、地点和方式": "自本答复书送达之日起，可凭查询码在本网站下载。",
    }
    nx.drafts(wish.title, (*HELD, "可以公开"), texts, outcome="予以公开", kind="政府信息公开申请答复书")
    clock.set("2026-10-12")
    nx.approves(wish.title, "本机关决定予以公开", "经检索，本机关制作并保存有该信息。")
    clock.set("2026-10-13")
    nx.serves_and_closes(wish.title)

    citizen.tracks(held)
    citizen.reads(wish.title, "已答复", "2026年10月13日作出答复", "办理结果：予以公开", "下面两种途径可以任选一种")
    nx.look(citizen.page, "answered")
    words = citizen.takes_letter("政府信息公开申请答复书")
    assert "本机关决定予以公开" in words
    assert wish.title in words
    assert held.number in words
