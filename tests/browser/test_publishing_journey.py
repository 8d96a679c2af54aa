"""A policy paper and its interpretation, from the first word to the public, at each of the five bodies through its own chain."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from disclosure.models import Document
from disclosure.workflow.common import chain_of
from disclosure.workflow.interpreting import plan_fields
from disclosure.workflow.policies import risk_demanded
from portal.regulations.library import BODIES
from portal.regulations.publishing import Stage
from tests.browser.conftest import PHONE, fits
from tests.browser.stage import Clerk, Clock, Town, choose, click, expect_heading, expect_words, fill, here, press
from tests.cast import Cast
from tests.disclosure.explaining import answers
from tests.disclosure.making import HOLDERS

Open = Callable[..., BrowserContext]
Picture = Callable[[Page, str], None]
POLICY = "关于支持中小企业稳步发展若干措施的通知"
READING = "《关于支持中小企业稳步发展若干措施的通知》解读"
WORDS = (
    "各有关单位：\n## 一、总体要求\n坚持问题导向，帮助中小企业降低成本、稳定经营。\n"
    "## 二、主要措施\n（一）对新认定的专精特新企业给予一次性奖励。\n（二）减免小微企业检验检测费用。"
)


@pytest.fixture
def town(cast_of: Callable[[str], Cast], clock: Clock, open_browser: Open, picture: Picture) -> Callable[[str], Town]:
    """A body by its code. Its people work without scripts: the text is typed into the plain field."""
    plain = partial(open_browser, java_script_enabled=False)
    return lambda code: Town(cast_of(code), clock, plain, lambda page, name: picture(page, f"{code}-{name}"))


def writes(clerk: Clerk, title: str, **said: str) -> str:
    """Write a document; returns its index number."""
    clerk.page.goto("/admin/documents/draft/")
    fill(
        clerk.page, {"标题": title, "正文": WORDS, "内容概述": "坚持问题导向，帮助中小企业降低成本、稳定经营。", **said}
    )
    if "解读" not in title:
        here(clerk.page).get_by_label("政策性文件").check()
    clerk.look(clerk.page, "draft")
    press(clerk.page, "保存草稿")
    expect_heading(clerk.page, title)
    return Document.objects.get(
        versions__title=title, body__code=clerk.page.url.split("/documents/")[1][:2].lower()
    ).number


def opens(clerk: Clerk, number: str) -> Document:
    clerk.page.goto(f"/admin/documents/{number}/")
    return Document.objects.get(number=number)


def ticks(page: Page) -> None:
    """Look at every point of a list."""
    for box in here(page).get_by_role("checkbox").all():
        box.check()


def passes(town: Town, number: str, stage: Stage, act: str, told: str) -> None:
    """The one who holds a stage looks at the paper, point by point, and agrees."""
    clerk = town.clerk(HOLDERS[stage.role])
    opens(clerk, number)
    clerk.begins(act)
    ticks(clerk.page)
    if stage.asks:
        fill(clerk.page, {"审核意见" if act == "审核通过" else "签发意见": "经审核，内容适宜公开。"})
    clerk.finishes(act, told)


def through_the_chain(town: Town, number: str) -> None:
    chain = chain_of(Document.objects.get(number=number))
    *stages, signing = chain.stages
    for stage in stages:
        passes(town, number, stage, "审核通过", "转入下一环节")
    passes(town, number, signing, "签发", "已签发")
    if chain.recheck is not None:
        passes(town, number, chain.recheck, "印前复核", "已复核")


def plans(clerk: Clerk, number: str) -> None:
    """Say how the policy will be interpreted, point by point."""
    document = opens(clerk, number)
    clerk.begins("编制解读方案")
    fill(clerk.page, {name: f"{name}：与文件同步准备。" for name in plan_fields(document)})
    clerk.finishes("编制解读方案", "解读方案已保存")


def assesses(clerk: Clerk, number: str) -> None:
    """Put the social risk of the policy on file, where the body asks for it."""
    document = opens(clerk, number)
    if risk_demanded(document):
        clerk.begins("登记社会风险评估")
        choose(clerk.page, "低风险")
        fill(clerk.page, {"评估结论": "风险较低，可以出台。", "评估单位": "市司法局", "评估日期": "2026-09-21"})
        clerk.look(clerk.page, "risk")
        clerk.finishes("登记社会风险评估", "社会风险评估已登记")


def identifies(town: Town, number: str) -> None:
    """Answer the questionnaire so that the paper is no normative document; the office confirms it."""
    li, chen = town.clerk("li"), town.clerk("chen")
    document = opens(li, number)
    li.begins("规范性文件认定")
    for code, said in answers(document, bears="no").items():
        asked = here(li.page).locator(f'input[name="question-{code}"][value="{said}"]')
        if asked.count():
            asked.check()
    li.look(li.page, "identify")
    li.finishes("规范性文件认定", "等待复核")
    opens(chen, number)
    chen.takes("复核认定结论", told="已复核")


def pairs(clerk: Clerk, policy: str, reading: str) -> None:
    opens(clerk, policy)
    clerk.begins("关联解读材料")
    fields: Any = here(clerk.page)
    fields.get_by_label("解读材料").select_option(label=f"{reading} {READING}")
    choose(clerk.page, "文字解读")
    ticks(clerk.page)
    for field in fields.locator("textarea").all():
        field.fill("随解读材料一并公布。")
    clerk.finishes("关联解读材料", "已关联")


@pytest.mark.parametrize("code", BODIES)
def test_a_policy_and_its_interpretation_become_public(
    town: Callable[[str], Town], code: str, clock: Clock, open_browser: Open, axe: Any, picture: Picture
) -> None:
    here_ = town(code)
    clock.set("2026-09-21", 9)
    li = here_.clerk("li")
    policy = writes(li, POLICY)
    plans(li, policy)
    assesses(li, policy)
    identifies(here_, policy)
    reading = writes(li, READING, 文种="政策解读")
    pairs(li, policy, reading)
    for number in (reading, policy):
        opens(li, number)
        li.takes("送审", told="已送审")
    for number in (reading, policy):
        through_the_chain(here_, number)
    office = here_.clerk("chen" if code != "nx" else "zhou")
    opens(office, policy)
    office.look(office.page, "document-signed")
    office.takes("发布", told="已向社会公开")
    if Document.objects.get(number=reading).public_id is None:
        opens(office, reading)
        office.takes("发布", told="已向社会公开")

    page = open_browser().new_page()
    page.goto(f"/disclosure/{code}/documents/{policy}/")
    expect_heading(page, POLICY)
    expect_words(page, policy, "有效", "对新认定的专精特新企业给予一次性奖励")
    axe(page)
    picture(page, f"{code}-document")
    click(page, READING)
    expect_heading(page, READING)
    click(page, POLICY)
    page.set_viewport_size(PHONE)
    assert fits(page)
    picture(page, f"{code}-document-phone")
