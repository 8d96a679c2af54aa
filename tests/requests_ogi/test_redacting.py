"""Copies that may leave the house: nothing is left under a box, and nothing says where the file came from."""

import io
import re
import zlib
from time import perf_counter

import pypdfium2 as pdfium
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from portal.refusal import Refusal
from requests_ogi import redacting
from tests.materials import (
    NAME_BOX,
    OPEN_WORDS,
    PHONE_BOX,
    SECRET_NAME,
    SECRET_PHONE,
    covering,
    huge,
    locked,
    paper,
    photograph,
    sheet,
)

HIDDEN = "Wang Wu wrote this"


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def everything_in(data: bytes) -> bytes:
    """The bytes of a PDF, and every stream of it that can be unpacked."""
    found = [data]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


def tells(data: bytes, words: str) -> bool:
    """Whether the words can be found in a file in any of the usual spellings."""
    spellings = (words.encode(), words.encode("utf-16-be"), words.encode("utf-16-le"), words.encode().hex().encode())
    whole = everything_in(data)
    return any(spelling.lower() in whole.lower() for spelling in spellings)


def picture(data: bytes, number: int = 1) -> Image.Image:
    """The very picture a page of a burnt copy is made of."""
    (image,) = PdfReader(io.BytesIO(data)).pages[number - 1].images
    return image.image.convert("RGB")


def colours(image: Image.Image, box: tuple[float, float, float, float]) -> set:
    """The colours well within a box."""
    (left, top, width, height), (across, down) = box, image.size
    edge = 8  # a block of a JPEG, where the border of the box shows
    area = (left * across + edge, top * down + edge, (left + width) * across - edge, (top + height) * down - edge)
    return {colour for _, colour in image.crop(tuple(round(side) for side in area)).getcolors()}


@pytest.mark.rule("REG-37")
def test_nothing_can_be_read_in_a_redacted_copy() -> None:
    material = paper(hidden=HIDDEN)
    assert SECRET_NAME in text_of(material)
    assert tells(material, HIDDEN)

    copy = redacting.burnt(material, "pdf", boxes={1: [NAME_BOX, PHONE_BOX]})

    assert text_of(copy) == ""
    for words in (SECRET_NAME, SECRET_PHONE, OPEN_WORDS, HIDDEN):
        assert not tells(copy, words)


@pytest.mark.rule("REG-37")
def test_what_is_under_a_box_is_one_colour_and_what_is_beside_it_stays() -> None:
    before = picture(redacting.burnt(paper(), "pdf", boxes={}))
    after = picture(redacting.burnt(paper(), "pdf", boxes={1: [NAME_BOX]}))

    assert len(colours(before, NAME_BOX)) > 1
    assert colours(after, NAME_BOX) == {(0, 0, 0)}
    assert len(colours(after, PHONE_BOX)) > 1


@pytest.mark.rule("REG-37")
def test_a_copy_does_not_depend_on_what_its_boxes_cover() -> None:
    boxes = {1: [NAME_BOX, PHONE_BOX]}

    one = redacting.burnt(paper(), "pdf", boxes=boxes)
    other = redacting.burnt(paper(name="Li Si", phone="000"), "pdf", boxes=boxes)

    assert one == other


def test_a_box_covers_every_pixel_it_touches() -> None:
    material = photograph("PNG", size=(400, 400))

    image = picture(redacting.burnt(material, "png", boxes={1: [(0.2501, 0.2501, 0.25, 0.25)]}))

    assert all(max(image.getpixel(place)) < 90 for place in ((100, 100), (200, 200), (200, 100), (150, 150)))


def test_a_copy_says_nothing_of_itself() -> None:
    reader = PdfReader(io.BytesIO(redacting.burnt(paper(hidden=HIDDEN), "pdf", boxes={1: [NAME_BOX]})))

    assert not reader.metadata
    assert reader.xmp_metadata is None
    assert reader.attachments == {}
    assert reader.outline == []
    assert set(reader.trailer) == {"/Size", "/Root"}
    assert set(reader.trailer["/Root"]) == {"/Type", "/Pages"}
    assert set(reader.pages[0]) == {"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"}


def test_a_page_withheld_whole_is_an_empty_sheet_of_its_size() -> None:
    copy = redacting.burnt(paper(pages=2), "pdf", boxes={}, blank={2}, note="本页内容不予公开")
    other = redacting.burnt(
        paper(pages=2, name="Li Si"), "pdf", boxes={1: [NAME_BOX]}, blank={2}, note="本页内容不予公开"
    )

    assert len(PdfReader(io.BytesIO(copy)).pages) == 2
    assert picture(copy, 2).size == picture(copy, 1).size
    assert len(colours(picture(copy, 2), (0, 0, 1, 0.4))) == 1
    assert picture(copy, 2).tobytes() == picture(other, 2).tobytes()


def test_a_material_with_nothing_withheld_keeps_its_text_and_loses_its_traces() -> None:
    copy = redacting.stripped(paper(pages=2, hidden=HIDDEN), "pdf")
    reader = PdfReader(io.BytesIO(copy))

    assert SECRET_NAME in text_of(copy)
    assert not tells(copy, HIDDEN)
    assert not reader.metadata
    assert reader.attachments == {}
    assert reader.outline == []
    assert set(reader.trailer["/Root"]) == {"/Type", "/Pages"}
    assert not {"/Annots", "/PieceInfo", "/AA"} & set(reader.pages[0])


