"""Very many requests of one person: a fee asked for, seen, paid and answered; not paid and lapsed; reasons asked for and given."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, fits
from tests.browser.stage import PAPER, Citizen, Clock, Town, Wish, choose, click, expect_words, fill, here, press
from tests.cast import Cast
from tests.factories import applied, person

Open = Callable[..., BrowserContext]
Picture = Callable[[Page, str], None]
Before = Callable[[str, str], Town]

PAYER, LAPSER, REASONER = "000000198503030022", "000000197205050039", "000000196606060014"
MANY = "您于2026年7月向本机关提出政府信息公开申请12件"
LIST = "本月第12件，属于第11至30件，每件100元：100元"


@pytest.fixture
def before(cast_of: Callable[[str], Cast], clock: Clock, open_browser: Open, picture: Picture) -> Before:
    """A body where this person has filed eleven requests in the first days of July."""

    def found(code: str, identity_number: str) -> Town:
        cast = cast_of(code)
        for place in range(11):
            who = person(name="王小明", identity_number=identity_number)
            day = date(2026, 7, 1) + timedelta(place % 3)
            applied(cast.body, day, title=f"{2015 + place}年度技术改造项目验收意见", person_=who)
        return Town(cast, clock, open_browser, lambda page, name: picture(page, f"fee-{name}"))

    return found


def wish(title: str, identity_number: str) -> Wish:
    return Wish(title, identity={"姓名": "王小明", "证件号码": identity_number})


def charges(town: Town, title: str) -> None:
    """The director reads the month, has the sum reckoned, reads the letter, and sends it."""
    he = town.clerk("he")
    he.looks_up(title)
    expect_words(he.page, "本月第12件", "2015年度技术改造项目验收意见")
    town.look(he.page, "case")
    he.begins("发收费通知书")
    choose(he.page, "按件计收", "电子送达")
    fill(he.page, {"认定超过合理范围的情况": MANY})
    here(he.page).get_by_role("checkbox").check()
    press(he.page, "下一步：核对数额")
    expect(he.page.get_by_role("region", name="核对数额")).to_contain_text(LIST)
    town.look(he.page, "charge")
    he.finishes("发收费通知书", "应缴100元，缴费期限至2026年8月4日")


def owes(town: Town, citizen: Citizen, title: str) -> None:
    citizen.reads(title, "等待您缴费", "100元", LIST, MANY, "2026年8月4日", "缴费之后重新计算", "视为放弃申请")
    assert fits(citizen.page)


def test_the_twelfth_request_is_charged_paid_and_answered(
    before: Before, clock: Clock, axe: Callable[[Page], None]
) -> None:
    nx, wanted = before("nx", PAYER), wish("2026年度技术改造项目验收意见", PAYER)
    citizen = nx.citizen(look=nx.look, viewport=PHONE)
    clock.set("2026-07-06")
    citizen.goes_to_apply(nx.name)
    citizen.fills_in(wanted)
    citizen.hands_in(申请人身份证明=PAPER)
    expect_words(citizen.page, "本月您已向本机关提出11件申请，本件为第12件", "依法可能收取信息处理费100元")
    held = citizen.sends(wanted)
    clock.set("2026-07-07")
    charges(nx, wanted.title)

    citizen.tracks(held)
    owes(nx, citizen, wanted.title)
    axe(citizen.page)
    nx.look(citizen.page, "owed-phone")
    words = citizen.takes_letter("政府信息公开信息处理费收费通知书")
    assert "第11至30件：每件100元" in words
    assert "收入科目编码103049950" in words

    clock.set("2026-07-20")
    chen = nx.clerk("chen")
    chen.finds(wanted.title, among="等他人办理")
    chen.takes("登记缴费", told="已登记缴费", 财政票据号码="宁财0001234")
    axe(chen.page)
    nx.look(chen.page, "paid")
    citizen.tracks(held)
    citizen.reads(wanted.title, "承办中", "自2026年7月20日的次日起计算", "最迟2026年8月17日")
    nx.look(citizen.page, "paid-phone")

    nx.assigns(wanted.title)
    texts = {
        "查明的事实": "您申请的验收意见已经公开。",
        "获取的方式、途径": "登录本机关网站查阅。",
        "具体地址或者网址": "https://gxt.nx.example.cn/",
    }
    decided = (
        "内容明确",
        "是政府信息，按程序办理",
        "由本机关制作或者保存，由本机关负责",
        "检索到现成的信息",
        "已经主动公开",
    )
    nx.drafts(wanted.title, decided, texts, outcome="已主动公开", kind="政府信息公开申请答复书")
    nx.approves(wanted.title, "已经主动公开")
    nx.serves_and_closes(wanted.title)
    citizen.tracks(held)
    citizen.reads(wanted.title, "办理结果：已主动公开", "本机关收到您缴纳的信息处理费")


def test_an_unpaid_fee_ends_the_request_and_says_what_can_be_done(before: Before, clock: Clock) -> None:
    ld, wanted = before("ld", LAPSER), wish("2026年度农村公路养护合同", LAPSER)
    citizen = ld.citizen(look=ld.look)
    clock.set("2026-07-06")
    held = citizen.files(ld.name, wanted)
    clock.set("2026-07-07")
    charges(ld, wanted.title)
    citizen.tracks(held)
    owes(ld, citizen, wanted.title)
    ld.look(citizen.page, "owed-desk")

    clock.set("2026-08-05")
    he = ld.clerk("he")
    he.finds(wanted.title)
    he.begins("认定逾期不缴费")
    here(he.page).get_by_role("checkbox").check()
    ld.look(he.page, "lapse")
    he.finishes("认定逾期不缴费", "已认定逾期不缴费，告知书（")
    chen = ld.clerk("chen")
    chen.finds(wanted.title)
    chen.takes("送达", "电子送达", told="已登记送达")

    citizen.tracks(held)
    citizen.reads(wanted.title, "办理结果：逾期不缴费不再处理", "下面两种途径可以任选一种")
    ld.look(citizen.page, "lapsed")
    assert "本机关不再处理该政府信息公开申请" in citizen.takes_letter("政府信息公开申请不再处理告知书")


def test_reasons_are_asked_for_given_and_the_answer_is_delayed(
    before: Before, clock: Clock, axe: Callable[[Page], None]
) -> None:
    wz, wanted = before("wz", REASONER), wish("2026年度招商引资项目台账", REASONER)
    citizen = wz.citizen(look=wz.look, viewport=PHONE)
    clock.set("2026-07-06")
    held = citizen.files(wz.name, wanted)
    clock.set("2026-07-07")
    he = wz.clerk("he")
    he.looks_up(wanted.title)
    he.begins("要求说明理由")
    choose(he.page, "电子送达")
    fill(he.page, {"认定超过合理范围的情况": MANY, "说明理由的期限（工作日）": "5"})
    here(he.page).get_by_role("checkbox").check()
    axe(he.page)
    wz.look(he.page, "ask-reasons")
    he.finishes("要求说明理由", "说明理由告知书（")

    citizen.tracks(held)
    citizen.reads(wanted.title, "请您说明申请理由", "2026年7月14日", "答复期限照常计算")
    axe(citizen.page)
    wz.look(citizen.page, "reasons-asked")
    click(citizen.page, "说明理由")
    fill(citizen.page, {"申请理由": "撰写学位论文，需要对比各年度数据。"})
    wz.look(citizen.page, "reasons-form")
    assert fits(citizen.page)
    press(citizen.page, "提交理由")
    citizen.reads(wanted.title, "您说明的理由已经收到")

    clock.set("2026-07-10")
    he.looks_up(wanted.title)
    expect_words(he.page, "撰写学位论文，需要对比各年度数据。")
    he.begins("确定延迟答复")
    choose(he.page, "电子送达")
    fill(he.page, {"无法按期答复的情况": "涉及12件申请，检索量大", "延迟答复的期限（工作日）": "30"})
    here(he.page).get_by_role("checkbox").check()
    wz.look(he.page, "delay")
    he.finishes("确定延迟答复", "已确定延迟答复的期限")
    wz.look(he.page, "delayed")
    citizen.tracks(held)
    citizen.reads(wanted.title, "最迟2026年8月21日", "本机关确定延迟答复的期限")
    assert fits(citizen.page)
