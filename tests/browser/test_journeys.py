"""From the citizen's question to the sealed dossier and back, at each of the five bodies, as people see it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, fits
from tests.browser.stage import AGENT, FIRM, Clock, Town, Wish, choose, click, expect_words, fill, named, press
from tests.cast import Cast
from tests.materials import paper

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


def test_yinchuan_refuses_a_firm_and_tells_it_to_ask_for_review_first(town: At, clock: Clock) -> None:
    yc = town("yc")
    wish = Wish(
        "关于某产业园区选址方案的讨论记录",
        description="2026年上半年市政府专题会议的讨论记录",
        kind="商业企业",
        identity=FIRM,
        agent=AGENT,
    )
    citizen = yc.citizen(look=yc.look, java_script_enabled=False)
    clock.set("2026-06-15", 10)
    held = citizen.files(yc.name, wish)
    expect_words(citizen.page, "2026年7月14日")

    yc.assigns(wish.title)
    clock.set("2026-06-24")
    texts = {
        "查明的事实": "经检索，您单位申请的信息是专题会议上形成的讨论记录，选址方案尚未确定。",
        "不予公开的依据": "过程性信息：讨论记录（条例第十六条第二款）",
        "理由": "讨论记录反映决策过程中的不同意见，尚未形成对外发生效力的决定。",
        "公开可能造成的具体损害": "公开会影响与会人员充分发表意见，干扰尚未完成的选址工作。",
    }
    decided = (*HELD, "讨论记录、过程稿、磋商信函、请示报告等过程性信息", "已逐项审查，无法作区分处理")
    yc.drafts(wish.title, decided, texts, outcome="过程性信息", kind="政府信息不予公开决定书")
    yc.approves(wish.title, "本机关决定不予公开", "讨论记录反映决策过程中的不同意见")
    yc.serves_and_closes(wish.title)

    citizen.tracks(held)
    citizen.reads(
        wish.title,
        "已答复",
        "不予公开：过程性信息",
        "对不予公开的答复，法律规定应当先申请行政复议",
        "对行政复议决定不服的，自收到决定书之日起15日内，可以向人民法院起诉",
    )
    yc.look(citizen.page, "answered")
    words = citizen.takes_letter("政府信息不予公开决定书")
    assert "贵单位" in words
    assert "第十六条第二款" in words
    assert "应当先" in words
    assert "行政复议" in words


def test_yangquan_asks_for_more_and_then_points_to_what_is_public(town: At, clock: Clock) -> None:
    yq = town("yq")
    wish = Wish("中小企业扶持政策汇编", description="")
    citizen = yq.citizen(look=yq.look, viewport=PHONE)
    clock.set("2026-09-07", 11)
    held = citizen.files(yq.name, wish)
    expect_words(citizen.page, "法定答复期限", "本机关承诺")

    chen = yq.clerk("chen")
    clock.set("2026-09-09")
    chen.finds(wish.title)
    chen.takes(
        "发补正告知书",
        "电子送达",
        需要补正的内容="请写明所需政策的发布年度\n请写明适用的行业或者企业类型",
        told="补正告知书（",
    )
    clock.set("2026-09-14", 20)
    citizen.tracks(held)
    citizen.reads(wish.title, "等待您补正", "请写明所需政策的发布年度", "2026年9月30日")
    yq.look(citizen.page, "completing")
    assert "视为放弃申请" in citizen.takes_letter("政府信息公开申请补正告知书")
    click(citizen.page, "提交补正内容")
    fill(citizen.page, {"补正的内容": "2025年和2026年发布的，适用于中小制造企业的政策"})
    press(citizen.page, "提交补正内容")
    citizen.reads(wish.title, "您补正的内容已经收到", "承办中", "自2026年9月14日的次日起计算")
    assert fits(citizen.page)

    clock.set("2026-09-15")
    yq.assigns(wish.title)
    expect_words(chen.page, "2025年和2026年发布的，适用于中小制造企业的政策")
    texts = {
        "查明的事实": "您申请的政策汇编已于2026年6月在本机关网站公开。",
        "获取的方式、途径": "登录本机关网站，在“法定主动公开内容”栏目查阅、下载。",
        "具体地址或者网址": "https://gxj.yq.example.cn/zwgk/zchb/",
        "该信息主动公开的日期": "2026-06-15",
    }
    yq.drafts(wish.title, (*HELD, "已经主动公开"), texts, outcome="已主动公开", kind="政府信息公开申请答复书")
    yq.approves(wish.title, "您申请获取的信息已经主动公开")
    clock.set("2026-09-16")
    yq.serves_and_closes(wish.title)

    citizen.tracks(held)
    citizen.reads(wish.title, "办理结果：已主动公开", "本机关收到您补正的内容")
    yq.look(citizen.page, "answered")
    assert "https://gxj.yq.example.cn/zwgk/zchb/" in citizen.takes_letter("政府信息公开申请答复书")
    assert fits(citizen.page)


def test_luodian_needs_longer_and_finds_that_there_is_nothing(town: At, clock: Clock) -> None:
    ld = town("ld")
    wish = Wish("1998年斛兴街道农村公路改造工程竣工图", description="斛兴街道至某村段")
    citizen = ld.citizen(look=ld.look)
    clock.set("2026-09-01", 15)
    held = citizen.files(ld.name, wish)

    clock.set("2026-09-02")
    ld.assigns(wish.title)
    clock.set("2026-09-15")
    li = ld.clerk("li")
    li.finds(wish.title)
    li.takes(
        "登记检索",
        检索的系统或者档案="县档案馆馆藏档案、综合档案室",
        检索关键词="斛兴、农村公路、竣工图",
        检索时段="1997年1月至1999年12月",
        询问的机构和人员="县档案馆、县住房和城乡建设局",
        检索结果="未检索到符合描述的图纸。",
        told="已登记检索记录",
    )
    clock.set("2026-09-24")
    he = ld.clerk("he")
    he.finds(wish.title, among="等他人办理")
    he.takes("延期答复", "电子送达", 延期的理由="年代久远，需要逐卷查阅纸质档案", told="已延期，延期答复告知书（")
    he.may_not("延期答复")
    citizen.tracks(held)
    citizen.reads(wish.title, "承办中", "已依法延长20个工作日", "本机关依法延长答复期限")
    ld.look(citizen.page, "extended")
    assert "年代久远，需要逐卷查阅纸质档案" in citizen.takes_letter("政府信息公开申请延期答复告知书")

    clock.set("2026-10-15")
    texts = {"查明的事实": "经检索县档案馆馆藏档案和综合档案室，没有查到该工程的竣工图。"}
    decided = (*HELD[:3], "经检索没有")
    ld.drafts(wish.title, decided, texts, outcome="信息不存在", kind="政府信息公开申请答复书")
    ld.approves(wish.title, "告知您该政府信息不存在", "斛兴、农村公路、竣工图")
    clock.set("2026-10-16")
    ld.serves_and_closes(wish.title)

    citizen.tracks(held)
    citizen.reads(wish.title, "办理结果：本机关不掌握：信息不存在", "2026年10月16日作出答复")
    words = citizen.takes_letter("政府信息公开申请答复书")
    assert "县档案馆馆藏档案、综合档案室" in words
    assert "该政府信息不存在" in words


def test_wuzhou_asks_a_third_party_extends_and_gives_a_part(town: At, clock: Clock) -> None:
    wz = town("wz")
    wish = Wish("某产业项目投资合作协议", description="2026年签订，含附件")
    citizen = wz.citizen(look=wz.look)
    clock.set("2026-09-07", 9)
    held = citizen.files(wz.name, wish)
    expect_words(citizen.page, "本机关承诺", "2026年9月16日", "2026年10月10日")

    wz.assigns(wish.title)
    chen, he = wz.clerk("chen"), wz.clerk("he")
    clock.set("2026-09-08")
    he.finds(wish.title, among="等他人办理")
    he.takes(
        "征求第三方意见",
        "邮寄送达",
        第三方名称="某某新材料有限公司",
        涉及该第三方的信息内容="投资合作协议第六条（出资安排）和附件二（工艺参数）",
        邮件号码="XA00000000000",
        told="征求意见书（",
    )
    clock.set("2026-09-10")
    chen.finds(wish.title, among="等他人办理")
    chen.takes("登记对方收到", "某某新材料有限公司", 对方收到日期="2026-09-10", told="反馈期限自次日起计算")
    clock.set("2026-09-15")
    chen.takes(
        "登记反馈意见",
        "某某新材料有限公司",
        "不同意公开",
        对方的理由="工艺参数是未公开的技术信息，公开后会被竞争对手利用。",
        told="已登记",
    )
    he.looks_up(wish.title)
    he.takes(
        "审查意见",
        "某某新材料有限公司",
        "不同意公开的理由合理，不予公开",
        审查理由="工艺参数确属未公开的技术信息，具有商业价值并已采取保密措施。",
        told="审查结论",
    )
    wz.look(chen.page, "consulted")
    citizen.tracks(held)
    citizen.reads(wish.title, "本机关依法征求第三方意见", "征求意见的时间不计入", "本机关承诺")
    wz.look(citizen.page, "paused")

    clock.set("2026-09-16")
    feng = wz.clerk("feng")
    feng.looks_up(wish.title)
    consent = {"领导小组同意的日期": "2026-09-15", "会议纪要或者会签单编号": "〔2026〕9号"}
    feng.takes("延期答复", "电子送达", "会议讨论同意", 延期的理由="需要逐条审查协议及附件", told="已延期", **consent)
    citizen.tracks(held)
    citizen.reads(wish.title, "已依法延长15个工作日")

    clock.set("2026-09-28")
    texts = {
        "查明的事实": "经检索，本机关保存有该协议。经征求第三方意见，第三方不同意公开其中的技术信息。",
        "提供信息的时间、地点和方式": "自本答复书送达之日起，可凭查询码在本网站下载可以公开的部分。",
    }
    li = wz.clerk("li")
    li.finds(wish.title)
    li.begins("添加拟提供的材料")
    fill(li.page, {"材料名称": "投资合作协议"})
    agreement = {"name": "协议.pdf", "mimeType": "application/pdf", "buffer": paper()}
    named(li.page, "文件").set_input_files(agreement)
    press(li.page, "添加拟提供的材料")
    for what in ("协议第六条（出资安排）", "附件二（工艺参数）"):
        choose(li.page, "没有上传的内容")
        part = {"不予公开的内容": what, "依据": "涉及商业秘密，公开会损害第三方合法权益（条例第十五条）"}
        fill(li.page, part | {"理由": "属于第三方的商业秘密，第三方不同意公开且理由合理。"})
        press(li.page, "登记这一处")
        expect_words(li.page, what)
    decided = (*HELD, "涉及商业秘密、个人隐私等，公开会损害第三方权益", "能够区分处理，可公开部分另行提供")
    wz.drafts(wish.title, decided, texts, outcome="部分公开", kind="政府信息公开申请答复书")
    wz.approves(wish.title, "不予公开的部分", "附件二（工艺参数）")
    clock.set("2026-09-29")
    wz.serves_and_closes(wish.title)

    citizen.tracks(held)
    citizen.reads(wish.title, "办理结果：部分公开", "第三方已反馈意见")
    wz.look(citizen.page, "answered")
    words = citizen.takes_letter("政府信息公开申请答复书")
    assert "附件二（工艺参数）" in words
    assert "某某新材料有限公司" not in words
    expect(citizen.page.get_by_text("征求意见书")).to_have_count(0)
