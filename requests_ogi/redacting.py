"""Making copies that may leave the house: what is withheld is burnt into pictures of the pages, and metadata is left behind.

A redacted copy is made of pictures alone. Its pages are drawn, opaque boxes are painted over the pixels, and only those
pixels are written: there is no text, no layer and no object under a box that could be taken away. The file says nothing
about where it came from, and the same pixels always give the same bytes.

Pure functions: bytes in, bytes out, and everything is bounded. Boxes are (left, top, width, height) as fractions of the page
as it is shown, from its upper left corner.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from ctypes import byref, c_int
from importlib.resources import files
from math import ceil, floor, sqrt
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, ImageSequence

from portal.archive.kinds import Kind
from portal.texts.pdf import MOST_PIXELS, POINT, Refused, drawn, opened, scale

Box = tuple[float, float, float, float]

KINDS = (Kind.PDF, Kind.PNG, Kind.JPEG, Kind.TIFF)
MOST_PAGES = 300
DPI = 200
_MOST_GIVEN = 89_000_000  # of a picture that is read at all
_QUALITY = 80
_LEAST_INK = 24  # of 255: what is fainter against its ground nobody reads
_BLACK, _GREY, _INK = (0, 0, 0), (236, 238, 240), (60, 66, 74)

# What a page may carry beside what is seen, as PDFium would write it out again, and what pictures carry inside.
_TRACES = re.compile(
    rb"/(?:Metadata|PieceInfo|JavaScript|JS|AA|OpenAction|EmbeddedFiles?|EF|AF|FileAttachment|Launch|RichMedia|Annots|"
    rb"AcroForm|Outlines|Names|OCProperties|OCGs?|OC|StructParents?|LastModified|Thumb)(?=[\s/\[(<\d])"
    rb"|Exif\x00\x00|ns\.adobe\.com/xap|Photoshop 3\.0"
)


def page_count(data: bytes, kind: str) -> int:
    """How many pages a material has. Raises Refused for what cannot be opened, is locked, too long or too large."""
    if kind == Kind.PDF:
        with opened(data, most=MOST_PAGES) as document:
            for number in range(len(document)):
                scale(*document.get_page_size(number), dpi=DPI)
            return len(document)
    return sum(1 for _ in _frames(data))


def page_picture(data: bytes, kind: str, number: int, *, dpi: int = 110) -> bytes:
    """Page `number` (from 1) as a JPEG for looking at. Raises Refused, IndexError for a page there is not."""
    return _jpeg(_page(data, kind, number - 1, dpi=dpi))


def burnt(
    data: bytes, kind: str, *, boxes: Mapping[int, Sequence[Box]], blank: Set[int] = frozenset(), note: str = ""
) -> bytes:
    """A PDF made only of pictures of the pages. `boxes` are painted over, by page from 1; the pages of `blank` are replaced
    by an empty sheet that bears `note`.

    Nothing under a box reaches the result: two materials that differ only there give the same bytes.
    """

    def covered(number: int, picture: Image.Image) -> Image.Image:
        if number in blank:
            return _sheet(picture.size, note)
        draw = ImageDraw.Draw(picture)
        for box in boxes.get(number, ()):
            draw.rectangle(_pixels(box, picture.size), fill=_BLACK)
        return picture

    return _write(_pictures(data, kind, covered))


def stripped(data: bytes, kind: str) -> bytes:
    """A PDF of the whole material without metadata, attachments, scripts, links, forms and outline; its text stays text.

    Pictures, and documents whose pages carry hidden things that cannot be told apart from what is seen, become pictures:
    letters that nobody sees, or marks laid over a page.
    """
    if kind == Kind.PDF:
        plain = None if _hides_something(data) else _pages_alone(data)
        if plain is not None and not _TRACES.search(plain):
            return plain
    return burnt(data, kind, boxes={})


# --- drawing ------------------------------------------------------------------------------------------------------------


def _page(data: bytes, kind: str, index: int, *, dpi: int) -> Image.Image:
    if kind == Kind.PDF:
        with opened(data, most=MOST_PAGES) as document:
            if not 0 <= index < len(document):
                raise IndexError(index)
            return drawn(document, index, dpi=dpi)
    for place, frame in enumerate(_frames(data)):
        if place == index:
            frame.thumbnail((1600, 1600))
            return frame
    raise IndexError(index)


def _pictures(
    data: bytes, kind: str, change: Callable[[int, Image.Image], Image.Image]
) -> Iterator[tuple[bytes, tuple[int, int], bool, float]]:
    """Every page drawn, changed and packed: (JPEG, size in pixels, grey, points for a pixel); one page in memory at a time.

    PDFium is given up between two pages, so that a long document does not keep other people waiting.
    """
    count = page_count(data, kind)
    if kind != Kind.PDF:
        for index, frame in enumerate(_frames(data)):
            yield _packed(change(index + 1, frame), POINT / DPI)
        return
    for index in range(count):
        with opened(data, most=MOST_PAGES) as document:
            factor = scale(*document.get_page_size(index), dpi=DPI)
            picture = drawn(document, index, dpi=DPI)
        yield _packed(change(index + 1, picture), 1 / factor)


def _frames(data: bytes) -> Iterator[Image.Image]:
    """The pages of a picture file, upright, on white, none larger than a page. Raises Refused."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            frames = int(getattr(picture, "n_frames", 1))
            if frames > MOST_PAGES:
                raise Refused(f"该图片有{frames}页，一份材料最多{MOST_PAGES}页。请拆成几份后分别上传。")
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > _MOST_GIVEN:
                    raise Refused("该图片尺寸过大，无法处理。请降低扫描精度（300 dpi以内）后再上传。")
                yield _plain(frame)
    except Refused:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise Refused("该图片已损坏，无法打开。请重新扫描或者另存为新的图片后再上传。") from error


