"""The reading version of a Word document: mammoth makes the HTML, after what it cannot see has been written down for it.

mammoth reads styles. Official documents rarely use them: they set headings in another typeface, centre the title by hand, and
let Word count the articles. So numbers become text, and what looks like a heading is given a style before mammoth reads it.
"""

import io
import re
import struct
import zipfile
import zlib
from copy import deepcopy
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from portal.texts.headings import in_order, level_of
from portal.texts.numbering import Numbers, value_of
from portal.texts.pdf import Refused
from portal.texts.picturing import UNDESCRIBED, can_be_shown, name_of

_MOST_XML = 30 * 1024 * 1024  # of the main part; longer ones are books that nobody reads in one page
_TITLE_SIZE = 40  # half points: 20 pt; titles are set in 二号 (22 pt), text in 三号 (16 pt)
_HEADING_FONTS = ("黑体", "楷体", "小标宋", "SimHei", "KaiTi", "Heiti")
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_CELL = re.compile(r"<th\b([^>]*)>")
_NOTES = re.compile(r'(?=<ol><li id="(?:foot|end)note-\d)')
_STYLES = """
p[style-name='Title'] => h2.center:fresh
p[style-name='标题'] => h2.center:fresh
p[style-name='文件标题'] => h2.center:fresh
p[style-name='Subtitle'] => p.center:fresh
p[style-name='heading 1'] => h3:fresh
p[style-name='标题 1'] => h3:fresh
p[style-name='heading 2'] => h4:fresh
p[style-name='标题 2'] => h4:fresh
p[style-name='heading 3'] => h5:fresh
p[style-name='标题 3'] => h5:fresh
p[style-name='heading 4'] => h5:fresh
p[style-name='heading 5'] => h5:fresh
p[style-name='heading 6'] => h5:fresh
p.PortalRedHead => p.red-head:fresh
p.PortalTitle => h2.center:fresh
p.PortalHeading3 => h3:fresh
p.PortalHeading4 => h4:fresh
p.PortalCenter => p.center:fresh
p.PortalRight => p.right:fresh
u => u
"""
_BROKEN = (
    *(OSError, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError, OverflowError),
    *(RecursionError, NotImplementedError, struct.error, zlib.error, zipfile.BadZipFile, etree.LxmlError, ExpatError),
)


def read(data: bytes) -> tuple[str, list[str]]:
    """(HTML, notes). Raises Refused for a document that cannot be opened."""
    notes: list[str] = []
    try:
        if _size(data) > _MOST_XML:
            return "", ["该文档篇幅过大，没有生成阅读版，请拆成几个附件，或者下载附件查看。"]
        document = Document(io.BytesIO(data))
        _prepare(document)
        notes += _left_out(document)
        prepared = io.BytesIO()
        document.save(prepared)
        left: list[str] = []
        html = _converted(prepared, left)
    except _BROKEN as error:
        raise Refused("该Word文档已损坏，无法打开。请用原软件打开，另存为新的docx文件后再上传。") from error
    if left:
        notes.append(f"原文有{len(left)}处图片没有收入阅读版，请下载附件查看。")
    return in_order(html.replace('</h2><h2 class="center">', "<br>")), notes


