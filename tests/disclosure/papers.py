"""Attachments as offices hand them in: a long Word paper with everything Word has, and a scan of printed sheets."""

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image, ImageDraw, ImageFilter

from portal.texts import pdf
from portal.texts.numbering import chinese
from tests.portal.texts.papers import text_pdf

ISSUER, NUMBER = "某某自治区工业和信息化厅文件", "某工信发〔2026〕18号"
TITLE = "某某自治区中小企业公共服务体系建设管理办法"
CHAPTERS = ("总则", "服务机构", "服务内容", "资金支持", "监督管理", "法律责任", "信息公开", "附则")
ARTICLES = 7  # of a chapter
NOTE = "小微企业的划型标准按照国家有关规定执行。"
PICTURED = "服务机构认定流程图：申请、初审、评审、公示、公布"
SENTENCE = (
    "县级以上人民政府中小企业主管部门应当会同有关部门建立健全公共服务体系，"
    "统筹安排服务资源，公开服务事项、服务流程、收费标准和监督电话，接受社会监督。"
)
SCANNED = (
    "关于印发年度培训计划的函",
    "各有关单位：",
    "现将年度培训计划印发给你们，请认真组织实施。",
    "培训对象为企业负责人。",
)
"""Words that can be seen on the sheets of `scanned_paper`, and read nowhere in the file."""


def long_paper() -> bytes:
    """A Word document of some twenty pages (28 characters by 22 lines): red head, chapters and articles, tables with merged
    cells, lists, a footnote, a described picture, headers and footers.
    """
    document = Document()
    _edges(document)
    _red_head(document)
    _say(document, TITLE, font="方正小标宋简体", size=22, centre=True)
    article = 0
    for number, chapter in enumerate(CHAPTERS, 1):
        _say(document, f"第{chinese(number)}章　{chapter}", font="黑体", centre=True)
        for _ in range(ARTICLES):
            article += 1
            _say(document, f"第{chinese(article)}条　{SENTENCE * 3}")
        for item in ("提供政策咨询、信息查询", "组织人才培训、技术交流"):
            document.add_paragraph(item, style="List Bullet")
        if chapter == "服务内容":
            _footnote(document)
            _picture(document)
        if chapter == "资金支持":
            _table(document)
    _say(document, "2026年3月2日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return _saved(document)


def scanned_paper(pages: int = 3) -> bytes:
    """A PDF as a scanner writes it: printed sheets, a little askew and grey, and not a letter that a program could read."""
    title, *lines = SCANNED
    body = f"= {title}\n" + "#pagebreak()\n".join(
        "\n\n".join((*lines, f"第{number}页：{SENTENCE * 4}")) + "\n" for number in range(1, pages + 1)
    )
    with pdf.opened(text_pdf(body), most=100) as printed:
        sheets = [_scanned(pdf.drawn(printed, index, dpi=110)) for index in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=110)
    return out.getvalue()


def _scanned(sheet: Image.Image) -> Image.Image:
    grey = sheet.convert("L").rotate(0.6, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    return grey.point(lambda value: min(246, 18 + int(value * 0.92)))


def _say(document: Any, text: str, *, font: str = "仿宋_GB2312", size: int = 16, centre: bool = False) -> Any:
    line = document.add_paragraph()
    run = line.add_run(text)
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if centre:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return line


def _edges(document: Any) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = ISSUER
    section.footer.paragraphs[0]._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _red_head(document: Any) -> None:
    head = _say(document, ISSUER, font="方正小标宋简体", size=36, centre=True)
    head.runs[0].font.color.rgb = RGBColor(0xD0, 0x02, 0x1B)
    _say(document, NUMBER, centre=True)


def _footnote(document: Any) -> None:
    line = _say(document, "本办法所称中小企业包括小微企业")
    line._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    notes = (
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>{NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _picture(document: Any) -> None:
    flow = Image.new("RGB", (900, 220), "white")
    draw = ImageDraw.Draw(flow)
    for step in range(5):
        left = 20 + 178 * step
        draw.rectangle((left, 60, left + 130, 150), outline="#1d4f91", width=4)
        if step < 4:
            draw.line((left + 130, 105, left + 178, 105), fill="#1d4f91", width=4)
    drawn = io.BytesIO()
    flow.save(drawn, "PNG")
    shape = document.add_picture(drawn, width=Cm(14))
    shape._inline.docPr.set("descr", PICTURED)


def _table(document: Any) -> None:
    """Two rows of heads, one of them merged across; the first column merged downwards."""
    table = document.add_table(rows=5, cols=4, style="Table Grid")
    rows = (
        ("类别", "支持标准", "支持标准", "申报时间"),
        ("类别", "一次性奖励（万元）", "按比例补助", "申报时间"),
        ("服务机构", "30", "不超过实际投入的30%", "3月"),
        ("服务机构", "50", "不超过实际投入的40%", "6月"),
        ("公共平台", "100", "不超过实际投入的50%", "9月"),
    )
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cell = table.cell(row, column)
            cell.text = ""
            cell.paragraphs[0].add_run(text).bold = row < 2
    for (top, left), (bottom, right) in (((0, 1), (0, 2)), ((0, 0), (1, 0)), ((0, 3), (1, 3)), ((2, 0), (3, 0))):
        whole, text = table.cell(top, left), rows[top][left]
        merged = whole.merge(table.cell(bottom, right))
        merged.text = ""
        merged.paragraphs[0].add_run(text).bold = top < 2
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
