"""An outcome fixes article, report row, letter and remedy together (law.md §2 and §4.3)."""

from datetime import date

import pytest

from portal.regulations import library

NOW = date(2026, 11, 21)
LAST_DAY_OF_THE_OLD_LAW = date(2023, 12, 31)


@pytest.mark.parametrize(
    ("code", "row", "remedy"),
    [
        ("granted", "一", "R2"),
        ("already_public", "一", "R2"),
        ("partial", "二", "R1"),
        ("state_secret", "三1", "R1"),
        ("law_prohibits", "三2", "R1"),
        ("three_securities", "三3", "R1"),
        ("third_party_rights", "三4", "R1"),
        ("internal_affairs", "三5", "R1"),
        ("process_info", "三6", "R1"),
        ("enforcement_file", "三7", "R1"),
        ("registry_query", "三8", "R2"),
        ("not_exist", "四1", "R2"),
        ("not_ours", "四1", "R2"),
        ("needs_processing", "四2", "R2"),
        ("still_unclear", "四3", "R2"),
        ("petition", "五1", "R2"),
        ("repeat", "五2", "R2"),
        ("publication", "五3", "R2"),
        ("unreasonable_volume", "五4", "R2"),
        ("confirm_reissue", "五5", "R2"),
        ("lapsed_completion", "六1", "R2"),
        ("lapsed_fee", "六2", "R2"),
        ("withdrawn", "六3", "R0"),
        ("other", "六3", "R2"),
    ],
)
def test_an_outcome_has_the_row_and_the_remedy_of_the_matrix(code, row, remedy):
    outcome = library.national(NOW).outcome(code)

    assert (outcome.report_row, outcome.remedy) == (row, remedy)


def test_no_outcome_is_left_out_of_the_matrix():
    assert len(library.national(NOW).outcomes) == 24


@pytest.mark.parametrize("code", ["state_secret", "process_info", "partial"])
def test_before_2024_a_refusal_left_the_choice_between_reconsideration_and_a_suit(code):
    assert library.national(LAST_DAY_OF_THE_OLD_LAW).outcome(code).remedy == "R2"


def test_the_statement_that_reconsideration_comes_first_did_not_exist_before_2024():
    assert "R1" not in library.national(LAST_DAY_OF_THE_OLD_LAW).remedies
    assert library.national(date(2024, 1, 1)).remedies["R1"].review_first


def test_before_2024_the_superior_department_could_also_reconsider():
    assert library.national(LAST_DAY_OF_THE_OLD_LAW).remedies["R2"].authority == "government_or_superior_department"
    assert library.national(NOW).remedies["R2"].authority == "government"


def test_every_refusal_needs_a_ground_a_reason_and_the_question_of_severability():
    refusals = [
        outcome for outcome in library.national(NOW).outcomes.values() if outcome.letter_kind == "reply_refused"
    ]

    assert len(refusals) == 7
    assert all({"ground", "reason", "severability"} <= set(outcome.requires) for outcome in refusals)


def test_every_refusal_is_reached_by_a_ground_and_only_article_14_and_15_bind():
    national = library.national(NOW)
    refusals = {code for code, outcome in national.outcomes.items() if outcome.letter_kind == "reply_refused"}

    assert {ground.outcome for ground in national.grounds.values()} == refusals
    assert {ground.article for ground in national.grounds.values() if ground.strength == "may"} == {
        "《中华人民共和国政府信息公开条例》第十六条第一款",
        "《中华人民共和国政府信息公开条例》第十六条第二款",
    }


@pytest.mark.parametrize(
    ("code", "outcome", "need"),
    [
        pytest.param("yq", "granted", "time_place_manner", marks=pytest.mark.rule("YQ-S1-10g")),
        pytest.param("yq", "partial", "withheld_list", marks=pytest.mark.rule("YQ-S1-10h")),
        pytest.param("ld", "already_public", "query_method", marks=pytest.mark.rule("LD-A8-9-3")),
        pytest.param("ld", "already_public", "address", marks=pytest.mark.rule("LD-A8-9-3")),
        pytest.param("nx", "not_exist", "search_log"),
        pytest.param("nx", "not_exist", "reason", marks=pytest.mark.rule("NX-16-9a")),
        pytest.param("nx", "petition", "channel", marks=pytest.mark.rule("NX-16-8")),
        pytest.param("nx", "not_ours", "organ"),
        pytest.param("nx", "three_securities", "harm"),
        pytest.param("nx", "third_party_rights", "harm"),
        pytest.param("nx", "process_info", "reason", marks=pytest.mark.rule("NX-16-6c")),
    ],
)
def test_a_draft_must_hold_what_its_outcome_needs(code, outcome, need):
    assert need in library.profile(code, NOW).outcomes[outcome].requires


def test_a_body_may_ask_more_of_a_draft_than_national_law_and_never_less():
    national = library.national(NOW).outcomes
    for code in library.bodies():
        for key, outcome in library.profile(code, NOW).outcomes.items():
            assert set(national[key].requires) <= set(outcome.requires)
