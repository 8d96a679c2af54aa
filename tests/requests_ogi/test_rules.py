"""The decisions of a request, without a database."""

from datetime import date

import pytest

from portal.regulations import library
from requests_ogi import rules
from requests_ogi.rules import Draft, Refused
from requests_ogi.vocabulary import ApplicantKind, IdentityDocument, Outcome, ReceiptRule

TODAY = date(2026, 11, 20)
OURS = {"clear": "clear", "kind": "information", "whose": "ours", "held": "held"}


@pytest.mark.rule("REG-31")
@pytest.mark.parametrize(
    ("rule", "days", "expected"),
    [
        (ReceiptRule.SUBMISSION, {}, date(2026, 3, 2)),
        (ReceiptRule.SIGNING, {"signed_on": date(2026, 3, 3)}, date(2026, 3, 3)),
        (ReceiptRule.CONFIRMATION, {"confirmed_on": date(2026, 3, 5)}, date(2026, 3, 5)),
        (ReceiptRule.CONFIRMATION, {}, None),
    ],
)
def test_the_day_of_receipt_depends_on_how_the_request_came(rule, days, expected) -> None:
    assert rules.received_on(rule, arrived_on=date(2026, 3, 2), **days).on == expected


def test_a_confirmation_before_arrival_is_refused() -> None:
    with pytest.raises(Refused, match="不能早于"):
        rules.received_on(ReceiptRule.CONFIRMATION, arrived_on=date(2026, 3, 2), confirmed_on=date(2026, 3, 1))


def test_signed_mail_without_a_signing_day_is_refused() -> None:
    with pytest.raises(Refused, match="签收日期"):
        rules.received_on(ReceiptRule.SIGNING, arrived_on=date(2026, 3, 2))


@pytest.mark.rule("REG-29", "LD-A8-6a")
@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (IdentityDocument.RESIDENT_ID, "000000199001010018", "000000199001010018"),
        (IdentityDocument.RESIDENT_ID, "００００００１９９００１０１００１８", "000000199001010018"),
        (IdentityDocument.RESIDENT_ID, " 000000 19900101 0018 ", "000000199001010018"),
        (IdentityDocument.CREDIT_CODE, "91000000ma0000000n", "91000000MA0000000N"),
        (IdentityDocument.PASSPORT, "e12345678", "E12345678"),
    ],
)
def test_a_right_number_is_accepted_however_it_is_typed(kind, text, expected) -> None:
    assert rules.identity_number(kind, text) == expected


@pytest.mark.rule("REG-29", "LD-A8-6a")
@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (IdentityDocument.RESIDENT_ID, "", "请填写"),
        (IdentityDocument.RESIDENT_ID, "000000199001010019", "校验不通过"),
        (IdentityDocument.RESIDENT_ID, "000000199013010018", "出生日期"),
        (IdentityDocument.RESIDENT_ID, "12345", "18位"),
        (IdentityDocument.RESIDENT_ID, "0000001990010100181", "18位"),
        (IdentityDocument.CREDIT_CODE, "91000000MA0000000P", "校验不通过"),
        (IdentityDocument.CREDIT_CODE, "91000000MA000000O1", "18位"),
        (IdentityDocument.CREDIT_CODE, "91000000MA0000000", "18位"),
        (IdentityDocument.CREDIT_CODE, "91000000MA0000000N0", "18位"),
        (IdentityDocument.PASSPORT, "护照", "6至20位"),
    ],
)
def test_a_wrong_number_is_refused_with_what_to_look_at(kind, text, words) -> None:
    with pytest.raises(Refused, match=words):
        rules.identity_number(kind, text)


def test_organisations_use_a_credit_code_and_people_do_not() -> None:
    assert rules.document_fits(ApplicantKind.BUSINESS, IdentityDocument.CREDIT_CODE)
    assert not rules.document_fits(ApplicantKind.NATURAL, IdentityDocument.CREDIT_CODE)
    assert not rules.document_fits(ApplicantKind.RESEARCH, IdentityDocument.PASSPORT)


@pytest.mark.rule("YQ-S1-9", "LD-A8-9-0", "REG-36", "REG-39", "NX-16-4", "LD-A8-9-4", "YQ-S1-9-4")
@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"clear": "still_unclear"}, Outcome.STILL_UNCLEAR),
        ({"clear": "clear", "kind": "petition"}, Outcome.PETITION),
        ({"clear": "clear", "kind": "publication"}, Outcome.PUBLICATION),
        ({"clear": "clear", "kind": "repeat"}, Outcome.REPEAT),
        ({"clear": "clear", "kind": "volume"}, Outcome.UNREASONABLE_VOLUME),
        ({"clear": "clear", "kind": "confirm"}, Outcome.CONFIRM_REISSUE),
        ({"clear": "clear", "kind": "registry"}, Outcome.REGISTRY_QUERY),
        ({"clear": "clear", "kind": "information", "whose": "not_ours"}, Outcome.NOT_OURS),
        ({**OURS, "held": "not_exist"}, Outcome.NOT_EXIST),
        ({**OURS, "held": "processing"}, Outcome.NEEDS_PROCESSING),
        ({**OURS, "give": "already_public"}, Outcome.ALREADY_PUBLIC),
        ({**OURS, "give": "grant"}, Outcome.GRANTED),
        ({**OURS, "give": "state_secret", "sever": "inseverable"}, Outcome.STATE_SECRET),
        ({**OURS, "give": "process", "sever": "inseverable"}, Outcome.PROCESS_INFO),
        ({**OURS, "give": "third_party", "sever": "severable"}, Outcome.PARTIAL),
    ],
)
def test_the_seven_steps_lead_to_one_outcome(answers, outcome) -> None:
    assert rules.outcome_of(answers) == outcome


