"""Materials for stories: PDFs and pictures with something in them that must not get out."""

import io
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

SECRET_NAME, SECRET_PHONE, OPEN_WORDS = "Zhang San", "13912345678", "Subsidy 120 000"
NAME_BOX, PHONE_BOX = (0.08, 0.10, 0.5, 0.03), (0.08, 0.15, 0.5, 0.03)
"""Where name and phone stand on a page of `paper`, as fractions of it."""


def paper(*, pages: int = 1, name: str = SECRET_NAME, phone: str = SECRET_PHONE, hidden: str = "") -> bytes:
    """A PDF of A4 pages: a name, a phone number, and words that may be read by all. `hidden` is put wherever a PDF hides things."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for number in range(pages):
        page = writer.add_blank_page(595, 842)
        lines = ((0.12, f"Name {name}"), (0.17, f"Phone {phone}"), (0.30, f"{OPEN_WORDS} on sheet {number + 1}"))
        drawing = "".join(f"BT /F 18 Tf 60 {842 * (1 - top):.1f} Td ({text}) Tj ET\n" for top, text in lines)
        content = DecodedStreamObject()
        content.set_data(drawing.encode())
        page[NameObject("/Contents")] = writer._add_object(content)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
        if hidden:
            page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/App"): TextStringObject(hidden)})
            page[NameObject("/Annots")] = ArrayObject([writer._add_object(_note(hidden))])
    if hidden:
        writer.add_metadata({"/Author": hidden, "/Title": hidden})
        writer.add_attachment("list.txt", hidden.encode())
        writer.add_outline_item(title=hidden, page_number=0)
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(f"app.alert('{hidden}')")}
        )
    return _bytes(writer)


def _note(words: str) -> DictionaryObject:
    """A comment without anything to be seen."""
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Contents"): TextStringObject(words),
            NameObject("/Rect"): ArrayObject([]),
        }
    )


def sheet(drawing: str, *, cropped: tuple[float, ...] = (0, 0, 595, 842), turned: int = 0) -> bytes:
    """A PDF of one A4 page with this drawn on it (`/F` is a typeface), cropped and turned."""
    writer = PdfWriter(clone_from=io.BytesIO(paper()))
    page = writer.pages[0]
    content = DecodedStreamObject()
    content.set_data(drawing.encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    page.cropbox = RectangleObject(cropped)
    page.rotate(turned)
    return _bytes(writer)


def covering(data: bytes, kind: str) -> bytes:
    """The same PDF with a black mark of this kind laid over a part of the first page."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    black = DecodedStreamObject()
    black.set_data(b"0 0 0 rg 0 0 200 40 re f")
    black[NameObject("/Type")], black[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    black[NameObject("/BBox")] = RectangleObject((0, 0, 200, 40))
    mark = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): RectangleObject((50, 590, 250, 630)),
            NameObject("/F"): NumberObject(4),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(black)}),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(mark)])
    return _bytes(writer)


def locked(data: bytes) -> bytes:
    """The same PDF, with a password to open it."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    return _bytes(writer)


def huge() -> bytes:
    """A PDF whose page is larger than any sheet."""
    writer = PdfWriter()
    writer.add_blank_page(200_000, 200_000)
    return _bytes(writer)


def photograph(kind: str = "JPEG", *, author: str = "", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture, with an author in its EXIF."""
    picture = Image.new("RGB", size, (200, 30, 40))
    if author:
        exif = Image.Exif()
        exif[0x013B] = author
        options["exif"] = exif
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _bytes(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
