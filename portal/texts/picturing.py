"""The pictures of a reading version: pages of scans as they look, and pictures within a Word document.

Each is drawn anew as a JPEG of a width that a screen shows, without anything the file says beside the picture.
"""

import hashlib
import io
import re
import warnings
import zipfile

from PIL import Image, ImageOps, ImageSequence

from portal.archive.kinds import Kind
from portal.texts import pdf

WIDTH = 1240
"""Pixels across: A4 at 150 dpi, which small print needs."""
UNDESCRIBED = "图片，原文没有文字说明"
"""What is said in place of a picture that its author did not describe."""
_QUALITY = 80
_MOST_GIVEN = 80_000_000  # pixels of a picture that is unpacked at all
_LONGEST_FILE = 5_000  # pages of a PDF that is opened at all
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP")
_MEDIA = "word/media/"
_PAGE = re.compile(r"page-(\d{1,4})", re.ASCII)
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def page_name(number: int) -> str:
    """What the picture of a page is called, from 1."""
    return f"page-{number}"


def sheet(number: int) -> str:
    """HTML of a page that is only a picture; its text, where somebody typed it, stands elsewhere."""
    figure = f'<figure class="sheet"><img data-file="{page_name(number)}" alt="第{number}页的图像，没有文字"></figure>'
    return f'<section id="page-{number}" data-page="{number}">{figure}</section>'


def name_of(data: bytes) -> str:
    """What a picture within a document is called: by its content, so that its place may change."""
    return hashlib.sha256(data).hexdigest()[:16]


def can_be_shown(data: bytes) -> bool:
    """Whether a picture within a document is of a kind and size that is drawn; drawings of Windows (EMF, WMF) are not."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            return picture.width * picture.height <= _MOST_GIVEN
    except _BROKEN:
        return False


def frames(data: bytes) -> int:
    """How many pages a picture file has. Raises one of Pillow's errors for a broken one."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        count = int(getattr(picture, "n_frames", 1))
        picture.verify()
        return count


def picture_of(kind: Kind, data: bytes, name: str) -> bytes | None:
    """The picture of this name as a JPEG, or None if the file has none. Raises Refusal for a PDF that cannot be drawn."""
    page = _PAGE.fullmatch(name)
    if kind is Kind.DOCX:
        found = None if page else _within(data, name)
        return None if found is None else _picture(found, 0)
    if page is None or int(page[1]) < 1:
        return None
    return _sheet(data, int(page[1]) - 1) if kind is Kind.PDF else _picture(data, int(page[1]) - 1)


def _sheet(data: bytes, index: int) -> bytes | None:
    with pdf.opened(data, most=_LONGEST_FILE) as document:
        if index >= len(document):
            return None
        across, _down = document.get_page_size(index)
        picture = pdf.drawn(document, index, dpi=pdf.POINT * WIDTH / max(across, 1))
    return _packed(picture)


def _within(data: bytes, name: str) -> bytes | None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.namelist():
            if entry.startswith(_MEDIA) and name_of(found := packed.read(entry)) == name:
                return found
    return None


def _picture(data: bytes, index: int) -> bytes | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_GIVEN:
                    return None
                frame = next((one for place, one in enumerate(ImageSequence.Iterator(picture)) if place == index), None)
                return None if frame is None else _packed(_on_white(ImageOps.exif_transpose(frame)))
    except _BROKEN:
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        return picture.point(lambda value: value / 256).convert("L")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _packed(picture: Image.Image) -> bytes:
    if picture.width > WIDTH:
        picture = picture.resize((WIDTH, max(1, picture.height * WIDTH // picture.width)))
    plain = picture.convert("RGB")
    plain.info = {}  # Pillow would write the comment of a picture into the next one
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
