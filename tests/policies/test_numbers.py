"""The numbers of the law in one table. Whoever changes a profile changes this table too, and says why in the same commit."""

from datetime import date

import pytest

from portal.regulations import library
from portal.regulations.schema import Profile, Term, Unit
from tests.conftest import TODAY

BEFORE_THE_REGULATION_OF_2019 = date(2019, 5, 14)
SHORT = {
    Unit.WORKING_DAY: "wd",
    Unit.CALENDAR_DAY: "cd",
    Unit.HOUR: "h",
    Unit.MONTH: "m",
    Unit.YEAR: "y",
    Unit.IMMEDIATE: "at once",
}

# wd working days, cd calendar days, h hours, m months; "5-30" the range a person chooses from; "+20wd×1" extended by at
# most that, so many times; "rolls": a last day on a holiday moves on to the next working day.
NATIONAL = {
    "answer": "20wd +20wd×1",
    "completion_notice": "7wd",
    "completion_reply": "15wd 5-30",
    "third_party_reply": "15wd",
    "co_maker_reply": "15wd",
    "authority_reply": "10wd",
    "fee_payment": "20wd",
    "reasons_reply": "10wd 5-15",
    "delayed_answer": "20wd 5-60",
    "receipt_confirmation": "1wd",
    "draft": "10wd",
    "proactive": "20wd",
    "reassessment": "20wd",
    "retrospective_approval": "1wd",
    "invited_review": "5wd",
    "correction": "20wd",
    "suggestion": "20wd",
    "complaint": "15wd",
    "mending": "10wd 1-30",
    "re_evaluation": "12m",
    "retention": "10y",
    "enforcement_result": "7wd",
    "enforcement_decision": "20wd",
    "interpretation": "3wd",
    "public_comment": "30cd rolls",
    "legality_review": "7wd",
    "opinion_major_release": "5h",
    "opinion_major_conference": "24h",
    "opinion_other": "48h",
    "reconsideration": "60cd rolls",
    "litigation_direct": "6m rolls",
    "litigation_after_review": "15cd rolls",
    "defence_simple": "5wd",
    "defence_ordinary": "10wd",
    "defence_litigation": "15cd rolls",
}
FORMERLY = NATIONAL | {"answer": "15wd +15wd×1"}
OWN = {
    "nx": {
        "service_change": "1wd",
        "sentiment_sensitive_report": "1h",
        "policy_publication": "3wd",
        "interpretation_media": "5wd",
    },
    "yc": {},
    "yq": {"secrecy_review": "5wd", "hand_over_to_publish": "2wd"},
    "ld": {
        "registration": "0at once",
        "password_change": "1m",
        "catalogue_change": "3wd",
        "unit_correction": "10wd 1-30",
    },
    "wz": {"publish_with_issue": "0at once"},
}
PROMISES = {
    "nx": {"interpretation": "3wd"},
    "yc": {},
    "yq": {"answer": "15cd +20cd×1 rolls"},
    "ld": {},
    "wz": {"answer": "7wd +15wd×1", "proactive": "5wd"},
}
# Own limits that reach further than the law, which prevails.
OVERRULED = {"nx": {}, "yc": {}, "yq": {}, "ld": {"interpretation": "7wd"}, "wz": {}}
REMINDERS = {"*": (10, 5, 2, 0), "completion_notice": (2, 0), "draft": (5, 2, 0), "receipt_confirmation": (0,)}
REPORTS = {"annual_report_department": (1, 31), "annual_report_government": (3, 31)}
OWN_REPORTS = {"nx": {"industry_bulletin": (None, None)}}
"""What a body must do again and again beyond the law; a period of its own has neither month nor day."""
COUNTS = {
    "nx": {
        "leading_group_meeting": "2 a year",
        "principal_hears_report": "1 a year",
        "security_evaluation": "1 a year",
    },
    "yc": {"principal_hears_report": "1 a year", "training": "1 a year", "site_update": "1 a week"},
    "yq": {},
    "ld": {},
    "wz": {},
}
CHANGES = (
    "2008-05-01",
    "2016-07-30",
    "2016-11-10",
    "2018-12-05",
    "2019-05-15",
    "2019-09-01",
    "2021-01-01",
    "2024-01-01",
)


def said(term: Term) -> str:
    words = [f"{term.amount}{SHORT[term.unit]}"]
    if term.minimum is not None:
        words.append(f"{term.minimum}-{term.maximum}")
    if term.extension:
        words.append(f"+{term.extension.amount}{SHORT[term.extension.unit]}×{term.extension.times}")
    return " ".join([*words, *(["rolls"] if term.rolls else [])])


def limits(law: Profile) -> dict[str, str]:
    return {key: said(term) for key, term in law.terms.items()}


def test_the_limits_of_national_law() -> None:
    assert limits(library.national(TODAY)) == NATIONAL


def test_the_limits_that_stood_before_15_may_2019() -> None:
    found = limits(library.national(BEFORE_THE_REGULATION_OF_2019))

    assert found == {key: FORMERLY[key] for key in found}
    assert not {"completion_notice", "third_party_reply", "fee_payment", "correction"} & set(found)


@pytest.mark.parametrize("body", library.bodies())
def test_the_limits_of_a_body_beside_national_law(body: str) -> None:
    law = library.profile(body, TODAY)

    assert limits(law) == NATIONAL | OWN[body]
    assert {key: said(term) for key, term in law.promises.items()} == PROMISES[body]
    assert {key: said(term) for key, term in law.overruled.items()} == OVERRULED[body]


@pytest.mark.parametrize("body", library.bodies())
def test_what_is_done_again_and_again(body: str) -> None:
    law = library.profile(body, TODAY)

    assert {key: (one.month, one.day) for key, one in law.recurrences.items()} == REPORTS | OWN_REPORTS.get(body, {})
    assert {key: f"{one.minimum} a {one.per}" for key, one in law.quotas.items()} == COUNTS[body]


@pytest.mark.parametrize("body", library.bodies())
def test_when_people_are_reminded(body: str) -> None:
    law = library.profile(body, TODAY)

    assert {key: law.reminders(key) for key in ("answer", *REMINDERS)} == REMINDERS | {"answer": REMINDERS["*"]}


def test_the_days_on_which_national_law_changed() -> None:
    days = library.changes("national", until=TODAY)

    assert tuple(day.isoformat() for day in days) == CHANGES


@pytest.mark.parametrize("body", library.bodies())
def test_numbers_that_are_choices(body: str) -> None:
    law = library.profile(body, TODAY)

    assert (law.option("completion.times"), law.option("office.closes")) == (1, "18:00")
    assert law.option("purpose.required") is False
    assert library.profile(body, BEFORE_THE_REGULATION_OF_2019).option("purpose.required") is True


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("sign_off.partial", "R2", "R1"),
        ("sign_off.silence", "choice", "review_first"),
        ("delivery.electronic_requires_review_channel", False, True),
    ],
)
def test_what_the_reconsideration_law_of_2024_turned_round(key: str, before: object, after: object) -> None:
    assert library.national(date(2023, 12, 31)).option(key) == before
    assert library.national(date(2024, 1, 1)).option(key) == after
