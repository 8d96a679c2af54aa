"""What a finding says, what it never says, and what a decision about it is bound to."""

import time

import pytest

from portal.archive.kinds import Kind
from portal.scanning.folding import fold, letters, numbered
from portal.scanning.numbers import checked, luhn
from portal.scanning.scanner import MOST_FOUND, Found, fingerprint, fingerprints, scan
from portal.scanning.vocabulary import Finding
from portal.texts.extracting import extract
from portal.texts.pieces import Piece
from tests import materials
from tests.portal.archive import samples
from tests.portal.scanning.fixtures import BAI, MA, POSITIVES, UNION, WORDS, in_words, wide
from tests.portal.texts import leaky


@pytest.fixture(autouse=True)
def _key(settings) -> None:
    settings.VAULT_KEYS = ["first key"]


def only(text: str, **more: list[str]) -> Found:
    (found,) = scan(text, **more)
    return found


# --- what a finding says ------------------------------------------------------------------------------------------------


def test_a_finding_names_its_place_and_stands_where_it_says() -> None:
    text = f"申请人马某，证件{wide(MA)}。"

    (found,) = scan([Piece("第3页", text)])

    assert (found.kind, found.place, found.certain) == (Finding.ID_NUMBER, "第3页", True)
    assert text[found.start : found.end] == wide(MA)
    assert found.excerpt == f"人马某,证件640*************{MA[-2:]}。"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话139-0000-0002。", "电话139****0002。"),
        (f"卡号{UNION}。", f"卡号622**************{UNION[-2:]}。"),
        ("宅电0774-2800002。", "宅电0774-*****02。"),
        ("邮箱mamou@example.com。", "邮箱m***@example.com。"),
        ("住在银川市兴庆区示例小区3号楼2单元501室。", "住在银川市兴庆区******。"),
        ("拍摄位置：北纬38.48730，东经106.23090", "拍摄位置：**"),
        ("秘密★5年", "秘密★5年"),
    ],
)
def test_what_was_found_is_masked_in_the_middle(text: str, masked: str) -> None:
    assert only(text).excerpt == masked


@pytest.mark.parametrize("text", [text for text, _ in POSITIVES])
def test_no_excerpt_gives_away_another_number(text: str) -> None:
    crowded = f"13900000001，{text}，{in_words(BAI)}，{MA}"

    for found in scan(crowded, words=WORDS):
        digits = "".join(char for char in numbered(fold(found.excerpt).text) if char in "0123456789")
        assert len(digits) <= 7 or found.kind in {Finding.CLASSIFIED, Finding.INTERNAL, Finding.WORD}
        assert found.key not in repr(found) or found.kind in {Finding.WORD, Finding.CLASSIFIED, Finding.INTERNAL}


def test_what_the_office_says_of_itself_is_left_alone() -> None:
    text = "电话0951-5016000，邮箱gk@oa.example.cn，手机139 0000 0001，地址：示例小区1号楼1单元101室"

    known = ["09515016000", "@oa.example.cn", "13900000001", "示例小区1号楼1单元101室"]

    assert len(scan(text)) == 4
    assert scan(text, known=known) == []
    assert scan(text.replace("5016000", "5016001"), known=known)[0].kind is Finding.LANDLINE


def test_words_are_found_over_signs_and_lines_but_not_over_sentences() -> None:
    assert [only(text, words=["敏感词"]).kind for text in ("敏\n感 词", "敏·感\u200b词", "敏感詞")] == [
        Finding.WORD
    ] * 3
    assert scan("不敏感。词语", words=["敏感词"]) == []
    assert scan("SHIPPING", words=["ship"]) == []
    assert scan("甲乙丙", words=["", "甲", " "]) == []


# --- files --------------------------------------------------------------------------------------------------------------


def test_what_lies_hidden_in_a_file_is_a_finding_by_itself() -> None:
    found = scan(extract(Kind.DOCX, leaky.word()).pieces)

    told = {(one.kind, one.place) for one in found}
    assert told == {
        (Finding.HIDDEN, "修订（已删除的文字）"),
        (Finding.MOBILE, "修订（已删除的文字）"),
        (Finding.HIDDEN, "隐藏文字"),
        (Finding.HIDDEN, "批注（田处长）"),
    }
    assert "13900000021" not in "".join(one.excerpt for one in found)


