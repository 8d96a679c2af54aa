"""From the notice of a reconsideration to the request done again under a new clock, as people see it."""

import io
import json
import re
import zipfile
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import PHONE, fits
from tests.browser.stage import (
    PAPER,
    Clerk,
    Clock,
    choose,
    click,
    download,
    expect_heading,
    expect_words,
    fill,
    named,
)
from tests.cast import Cast
from tests.requests_ogi.remedies import refused, sealed

Open = Callable[..., BrowserContext]
Picture = Callable[[Page, str], None]
SCAN = PAPER | {"name": "扫描件.png"}


def test_a_refusal_is_challenged_defended_corrected_and_done_again(
    cast_of: Callable[[str], Cast],
    clock: Clock,
    open_browser: Open,
    picture: Picture,
    axe: Callable[[Page], None],
) -> None:
    nx = cast_of("nx")
    case = sealed(nx, "2026-03-02", refused(nx, "2026-03-02", title="产业扶持资金评审流程"))
    clock.set("2026-04-17", 9)
    chen = Clerk(open_browser().new_page(), nx.chen.username)
    he = Clerk(open_browser().new_page(), nx.he.username)

    # The notice comes: the office registers it from the page of the request, and the clock runs.
    chen.page.goto(f"/admin/requests/{case.number}/")
    click(chen.page, "登记复议、诉讼")
    expect_heading(chen.page, "登记复议、诉讼")
    choose(chen.page, "行政复议", "普通程序")
    fill(
        chen.page,
        {
            "复议机关或者人民法院": "宁夏回族自治区人民政府",
            "案号": "宁政复〔2026〕12号",
            "请求和理由摘要": "请求撤销不予公开决定，责令限期重新答复。",
        },
    )
    axe(chen.page)
    picture(chen.page, "remedy-register")
    chen.finishes("登记复议、诉讼", "答复举证的期限开始计算")
    expect_words(chen.page, "还剩10个工作日", "宁政复〔2026〕12号")
    axe(chen.page)
    picture(chen.page, "remedy-challenge")

    # The evidence in one click; every file is listed.
    packed = zipfile.ZipFile(io.BytesIO(download(chen.page, re.compile("举证材料"))))
    listed = {part["path"] for part in json.loads(packed.read("manifest.json"))["parts"]}
    assert set(packed.namelist()) == listed | {"manifest.json"}

    # The director finds it on the desk and defends.
    clock.set("2026-04-24", 10)
    he.finds("行政复议：产业扶持资金评审流程")
    he.begins("登记答复（答辩）")
    fill(he.page, {"提交日期": "2026-04-24"})
    named(he.page, "已提交的答复书或者答辩状").set_input_files(SCAN)
    picture(he.page, "remedy-defend")
    he.finishes("登记答复（答辩）", "在期限内")

    # It is corrected, with a period for the new answer; the request is done again.
    clock.set("2026-06-05", 10)
    he.begins("登记审结")
    choose(he.page, "结果纠正")
    fill(
        he.page,
        {
            "决定（裁判）日期": "2026-06-03",
            "决定书送达本机关的日期": "2026-06-05",
            "限期重新答复": "10",
            "决定主要内容和后续处理": "撤销原不予公开决定，责令10个工作日内重新答复。",
        },
    )
    named(he.page, "决定书或者裁判文书").set_input_files(SCAN)
    axe(he.page)
    picture(he.page, "remedy-conclude")
    he.finishes("登记审结", "结果纠正已通知分管领导和纪检监察人员")
    picture(he.page, "remedy-corrected")
    he.takes("重新办理", told="已重新立件")
    expect_words(he.page, "重新办理")
    picture(he.page, "remedy-redone")

    # The new request runs under a clock of its own; the sealed one shows what became of it.
    he.page.get_by_role("region", name="原申请").get_by_role("link").last.click()
    expect_words(he.page, "还剩10个工作日", "重新办理，年度报告不计为新收", case.number)
    picture(he.page, "remedy-new-request")
    he.page.goto(f"/admin/requests/{case.number}/")
    expect_words(he.page, "原答复已被纠正，重新办理的编号为")
    axe(he.page)
    picture(he.page, "remedy-old-request")

    # The leader and the discipline officer have heard.
    for who in (nx.ma, nx.ji):
        clerk = Clerk(open_browser().new_page(), who.username)
        clerk.page.goto("/admin/notices/")
        expect_words(clerk.page, "结果纠正，请督促整改")

    # On a phone nothing sticks out.
    phone = Clerk(open_browser(viewport=PHONE).new_page(), nx.he.username)
    for name, path in (("list", "/admin/challenges/"), ("evaluations", "/admin/reevaluations/")):
        phone.page.goto(path)
        assert fits(phone.page), path
        axe(phone.page)
        picture(phone.page, f"remedy-phone-{name}")
        he.page.goto(path)
        picture(he.page, f"remedy-{name}")
    phone.page.goto("/admin/challenges/")
    click(phone.page, "产业扶持资金评审流程")
    assert fits(phone.page)
    picture(phone.page, "remedy-phone-challenge")