def _plain(frame: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(frame)
    seen = upright.convert("RGBA") if upright.mode in {"P", "LA", "PA"} else upright
    if seen.mode == "RGBA":
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        seen = paper
    if seen.mode.startswith("I;16") or seen.mode in {"I", "F"}:
        seen = seen.point(lambda value: value / 256).convert("L")
    plain = seen.convert("RGB")
    if plain.width * plain.height > MOST_PIXELS:
        factor = sqrt(MOST_PIXELS / (plain.width * plain.height))
        plain = plain.resize((max(1, floor(plain.width * factor)), max(1, floor(plain.height * factor))))
    plain.info = {}  # Pillow would write the comment of a picture into the next one
    return plain


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Every pixel that the box touches."""
    (left, top, width, height), (across, down) = box, size
    return (
        max(0, floor(left * across)),
        max(0, floor(top * down)),
        min(across, ceil((left + width) * across)) - 1,
        min(down, ceil((top + height) * down)) - 1,
    )


def _sheet(size: tuple[int, int], note: str) -> Image.Image:
    """What stands for a page that is withheld whole."""
    sheet = Image.new("RGB", size, _GREY)
    if note:
        font_file = files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf")
        with font_file.open("rb") as opened:
            font = ImageFont.truetype(opened, max(8, size[0] // 28))
        ImageDraw.Draw(sheet).text((size[0] / 2, size[1] / 2), note, fill=_INK, font=font, anchor="mm")
    return sheet


# --- what is there and not seen -----------------------------------------------------------------------------------------

_FAR = 10_000  # points: so far apart that the rounding of two places does not matter between them
# Annotations that lie beside the text or are part of it; every other one may have been laid over something.
_LYING_BESIDE = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_WIDGET}


def _hides_something(data: bytes) -> bool:
    """Whether a PDF holds letters that are not seen (under a box, off the sheet, white on white) or marks that may cover some."""
    for index in range(page_count(data, Kind.PDF)):
        with opened(data, most=MOST_PAGES) as document:
            try:
                if _hides(document, index):
                    return True
            except pdfium.PdfiumError:
                return True
    return False


def _hides(document: Any, index: int) -> bool:
    with closing(document[index]) as page:
        if any(_covers(page, place) for place in range(raw.FPDFPage_GetAnnotCount(page))):
            return True
        picture = drawn(document, index, dpi=110).convert("L")
        pixels = _placing(page, picture.size)
        with closing(page.get_textpage()) as text:
            boxes = (text.get_charbox(place) for place in range(text.count_chars()) if _is_letter(text, place))
            return not all(_inked(picture, pixels(box)) for box in boxes)


def _covers(page: Any, place: int) -> bool:
    mark = raw.FPDFPage_GetAnnot(page, place)
    if not mark:
        return True
    try:
        return raw.FPDFAnnot_GetSubtype(mark) not in _LYING_BESIDE
    finally:
        raw.FPDFPage_CloseAnnot(mark)


def _is_letter(text: Any, place: int) -> bool:
    sign = chr(raw.FPDFText_GetUnicode(text, place))
    return sign.isprintable() and not sign.isspace() and raw.FPDFText_IsGenerated(text, place) != 1


def _placing(page: Any, size: tuple[int, int]) -> Callable[[Box], tuple[int, int, int, int]]:
    """From a box of the page (left, bottom, right, top in points) to where it lies on its picture, turned and cropped as
    that is; a pixel wider on each side, so that a stroke that fills its box still stands out.
    """

    def device(x: int, y: int) -> tuple[int, int]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, byref(across), byref(down))
        return across.value, down.value

    (x0, y0), (xx, xy), (yx, yy) = device(0, 0), device(_FAR, 0), device(0, _FAR)

    def pixels(box: Box) -> tuple[int, int, int, int]:
        left, bottom, right, top = (side / _FAR for side in box)
        xs = [x0 + (xx - x0) * x + (yx - x0) * y for x, y in ((left, bottom), (right, top))]
        ys = [y0 + (xy - y0) * x + (yy - y0) * y for x, y in ((left, bottom), (right, top))]
        return (
            max(floor(min(xs)) - 1, 0),
            max(floor(min(ys)) - 1, 0),
            min(ceil(max(xs)) + 1, size[0]),
            min(ceil(max(ys)) + 1, size[1]),
        )

    return pixels


def _inked(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether something is to be seen there: a part of the sheet that is not of one colour."""
    left, top, right, bottom = box
    if left >= right or top >= bottom:
        return False
    extremes = picture.convert("L").crop(box).getextrema()
    low, high = float(extremes[0]), float(extremes[1])  # type: ignore[arg-type] # of one band, as asked for
    return high - low >= _LEAST_INK


# --- writing ------------------------------------------------------------------------------------------------------------


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()


def _packed(picture: Image.Image, unit: float) -> tuple[bytes, tuple[int, int], bool, float]:
    red, green, blue = picture.split()
    coloured = ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    return _jpeg(picture if coloured else red), picture.size, not coloured, unit


def _write(pages: Iterator[tuple[bytes, tuple[int, int], bool, float]]) -> bytes:
    """A PDF with one picture on each page and nothing else: no information dictionary, no identifier, no dates."""
    out, places = io.BytesIO(), {}

    def put(number: int, body: bytes) -> None:
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    kids = []
    for index, (jpeg, (across, down), grey, unit) in enumerate(pages):
        page, content, image = (3 + 3 * index + step for step in range(3))
        width, height = across * unit, down * unit
        drawing = zlib.compress(b"%.3f 0 0 %.3f 0 0 cm /P Do" % (width, height))
        put(
            page,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] /Contents %d 0 R"
            b" /Resources << /XObject << /P %d 0 R >> >> >>" % (width, height, content, image),
        )
        put(content, b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        put(
            image,
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s /BitsPerComponent 8"
            b" /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
            % (across, down, b"/DeviceGray" if grey else b"/DeviceRGB", len(jpeg), jpeg),
        )
        kids.append(b"%d 0 R" % page)
    put(1, b"<< /Type /Catalog /Pages 2 0 R >>")
    put(2, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids)))
    start, size = out.tell(), len(places) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    out.write(b"".join(b"%010d 00000 n \n" % places[number] for number in range(1, size)))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


