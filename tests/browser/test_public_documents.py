"""The public pages of 主动公开, at a desk, on a phone, on paper and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from disclosure import workflow
from disclosure.models import Column, Document
from disclosure.workflow import Text, Upload
from tests.browser.conftest import DESK, PHONE, fits
from tests.cast import Cast
from tests.disclosure.making import HOLDERS, guide, particulars, published, reviewed
from tests.factories import at

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]
DAY, NEXT = "2025-03-03", "2025-03-04"
TITLE = "关于印发《宁夏回族自治区专精特新中小企业梯度培育管理实施细则》的通知"
PARAGRAPHS = (
    "各市、县（区）工业和信息化主管部门，各有关单位：",
    "为深入贯彻落实党中央、国务院关于支持中小企业创新发展的决策部署，提升中小企业创新能力和专业化水平，现将有关事项通知如下。",
    "一、工作目标。到2027年，全区累计培育创新型中小企业500家以上，专精特新中小企业300家以上，国家级专精特新“小巨人”企业50家以上。",
    "二、申报条件。在宁夏回族自治区行政区域内依法登记注册，具有独立法人资格，未被列入经营异常名录或者严重失信主体名单。",
)
TABLE = "<table><thead><tr><th>类别</th><th>数量</th></tr></thead><tbody><tr><td>创新型中小企业</td><td>500</td></tr></tbody></table>"


def text(*paragraphs: str, note: str = "") -> Text:
    html = "".join(f"<p>{one}</p>" for one in paragraphs) + TABLE
    return Text(title=TITLE, html=html, text="\n".join(paragraphs), summary="部署梯度培育工作。", change_note=note)


@pytest.fixture
def document(nx: Cast, files: Any) -> Document:
    """A paper with a file, amended once."""
    column, _ = Column.objects.get_or_create(body=nx.body, code="browser-notices", defaults={"name": "政策文件选登"})
    said = {"keywords": ("中小企业", "专精特新"), "columns": (column,), "source": "宁夏回族自治区工业和信息化厅"}
    upload = Upload("申报指南.docx", guide(), "专精特新中小企业申报指南")
    document = published(nx, DAY, text=text(*PARAGRAPHS), uploads=(upload,), **said)
    workflow.amend(document, by=nx.li, at=at(NEXT, 9))
    mended = text(
        *PARAGRAPHS[:-1], PARAGRAPHS[-1].replace("依法登记注册", "依法登记注册两年以上"), note="补充申报企业的登记年限"
    )
    workflow.revise(document, text=mended, particulars=particulars(nx, DAY, **said), by=nx.li, at=at(NEXT, 9))
    workflow.propose(document, by=nx.li, at=at(NEXT, 10))
    reviewed(nx, document, NEXT)
    workflow.sign(document, by=getattr(nx, HOLDERS["leader_in_charge"]), at=at(NEXT, 15))
    workflow.publish(document, by=nx.chen, at=at(NEXT, 16))
    return document


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_pages_of_a_document_are_accessible_and_fit(
    open_browser: Open, axe: Judge, picture: Picture, document: Document, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    here, new = document.get_absolute_url(), document.public.number
    places = {
        "document": here,
        "versions": f"{here}versions/",
        "version": f"{here}versions/1/",
        "compare": f"{here}versions/1/{new}/",
        "column": "/disclosure/nx/columns/browser-notices/",
        "columns": "/disclosure/nx/columns/",
        "home": "/disclosure/",
    }

    for name, place in places.items():
        page.goto(place)
        axe(page)
        assert fits(page), place
        picture(page, f"disclosure-{name}-{width}")


def test_a_document_prints_as_a_paper(open_browser: Open, picture: Picture, document: Document) -> None:
    page = open_browser().new_page()
    page.goto(document.get_absolute_url())

    page.emulate_media(media="print")

    expect(page.locator(".paper-issuer")).to_be_visible()
    expect(page.locator(".paper-title")).to_have_text(TITLE)
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".card-table")).to_be_hidden()
    picture(page, "disclosure-paper")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_what_is_gone_says_so_in_its_place(
    open_browser: Open, axe: Judge, picture: Picture, complaints: list[str], nx: Cast, width: str
) -> None:
    document = published(nx, DAY)
    workflow.withdraw(document, reason="error", note="附表数据有误，核实后重新公开。", by=nx.chen, at=at(NEXT))
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()

    answer = page.goto(document.get_absolute_url())

    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_text("附表数据有误，核实后重新公开。")).to_be_visible()
    axe(page)
    assert fits(page)
    picture(page, f"disclosure-gone-{width}")
    complaints.clear()  # the browser notes the 410 itself


def test_without_scripts_a_citizen_goes_from_the_front_page_to_the_change(
    open_browser: Open, document: Document
) -> None:
    page = open_browser(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/")

    page.get_by_role("link", name="主动公开", exact=True).first.click()
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="查看历次版本和修改对照").click()
    page.get_by_role("link", name="对照").first.click()

    expect(page.locator("ins").last).to_have_text("两年以上")
