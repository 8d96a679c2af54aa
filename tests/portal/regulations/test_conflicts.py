"""Clauses that higher law contradicts are recorded, and not obeyed unless a deployment says so."""

from datetime import date

import pytest

from portal.regulations import library
from portal.regulations.schema import OWN

NOW = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("code", "rule", "prevails"),
    [
        pytest.param("ld", "LD-A8-9-5b", "REG-32", marks=pytest.mark.rule("LD-A8-9-5b")),
        pytest.param("ld", "LD-A8-9-6", "REG-34", marks=pytest.mark.rule("LD-A8-9-6")),
        pytest.param("ld", "LD-A8-9-8", "REG-30", marks=pytest.mark.rule("LD-A8-9-8")),
        pytest.param("ld", "LD-A8-9-9", "REG-29", marks=pytest.mark.rule("LD-A8-9-9")),
        pytest.param("ld", "LD-A8-10d", "REG-33", marks=pytest.mark.rule("LD-A8-10d")),
        pytest.param("ld", "LD-A8-6a", "REG-29", marks=pytest.mark.rule("LD-A8-6a")),
        pytest.param("ld", "LD-A4-3-1b", "REG-13", marks=pytest.mark.rule("LD-A4-3-1b")),
        pytest.param("yq", "YQ-S1-7a", "REG-16", marks=pytest.mark.rule("YQ-S1-7a")),
        pytest.param("yq", "YQ-S1-7b", "REG-15", marks=pytest.mark.rule("YQ-S1-7b")),
        pytest.param("yq", "YQ-S1-9-6", "REG-36", marks=pytest.mark.rule("YQ-S1-9-6")),
        pytest.param("yq", "YQ-S1-9-9", "REG-36", marks=pytest.mark.rule("YQ-S1-9-9")),
        pytest.param("yq", "YQ-S1-10f", "REG-33", marks=pytest.mark.rule("YQ-S1-10f")),
        pytest.param("yq", "YQ-S1-13", "REG-49", marks=pytest.mark.rule("YQ-S1-13")),
        pytest.param("yc", "YC-5.2-3", "REG-15", marks=pytest.mark.rule("YC-5.2-3")),
        pytest.param("nx", "NX-16-1", "REG-14", marks=pytest.mark.rule("NX-16-1")),
        pytest.param("nx", "NX-19-5", "REG-14", marks=pytest.mark.rule("NX-19-5")),
    ],
)
def test_a_clause_that_national_law_forbids_is_kept_with_the_article_that_prevails_and_not_obeyed(code, rule, prevails):
    article = library.profile(code, NOW).articles[rule]

    assert article.conflicts_with == article.prevails == prevails
    assert article.obeyed is False
    assert article.why


@pytest.mark.parametrize(
    ("rule", "code", "outcome", "row"),
    [
        pytest.param("NX-16-4", "nx", "needs_processing", "四2", marks=pytest.mark.rule("NX-16-4")),
        pytest.param("NX-16-5", "nx", "publication", "五3", marks=pytest.mark.rule("NX-16-5")),
        pytest.param("NX-16-6c", "nx", "process_info", "三6", marks=pytest.mark.rule("NX-16-6c")),
        pytest.param("NX-16-8", "nx", "petition", "五1", marks=pytest.mark.rule("NX-16-8")),
        pytest.param("NX-16-9a", "nx", "not_exist", "四1", marks=pytest.mark.rule("NX-16-9a")),
    ],
)
def test_a_category_the_measures_call_non_disclosure_is_carried_out_as_the_regulation_classes_it(
    rule, code, outcome, row
):
    nx = library.profile(code, NOW)

    assert nx.articles[rule].conflicts_with
    assert nx.articles[rule].obeyed
    assert rule in nx.outcomes[outcome].rules
    assert nx.outcomes[outcome].report_row == row


@pytest.mark.parametrize(
    ("code", "option", "lawful", "own"),
    [
        pytest.param("ld", "third_party.silence", "organ_decides", "refuse", marks=pytest.mark.rule("LD-A8-9-5b")),
        pytest.param("ld", "other_organ.silence", "consent", "organ_decides", marks=pytest.mark.rule("LD-A8-9-6")),
        pytest.param("ld", "identity.required", "every_request", "about_oneself", marks=pytest.mark.rule("LD-A8-6a")),
        pytest.param(
            "ld", "pause.causes", ("third_party", "other_organ"), ("third_party",), marks=pytest.mark.rule("LD-A8-10d")
        ),
        pytest.param("yq", "third_party.override", True, False, marks=pytest.mark.rule("YQ-S1-7b")),
        pytest.param("yq", "answer.postponed", False, True, marks=pytest.mark.rule("YQ-S1-9-9")),
        pytest.param("yq", "answer.neither_confirm_nor_deny", False, True, marks=pytest.mark.rule("YQ-S1-9-6")),
    ],
)
def test_a_choice_that_national_law_forbids_counts_only_under_the_bodys_own_precedence(code, option, lawful, own):
    assert library.profile(code, NOW).option(option) == lawful
    assert library.profile(code, NOW, precedence=OWN).option(option) == own


@pytest.mark.rule("YQ-S1-10f")
def test_yangquans_suspension_stops_no_clock_unless_its_own_rules_take_precedence():
    assert "force_majeure" not in library.profile("yq", NOW).option("pause.causes")
    assert "force_majeure" in library.profile("yq", NOW, precedence=OWN).option("pause.causes")


@pytest.mark.rule("LD-A8-9-9")
@pytest.mark.parametrize("precedence", ["statutory", OWN])
def test_a_purpose_is_never_asked_for_whatever_the_precedence(precedence):
    ld = library.profile("ld", NOW, precedence=precedence)

    assert ld.option("purpose.required") is False
    assert ld.articles["LD-A8-9-9"].obeyed is False


@pytest.mark.rule("YQ-S1-13")
def test_the_annual_report_of_a_department_is_due_on_31_january_whatever_its_own_system_says():
    for precedence in ("statutory", OWN):
        report = library.profile("yq", NOW, precedence=precedence).recurrences["annual_report_department"]

        assert (report.month, report.day) == (1, 31)


@pytest.mark.rule("WZ-6.2-1")
def test_wuzhou_takes_requests_by_telephone_and_telegram_with_the_form_filled_in_by_staff():
    channels = library.profile("wz", NOW).channels

    assert channels["telephone"].assisted
    assert channels["telegram"].assisted
    assert "telephone" not in library.profile("nx", NOW).channels
    assert library.profile("wz", NOW).articles["WZ-6.2-1"].prevails == "REG-29"
