"""Reading versions: every word in its order, structure where the paper shows it, and a note for all that is left out."""

import io
import re
import time
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from portal.archive.kinds import Kind
from portal.refusal import Refusal
from portal.texts import reading, reading_pdf, reading_workbook
from portal.texts.cleaning import clean, text_of
from portal.texts.headings import in_order, level_of
from portal.texts.numbering import chinese
from portal.texts.picturing import picture_of
from portal.texts.reading import reading_version
from tests.materials import photograph

from .papers import SENTENCE, bad_png, png, policy_paper, saved, scan, text_pdf, word, workbook

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def said(kind: Kind, data: bytes) -> list[str]:
    return text_of(reading_version(kind, data).html).replace("\t", "\n").split("\n")


# --- Word ---------------------------------------------------------------------------------------------------------------


def test_a_twenty_page_paper_keeps_every_paragraph_and_cell_in_order() -> None:
    data, texts = policy_paper(pages=20)

    lines = said(Kind.DOCX, data)

    assert [line for line in lines if "图片" not in line] == texts
    assert len(texts) > 400


def test_the_structure_set_by_hand_is_recognised() -> None:
    html = reading_version(Kind.DOCX, policy_paper(pages=1)[0]).html

    assert html.startswith(
        '<h2 class="center">关于推进工业园区绿色发展的实施意见</h2><p class="center">（征求意见稿）</p>'
    )
    assert "<h3>二、第1部分工作</h3><h4>（一）主要目标</h4><p>1.1 " in html
    assert '<thead><tr><th scope="col"><p><strong>表1行0列0</strong></p></th>' in html
    assert "<ul><li>保障措施</li><li>监督检查</li></ul>" in html


def test_a_picture_in_a_paper_keeps_its_place_and_says_that_nobody_described_it() -> None:
    data, _ = policy_paper(pages=3)

    made = reading_version(Kind.DOCX, data)

    name = re.search('<img alt="图片，原文没有文字说明" data-file="([0-9a-f]{16})">', made.html)
    assert name
    picture = picture_of(Kind.DOCX, data, name[1])
    assert picture is not None
    assert Image.open(io.BytesIO(picture)).size == (40, 30)
    assert made.notes == []


def test_a_described_picture_is_called_what_its_author_called_it() -> None:
    document = Document()
    document.add_picture(io.BytesIO(png()))
    document.element.body.find(f".//{{{WP}}}docPr").set("descr", "项目申报流程图")
    out = io.BytesIO()
    document.save(out)

    assert 'alt="项目申报流程图"' in reading_version(Kind.DOCX, out.getvalue()).html


def test_a_picture_that_cannot_be_drawn_leaves_its_place_and_a_note() -> None:
    document = Document()
    document.add_picture(io.BytesIO(png()))
    document.part.related_parts[
        document.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
    ]._blob = b"\x01\x00\x00\x00 a drawing of Windows"
    out = io.BytesIO()
    document.save(out)

    made = reading_version(Kind.DOCX, out.getvalue())

    assert "〔图片，见附件原件〕" in made.html
    assert made.notes == ["原文有1处图片没有收入阅读版，请下载附件查看。"]


@pytest.mark.parametrize(
    ("numbered", "lines"),
    [
        (("chineseCounting", "第%1条", "9"), ["第九条 甲", "第十条 乙", "第十一条 丙"]),
        (("chineseCountingThousand", "（%1）", "1"), ["（一）甲", "（二）乙", "（三）丙"]),
        (("decimal", "%1.", "1"), ["1. 甲", "2. 乙", "3. 丙"]),
        (("decimalEnclosedCircle", "%1", "2"), ["② 甲", "③ 乙", "④ 丙"]),
        (("upperRoman", "%1、", "4"), ["IV、甲", "V、乙", "VI、丙"]),
    ],
)
def test_numbers_that_word_counts_are_written_out(numbered: tuple[str, str, str], lines: list[str]) -> None:
    assert said(Kind.DOCX, word("甲", "乙", "丙", numbered=numbered)) == lines


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1005, "一千零五")],
)
def test_articles_are_counted_in_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


def test_word_styles_become_headings_that_skip_no_level() -> None:
    document = Document()
    document.add_heading("总则", level=1)
    document.add_heading("目的", level=3)
    document.add_paragraph("为了规范工作。")
    out = io.BytesIO()
    document.save(out)

    assert reading_version(Kind.DOCX, out.getvalue()).html == "<h2>总则</h2><h3>目的</h3><p>为了规范工作。</p>"


def test_headers_and_tracked_changes_are_named() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    out = io.BytesIO()
    document.save(out)

    assert "原文的页眉、页脚没有收入阅读版。" in reading_version(Kind.DOCX, out.getvalue()).notes


# --- PDF ----------------------------------------------------------------------------------------------------------------

