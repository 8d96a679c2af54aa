"""An answer that came back by post: whose fault it was decides which sending counts; nothing is closed in between."""

from datetime import date

import pytest

from portal.clocks.models import Clock
from portal.refusal import Refusal
from requests_ogi import verifying, workflow
from requests_ogi.filing import Upload
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import State
from tests.cast import Cast
from tests.factories import PNG, approved, at, served

D = date.fromisoformat
PROOF = Upload("面单.png", PNG, "proof")


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def posted(nx: Cast, day: str) -> InformationRequest:
    case = approved(nx, "2025-03-03", manner="post")
    return serve(case, nx, day)


def serve(case: InformationRequest, nx: Cast, day: str, number: str = "XA1") -> InformationRequest:
    return workflow.serve(
        case, manner="post", sent_on=D(day), proof_number=number, proof=PROOF, by=nx.chen, at=at(day, 17)
    )


def came_back(case: InformationRequest, nx: Cast, fault: str, day: str = "2025-03-14"):
    return workflow.return_post(
        case, returned_on=D(day), reason="原址查无此人", fault=fault, by=nx.chen, at=at(day, 11)
    )


@pytest.mark.rule("LET235-4")
def test_a_wrong_address_given_by_the_applicant_keeps_the_first_posting(nx: Cast) -> None:
    case = posted(nx, "2025-03-05")

    came_back(case, nx, "applicant")
    assert (case.state, case.answered_on) == (State.APPROVED, None)
    serve(case, nx, "2025-06-02", "XA2")

    assert (case.state, case.answered_on, case.answered_in_time) == (State.SERVED, D("2025-03-05"), True)
    assert not list(verifying.differences(nx.body))


@pytest.mark.rule("LET235-4", "REG-33")
def test_our_own_mistake_lets_the_limit_run_on_and_the_next_posting_decides(nx: Cast) -> None:
    case = posted(nx, "2025-03-05")
    limit = Clock.objects.of(case).get(weight="statutory").last_day

    came_back(case, nx, "ours")
    assert Clock.objects.running().of(case).get(duty="answer").last_day == limit
    serve(case, nx, "2025-06-02", "XA2")

    assert (case.answered_on, case.answered_in_time) == (D("2025-06-02"), False)
    assert Clock.objects.of(case).get(weight="statutory").ended_as == "late"
    assert not list(verifying.differences(nx.body))


def test_a_later_mistake_of_ours_does_not_take_away_the_day_that_stands(nx: Cast) -> None:
    case = posted(nx, "2025-03-05")
    came_back(case, nx, "applicant")
    serve(case, nx, "2025-03-20", "XA2")

    came_back(case, nx, "ours", "2025-03-28")
    serve(case, nx, "2025-06-02", "XA3")

    assert (case.answered_on, case.answered_in_time) == (D("2025-03-05"), True)


def test_nothing_is_closed_before_it_is_served_again(nx: Cast) -> None:
    case = posted(nx, "2025-03-05")
    came_back(case, nx, "ours")

    with pytest.raises(Refusal, match="待送达"):
        workflow.close(case, by=nx.chen, at=at("2025-03-17"))
    with pytest.raises(Refusal, match="待送达"):
        came_back(case, nx, "ours", "2025-03-18")


def test_what_was_sent_electronically_does_not_come_back_by_post(nx: Cast) -> None:
    with pytest.raises(Refusal, match="只有邮寄"):
        came_back(served(nx, "2025-03-05"), nx, "ours")


@pytest.mark.parametrize("day", ["2025-03-04", "2025-03-15"])
def test_a_return_lies_between_posting_and_today(nx: Cast, day: str) -> None:
    case = posted(nx, "2025-03-05")

    with pytest.raises(Refusal, match="退回日期"):
        workflow.return_post(case, returned_on=D(day), reason="退回", fault="ours", by=nx.chen, at=at("2025-03-14", 11))


def test_a_liaison_records_no_return(nx: Cast) -> None:
    case = posted(nx, "2025-03-05")

    with pytest.raises(Refusal, match="岗位"):
        workflow.return_post(
            case, returned_on=D("2025-03-14"), reason="退回", fault="ours", by=nx.li, at=at("2025-03-14")
        )
