"""The main line of a request, from filing to the sealed dossier."""

from datetime import date

import pytest

from portal.clocks.models import Clock
from portal.letters.models import Letter
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Outcome, State
from tests.cast import Cast
from tests.factories import applied, approved, assigned, at, served, submitted


def test_a_request_filed_online_is_received_the_same_day(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    assert (case.state, case.received_on) == (State.RECEIVED, date(2025, 3, 3))
    assert case.number == "NX-2025-00001"


@pytest.mark.rule("YC-5.2-7", "LD-A8-10b", "LD-A6-5-4b", "NX-50-2")
@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
def test_every_body_answers_within_the_statutory_limit(cast_of, code: str) -> None:
    case = applied(cast_of(code).body, "2025-09-08")

    clock = Clock.objects.of(case).get(weight="statutory")
    assert clock.last_day == date(2025, 10, 11)


def test_the_whole_life_of_a_request_ends_in_a_sealed_dossier(nx: Cast, files) -> None:
    case = served(nx, "2025-03-03")

    dossier = workflow.close(case, by=nx.chen, at=at("2025-03-04"))

    case = InformationRequest.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.answered_in_time) == (State.CLOSED, Outcome.GRANTED, True)
    assert not Clock.objects.running().of(case).exists()
    assert dossier.subject_number == case.number


def test_a_department_sees_only_what_it_has(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    assert case in InformationRequest.objects.visible_to(nx.li, at=at("2025-03-04"))
    assert case not in InformationRequest.objects.visible_to(nx.wu, at=at("2025-03-04"))
    assert case not in InformationRequest.objects.visible_to(nx.zhao, at=at("2025-03-04"))


def test_approval_numbers_the_letter_and_fixes_the_outcome(nx: Cast, files) -> None:
    case = approved(nx, "2025-03-03")

    letter = Letter.objects.get(subject_id=case.pk)
    assert letter.number == f"{nx.body.number_stem}答〔2025〕1号"
    assert (case.answer.report_row, case.answer.remedy) == ("一", "R2")


def test_the_drafter_cannot_approve(nx: Cast, files) -> None:
    case = submitted(nx, "2025-03-03")

    with pytest.raises(Refusal, match="您的岗位不能办理“审签”"):
        workflow.approve(case, by=nx.li, at=at("2025-03-04"))
