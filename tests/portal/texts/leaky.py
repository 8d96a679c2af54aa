"""Files with something left in them where nobody looks, made in memory."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pypdfium2 as pdfium
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from tests.portal.archive.samples import zipped

_MAIN = "http://schemas.openxmlformats.org"
_TYPES = f'<Types xmlns="{_MAIN}/package/2006/content-types"/>'
_LINKS = f'<Relationships xmlns="{_MAIN}/package/2006/relationships">%s</Relationships>'
_LINK = f'<Relationship Id="%s" Type="{_MAIN}/officeDocument/2006/relationships/x" Target="%s"/>'


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def revised(paragraph: Any, tag: str, text: str, author: str) -> None:
    """A tracked insertion (w:ins) or deletion (w:del) at the end of a paragraph."""
    change = OxmlElement(tag)
    change.set(qn("w:author"), author)
    change.set(qn("w:id"), "7")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText" if tag == "w:del" else "w:t")
    words.text = text
    run.append(words)
    change.append(run)
    paragraph._p.append(change)


def word() -> bytes:
    """A .docx with one secret in every corner."""
    document = Document()
    body = document.add_paragraph()
    for part in ("关于印发", "实施", "方案的通知"):
        body.add_run(part)
    revised(body, "w:ins", "（新增一句）", "马某")
    revised(body, "w:del", "删除的联系人13900000021", "白某")
    revised(body, "w:moveFrom", "，移走的字", "白某")
    body.add_run("看不见的底价").font.hidden = True
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "单位", "表格里的金额"
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "页眉上的字", "页脚上的字"
    document.add_comment(runs=body.runs, text="批注：这个数别往外说", author="田处长")
    document.core_properties.author, document.core_properties.last_modified_by = "马某", "白某"
    return saved(document)


def added(data: bytes, more: Mapping[str, bytes]) -> bytes:
    """The same package with further parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return zipped({name: packed.read(name) for name in packed.namelist()} | dict(more))


def footnotes(text: str) -> bytes:
    space = f"{_MAIN}/wordprocessingml/2006/main"
    return f'<w:footnotes xmlns:w="{space}"><w:footnote><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'.encode()


def workbook() -> bytes:
    """A .xlsx with one secret in every corner."""
    book = Workbook()
    open_sheet = book.active
    open_sheet.title = "汇总"
    open_sheet.append(["单位", "金额", "隐藏列里的名单"])
    open_sheet.append(["某某公司", 120, "白某"])
    open_sheet.append(["隐藏行里的手机", 13900000022])
    open_sheet.append(["公式", '=IF(1=1,"公式里的字","")'])
    open_sheet.row_dimensions[3].hidden = True
    open_sheet.column_dimensions["C"].hidden = True
    open_sheet["A1"].comment = Comment("批注里的意见", "田处长")
    open_sheet.oddHeader.center.text = "打印页眉"
    for title, state in (("收入", "hidden"), ("底稿", "veryHidden")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append([f"{title}表里的数"])
    book.defined_names["名单"] = DefinedName("名单", attr_text='"名称里的字"')
    book.properties.creator = "马某"
    return saved(book)


def slides() -> bytes:
    """A .pptx of two slides, the second hidden, with notes, a comment and an alternative text."""
    drawing, deck = f"{_MAIN}/drawingml/2006/main", f"{_MAIN}/presentationml/2006/main"
    relation = f"{_MAIN}/officeDocument/2006/relationships"

    def slide(text: str, more: str = "", tag: str = "sld") -> str:
        return (
            f'<p:{tag} xmlns:p="{deck}" xmlns:a="{drawing}"{more}><p:cSld><p:cNvPr descr="{text}的图"/>'
            f"<a:p><a:r><a:t>{text[:2]}</a:t></a:r><a:r><a:t>{text[2:]}</a:t></a:r></a:p></p:cSld></p:{tag}>"
        )

    parts = {
        "[Content_Types].xml": _TYPES,
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{deck}" xmlns:r="{relation}"><p:sldIdLst>'
        '<p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": _LINKS
        % (_LINK % ("r1", "slides/slide1.xml") + _LINK % ("r2", "slides/slide2.xml")),
        "ppt/slides/slide1.xml": slide("藏起来的一页", ' show="0"'),
        "ppt/slides/slide2.xml": slide("放映的一页"),
        "ppt/slides/_rels/slide2.xml.rels": _LINKS % (_LINK % ("r1", "../notesSlides/notesSlide1.xml")),
        "ppt/notesSlides/notesSlide1.xml": slide("讲稿里的话", tag="notes"),
        "ppt/comments/comment1.xml": f'<p:cmLst xmlns:p="{deck}"><p:cm><p:text>批注里的话</p:text></p:cm></p:cmLst>',
    }
    return zipped({name: text.encode() for name, text in parts.items()})


def ofd(*pages: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {"OFD.xml": f"<ofd:OFD {space}><ofd:Author>马某</ofd:Author></ofd:OFD>"}
    for number, text in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject Boundary="{at} 20 5 5"><ofd:TextCode>{char}</ofd:TextCode></ofd:TextObject>'
            for at, char in enumerate(text)
        )
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {space}>{objects}</ofd:Page>"
    return zipped({name: text.encode() for name, text in parts.items()})


def photograph() -> bytes:
    """A JPEG that knows who took it and where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "AUTHOR"  # as long as two Chinese characters: Pillow itself writes no more than ASCII
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (38.0, 29.0, 14.28),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (106.0, 13.0, 51.24),
        }
    )
    return drawn("JPEG", exif=exif, comment="摄于13900000023家中".encode()).replace(b"AUTHOR", "白某".encode())


def drawn(kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, kind, **options)
    return out.getvalue()


def described(text: str) -> bytes:
    """A PNG with a line of text in it."""
    info = PngInfo()
    info.add_itxt("Description", text)
    return drawn("PNG", pnginfo=info)


def attached(data: bytes, name: str, content: bytes) -> bytes:
    """The PDF with a file attached."""
    document = pdfium.PdfDocument(data)
    document.new_attachment(name).set_data(content)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def acting(actions: bytes, *more: bytes) -> bytes:
    """A PDF of one page with something said in its catalogue, and further objects."""
    said = b"<</Length 9>>stream\nBT ET    \nendstream"
    kids = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate((b"<</Type/Catalog/Pages 2 0 R" + actions + b">>", *kids, said, *more), 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + ends
