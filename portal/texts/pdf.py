"""Opening PDF files and drawing their pages, one caller at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from math import sqrt
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from portal.refusal import Refusal
from portal.texts.pdfium import PDFIUM

POINT = 72  # to the inch
MOST_PIXELS = 16_000_000  # of a page that is drawn: A3 at 200 dpi; larger pages are drawn more coarsely
_MOST_POINTS = 16_000_000  # of a page in square points: beyond about 1.4 m square it would be drawn below 72 dpi


class Refused(Refusal):
    """A file that cannot be opened or drawn; the text is a full Chinese sentence that says what to do instead."""


@contextmanager
def opened(data: bytes, *, most: int) -> Iterator[Any]:
    """A PDF, with PDFium to oneself. Raises Refused for what is broken, locked, empty, or longer than `most` pages."""
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
                raise Refused("该PDF设置了打开密码，无法处理。请取消密码，另存一份后再上传。") from error
            raise Refused("该PDF已损坏，无法打开。请用阅读软件打开，另存（打印）为新的PDF后再上传。") from error
        with closing(document):
            if not 0 < len(document) <= most:
                raise Refused(
                    f"该PDF有{len(document)}页，一份材料最多{most}页。请拆成几份后分别上传。"
                    if len(document)
                    else "该PDF没有页面，请检查原文件能否打开，再重新上传。"
                )
            yield document


def scale(width: float, height: float, *, dpi: float) -> float:
    """By how much points become pixels. Raises Refused for a page larger than any sheet."""
    area = width * height
    if not 0 < area <= _MOST_POINTS:
        raise Refused("该材料中有尺寸异常的页面（边长超过1.4米或者为零），请按正常纸张大小重新打印为PDF后再上传。")
    return min(dpi / POINT, sqrt(MOST_PIXELS / area))


def drawn(document: Any, index: int, *, dpi: float) -> Image.Image:
    """One page as a picture, with the marks and seals that lie upon it. Raises Refused."""
    try:
        with closing(document[index]) as page:
            factor = scale(page.get_width(), page.get_height(), dpi=dpi)
            with closing(page.render(scale=factor, may_draw_forms=False, rev_byteorder=True)) as bitmap:
                picture: Image.Image = bitmap.to_pil().convert("RGB")
                return picture
    except pdfium.PdfiumError as error:
        raise Refused(f"第{index + 1}页无法显示。请用阅读软件打开，另存（打印）为新的PDF后再上传。") from error
