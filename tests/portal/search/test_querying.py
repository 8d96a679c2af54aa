"""Finding what is public: words, phrases, numbers, filters, order, counts, and what is done when nothing is found."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.search import finding
from portal.search import service as search
from portal.search.models import Entry
from portal.search.service import Audience, Query

from .items import found, publish

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


def test_all_the_words_must_be_there_in_title_or_text() -> None:
    publish("关于印发产业扶持办法的通知", "对新材料企业给予奖励。")
    publish("关于产业招商的通知", "奖励另行通知。")

    assert found("产业 新材料") == ["关于印发产业扶持办法的通知"]


@pytest.mark.parametrize(
    "words", ["產業扶持", "产业　扶持", "产 业扶持", "ＧＤＰ目标", "gdp目标", "2025 年", "２０２５年"]
)
def test_however_it_is_typed_it_is_found(words: str) -> None:
    publish("产业扶持办法", "2025年GDP目标")
    publish("别的")

    assert found(words) == ["产业扶持办法"]


def test_what_only_has_the_right_pairs_in_the_wrong_places_is_left_out() -> None:
    publish("安排资金", "资金安排资料")
    publish("资金安排资", "资 排资金")

    page = search.query(Query("安排资金"))

    assert [result.plain_title for result in page.results] == ["安排资金"]
    assert (page.total, page.exact) == (1, True)


def test_numbers_and_latin_words_are_found_as_a_whole() -> None:
    publish("第112号", "party")
    publish("第12号", "art")

    assert found("12号") == ["第12号"]
    assert found("ART") == ["第12号"]


def test_a_phrase_in_quotes_stays_together() -> None:
    publish("有效", "扶持产业，促进就业")
    publish("产业促进", "扶持产业。另外促进就业")

    assert found("扶持产业 促进就业") == ["产业促进", "有效"]
    assert found("“扶持产业，促进就业”") == ["有效"]


@pytest.mark.parametrize(
    "typed",
    [
        "宁工信发〔2020〕12号",
        "宁工信发[2020]12号",
        "寧工信發（２０２０） 第12號",
        "宁工信发【2020】12",
        "〔2020〕12号",
        "宁工信发2020年第12号",
        "宁工信发2020 12号",
    ],
)
def test_a_document_number_finds_its_document_before_those_that_cite_it(typed: str) -> None:
    publish("引用的", "根据宁工信发（2020）12号文件", published_on=DAY + timedelta(9))
    publish("本身", "", document_number="宁工信发〔2020〕12号")
    publish("别的号", "", document_number="宁工信发〔2020〕112号")
    publish("别的年", "2020年第112号", document_number="宁工信发〔2021〕12号")

    results = found(typed)

    assert set(results) == {"本身", "引用的"}
    assert results[0] == "本身" or typed.startswith("〔")


def test_whoever_types_the_whole_title_finds_that_document_first() -> None:
    publish("关于印发奖励办法的通知", published_on=DAY)
    publish("《关于印发奖励办法的通知》政策解读", published_on=DAY + timedelta(2))

    assert found("关于印发奖励办法的通知")[0] == "关于印发奖励办法的通知"


@pytest.mark.parametrize("typed", ["NX-ZCFGC-2025-00012", "nx-zcfgc-2025-00012"])
def test_an_index_number_finds_its_document(typed: str) -> None:
    publish("本件", "正文", reference="NX-ZCFGC-2025-00012")
    publish("别的", "正文", reference="NX-ZCFGC-2025-00013")

    assert found(typed) == ["本件"]


def test_the_title_comes_first_then_the_newest() -> None:
    publish("旧", "奖励办法", published_on=DAY)
    publish("新", "奖励办法", published_on=DAY + timedelta(2))
    publish("奖励办法", "正文", published_on=DAY - timedelta(900))

    assert found("奖励办法") == ["奖励办法", "新", "旧"]


def test_filters_narrow_and_facets_count() -> None:
    publish("资金甲", body="nx", kind="通知", columns=("通知公告", "财政资金"), topics=("财政",))
    publish("资金乙", body="wz", kind="公告", validity="废止", published_on=date(2024, 1, 1))
    publish("资金丙", body="wz", kind="通知")

    page = search.query(Query("资金"))

    assert page.facets["body"] == (("wz", 2), ("nx", 1))
    assert page.facets["kind"] == (("通知", 2), ("公告", 1))
    assert page.facets["year"] == (("2025", 2), ("2024", 1))
    assert page.facets["column"] == (("通知公告", 3), ("财政资金", 1))
    assert page.facets["validity"] == (("有效", 2), ("废止", 1))
    assert page.facets["topic"] == (("财政", 1),)
    assert found("资金", body="wz", kind="通知") == ["资金丙"]
    assert found("资金", year=2024) == ["资金乙"]
    assert found("资金", validity="废止") == ["资金乙"]
    assert found("资金", column="财政资金") == found("资金", topic="财政") == ["资金甲"]


def test_filters_alone_list_the_newest() -> None:
    publish("先", published_on=DAY)
    publish("后", published_on=DAY + timedelta(1))
    publish("别家的", body="ld")

    assert found("", body="nx") == ["后", "先"]


def test_a_search_asks_the_database_at_most_three_times(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        publish(f"资金安排{number}号")

    for words in ("资金安排", "资金 安排 没有的 完全没有", "没有"):
        with django_assert_max_num_queries(3):
            search.query(Query(words, body="nx"))


def test_pages_follow_each_other_without_gaps() -> None:
    for number in range(45):
        publish(f"资金{number:02}", published_on=DAY + timedelta(number))

    pages = [search.query(Query("资金", page=page)) for page in (1, 2, 3, 4)]
    shown = [result.plain_title for page in pages for result in page.results]

    assert shown == [f"资金{number:02}" for number in range(44, -1, -1)]
    assert [(page.total, page.pages) for page in pages] == [(45, 3)] * 4


def test_totals_that_were_not_all_looked_at_say_so() -> None:
    for number in range(25):
        publish(f"资金安排{number}")

    assert search.query(Query("资金")).exact
    assert not search.query(Query("资金安排")).exact


def test_hits_are_marked_as_values_and_never_as_markup() -> None:
    publish("<b>獎勵</b>办法", f"{'前' * 200}\n<script>奖 励</script>{'后' * 200}")

    (result,) = search.query(Query("奖励")).results

    assert [(span.text, span.hit) for span in result.title] == [("<b>", False), ("獎勵", True), ("</b>办法", False)]
    assert [span.text for span in result.snippet if span.hit] == ["奖 励"]
    assert (result.snippet[0].text, result.snippet[-1].text) == ("…", "…")
    assert sum(len(span.text) for span in result.snippet) < 150


def test_marks_stand_where_they_belong_beside_characters_that_fold_to_several() -> None:
    publish("㎡①ﬁ奖励㈠", "㎡" * 60 + "奖励")

    (result,) = search.query(Query("奖励")).results

    assert [span.text for span in result.title if span.hit] == ["奖励"]
    assert [span.text for span in result.snippet if span.hit] == ["奖励"]


def test_nothing_found_shows_what_to_leave_out() -> None:
    publish("产业奖励", body="nx")
    publish("产业规划", body="nx")

    page = search.query(Query("产业 奖励 火星", body="wz"))
    without_body = search.query(Query("产业 火星"))
    beyond_filter = search.query(Query("产业", body="wz"))

    assert (page.total, page.results, page.suggestions) == (0, (), ())
    assert page.words == ("产业", "奖励", "火星")
    assert [(one.dropped, one.words, one.total) for one in without_body.suggestions] == [("火星", "产业", 2)]
    assert [(one.dropped, one.words, one.total) for one in beyond_filter.suggestions] == [("", "产业", 2)]


def test_staff_find_their_own_body_s_and_the_public_only_what_is_public() -> None:
    publish("资金公开", audience=Audience.PUBLIC, body="wz")
    publish("资金内部", audience=Audience.STAFF, body="wz")
    publish("资金别家内部", audience=Audience.STAFF, body="nx")

    assert found("资金") == ["资金公开"]
    assert sorted(found("资金", staff_of="wz")) == ["资金公开", "资金内部"]
    assert search.query(Query("资金")).facets["body"] == (("wz", 1),)


HOSTILE = {
    "ten thousand characters": "甲乙" * 5_000,
    "ten thousand words": "甲乙 丙丁 " * 2_000,
    "only punctuation": "，。！？…《》〔〕",
    "emoji": "😀🏛️👨‍👩‍👧‍👦",
    "sql": "'; DROP TABLE search_entry; -- %s %(a)s {0} \\",
    "null bytes": "\0公\0开\0",
    "lone surrogate": "\ud800公开",
    "quotes": '"“”「"',
    "regular expression": "(((((a+)+)+)+)+$ [^",
    "brackets": "〔〔〔2020〕〕12号" * 40,
    "direction": "\u202e\u200f公开",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_is_typed_is_answered(kind: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    publish("公开", "甲乙")

    text = HOSTILE[kind]
    with django_assert_max_num_queries(3):
        page = search.query(Query(text, body=text, column=text, kind=text, year=10**9, page=-(10**9)))
    with django_assert_max_num_queries(3):
        search.query(Query(text))

    assert page.total == 0
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("words", ["，。！？", "😀"])
def test_what_holds_no_word_is_answered_with_a_sentence(words: str) -> None:
    publish("公开")

    assert search.query(Query(words)).note == finding.NOTHING_TO_FIND
    assert search.query(Query(words)).total == 0


def test_what_is_too_long_is_looked_for_by_its_beginning_and_says_so() -> None:
    publish("甲乙" * 200)

    page = search.query(Query("甲乙" * 5_000))

    assert (page.total, page.note) == (1, finding.CUT)