def test_a_number_in_a_hidden_row_a_photograph_or_a_note_is_found() -> None:
    files = (
        (Kind.XLSX, leaky.workbook()),
        (Kind.JPEG, leaky.photograph()),
        (Kind.PDF, materials.paper(hidden="13900000024")),
    )

    for kind, data in files:
        assert Finding.MOBILE in {one.kind for one in scan(extract(kind, data).pieces)}
    assert Finding.LOCATION in {one.kind for one in scan(extract(Kind.JPEG, leaky.photograph()).pieces)}


def test_what_could_not_be_looked_into_is_a_finding_that_ends_with_its_content() -> None:
    first, same, other = (
        scan(extract(Kind.DOC, data).pieces)[0] for data in (samples.DOC, samples.DOC, samples.DOC + b"x")
    )

    assert (first.kind, first.certain) == (Finding.UNSEEN, False)
    assert fingerprint(first) == fingerprint(same) != fingerprint(other)


# --- decisions ----------------------------------------------------------------------------------------------------------


def test_a_decision_about_a_number_holds_wherever_and_however_it_is_written() -> None:
    ways = (f"证件{MA}", f"另起一段，身份证{wide(MA)}", f"身份证 {in_words(MA)}", f"{MA[:6]} {MA[6:14]} {MA[14:]}")

    assert len({fingerprint(only(way)) for way in ways}) == 1
    assert fingerprint(only(f"证件{BAI}")) != fingerprint(only(f"证件{MA}"))


def test_a_decision_about_a_word_holds_for_its_surroundings_only() -> None:
    text = "关于某某地块拆迁底价公示的说明"

    here = fingerprint(only(text, words=["拆迁底价"]))

    assert here == fingerprint(only(text.replace("公示", " 公示"), words=["拆迁底价"]))
    assert here != fingerprint(only("另一处也写了拆迁底价三百万", words=["拆迁底价"]))


def test_a_fingerprint_cannot_be_guessed_and_survives_a_new_key(settings) -> None:
    found = only(f"证件{MA}")
    old = fingerprint(found)

    settings.VAULT_KEYS = ["second key", "first key"]

    assert fingerprint(found) != old
    assert old in fingerprints(found)
    assert MA not in repr(found)


# --- the parts --------------------------------------------------------------------------------------------------------------


def test_check_digits() -> None:
    assert checked(MA)
    assert not checked(MA[:17] + ("1" if MA[17] != "1" else "2"))
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


def test_a_number_with_a_wrong_check_digit_is_a_number_of_some_thing() -> None:
    wrong_card = UNION[:-1] + str((int(UNION[-1]) + 1) % 10)

    assert scan(f"{wrong_card} {wrong_card[:16]}") == []
    assert scan("640102201503070001、640102201503070002") == []
    assert not only(f"身份证{MA[:17]}{'1' if MA[17] != '1' else '2'}").certain


def test_folding_keeps_positions() -> None:
    text = "①機\u200b密％㎡１３"

    folded = fold(text)

    assert folded.text == "①机密%m213"
    assert [text[slice(*folded.span(at, at + 1))] for at in range(len(folded.text))] == [
        *"①機密％",
        "㎡",
        "㎡",
        *"１３",
    ]
    assert letters("王 小·明 ＡＢ").text == "王小明ab"
    assert numbered("二〇二五年，一三九〇〇〇〇〇〇〇一") == "二〇二五年，13900000001"


@pytest.mark.parametrize(
    "text",
    [
        *("", "\u200b" * 10_000, "😀" * 5000, "1" * 50_000, "1 " * 25_000, "-" * 50_000, "村" * 20_000, "楼1" * 20_000),
        *("a@" * 20_000, "a." * 20_000, "内部 " * 10_000, "密 " * 20_000, "住" * 20_000, "\ud800\udfff", "一" * 50_000),
        *("电话：2000000、" * 4000, "一1" * 20_000, "1单元" * 10_000, "(" * 20_000, "★" * 20_000),
    ],
)
def test_no_text_holds_the_scan_up(text: str) -> None:
    begun = time.perf_counter()

    assert len(scan(text, words=WORDS)) <= MOST_FOUND + 1
    assert time.perf_counter() - begun < 5


def test_a_list_of_many_people_is_cut_and_says_so() -> None:
    found = scan("\n".join(f"139{number:08d}" for number in range(MOST_FOUND + 7)))

    assert len(found) == MOST_FOUND + 1
    assert (found[-1].kind, "还有7处" in found[-1].excerpt) == (Finding.UNSEEN, True)
