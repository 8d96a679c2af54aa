"""Paper: what stands on it, that it never changes, and that nothing in it is taken for markup. No database."""

import io
from datetime import date

import pypdf
import pytest

from portal.letters import paper
from portal.letters.content import Content, heading, p
from portal.letters.paper import Row

from .conftest import REMEDY, new_body, pages, reply, words

DAY = date(2026, 11, 1)


def print_letter(content: Content, **changes):
    said = {"title": "政府信息公开申请答复书", "number": "宁工信公开告〔2026〕12号", "dated": DAY}
    return paper.letter_pdf(new_body(), content=content, **said | changes)


def test_a_letter_has_everything_a_letter_must_have():
    text = words(print_letter(reply()))

    for part in (
        "宁夏回族自治区工业和信息化厅文件",
        "宁工信公开告〔2026〕12号",
        "政府信息公开申请答复书",
        "王小明：",
        "一、检索情况",
        "二、处理结果",
        "电子公文系统",
        "1．公开分配方案",
        REMEDY,
        "附件：分配方案",
        "2026年11月1日",
        "（印章）",
        "联系电话：0951-5550101",
        "—1—",
    ):
        assert part in text


def test_the_same_letter_is_the_same_bytes():
    assert print_letter(reply()) == print_letter(reply())


def test_a_letter_is_a_pdf_a_that_carries_its_fonts_its_title_and_its_date():
    reader = pypdf.PdfReader(io.BytesIO(print_letter(reply())))

    metadata = reader.xmp_metadata.stream.get_data().decode()
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert reader.metadata.title == "政府信息公开申请答复书"
    assert reader.metadata["/CreationDate"].startswith("D:20261101")
    assert all("/FontFile3" in descriptor or "/FontFile2" in descriptor for descriptor in descriptors)


@pytest.mark.parametrize(
    "text", ["#panic()", "*x*", "$y$", '#import "x"', "= h", "\\", "@a", "<b>", "`c`", "// d", "[e]"]
)
def test_nothing_that_people_write_is_taken_for_markup(text):
    said = reply(addressee=text, blocks=(p(text), heading(text)), attachments=(text,), contact=text, copies_to=text)

    shown = words(print_letter(said, title=text, number=text))

    assert shown.count(text.replace(" ", "")) >= 7


def test_a_draft_says_so_and_has_no_place_for_the_seal():
    text = words(print_letter(reply(), mark=paper.DRAFT))

    assert "草" in text
    assert "稿" in text
    assert "（印章）" not in text


def test_a_name_with_rare_characters_is_printed():
    assert "王㛃䶮𠅤" in words(print_letter(reply(addressee="王㛃䶮𠅤")))


def test_a_character_that_no_face_has_is_marked_and_noted():
    text = words(print_letter(reply(addressee="王𠮷")))

    assert "王〓：" in text
    assert "U+20BB7" in text


def test_control_and_invisible_characters_disappear():
    assert "王小明：" in words(print_letter(reply(addressee="王\x07小\u200b明\ufe0f\ud800")))


def test_the_signature_and_imprint_never_stand_alone_on_a_page():
    for lines in range(1, 30):
        blocks = tuple(p("本机关经检索未找到相关信息。") for _ in range(lines))
        last = pages(print_letter(reply(blocks=blocks)))[-1]

        assert "行政复议" in last, lines
        assert "印发" in last, lines


def test_without_a_remedy_the_signature_holds_on_to_the_last_paragraph():
    for lines in range(14, 22):
        blocks = tuple(p(f"第{line}段。") for line in range(lines))
        last = pages(print_letter(reply(blocks=blocks, remedy="R0", remedy_text="", attachments=())))[-1]

        assert f"第{lines - 1}段。" in last


def test_a_heading_that_stands_alone_is_not_counted():
    text = words(print_letter(reply(blocks=(p("甲"), heading("不予公开的部分"), p("乙")))))

    assert "甲不予公开的部分乙" in text


def test_line_breaks_begin_new_paragraphs_and_headings_are_counted_within_their_chapter():
    said = (p("甲\n\n乙"), heading("情况"), heading("来文", 2), heading("检索", 2), heading("结果"), heading("答复", 2))

    text = words(print_letter(reply(blocks=said))).replace("—1—", "")

    assert "甲乙一、情况（一）来文（二）检索二、结果（一）答复" in text


def test_a_form_shows_its_rows_and_notes():
    pdf = paper.form_pdf(
        new_body(),
        title="登记回执",
        number="回执号：GXT-2026-00007",
        rows=[Row("收到日期", "2026年11月1日"), Row("签名", lines=3)],
        notes_heading="说明：",
        notes=["请妥善保管查询码。"],
        dated=DAY,
    )

    text = words(pdf)

    for part in (
        "登记回执",
        "回执号：GXT-2026-00007",
        "收到日期2026年11月1日",
        "签名",
        "1．请妥善保管查询码。",
        "（印章）",
    ):
        assert part in text
