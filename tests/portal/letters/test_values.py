"""Numerals, titles, contents, kinds and character maps. No database."""

import pytest

from portal.letters import chinese, glyphs, kinds
from portal.letters.content import Content, heading, p, table
from portal.letters.kinds import LetterKind

from .conftest import reply


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_headings_are_counted_in_chinese(number, written):
    assert chinese.numeral(number) == written


@pytest.mark.parametrize("number", [0, 100])
def test_there_are_no_headings_before_one_or_after_ninety_nine(number):
    with pytest.raises(ValueError, match="1 to 99"):
        chinese.numeral(number)


def test_a_short_title_stays_on_one_line():
    assert chinese.title_lines("政府信息公开申请答复书") == ["政府信息公开申请答复书"]


@pytest.mark.parametrize(
    "title",
    [
        "关于某某单位申请公开二〇二五年度企业技术改造专项资金分配方案的答复书",
        "关于对《宁夏回族自治区工业领域数据安全管理实施细则（试行）》信息公开申请延期答复的告知书",
        "关于2025年度ABC项目（第3标段）Project Management Office验收资料政府信息公开申请的答复书",
        "一" * 60,
    ],
)
def test_a_long_title_breaks_into_lines_that_fit_and_loses_nothing(title):
    lines = chinese.title_lines(title)

    assert "".join(lines) == title
    assert len(lines) > 1
    assert all(len(line) <= 2 * chinese.TITLE_LINE for line in lines)
    assert not any(line[0] in "的、》）" for line in lines)


def test_the_author_may_break_a_title():
    assert chinese.title_lines("甲\n乙") == ["甲", "乙"]


def test_content_survives_its_json():
    assert Content.from_json(reply().to_json()) == reply()


@pytest.mark.parametrize(
    "block", [{"kind": "html", "text": ""}, {"kind": "p"}, {"kind": "p", "text": "", "onclick": ""}, heading("甲", 3)]
)
def test_content_refuses_what_is_not_a_block(block):
    with pytest.raises(ValueError, match="letter"):
        Content(addressee="王", blocks=(block,))


def test_a_table_must_be_even():
    with pytest.raises(ValueError, match="cells"):
        Content(addressee="王", blocks=(table(["甲", "乙"], [["一"]]),))


@pytest.mark.parametrize(("remedy", "text"), [("R1", ""), ("R0", "可以申请行政复议"), ("R9", "……")])
def test_a_remedy_and_its_text_come_together(remedy, text):
    with pytest.raises(ValueError, match=r"remedy|R0"):
        Content(addressee="王", blocks=(p("甲"),), remedy=remedy, remedy_text=text)


@pytest.fixture
def no_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})


def test_a_kind_is_known_once_registered(no_kinds):
    kind = kinds.register(LetterKind("reply", "答复书", series="告", suffix="告"))

    assert kinds.register(kind) is kind
    assert kinds.kind_of("reply") == kind


def test_a_code_stands_for_one_kind_only(no_kinds):
    kinds.register(LetterKind("reply", "答复书"))

    with pytest.raises(ValueError, match="already registered"):
        kinds.register(LetterKind("reply", "告知书"))


def test_kinds_that_share_a_series_share_its_suffix(no_kinds):
    kinds.register(LetterKind("reply", "答复书", series="告", suffix="告"))

    with pytest.raises(ValueError, match="one suffix"):
        kinds.register(LetterKind("extension", "延期告知书", series="告", suffix="延"))
    with pytest.raises(KeyError, match="registered: reply"):
        kinds.kind_of("extension")


def test_an_unknown_kind_names_the_known_ones(no_kinds):
    kinds.register(LetterKind("reply", "答复书"))

    with pytest.raises(KeyError, match="reply"):
        kinds.kind_of("telegram")


def test_the_faces_at_hand_show_common_and_rare_characters_and_the_mark_for_missing_ones():
    assert glyphs.printable("政府〔2026〕－①㛃䶮𠅤" + glyphs.MISSING) == ("政府〔2026〕－①㛃䶮𠅤" + glyphs.MISSING, [])


def test_missing_characters_are_named_once_each():
    assert glyphs.printable("😀吉😀𠮷") == ("〓吉〓〓", ["😀", "𠮷"])


def test_a_face_of_the_bodys_own_adds_its_characters(settings, tmp_path):
    # given a face whose map (format 4) has one segment: U+E000 → glyph 1, in the private area no free face fills
    subtable = bytes.fromhex("0004 0020 0000 0004 0004 0001 0000 e000 ffff 0000 e000 ffff 2001 0001 0000 0000")
    cmap = bytes.fromhex("0000 0001 0003 0001 0000000c") + subtable
    font = bytes.fromhex("00010000 0001 0010 0000 0000") + b"cmap" + bytes(4) + (28).to_bytes(4) + len(cmap).to_bytes(4)
    (tmp_path / "own.ttf").write_bytes(font + cmap)
    assert 0xE000 not in glyphs.characters()

    settings.FONT_DIR = str(tmp_path)

    assert 0xE000 in glyphs.characters()
    assert ord("政") in glyphs.characters()
