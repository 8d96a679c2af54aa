"""Documents as offices hand them in, made in memory."""

import io
import struct
import zlib
from typing import Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from openpyxl import Workbook
from PIL import Image, ImageDraw

from portal.letters import glyphs

SENTENCE = "各级行政机关应当依照本办法的规定，及时、准确地公开政府信息，方便公民、法人和其他组织查询和使用。"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def paragraph(document: Any, text: str, *, font: str = "仿宋_GB2312", size: int = 16, centre: bool = False) -> None:
    line = document.add_paragraph()
    run = line.add_run(text)
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if centre:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def policy_paper(pages: int = 20) -> tuple[bytes, list[str]]:
    """A Word document of about so many pages as offices set it by hand, and what it says, in order."""
    document, said = Document(), []

    def say(text: str, **look: Any) -> None:
        paragraph(document, text, **look)
        said.append(text)

    say("关于推进工业园区绿色发展的实施意见", font="方正小标宋简体", size=22, centre=True)
    say("（征求意见稿）", centre=True)
    for number in range(1, pages + 1):
        say(f"{'一二三四五六七八九十'[number % 10]}、第{number}部分工作", font="黑体")
        say("（一）主要目标", font="楷体_GB2312")
        for line in range(1, 9):
            say(f"{number}.{line} " + SENTENCE * 2)
        table = document.add_table(rows=3, cols=3)
        for row in range(3):
            for column in range(3):
                text = f"表{number}行{row}列{column}"
                table.cell(row, column).text = ""
                table.cell(row, column).paragraphs[0].add_run(text).bold = row == 0
                said.append(text)
        for item in ("保障措施", "监督检查"):
            document.add_paragraph(item, style="List Bullet")
            said.append(item)
        if number == 3:
            document.add_picture(io.BytesIO(png()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue(), said


def word(*texts: str, numbered: tuple[str, str, str] | None = None) -> bytes:
    """A Word document of plain paragraphs; `numbered` = (format, pattern, start): Word counts each of them."""
    document = Document()
    for text in texts:
        line = document.add_paragraph(text)
        if numbered:
            line._element.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="900"/></w:numPr>')
            )
    if numbered:
        form, pattern, start = numbered
        root = document.part.numbering_part.element
        root.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
                f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
            ),
        )
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_pdf(body: str, *, header: str = "") -> bytes:
    """A PDF with a text layer, set like an official document: 一页 28 字, page numbers — 1 —."""
    source = f"""
#set page(paper: "a4", margin: (x: 28mm, y: 35mm), header: [{header}],
  footer: context align(center)[— #counter(page).display() —])
#set text(font: ("Noto Serif SC", "Noto Sans SC"), size: 16pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 14pt, spacing: 14pt)
#show heading.where(level: 1): it => align(center, text(size: 22pt, it.body))
#show heading.where(level: 2): it => par(text(font: "Noto Sans SC", size: 16pt, weight: "bold", it.body))
{body}
"""
    return bytes(typst.compile(source.encode(), font_paths=glyphs.fonts(), ignore_system_fonts=True, format="pdf"))


def scan(pages: int = 2) -> bytes:
    """A PDF of pictures alone, as a scanner writes it."""
    sheets = []
    for number in range(pages):
        sheet = Image.new("L", (620, 877), 255)
        ImageDraw.Draw(sheet).rectangle((80, 100 + 40 * number, 500, 140 + 40 * number), fill=0)
        sheets.append(sheet)
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=75)
    return out.getvalue()


def workbook() -> Workbook:
    """A list of grants with a merged title, a header row, and a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "资金安排"
    sheet.append(["2026年专项资金安排表", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["单位", "金额（万元）", "占比"])
    sheet.append(["甲厂", 1200.5, 0.25])
    sheet.append(["乙厂", 30, 0.5])
    sheet["B3"].number_format = "#,##0.00"
    sheet["C3"].number_format = sheet["C4"].number_format = "0.0%"
    book.create_sheet("底稿").append(["内部测算"])
    book["底稿"].sheet_state = "hidden"
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bad_png() -> bytes:
    """A picture that breaks off."""
    head = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