def _pages_alone(data: bytes) -> bytes | None:
    """The pages drawn anew into an empty document, marks and seals made part of them; None where that cannot be done.

    What is seen of a page becomes one form on a fresh sheet: what hung on the page or on the document is not taken along.
    """
    try:
        with opened(data, most=MOST_PAGES) as document, closing(pdfium.PdfDocument.new()) as result:
            for index in range(len(document)):
                with closing(document[index]) as page:
                    if raw.FPDFPage_Flatten(page, raw.FLAT_PRINT) == raw.FLATTEN_FAIL:
                        return None
                _copy_page(document, index, result)
            out = io.BytesIO()
            result.save(out)
    except pdfium.PdfiumError:
        return None
    return _ID.sub(_blank, _INFORMATION.sub(_blank, out.getvalue()))


def _copy_page(document: Any, index: int, result: Any) -> None:
    """The form brings its page's rotation and its cropping with it; the sheet has the size that is seen."""
    with (
        closing(document.page_as_xobject(index, result)) as form,
        closing(result.new_page(*document.get_page_size(index))) as sheet,
    ):
        sheet.insert_obj(form.as_pageobject())
        sheet.gen_content()


# What PDFium writes of itself and of the hour into a new document; blanked in place, so that no offset moves.
_INFORMATION = re.compile(rb"(?<=<<)/CreationDate\([^)]*\)/Creator\(PDFium\)(?:/Producer\(PDFium\))?(?=>>)")
_ID = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])
