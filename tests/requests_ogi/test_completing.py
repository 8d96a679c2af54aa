"""Completion: asked once, in time and for everything; answered or lapsed."""

from datetime import date

import pytest
from django.db import IntegrityError

from portal.clocks.models import Clock
from portal.letters.models import Letter
from portal.organisation import people
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.models import CompletionRound, InformationRequest
from requests_ogi.vocabulary import Outcome, State
from tests.cast import Cast
from tests.factories import applied, at

D = date.fromisoformat


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def asked(cast: Cast, *, received: str = "2025-09-26", on: str = "2025-09-30", days: int = 15) -> InformationRequest:
    case = applied(cast.body, received)
    workflow.ask_completion(
        case,
        items="请明确年份。\n请提供文号。",
        working_days=days,
        manner="electronic",
        sent_on=D(on),
        by=cast.chen,
        at=at(on),
    )
    return case


def supplemented(case: InformationRequest, on: str) -> InformationRequest:
    return workflow.supplement(case, text="2024年度", returned_on=D(on), by=people.APPLICANT, at=at(on))


@pytest.mark.rule("REG-30", "LD-A8-9-8")
def test_the_limit_starts_anew_when_the_completion_comes_and_the_number_stays(nx: Cast) -> None:
    case = asked(nx)
    number = case.number

    supplemented(case, "2025-10-20")

    assert Clock.objects.running().of(case).get(duty="answer").last_day == D("2025-11-17")
    assert (case.number, case.state) == (number, State.RECEIVED)


def test_no_answering_limit_runs_while_the_applicant_has_the_word(nx: Cast) -> None:
    case = asked(nx)

    assert [clock.duty for clock in Clock.objects.running().of(case)] == ["completion_reply"]


@pytest.mark.rule("REG-30")
def test_completion_can_be_asked_on_the_last_day_and_not_after(nx: Cast) -> None:
    assert asked(nx, on="2025-10-13").state == State.COMPLETING

    with pytest.raises(Refusal, match="2025年10月13日届满"):
        asked(nx, on="2025-10-14")


@pytest.mark.rule("REG-30", "LD-A8-9-8")
def test_completion_is_asked_only_once(nx: Cast) -> None:
    case = supplemented(asked(nx), "2025-10-09")

    with pytest.raises(Refusal, match="只能一次性告知"):
        workflow.ask_completion(
            case,
            items="再补",
            working_days=10,
            manner="electronic",
            sent_on=D("2025-10-09"),
            by=nx.chen,
            at=at("2025-10-09"),
        )


def test_the_database_allows_one_round_only(nx: Cast) -> None:
    case = asked(nx)

    with pytest.raises(IntegrityError):
        CompletionRound.objects.create(
            request=case, items="又", working_days=5, asked_by=nx.chen, sent_on=D("2025-10-09")
        )


@pytest.mark.parametrize("days", [1, 4, 31])
def test_an_unreasonable_period_is_refused(nx: Cast, days: int) -> None:
    with pytest.raises(Refusal, match="5至30个工作日"):
        asked(nx, days=days)


def test_the_notice_lists_every_item(nx: Cast) -> None:
    case = asked(nx)

    letter = Letter.objects.get(subject_id=case.pk)
    assert letter.title == "政府信息公开申请补正告知书"
    assert {"kind": "list", "items": ["请明确年份。", "请提供文号。"]} in list(letter.content.blocks)


@pytest.mark.rule("REG-30")
def test_a_lapse_needs_the_whole_period_and_a_finding(nx: Cast) -> None:
    case = asked(nx, received="2025-03-03", on="2025-03-04", days=5)

    with pytest.raises(Refusal, match="尚未届满"):
        workflow.lapse(case, no_good_reason=True, by=nx.he, at=at("2025-03-11"))
    with pytest.raises(Refusal, match="正当理由"):
        workflow.lapse(case, no_good_reason=False, by=nx.he, at=at("2025-03-12"))
    workflow.lapse(case, no_good_reason=True, by=nx.he, at=at("2025-03-12"))

    assert (case.state, case.outcome) == (State.APPROVED, Outcome.LAPSED_COMPLETION)
    assert (case.answer.report_row, case.answer.remedy) == ("六1", "R2")


