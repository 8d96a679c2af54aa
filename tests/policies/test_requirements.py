"""What the outcomes require of an answer, and what the rules know how to ask for, are the same words."""

from dataclasses import replace
from datetime import date

from portal.regulations import library
from requests_ogi import checks
from requests_ogi.rules import NEEDS

OUTCOMES = library.national(date(2026, 9, 10)).outcomes


def test_the_profiles_require_nothing_that_no_rule_asks_for() -> None:
    assert checks.requirements_are_understood(None) == []


def test_a_mistyped_requirement_is_found() -> None:
    mistyped = {"granted": replace(OUTCOMES["granted"], requires=("reason", "serch_log"))}

    (problem,) = checks.unknown_needs("nx", mistyped)

    assert "“serch_log”" in problem.message
    assert "search_log" in problem.hint


def test_every_requirement_that_a_rule_asks_for_is_made_by_some_outcome() -> None:
    laws = [library.profile(code, date(2026, 9, 10)) for code in library.bodies()]
    made = {word for law in laws for outcome in law.outcomes.values() for word in outcome.requires}

    assert made == NEEDS