def _size(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.getinfo("word/document.xml").file_size


def _converted(document: io.BytesIO, left: list[str]) -> str:
    def taken_over(image: Any) -> list[Any]:
        words = (image.alt_text or "").strip()
        data = _content(image)
        if can_be_shown(data):
            return [mammoth.html.element("img", {"data-file": name_of(data), "alt": words or UNDESCRIBED})]
        left.append(words)
        return [mammoth.html.text(f"〔图片：{words}〕" if words else "〔图片，见附件原件〕")]

    made = str(mammoth.convert_to_html(document, style_map=_STYLES, convert_image=taken_over, id_prefix="").value)
    made = _NOTES.sub("<hr>", made, count=1).replace(">↑</a>", ">返回正文</a>")
    return _HEAD.sub(lambda head: _CELL.sub(_scoped, head[0]), made)


def _content(image: Any) -> bytes:
    """The bytes of a picture; nothing for one that lies elsewhere (mammoth fetches nothing) or is missing."""
    try:
        with image.open() as opened:
            return bytes(opened.read())
    except (KeyError, OSError, ValueError):
        return b""


def _scoped(cell: re.Match[str]) -> str:
    """A cell of a header row says what it heads."""
    return f'<th scope="{"colgroup" if "colspan=" in cell[1] else "col"}"{cell[1]}>'


def _prepare(document: Any) -> None:
    numbers = Numbers(document)
    styles = document.styles.element.findall(qn("w:style"))
    names = {one.get(qn("w:styleId")): (value_of(one, "w:name") or "").lower() for one in styles}
    body = document.element.body
    for paragraph in body.iter(qn("w:p")):
        label = numbers.label(paragraph)
        if label:
            _write_number(paragraph, label)
        style = _style(paragraph, names)
        if style:
            _set(_properties(paragraph), "w:pStyle", style, first=True)
    for table in body.iter(qn("w:tbl")):
        _mark_header_row(table)


def _write_number(paragraph: Any, label: str) -> None:
    """The number as the first run of its paragraph, which is counted no longer."""
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    gap = "" if label[-1] in "、．）)" else " " if label[-1] == "." else "　"
    text.text = label + gap
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    former = next((one for one in paragraph.iter(qn("w:rPr")) if one.getparent().tag == qn("w:r")), None)
    if former is not None:
        run.append(deepcopy(former))
    run.append(text)
    properties = _properties(paragraph)
    properties.addnext(run)
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        numbering = OxmlElement("w:numPr")
        properties.append(numbering)
    _set(numbering, "w:numId", "0")


def _style(paragraph: Any, names: dict[str, str]) -> str:
    """The style that a paragraph looks like, if it has none of its own that says so."""
    properties = paragraph.find(qn("w:pPr"))
    named = names.get(value_of(properties, "w:pStyle") or "", "")
    text = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
    if not text.strip() or named.startswith(("heading", "title", "标题", "list")):
        return ""
    aligned = value_of(properties, "w:jc")
    runs = [run for run in paragraph.iter(qn("w:r")) if any((one.text or "").strip() for one in run.iter(qn("w:t")))]
    if aligned == "center" and all(_size_of(run) >= _TITLE_SIZE for run in runs):
        return "PortalRedHead" if all(_is_red(run) for run in runs) else "PortalTitle"
    level = level_of(text)
    if level and all(_stands_out(run) for run in runs):
        return f"PortalHeading{level}"
    return {"center": "PortalCenter", "right": "PortalRight", "end": "PortalRight"}.get(aligned or "", "")


def _size_of(run: Any) -> int:
    size = value_of(run.find(qn("w:rPr")), "w:sz") or "0"
    return int(size) if size.isdecimal() else 0


def _is_red(run: Any) -> bool:
    """Set in the red of a paper's head (发文机关标志)."""
    color = value_of(run.find(qn("w:rPr")), "w:color") or ""
    return re.fullmatch(r"[C-F][0-9A-F][0-3][0-9A-F][0-3][0-9A-F]", color.upper()) is not None


def _stands_out(run: Any) -> bool:
    """Bold, or in a typeface that official documents keep for headings."""
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    bold = properties.find(qn("w:b"))
    if bold is not None and bold.get(qn("w:val")) not in {"0", "false", "off"}:
        return True
    fonts = properties.find(qn("w:rFonts"))
    names = "" if fonts is None else " ".join(fonts.attrib.values())
    return any(name in names for name in _HEADING_FONTS)


def _mark_header_row(table: Any) -> None:
    """A first row that is bold throughout is the header row, unless the table says which is."""
    rows = table.findall(qn("w:tr"))
    if len(rows) < 2 or any(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows):
        return
    cells = rows[0].findall(qn("w:tc"))
    runs = [[run for run in cell.iter(qn("w:r")) if run.find(qn("w:t")) is not None] for cell in cells]
    if cells and all(inside and all(_stands_out(run) for run in inside) for inside in runs):
        properties = rows[0].find(qn("w:trPr"))
        if properties is None:
            properties = OxmlElement("w:trPr")
            rows[0].insert(0, properties)
        properties.append(OxmlElement("w:tblHeader"))


def _left_out(document: Any) -> list[str]:
    """What is in the file and does not come into the reading version."""
    body = document.element.body
    names = {etree.QName(one).localname for one in body.iter() if isinstance(one.tag, str)}
    notes = []
    if names & {"oMath", "object", "chart", "relIds"}:
        notes.append("原文中的公式、图表或者嵌入的对象没有收入阅读版，请下载附件查看。")
    if names & {"ins", "del", "moveFrom"}:
        notes.append("原文带有修订痕迹，阅读版按接受全部修订后的文字显示。")
    edges = [edge for section in document.sections for edge in (section.header, section.footer)]
    if any(one.text.strip(" —-0123456789第共页\t") for edge in edges for one in edge.paragraphs):
        notes.append("原文的页眉、页脚没有收入阅读版。")
    return notes


def _properties(paragraph: Any) -> Any:
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = OxmlElement("w:pPr")
        paragraph.insert(0, properties)
    return properties


def _set(parent: Any, tag: str, value: str, *, first: bool = False) -> None:
    for one in parent.findall(qn(tag)):
        parent.remove(one)
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    parent.insert(0 if first else len(parent), element)