@pytest.mark.rule("REG-30")
def test_the_period_of_a_notice_that_went_by_post_runs_from_the_day_it_was_received(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03", manner="post")
    notice = {"items": "请明确年度", "working_days": 5, "manner": "post", "proof_number": "XA1"}
    workflow.ask_completion(case, **notice, sent_on=D("2025-03-04"), by=nx.chen, at=at("2025-03-04"))

    with pytest.raises(Refusal, match="签收"):
        workflow.lapse(case, no_good_reason=True, by=nx.he, at=at("2025-03-12"))
    with pytest.raises(Refusal, match="2025年3月14日届满"):
        workflow.lapse(case, no_good_reason=True, received_on=D("2025-03-07"), by=nx.he, at=at("2025-03-14"))
    letter = workflow.lapse(case, no_good_reason=True, received_on=D("2025-03-07"), by=nx.he, at=at("2025-03-17"))

    assert "2025年3月14日" in letter.sealed


def test_a_lapsed_request_ends_in_a_dossier(nx: Cast) -> None:
    case = asked(nx, received="2025-03-03", on="2025-03-04", days=5)
    workflow.lapse(case, no_good_reason=True, by=nx.he, at=at("2025-03-12"))

    workflow.serve(case, manner="electronic", sent_on=D("2025-03-12"), by=nx.chen, at=at("2025-03-12", 16))
    workflow.close(case, by=nx.chen, at=at("2025-03-13"))

    assert (case.state, case.answered_in_time) == (State.CLOSED, True)


def test_a_letter_goes_electronically_only_if_the_applicant_chose_so(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03", manner="post")

    with pytest.raises(Refusal, match="没有选择以电子方式"):
        workflow.ask_completion(
            case,
            items="年份",
            working_days=5,
            manner="electronic",
            sent_on=D("2025-03-04"),
            by=nx.chen,
            at=at("2025-03-04"),
        )


def test_staff_record_a_completion_only_with_the_paper_it_came_on(nx: Cast) -> None:
    case = asked(nx)

    with pytest.raises(Refusal, match="扫描件或者照片"):
        workflow.supplement(case, text="2024年度", returned_on=D("2025-10-09"), by=nx.chen, at=at("2025-10-09"))


@pytest.mark.parametrize("how", [{"manner": "electronic"}, {"manner": "in_person", "served_on": D("2025-09-30")}])
def test_the_period_of_completion_runs_from_the_service_of_its_notice(nx: Cast, how: dict[str, object]) -> None:
    case = applied(nx.body, "2025-09-26")

    workflow.ask_completion(
        case, items="年份", working_days=5, sent_on=D("2025-09-30"), by=nx.chen, at=at("2025-09-30"), **how
    )

    clock = Clock.objects.running().of(case).get()
    assert CompletionRound.objects.get(request=case).served_on == D("2025-09-30")
    assert (clock.started_on, clock.last_day) == (D("2025-09-30"), D("2025-10-14"))


@pytest.mark.parametrize(
    ("returned", "words"), [("2025-10-10", "不能晚于今天"), ("2025-09-29", "不能早于补正告知书发出日期")]
)
def test_a_completion_comes_neither_tomorrow_nor_before_it_was_asked(nx: Cast, returned: str, words: str) -> None:
    case = asked(nx)

    with pytest.raises(Refusal, match=words):
        workflow.supplement(case, text="2024年度", returned_on=D(returned), by=people.APPLICANT, at=at("2025-10-09"))


@pytest.mark.parametrize("returned", ["2025-09-30", "2025-10-09"])
def test_a_completion_may_come_the_day_it_was_asked_and_today(nx: Cast, returned: str) -> None:
    case = asked(nx)

    workflow.supplement(case, text="2024年度", returned_on=D(returned), by=people.APPLICANT, at=at("2025-10-09"))

    assert Clock.objects.running().of(case).get(duty="answer").started_on == D(returned)


def test_a_period_that_was_let_pass_ends_as_lapsed(nx: Cast) -> None:
    case = asked(nx, received="2025-03-03", on="2025-03-04", days=5)

    workflow.lapse(case, no_good_reason=True, by=nx.he, at=at("2025-03-12"))

    assert Clock.objects.of(case).get(duty="completion_reply").ended_as == "lapsed"


def test_no_completion_lapses_by_a_calendar_that_is_not_announced(nx: Cast) -> None:
    case = asked(nx, received="2026-12-24", on="2026-12-25", days=15)

    with pytest.raises(Refusal, match="放假安排尚未导入"):
        workflow.lapse(case, no_good_reason=True, by=nx.he, at=at("2027-02-01"))
