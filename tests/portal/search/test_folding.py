"""What is written in many ways is compared in one."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import folding

STYLES = (
    "〔{}〕{}号",
    "[{}]{}号",
    "（{}）{}号",
    "【{}】第{}号",
    "({})第 {} 号",
    "［{}］ {}",
    "﹝{}﹞{}號",
    "〔{}]0{}号",
)
TEXTS = st.text(st.sampled_from("政府工信厅，。 \n2025abＡＢ２〔〕資訊公開①㎡é\u0301\u200b\0"), max_size=40)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("《２０２５年度Ａ表》", "2025年度a表"),
        ("關於臺灣居民", "关于台湾居民"),
        ("固定\n资产  投资", "固定资产投资"),
        ("2025 年 度", "2025年度"),
        ("GDP growth", "gdp growth"),
        ("财政厅、税务局", "财政厅,税务局"),
        ("公\u200b开\ufeff", "公开"),
        ("cafe\u0301", "café"),
        ("😀，。！", ""),
    ],
)
def test_one_thing_is_written_in_many_ways(written: str, folded: str) -> None:
    assert folding.fold(written) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folding.fold(text)

    assert folding.fold(once) == once


@given(TEXTS, TEXTS)
def test_whoever_types_a_piece_of_a_text_finds_the_text(before: str, after: str) -> None:
    piece = "技术改造2025年"
    text = f"{before}。{piece}；{after}"

    assert folding.wanted(folding.fold(piece)) <= set(folding.bigrams(text))


@given(st.text())
def test_every_code_fits_into_four_bytes(text: str) -> None:
    codes = folding.bigrams(text)

    assert codes == sorted(set(codes))
    assert all(-(2**31) <= code < 2**31 for code in codes)


@given(st.text())
def test_places_lead_back_into_the_text(text: str) -> None:
    plain = folding.plain(text)
    marks, places = folding.marks(plain), folding.places(plain)

    for mark, place in zip(marks, range(len(plain)) if places is None else places, strict=True):
        assert mark in folding.marks(plain[place])


def test_codes_stay_what_they_are_because_they_are_stored() -> None:
    codes = [-590439692, -561821587, 24220, 25919, 3473505, 1587281970, 1698651804]

    assert folding.bigrams("政府2025ab") == codes


@pytest.mark.parametrize("style", STYLES)
def test_a_document_number_is_one_in_any_brackets(style: str) -> None:
    assert folding.document_number("宁工信发" + style.format("２０２０", "12")) == "宁工信发〔2020〕12号"


@given(st.sampled_from(STYLES), st.integers(1900, 2100), st.integers(1, 9999), st.sampled_from(["梧投促", "寧政辦發"]))
def test_numbers_that_differ_stay_apart(style: str, year: int, count: int, stem: str) -> None:
    found = folding.document_number(stem + style.format(year, count))

    assert found == f"{folding.fold(stem)}〔{year}〕{count}号"


@pytest.mark.parametrize(
    "text", ["", "〔2020〕12号", "2020年12号", "宁工信发12号", "宁工信发〔20〕12号", "宁工信发〔2020〕"]
)
def test_what_is_no_document_number_has_none(text: str) -> None:
    assert folding.document_number(text) == ""


def test_a_text_of_blanks_is_folded_in_no_time() -> None:
    begun = perf_counter()

    assert folding.fold(" " * 100_000 + "，" + " " * 100_000) == ""

    assert perf_counter() - begun < 2