SEEN, UNSEEN = "BT /F 18 Tf 60 700 Td (OPEN) Tj ET\n", "BT /F 18 Tf 60 600 Td (UNSEEN) Tj ET\n"


@pytest.mark.rule("REG-37")
@pytest.mark.parametrize(
    "material",
    [
        sheet(f"{SEEN}{UNSEEN}0 0 0 rg 50 590 200 40 re f"),
        sheet(f"{SEEN}0 0 0 rg 50 590 200 40 re f\n{UNSEEN}"),
        sheet(f"{SEEN}1 1 1 rg {UNSEEN}"),
        sheet(f"{SEEN}3 Tr {UNSEEN}"),
        sheet(f"{SEEN}{UNSEEN.replace('600', '-600')}"),
        sheet(f"{SEEN}{UNSEEN}", cropped=(0, 650, 595, 842)),
        sheet(f"{SEEN}{UNSEEN}", cropped=(0, 650, 595, 842), turned=90),
        covering(sheet(f"{SEEN}{UNSEEN}"), "/Square"),
        covering(sheet(f"{SEEN}{UNSEEN}"), "/Redact"),
    ],
    ids=["box", "black on black", "white", "invisible", "off", "cropped", "turned", "mark", "mark of redaction"],
)
def test_words_that_are_there_and_not_seen_do_not_leave_the_house(material: bytes) -> None:
    assert "UNSEEN" in text_of(material)

    assert text_of(redacting.stripped(material, "pdf")) == ""


def test_words_on_a_turned_and_cropped_page_stay_words() -> None:
    for turned in (0, 90, 180, 270):
        material = sheet(SEEN, cropped=(40, 650, 500, 842), turned=turned)

        assert "OPEN" in text_of(redacting.stripped(material, "pdf"))


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_comment_in_a_picture_does_not_leave_the_house(kind: str, mode: str) -> None:
    drawn, told, out = Image.new(mode, (60, 40), 200), PngInfo(), io.BytesIO()
    told.add_text("comment", HIDDEN)
    drawn.save(out, kind, **({"comment": HIDDEN} if kind == "JPEG" else {"pnginfo": told}))
    assert HIDDEN.encode() in out.getvalue()

    copy = redacting.burnt(out.getvalue(), kind.lower(), boxes={1: [(0.0, 0.0, 0.5, 0.5)]})

    assert not tells(copy, HIDDEN)
    assert not tells(redacting.stripped(out.getvalue(), kind.lower()), HIDDEN)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_loses_who_took_it(kind: str) -> None:
    material = photograph(kind, author=HIDDEN)
    assert HIDDEN.encode() in material

    copy = redacting.stripped(material, kind.lower())

    assert not tells(copy, HIDDEN)
    assert picture(copy).size == (60, 40)


def test_a_picture_lying_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    assert picture(redacting.stripped(photograph(exif=exif), "jpeg")).size == (40, 60)


def test_a_document_with_a_picture_that_tells_becomes_pictures() -> None:
    album = io.BytesIO()
    Image.open(io.BytesIO(photograph())).save(album, "PDF")
    telling = album.getvalue().replace(b"JFIF\x00\x01", b"Exif\x00\x00", 1)

    copy = redacting.stripped(telling, "pdf")

    assert b"Exif" not in copy
    assert set(PdfReader(io.BytesIO(copy)).trailer) == {"/Size", "/Root"}


def test_a_scan_of_several_pages_keeps_them() -> None:
    scan = photograph("TIFF", save_all=True, append_images=[Image.new("1", (60, 40))])

    assert redacting.page_count(scan, "tiff") == 2
    assert len(PdfReader(io.BytesIO(redacting.burnt(scan, "tiff", boxes={}))).pages) == 2


def test_the_original_is_left_as_it_was() -> None:
    material = paper()
    before = bytes(material)

    redacting.burnt(material, "pdf", boxes={1: [NAME_BOX]})
    redacting.stripped(material, "pdf")

    assert material == before


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (locked(paper()), "pdf", "打开密码"),
        (b"%PDF-1.7\nnot a pdf at all\n%%EOF", "pdf", "已损坏"),
        (paper()[:400] + b"\n%%EOF", "pdf", "已损坏|没有页面"),
        (huge(), "pdf", "尺寸异常"),
        (photograph("PNG")[:60], "png", "已损坏"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "png", "已损坏"),
        (paper(), "jpeg", "已损坏"),
    ],
)
def test_a_hostile_file_is_refused_in_words(data: bytes, kind: str, words: str) -> None:
    for work in (redacting.page_count, redacting.stripped, lambda *file: redacting.burnt(*file, boxes={1: [NAME_BOX]})):
        with pytest.raises(Refusal, match=words):
            work(data, kind)


def test_a_document_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "MOST_PAGES", 2)

    with pytest.raises(Refusal, match="最多2页"):
        redacting.page_count(paper(pages=3), "pdf")


def test_a_large_page_is_drawn_more_coarsely() -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(2384, 3370)
    out = io.BytesIO()
    document.save(out)
    document.close()

    image = picture(redacting.burnt(out.getvalue(), "pdf", boxes={}))

    assert 15_000_000 < image.width * image.height <= 16_100_000


def test_twenty_pages_take_seconds() -> None:
    material, boxes = paper(pages=20), {number: [NAME_BOX] for number in range(1, 21)}
    started = perf_counter()

    redacting.burnt(material, "pdf", boxes=boxes)

    assert perf_counter() - started < 10