BODY = "= 关于政府信息公开的实施办法\n" + "".join(
    f"\n== {'一二三四五六七八'[n]}、第{n}部分\n\n{SENTENCE * 3}\n\n第{n}条　短句。\n\nThe plan of {n} years for open data is here.\n"
    for n in range(8)
)


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    made = reading_version(Kind.PDF, text_pdf(BODY))
    html = made.html

    assert made.pages > 2
    assert made.silent == ()
    assert html.startswith('<section id="page-1" data-page="1"><h2 class="center">关于政府信息公开的实施办法</h2>')
    assert html.count(f"<p>{SENTENCE * 3}</p>") == 8
    assert [html.count(f"<h3>{'一二三四五六七八'[n]}、第{n}部分</h3>") for n in range(8)] == [1] * 8
    assert "<p>The plan of 3 years for open data is here.</p>" in html


def test_running_heads_and_page_numbers_are_left_out_and_nothing_else() -> None:
    plain = said(Kind.PDF, text_pdf(BODY))
    made = reading_version(Kind.PDF, text_pdf(BODY, header="#text(size: 9pt)[某市人民政府公报 2026 年第 3 期]"))

    assert text_of(made.html).split("\n") == plain
    assert "公报" not in made.html
    assert "—" not in made.html
    assert made.notes == ["原文每页重复的页眉、页脚没有收入阅读版。"]


def test_a_sentence_that_begins_every_page_is_not_taken_for_a_running_head() -> None:
    body = "#pagebreak()\n".join(f"{SENTENCE}\n\n第{n}页的内容，各不相同。\n" for n in range(5))

    assert said(Kind.PDF, text_pdf(body)).count(SENTENCE) == 5


def test_a_figure_that_stands_alone_at_the_end_is_no_page_number() -> None:
    body = "#pagebreak()\n".join(f"{n}号企业：{SENTENCE}\n#v(3cm)\n{n}\n" for n in (700, 12, 9))

    assert [line for line in said(Kind.PDF, text_pdf(body)) if line.isdecimal()] == ["700", "12", "9"]


def test_a_scanned_pdf_is_read_page_by_page_and_says_which_pages_have_no_words() -> None:
    made = reading_version(Kind.PDF, scan(pages=3))

    assert made.silent == (1, 2, 3)
    assert made.pages == 3
    assert made.html.count('<figure class="sheet">') == 3
    assert '<img data-file="page-3" alt="第3页的图像，没有文字">' in made.html
    assert made.notes == []


def test_pages_are_drawn_for_those_who_look() -> None:
    drawn = picture_of(Kind.PDF, scan(pages=2), "page-2")

    assert drawn is not None
    picture = Image.open(io.BytesIO(drawn))
    assert picture.format == "JPEG"
    assert abs(picture.width - 1240) <= 1


@pytest.mark.parametrize("name", ["page-0", "page-3", "page-99999", "cover", "0123456789abcdef"])
def test_what_is_not_there_is_not_drawn(name: str) -> None:
    assert picture_of(Kind.PDF, scan(pages=2), name) is None
    assert picture_of(Kind.DOCX, word("甲"), name) is None
    assert picture_of(Kind.PNG, png(), name) is None


def test_a_picture_file_is_drawn_without_what_it_says_beside_the_picture() -> None:
    drawn = picture_of(Kind.JPEG, photograph(author="张某", size=(3000, 20)), "page-1")

    assert drawn is not None
    assert "张某".encode() not in drawn
    assert Image.open(io.BytesIO(drawn)).width == 1240


def test_long_documents_end_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 2)

    made = reading_version(Kind.PDF, scan(pages=3))

    assert made.pages == 3
    assert "page-3" not in made.html
    assert made.notes[-1] == "全文共3页，阅读版只有前2页，其余内容请下载附件查看。"
    assert made.silent == (1, 2)


def test_a_text_is_cut_at_a_paragraph_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CHARACTERS", 100)

    made = reading_version(Kind.TXT, ("一二三四五六七八九十\n" * 20).encode())

    assert set(text_of(made.html).split("\n")) == {"一二三四五六七八九十"}
    assert len(made.html) <= 100
    assert "全文过长" in made.notes[0]


# --- workbooks, texts, pictures -----------------------------------------------------------------------------------------


def test_a_workbook_becomes_tables_as_they_are_shown() -> None:
    made = reading_version(Kind.XLSX, saved(workbook()))

    assert made.html == (
        "<table><caption>2026年专项资金安排表</caption><tbody>"
        '<tr><th scope="col">单位</th><th scope="col">金额（万元）</th><th scope="col">占比</th></tr>'
        "<tr><td>甲厂</td><td>1,200.50</td><td>25.0%</td></tr><tr><td>乙厂</td><td>30</td><td>50.0%</td></tr>"
        "</tbody></table>"
    )
    assert made.notes == ["隐藏的工作表没有收入阅读版；下载的文件中仍然含有。"]