@pytest.mark.rule("REG-37")
def test_nothing_is_refused_before_the_severability_question_is_answered() -> None:
    with pytest.raises(Refused, match="怎么给"):
        rules.outcome_of({**OURS, "give": "enforcement"})


def test_an_unanswered_question_is_named() -> None:
    with pytest.raises(Refused, match="是不是"):
        rules.outcome_of({"clear": "clear"})


def test_a_severed_refusal_keeps_its_ground() -> None:
    assert rules.refusal_of({**OURS, "give": "internal", "sever": "severable"}) == Outcome.INTERNAL_AFFAIRS
    assert rules.refusal_of({**OURS, "give": "grant"}) is None


COMPLETE = {
    "reason": "理由",
    "ground": "personnel",
    "severability": "inseverable",
    "provision": "当日网上提供",
    "query_method": "门户网站",
    "query_address": "专栏",
    "legal_channel": "信访窗口",
    "earlier_answer": "1号",
    "explanation": "已说明",
    "organ_name": "自然资源局",
    "organ_contact": "电话",
    "searches": 1,
    "parts": 1,
    "completed": True,
}


@pytest.mark.rule(
    "YQ-S1-10h", "LD-A8-9-2", "LD-A8-9-3", "NX-16-8", "NX-16-9a", "NX-16-9b", "YQ-S1-9-7", "LD-A8-9-7", "YQ-S1-10g"
)
@pytest.mark.parametrize(
    ("body", "outcome", "missing"),
    [
        ("nx", Outcome.INTERNAL_AFFAIRS, "reason"),
        ("ld", Outcome.STATE_SECRET, "reason"),
        ("yq", Outcome.PARTIAL, "parts"),
        ("nx", Outcome.ENFORCEMENT_FILE, "ground"),
        ("yc", Outcome.PROCESS_INFO, "severability"),
        ("ld", Outcome.ALREADY_PUBLIC, "query_method"),
        ("ld", Outcome.ALREADY_PUBLIC, "query_address"),
        ("yq", Outcome.GRANTED, "provision"),
        ("nx", Outcome.PETITION, "legal_channel"),
        ("wz", Outcome.REPEAT, "earlier_answer"),
        ("nx", Outcome.NOT_OURS, "organ_name"),
        ("yq", Outcome.NOT_OURS, "organ_contact"),
        ("ld", Outcome.NOT_OURS, "organ_name"),
        ("nx", Outcome.NOT_OURS, "reason"),
        ("ld", Outcome.NOT_EXIST, "searches"),
        ("wz", Outcome.STILL_UNCLEAR, "completed"),
        ("yc", Outcome.UNREASONABLE_VOLUME, "explanation"),
    ],
)
def test_a_draft_without_what_its_outcome_owes_is_refused(body, outcome, missing) -> None:
    requires = library.profile(body, TODAY).outcome(outcome).requires
    rules.judge_draft(Draft(outcome=outcome, **COMPLETE), requires)
    empty = {"searches": 0, "parts": 0, "completed": False}.get(missing, "")

    with pytest.raises(Refused):
        rules.judge_draft(Draft(outcome=outcome, **COMPLETE | {missing: empty}), requires)


@pytest.mark.rule("NX-16-9b")
def test_an_organ_that_cannot_be_found_need_not_be_named() -> None:
    requires = library.profile("nx", TODAY).outcome(Outcome.NOT_OURS).requires

    rules.judge_draft(
        Draft(outcome=Outcome.NOT_OURS, **COMPLETE | {"organ_name": "", "organ_contact": ""}, organ_unknown=True),
        requires,
    )


@pytest.mark.rule("REG-37", "REG-14")
def test_every_refusal_of_every_body_owes_ground_reason_and_severability() -> None:
    for code in library.bodies():
        for outcome in rules.REFUSAL_OUTCOMES:
            assert {"ground", "reason", "severability"} <= set(library.profile(code, TODAY).outcome(outcome).requires)


def test_nobody_approves_what_they_wrote() -> None:
    rules.may_approve(approver=3, authors={1, 2})
    with pytest.raises(Refused):
        rules.may_approve(approver=2, authors={1, 2})


@pytest.mark.rule("REG-30")
def test_a_completion_period_may_be_the_shortest_and_the_longest_and_nothing_beyond() -> None:
    assert [rules.completion_period(days, shortest=5, longest=30) for days in (5, 30)] == [5, 30]
    for days in (4, 31):
        with pytest.raises(Refused, match="5至30个工作日"):
            rules.completion_period(days, shortest=5, longest=30)


@pytest.mark.rule("REG-33")
def test_an_extension_is_of_one_day_at_least_and_of_the_most_at_most() -> None:
    term = {"most": 20, "already": False, "last_day": date(2026, 3, 31), "sent_on": date(2026, 3, 31)}

    for days in (1, 20):
        rules.may_extend(days=days, **term)
    for days in (-1, 0, 21):
        with pytest.raises(Refused, match="不得超过20"):
            rules.may_extend(days=days, **term)
