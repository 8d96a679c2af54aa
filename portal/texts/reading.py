"""The accessible reading version of an attachment: its text as HTML that a screen reader, a phone and a search can use.

Pure functions, bytes in and values out. What could not be taken over is said in `notes`, in words for the reader; the file
itself stays the authoritative version.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from portal.archive.kinds import Kind
from portal.refusal import Refusal
from portal.texts import pdf
from portal.texts.cleaning import clean, from_lines
from portal.texts.picturing import frames, sheet

MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
_LONGEST_FILE = 5_000  # pages of a PDF that is opened at all


class Refused(Refusal):
    """A file that cannot be opened; the text is a full Chinese sentence that says what to do instead."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading version. `pages`: of a PDF or picture, else 1 (sheets of a workbook). `silent` are the pages that are only a
    picture, counted from 1: a text of them has to be typed in or asked for.
    """

    html: str
    pages: int = 1
    silent: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)


def reading_version(kind: Kind, data: bytes) -> Reading:
    """The reading version of a file of this kind (portal.archive.sniff has judged it). Raises Refusal for a broken file."""
    read = _READERS.get(kind)
    if read is None:
        return Reading("", notes=[f"{kind.label}不能自动转成阅读版，请另存为 docx、xlsx 或 PDF 后上传，或者录入全文。"])
    made = read(data)
    html, notes = made.html, list(made.notes)
    if len(html) > MOST_CHARACTERS:
        html = html[: html.rfind("</p>", 0, MOST_CHARACTERS) + len("</p>")]
        notes.append(f"全文过长，阅读版只到约{MOST_CHARACTERS // 10_000}万字处，其余内容请下载附件查看。")
    return Reading(clean(html), made.pages, made.silent, notes)


def _word(data: bytes) -> Reading:
    from portal.texts import reading_word  # python-docx and mammoth are wanted only here

    html, notes = reading_word.read(data)
    return Reading(html, notes=notes)


def _workbook(data: bytes) -> Reading:
    from portal.texts import reading_workbook

    html, sheets, notes = reading_workbook.read(data)
    return Reading(html, pages=sheets, notes=notes)


def _pdf(data: bytes) -> Reading:
    from portal.texts import reading_pdf

    with pdf.opened(data, most=_LONGEST_FILE) as document:
        count = len(document)
        html, silent, notes = reading_pdf.read(document, min(count, MOST_PAGES), most=MOST_CHARACTERS)
    if count > MOST_PAGES:
        notes.append(f"全文共{count}页，阅读版只有前{MOST_PAGES}页，其余内容请下载附件查看。")
    return Reading(html, count, tuple(silent), notes)


def _text(data: bytes) -> Reading:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return Reading(from_lines(data.decode(encoding), marked=False))
        except UnicodeDecodeError:
            continue
    raise Refused("无法识别该文本文件的编码。请在记事本中选择“另存为”，编码选 UTF-8，再上传。")


def _picture(data: bytes) -> Reading:
    try:
        count = frames(data)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Refused("该图片已损坏，无法打开。请重新扫描或者另存为新的图片后再上传。") from error
    pages = range(1, min(count, MOST_PAGES) + 1)
    html = "".join(sheet(number) for number in pages)
    return Reading(html, count, tuple(pages))


_READERS: dict[Kind, Callable[[bytes], Reading]] = {
    Kind.DOCX: _word,
    Kind.XLSX: _workbook,
    Kind.PDF: _pdf,
    Kind.TXT: _text,
    Kind.PNG: _picture,
    Kind.JPEG: _picture,
    Kind.TIFF: _picture,
}
