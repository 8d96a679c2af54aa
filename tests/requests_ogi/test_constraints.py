"""What the database itself refuses, whatever the code above it forgets: each table, one point wrong at a time."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from portal.letters.models import Letter
from portal.organisation import people
from portal.organisation.models import Department
from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.models import Applicant, Attachment, CompletionRound, Consultation, InformationRequest
from requests_ogi.vocabulary import ApplicantKind, IdentityDocument, Opinion, Outcome, Severability
from tests.cast import Cast
from tests.factories import CREDIT_CODE, GRANT, GRANT_TEXTS, PNG, applied, approved, assigned, at, person, served

D = date.fromisoformat


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def drafted(nx: Cast, *, versions: int = 1) -> InformationRequest:
    case = assigned(nx, "2025-03-03")
    for version in range(versions):
        workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 10 + version))
    return case


REFUSED = {"outcome": Outcome.PROCESS_INFO, "ground": "discussion_record", "severability": Severability.INSEVERABLE}
PARTIAL = {
    "outcome": Outcome.PARTIAL,
    "parts": [1],
    "refusal": Outcome.PROCESS_INFO,
    "severability": Severability.SEVERABLE,
}
NOT_OURS = {"outcome": Outcome.NOT_OURS, "organ_name": "自然资源局", "organ_contact": "0000", "organ_unknown": False}


@pytest.mark.parametrize(
    ("constraint", "whole", "wrong"),
    [
        ("refusal_has_ground_and_severability", REFUSED, {"ground": ""}),
        ("refusal_has_ground_and_severability", REFUSED, {"severability": ""}),
        ("refusal_has_ground_and_severability", REFUSED, {"severability": Severability.SEVERABLE}),
        ("partial_lists_what_is_withheld", PARTIAL, {"parts": []}),
        ("partial_lists_what_is_withheld", PARTIAL, {"refusal": ""}),
        ("partial_lists_what_is_withheld", PARTIAL, {"severability": Severability.INSEVERABLE}),
        ("not_ours_names_the_organ", NOT_OURS, {"organ_name": ""}),
        ("not_ours_names_the_organ", NOT_OURS, {"organ_contact": ""}),
        ("drafter_is_an_author", {"outcome": Outcome.GRANTED}, {"authors": []}),
    ],
)
def test_a_draft_is_stored_only_with_what_its_outcome_owes(
    nx: Cast, constraint: str, whole: dict[str, Any], wrong: dict[str, Any]
) -> None:
    drafts = drafted(nx).drafts.all()
    drafts.update(**whole)

    with pytest.raises(IntegrityError, match=constraint):
        drafts.update(**wrong)


def test_an_organ_said_to_be_unknown_needs_no_name(nx: Cast) -> None:
    drafts = drafted(nx).drafts.all()

    assert drafts.update(outcome=Outcome.NOT_OURS, organ_name="", organ_contact="", organ_unknown=True) == 1


def test_two_drafts_do_not_share_a_version(nx: Cast) -> None:
    case = drafted(nx, versions=2)

    with pytest.raises(IntegrityError, match="draft_version_once"):
        case.drafts.update(version=1)


def test_only_one_draft_is_approved(nx: Cast) -> None:
    case = drafted(nx, versions=2)
    case.drafts.filter(version=1).update(approved_by=nx.ma, approved_at=at("2025-03-05"))

    with pytest.raises(IntegrityError, match="one_approved_answer"):
        case.drafts.filter(version=2).update(approved_by=nx.ma, approved_at=at("2025-03-05"))


FIRM = {
    "kind": ApplicantKind.BUSINESS,
    "name": "某某科技有限公司",
    "identity_document": IdentityDocument.CREDIT_CODE,
    "identity_number": CREDIT_CODE,
}


@pytest.mark.parametrize(
    ("who", "wrong"),
    [
        ({}, {"identity_document": IdentityDocument.CREDIT_CODE}),
        ({}, {"kind": ApplicantKind.OTHER}),
        (FIRM, {"identity_document": IdentityDocument.PASSPORT}),
        (FIRM, {"kind": ApplicantKind.NATURAL}),
    ],
)
def test_an_applicant_is_stored_only_with_a_document_of_their_kind(
    nx: Cast, who: dict[str, Any], wrong: dict[str, Any]
) -> None:
    case = applied(nx.body, "2025-03-03", person_=person(**who))

    with pytest.raises(IntegrityError, match="identity_document_fits_applicant"):
        Applicant.objects.filter(request=case).update(**wrong)


def test_a_file_is_attached_once_for_one_purpose(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03", uploads=(Upload("身份证明.png", PNG, "identity"),))
    there = case.attachments.get()
    again = {"request": case, "file": there.file, "added_at": at("2025-03-04")}
    Attachment.objects.create(purpose=Attachment.Purpose.DESCRIPTION, **again)

    with pytest.raises(IntegrityError, match="attachment_once"):
        Attachment.objects.create(purpose=there.purpose, **again)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("returned_or_lapsed", {"lapsed_on": D("2025-03-11")}),
        ("returned_after_it_was_asked", {"returned_on": D("2025-03-03")}),
    ],
)
def test_a_completion_is_either_answered_or_lapsed_and_never_before_it_was_asked(
    nx: Cast, constraint: str, wrong: dict[str, Any]
) -> None:
    case, how = applied(nx.body, "2025-03-03"), {"manner": "electronic", "sent_on": D("2025-03-04")}
    workflow.ask_completion(case, items="年份", working_days=10, by=nx.chen, at=at("2025-03-04"), **how)
    workflow.supplement(case, text="2024年度", returned_on=D("2025-03-10"), by=people.APPLICANT, at=at("2025-03-10"))

    with pytest.raises(IntegrityError, match=constraint):
        CompletionRound.objects.filter(request=case).update(**wrong)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("party_replies_after_it_was_asked", {"replied_on": D("2025-03-03")}),
        ("party_served_after_sending", {"served_on": D("2025-03-03")}),
    ],
)
def test_a_third_party_neither_receives_nor_answers_before_it_was_asked(
    nx: Cast, constraint: str, wrong: dict[str, Any]
) -> None:
    how = {"manner": "post", "sent_on": D("2025-03-04"), "proof_number": "EM1"}
    case = assigned(nx, "2025-03-03")
    asked = workflow.consult(case, party="某某公司", content="成本数据", by=nx.he, at=at("2025-03-04"), **how)
    workflow.hear(
        asked, opinion=Opinion.AGREES, reasons="", replied_on=D("2025-03-06"), by=nx.chen, at=at("2025-03-06")
    )

    with pytest.raises(IntegrityError, match=constraint):
        Consultation.objects.filter(pk=asked.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"answered_in_time": None}, {"answered_by": ""}])
def test_service_is_settled_whole(nx: Cast, wrong: dict[str, Any]) -> None:
    case = served(nx, "2025-03-03")

    with pytest.raises(IntegrityError, match="answer_settled_at_once"):
        InformationRequest.objects.filter(pk=case.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"answered_in_time": True}, {"answered_by": "post"}])
def test_nothing_of_a_service_is_settled_before_it(nx: Cast, wrong: dict[str, Any]) -> None:
    case = applied(nx.body, "2025-03-03")

    with pytest.raises(IntegrityError, match="answer_settled_at_once"):
        InformationRequest.objects.filter(pk=case.pk).update(**wrong)


def test_a_body_uses_the_code_of_a_department_once(nx: Cast, wz: Cast) -> None:
    again = {"code": nx.department.code, "name": "另一处室"}
    Department.objects.filter(body=wz.body, code=again["code"]).delete()
    Department.objects.create(body=wz.body, **again)

    with pytest.raises(IntegrityError, match="department_code_once"):
        Department.objects.create(body=nx.body, **again)


@pytest.mark.parametrize("wrong", [{"voided_at": at("2025-03-04")}, {"voided_why": "条款有误"}])
def test_a_letter_is_voided_with_day_and_reason_or_not_at_all(nx: Cast, wrong: dict[str, Any]) -> None:
    case = approved(nx, "2025-03-03")

    with pytest.raises(IntegrityError, match="letter_voided_with_reason"):
        Letter.objects.about(case).update(**wrong)
