"""A third party is asked, objects on its phone without an account, and is told in writing before what it objected to goes out."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from requests_ogi.models import Consultation
from tests.cast import Cast
from tests.factories import assigned
from tests.requests_ogi.public.citizen import code_of

from .conftest import PHONE, fits
from .stage import Citizen, Clock, Held, Town, choose, expect_heading, expect_words, fill, here, labelled, press

TITLE = "某产业园区公共充电设施特许经营协议"
PARTY = "某某充电科技有限公司"
GIVEN = ("内容明确", "是政府信息，按程序办理", "由本机关制作或者保存", "检索到现成的信息", "可以公开")


def test_a_third_party_objects_on_its_phone_and_is_told_before_release(
    cast_of: Callable[[str], Cast],
    clock: Clock,
    open_browser: Callable[..., BrowserContext],
    picture: Callable[[Page, str], None],
    axe: Callable[[Page], None],
    complaints: list[str],
    files: Any,
) -> None:
    nx = Town(cast_of("nx"), clock, open_browser, lambda page, name: picture(page, f"party-{name}"))
    case = assigned(nx.cast, "2026-09-07", title=TITLE)
    he, chen = nx.clerk("he"), nx.clerk("chen")

    clock.set("2026-09-08")
    he.finds(TITLE, among="等他人办理")
    he.begins("征求第三方意见")
    nx.look(he.page, "consult")
    choose(he.page, "邮寄送达")
    texts = {
        "第三方名称": PARTY,
        "第三方电子邮箱": "legal@firm.test",
        "涉及该第三方的信息内容": "协议第八条（收费标准）和附件三（成本测算表）",
        "邮件号码": "XA00000000000",
    }
    fill(he.page, texts)
    he.finishes("征求第三方意见", "征求意见书（")
    clock.set("2026-09-10")
    chen.finds(TITLE, among="等他人办理")
    chen.takes("登记对方收到", PARTY, 对方收到日期="2026-09-10", told="反馈期限自次日起计算")
    nx.look(chen.page, "waiting")

    asked = Consultation.objects.get(request=case)
    applicant = Citizen(open_browser(viewport=PHONE).new_page(), clock)
    applicant.tracks(Held(case.number, code_of(case), ""))
    applicant.reads(TITLE, "尚未收到答复，等待的时间不计入答复期限", "第三十三条第三款")
    assert PARTY not in here(applicant.page).inner_text()
    assert fits(applicant.page)
    nx.look(applicant.page, "applicant")

    clock.set("2026-09-14", 20)
    phone = open_browser(viewport=PHONE).new_page()
    phone.goto(f"/requests/opinion/{asked.key}/")
    expect_heading(phone, "公开下列信息，您是否同意？")
    expect_words(phone, "协议第八条（收费标准）", "2026年10月8日")
    assert fits(phone)
    axe(phone)
    nx.look(phone, "asked-phone")
    choose(phone, "不同意公开")
    press(phone, "提交意见")
    expect_words(phone, "不同意公开的，请写明理由")
    nx.look(phone, "refused-phone")
    fill(phone, {"理由": "成本测算表是未公开的经营信息，公开后会被竞争对手利用。"})
    press(phone, "提交意见")
    expect_heading(phone, "已收到您的意见")
    expect_words(phone, "不同意公开", "2026年9月14日")
    assert fits(phone)
    axe(phone)
    nx.look(phone, "receipt-phone")

    clock.set("2026-09-15")
    he.finds(TITLE)
    nx.look(he.page, "to-weigh")
    he.begins("审查意见")
    choose(he.page, PARTY, "不公开会对公共利益造成重大影响，决定公开")
    fill(he.page, {"审查理由": "收费标准关系全体车主，不公开会对公共利益造成重大影响。"})
    axe(he.page)
    nx.look(he.page, "weigh")
    he.finishes("审查意见", "已记录审查结论：不公开会对公共利益造成重大影响")

    li = nx.clerk("li")
    li.finds(TITLE)
    li.begins("拟办答复")
    choose(li.page, *GIVEN)
    fill(
        li.page,
        {
            "查明的事实": "经检索，本机关保存有该协议。",
            "提供信息的时间、地点和方式": "自送达之日起，可凭查询码在本网站下载。",
        },
    )
    press(li.page, "下一步：核对结果")
    li.finishes("保存这一稿", "已保存第1稿")
    he.finds(TITLE, among="等他人办理")
    he.begins("保密审查")
    here(he.page).get_by_role("checkbox", name=labelled("已核对申请表的形式要件")).check()
    choose(he.page, "可以公开")
    fill(he.page, {"审查意见": "不涉及国家秘密。"})
    he.finishes("保密审查", "已记录保密审查")
    li.finds(TITLE)
    li.takes("送审", told="已送审")
    clock.set("2026-09-16")
    nx.approves(TITLE, "本机关决定予以公开")

    clock.set("2026-09-17")
    chen.finds(TITLE)
    chen.begins("告知第三方")
    expect_words(chen.page, PARTY)
    expect(here(chen.page).get_by_label(labelled("公开的理由"))).to_have_value(
        "收费标准关系全体车主，不公开会对公共利益造成重大影响。"
    )
    choose(chen.page, "邮寄送达")
    fill(chen.page, {"邮件号码": "XA00000000001"})
    axe(chen.page)
    nx.look(chen.page, "notify")
    chen.finishes("告知第三方", "告知书（")
    nx.look(chen.page, "notified")
    chen.takes("送达", "电子送达", told="已登记送达")

    phone.reload()
    expect_heading(phone, "链接无效或者已经失效")
    nx.look(phone, "gone-phone")
    complaints.clear()  # the browser notes that the page is gone