def test_hidden_rows_and_columns_do_not_come_in() -> None:
    book = workbook()
    book["资金安排"].row_dimensions[3].hidden = True
    book["资金安排"].column_dimensions["B"].hidden = True

    made = reading_version(Kind.XLSX, saved(book))

    assert text_of(made.html) == "2026年专项资金安排表\n单位\t占比\n乙厂\t50.0%"
    assert "隐藏的行、列没有收入阅读版；下载的文件中仍然含有。" in made.notes


def test_merged_cells_span_what_is_shown() -> None:
    book = Workbook()
    book.active.append(["市", "县", "数"])
    book.active.append(["甲市", "一县", 1])
    book.active.append([None, "二县", 2])
    book.active.merge_cells("A2:A3")

    assert '<td rowspan="2">甲市</td><td>一县</td><td>1</td></tr><tr><td>二县</td><td>2</td></tr>' in (
        reading_version(Kind.XLSX, saved(book)).html
    )


def test_a_long_table_ends_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_workbook, "MOST_ROWS", 3)

    made = reading_version(Kind.XLSX, saved(workbook()))

    assert "乙厂" not in made.html
    assert "表格过长，阅读版只有前3行，其余内容请下载附件查看。" in made.notes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_becomes_paragraphs(encoding: str) -> None:
    assert (
        reading_version(Kind.TXT, "第一段 <b>\r\n\r\n## 第二段".encode(encoding)).html
        == "<p>第一段 &lt;b&gt;</p><p>## 第二段</p>"
    )


def test_a_picture_is_a_page_without_words() -> None:
    made = reading_version(Kind.PNG, png())

    assert made.silent == (1,)
    assert 'data-file="page-1"' in made.html


@pytest.mark.parametrize("kind", [Kind.DOC, Kind.XLS, Kind.PPTX, Kind.OFD])
def test_what_cannot_be_read_says_what_to_do(kind: Kind) -> None:
    made = reading_version(kind, b"whatever")

    assert made.html == ""
    assert "另存为" in made.notes[0]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Kind.DOCX, b"PK\x03\x04broken"),
        (Kind.DOCX, saved(Workbook())),
        (Kind.DOCX, word("甲")[:-400]),
        (Kind.XLSX, word("甲")),
        (Kind.XLSX, b""),
        (Kind.PDF, b"%PDF-1.4\n%%EOF"),
        (Kind.PDF, scan()[:300]),
        (Kind.TXT, b"\xff\xff\xff"),
        (Kind.PNG, bad_png()),
        (Kind.JPEG, b"\xff\xd8\xff"),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(kind: Kind, data: bytes) -> None:
    with pytest.raises(Refusal, match="请"):
        reading_version(kind, data)


def test_entities_that_swell_do_not_swell() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "{}">]><w:document>&c;</w:document>'.format("&b;" * 1000)
    data = _with_part(word("甲"), "word/document.xml", bomb.encode())

    with pytest.raises(Refusal):
        reading_version(Kind.DOCX, data)


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return out.getvalue()


def test_every_reading_version_is_clean() -> None:
    for kind, data in (
        (Kind.DOCX, policy_paper(pages=1)[0]),
        (Kind.PDF, text_pdf(BODY)),
        (Kind.PDF, scan()),
        (Kind.XLSX, saved(workbook())),
        (Kind.TXT, "甲<script>".encode()),
    ):
        html = reading_version(kind, data).html

        assert clean(html) == html


# --- headings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体要求", 3),
        ("第一章　总则", 3),
        ("（二）主要目标", 4),
        ("(三)步骤", 4),
        ("一、各单位应当执行。", 0),
        ("1.目标", 0),
        ("", 0),
    ],
)
def test_short_numbered_lines_are_headings(line: str, level: int) -> None:
    assert level_of(line) == level


@given(st.lists(st.integers(2, 5), max_size=12))
def test_headings_begin_with_the_second_level_and_skip_none(levels: list[int]) -> None:
    html = in_order("".join(f"<h{level}>题</h{level}>" for level in levels))

    found = [int(part[0]) for part in html.split("<h")[1:]]
    assert all(later <= earlier + 1 for earlier, later in zip([1, *found], found, strict=False))
    assert len(found) == len(levels)


def test_joining_lines_puts_blanks_between_latin_words_only() -> None:
    assert reading_pdf._joined(["依法", "公开"]) == "依法公开"
    assert reading_pdf._joined(["open", "data"]) == "open data"
    assert reading_pdf._joined(["infor-", "mation"]) == "information"


def test_three_hundred_pages_are_read_in_seconds() -> None:
    data = text_pdf("#pagebreak()\n".join([SENTENCE * 12] * 100))

    began = time.perf_counter()
    made: Any = reading_version(Kind.PDF, data)

    assert time.perf_counter() - began < 20
    assert made.pages >= 100
