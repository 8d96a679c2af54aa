"""Everything a file says, also what a reader does not see: for scanning before publication, for search, for reading aloud.

Pure: bytes in, pieces out. Bounded by the constants of the readers; nothing in a file is run, fetched or followed.
"""

import struct
import zipfile
import zlib

import pypdfium2 as pdfium
from lxml import etree
from PIL import Image

from portal.archive.kinds import Kind
from portal.archive.sniff import sniff
from portal.refusal import Refusal
from portal.texts.pieces import Enclosed, Extracted, Gathering, Piece, Refused
from portal.texts.readers import ofd, pdf, pictures, slides, word, workbook

__all__ = ["Extracted", "Piece", "Refused", "extract"]

_DEEPEST = 3
"""Files within files within a file: more layers than anybody makes by accident."""
_READERS = {
    Kind.DOCX: word.read,
    Kind.XLSX: workbook.read,
    Kind.PPTX: slides.read,
    Kind.PDF: pdf.read,
    Kind.OFD: ofd.read,
    Kind.PNG: pictures.read,
    Kind.JPEG: pictures.read,
    Kind.TIFF: pictures.read,
}
_BROKEN = (
    *(OSError, EOFError, KeyError, IndexError, ValueError, TypeError, SyntaxError, OverflowError, RecursionError),
    *(RuntimeError, NotImplementedError, struct.error, zlib.error, zipfile.BadZipFile),
    *(etree.XMLSyntaxError, pdfium.PdfiumError, Image.DecompressionBombError),
)
"""What the libraries raise for a file that is not as its kind should be."""


def extract(kind: Kind, data: bytes) -> Extracted:
    """All that is in a file of this kind, visible and hidden, each piece with its place in words.

    What cannot be looked into (old formats, scanned pages, pictures) is a piece that says so. Raises Refused for a file that
    is broken or locked.
    """
    into = Gathering()
    _read(kind, data, into, depth=1)
    return Extracted(tuple(into.pieces))


def _read(kind: Kind, data: bytes, into: Gathering, *, depth: int) -> None:
    if kind is Kind.TXT:
        into.add("正文", _decoded(data))
        return
    if kind not in _READERS:
        into.cannot(
            "全文", f"{kind.label}无法自动检查，请人工查看，或者另存为新格式（docx、xlsx、PDF）后再上传。", data
        )
        return
    try:
        enclosed = _READERS[kind](data, into)
    except _BROKEN as error:
        raise Refused(f"该{kind.label}已损坏，无法检查。请用原软件打开，另存为新文件后再上传。") from error
    for one in enclosed:
        _read_enclosed(one, into, depth=depth)


def _read_enclosed(one: Enclosed, into: Gathering, *, depth: int) -> None:
    place = f"内嵌文件“{one.name}”"
    if depth >= _DEEPEST:
        into.cannot(place, "文件层层嵌套，没有继续检查，请人工查看。", one.data)
        return
    try:
        _read(sniff(one.name, one.data), one.data, into.inside(place), depth=depth + 1)
    except Refusal:
        into.cannot(place, "内嵌的文件无法打开，没有检查，请人工查看。", one.data)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("无法识别该文本文件的编码。请在记事本中选择“另存为”，编码选 UTF-8，再上传。")
