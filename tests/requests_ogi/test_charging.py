"""The information-processing fee: never by itself, once, inside the limit; paid, lapsed or taken back."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.letters.models import Letter
from portal.refusal import Refusal
from portal.workflow.engine import NotAllowed, SomebodyWasFirst
from requests_ogi import counting, workflow
from requests_ogi.models import FeeNotice, InformationRequest
from requests_ogi.vocabulary import FeeBasis, Outcome, State
from requests_ogi.workflow import challenging
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, applied, assigned, at, person, submitted

from .remedies import REFUSE, REFUSE_TEXTS, corrected, refused
from .test_answering import extended

D = date.fromisoformat
MANY = "您于2025年3月向本机关提出政府信息公开申请12件"


@pytest.fixture(autouse=True)
def _files(files: Any) -> None: ...


def nth(cast: Cast, number: int, day: str = "2025-03-03", **changes: Any) -> InformationRequest:
    """The request of this number in Wang's month, filed on the day like all before it."""
    for place in range(1, number):
        applied(cast.body, day, title=f"第{place}份材料")
    return applied(cast.body, day, **changes)


def charged(case: InformationRequest, cast: Cast, on: str = "2025-03-10", **changes: Any) -> FeeNotice:
    values = {"basis": FeeBasis.ITEM, "beyond_reason": True, "why": MANY, "manner": "electronic", "sent_on": D(on)}
    return workflow.charge(case, **values | changes, by=cast.he, at=at(on))


def paid(case: InformationRequest, cast: Cast, on: str, **changes: Any) -> FeeNotice:
    values = {"amount": 100, "receipt_number": "宁财1234567", "paid_on": D(on)}
    return workflow.record_payment(case, **values | changes, by=cast.chen, at=at(on))


def answer_clock(case: InformationRequest) -> Clock:
    return keeper.running(case, "answer").get(weight="statutory")


def with_pages(cast: Cast, **changes: Any) -> InformationRequest:
    """A request whose draft hands something out."""
    case = assigned(cast, "2025-03-03")
    decided = changes.get("decided", GRANT)
    workflow.draft(case, decided=decided, texts=changes.get("texts", GRANT_TEXTS), by=cast.li, at=at("2025-03-04"))
    return case


# --- charging -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-42", "FEE109-2", "LD-A8-12a")
@pytest.mark.parametrize("number", [1, 10])
def test_up_to_ten_requests_a_month_nobody_can_charge_anything(nx: Cast, number: int) -> None:
    case = nth(nx, number)

    with pytest.raises(Refusal, match=f"本月第{number}件，每月10件以下免费"):
        charged(case, nx)

    assert (case.state, FeeNotice.objects.count()) == (State.RECEIVED, 0)


@pytest.mark.rule("FEE109-4", "FEE109-6", "REG-42", "LD-A8-12b")
def test_the_twelfth_request_of_a_month_may_be_charged_and_the_letter_says_everything(nx: Cast) -> None:
    case = nth(nx, 12)

    fee = charged(case, nx)

    words = fee.letter.sealed
    assert (case.state, fee.nth, fee.amount, fee.limit_on) == (State.PAYING, 12, 100, D("2025-04-10"))
    assert [clock.duty for clock in Clock.objects.running().of(case)] == ["fee_payment"]
    for said in ("第四十二条", "第11至30件：每件100元", "收费数额：100元", "国库", "次日起20个工作日内", "第七条"):
        assert said in words, said


@pytest.mark.rule("LD-A8-12b", "FEE109-2")
@pytest.mark.parametrize("finding", [{"beyond_reason": False}, {"why": " "}])
def test_a_fee_needs_a_finding_and_its_facts(nx: Cast, finding: dict[str, Any]) -> None:
    case = nth(nx, 12)

    with pytest.raises(Refusal, match="以不收费为原则"):
        charged(case, nx, **finding)


@pytest.mark.rule("LD-A8-12b")
def test_the_eleventh_request_is_answered_without_a_fee_when_nobody_charges_one(nx: Cast) -> None:
    case = nth(nx, 10)
    eleventh = submitted(nx, "2025-03-03")

    workflow.approve(eleventh, by=nx.ma, at=at("2025-03-04"))

    assert counting.month_of(eleventh).volume.nth == 11
    assert not FeeNotice.objects.filter(request__in=[case, eleventh]).exists()


@pytest.mark.rule("LD-A8-12a", "LD-A8-12b")
def test_a_body_that_charges_never_charges_never(nx: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from requests_ogi.workflow import charging

    case = nth(nx, 12)
    law = charging.law_of(case)
    option = replace(law.options["fee.charged_from"], value="never")
    monkeypatch.setattr(
        charging, "law_of", lambda case: replace(law, options={**law.options, "fee.charged_from": option})
    )

    with pytest.raises(Refusal, match="一律不收取费用"):
        charged(case, nx)


def test_before_2021_there_was_no_list_of_prices(nx: Cast) -> None:
    case = nth(nx, 12, "2020-12-28")

    with pytest.raises(Refusal, match="自2021年1月1日起施行"):
        charged(case, nx, on="2020-12-30")


@pytest.mark.rule("FEE109-6")
def test_a_notice_goes_out_on_the_last_day_and_not_after(nx: Cast) -> None:
    case, other = nth(nx, 12), applied(nx.body, "2025-03-03")

    assert charged(case, nx, on="2025-04-02").sent_on == D("2025-04-02")
    with pytest.raises(Refusal, match="2025年4月2日届满"):
        charged(other, nx, on="2025-04-03")


def test_only_the_director_charges_and_only_once(nx: Cast) -> None:
    case = nth(nx, 12)
    with pytest.raises(NotAllowed, match="您的岗位不能办理"):
        workflow.charge(
            case,
            basis=FeeBasis.ITEM,
            beyond_reason=True,
            why=MANY,
            manner="electronic",
            sent_on=D("2025-03-10"),
            by=nx.chen,
            at=at("2025-03-10"),
        )
    seen_by_another = InformationRequest.objects.get(pk=case.pk)
    charged(case, nx)

    with pytest.raises(SomebodyWasFirst):
        charged(seen_by_another, nx)
    paid(case, nx, "2025-03-20")
    with pytest.raises(Refusal, match="只能收费一次"):
        charged(case, nx, on="2025-03-21")


@pytest.mark.rule("FEE109-5")
def test_pages_are_charged_for_what_is_handed_out(nx: Cast) -> None:
    case = with_pages(nx)

    fee = charged(case, nx, basis=FeeBasis.PAGE, pages=120)

    assert (fee.pages, fee.nth, fee.amount) == (120, None, 1100)
    assert "第31至100页，每页10元，70页计700元" in fee.account


PUBLIC = {**GRANT, "give": "already_public"}
PUBLIC_TEXTS = {"finding": "已公开。", "query_method": "网站查阅", "query_address": "https://example.test/"}


@pytest.mark.rule("FEE109-5")
def test_pointing_to_public_information_is_not_charged_by_the_page(nx: Cast) -> None:
    case = with_pages(nx, decided=PUBLIC, texts=PUBLIC_TEXTS)

    with pytest.raises(Refusal, match="不得按量收费"):
        charged(case, nx, basis=FeeBasis.PAGE, pages=120)
    with pytest.raises(Refusal, match="不得按量收费"):
        charged(applied(nx.body, "2025-03-03"), nx, basis=FeeBasis.PAGE, pages=120)


@pytest.mark.parametrize("pages", [None, 0, 30, 100_001])
def test_free_pages_and_impossible_ones_are_refused(nx: Cast, pages: int | None) -> None:
    case = with_pages(nx)

    with pytest.raises(Refusal, match=r"页以下免费|请填写实际提供的页数"):
        charged(case, nx, basis=FeeBasis.PAGE, pages=pages)


@pytest.mark.rule("FEE109-3")
def test_the_database_knows_no_fee_by_item_and_by_page(nx: Cast) -> None:
    fee = charged(nth(nx, 12), nx)

    for wrong in ({"pages": 40}, {"basis": FeeBasis.PAGE}, {"nth": None}):
        with pytest.raises(IntegrityError, match="fee_by_item_or_by_page"), transaction.atomic():
            FeeNotice.objects.filter(pk=fee.pk).update(**wrong)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"amount": 0}, "fee_is_a_sum"),
        ({"served_on": None}, "served_on_with_limit_on"),
        ({"served_on": D("2025-03-09")}, "fee_received_after_it_was_sent"),
        ({"paid_on": D("2025-03-20")}, "paid_on_with_receipt_number"),
        ({"paid_on": D("2025-03-09"), "receipt_number": "1"}, "fee_paid_after_it_was_asked"),
        ({"lapsed_on": D("2025-04-10")}, "fee_lapses_after_its_limit"),
        ({"waived_on": D("2025-03-11")}, "fee_waived_for_a_reason"),
        ({"refunded_on": D("2025-03-11"), "refund_number": "1"}, "fee_refunded_after_it_was_paid"),
        (
            {"lapsed_on": D("2025-04-11"), "waived_on": D("2025-04-11"), "waived_why": "误"},
            "fee_ends_in_one_way",
        ),
    ],
)
def test_the_database_refuses_a_fee_that_cannot_be(nx: Cast, wrong: dict[str, Any], name: str) -> None:
    fee = charged(nth(nx, 12), nx)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        FeeNotice.objects.filter(pk=fee.pk).update(**wrong)


# --- receiving and paying -----------------------------------------------------------------------------------------------


@pytest.mark.rule("FEE109-6")
def test_the_period_runs_from_receipt_and_cannot_lapse_before_that_is_known(nx: Cast) -> None:
    case = nth(nx, 12, manner="post")
    fee = charged(case, nx, manner="post", proof_number="XA1")
    assert (fee.served_on, fee.limit_on) == (None, None)
    with pytest.raises(Refusal, match="还没有登记申请人收到收费通知书的日期"):
        workflow.lapse_fee(case, by=nx.he, at=at("2025-06-03"))

    fee = workflow.serve_fee(case, served_on=D("2025-03-14"), by=nx.chen, at=at("2025-03-17"))

    assert fee.limit_on == D("2025-04-16")
    with pytest.raises(Refusal, match="已经登记"):
        workflow.serve_fee(case, served_on=D("2025-03-15"), by=nx.chen, at=at("2025-03-17"))


@pytest.mark.parametrize("day", ["2025-03-09", "2025-03-18"])
def test_a_notice_is_received_neither_before_it_was_sent_nor_tomorrow(nx: Cast, day: str) -> None:
    case = nth(nx, 12, manner="post")
    charged(case, nx, manner="post", proof_number="XA1")

    with pytest.raises(Refusal, match="发出日期和今天之间"):
        workflow.serve_fee(case, served_on=D(day), by=nx.chen, at=at("2025-03-17"))


@pytest.mark.rule("FEE109-6")
def test_the_answer_is_due_a_full_term_from_the_day_of_payment(nx: Cast) -> None:
    case = nth(nx, 12)
    charged(case, nx)

    paid(case, nx, "2025-03-20")

    clock = answer_clock(case)
    assert (case.state, clock.started_on, clock.last_day) == (State.RECEIVED, D("2025-03-20"), D("2025-04-22"))
    assert keeper.replay_all(at=at("2025-03-21")) == []


def test_a_late_payment_counts_until_the_lapse_was_found(nx: Cast) -> None:
    case = nth(nx, 12)
    charged(case, nx)

    paid(case, nx, "2025-04-14")

    assert answer_clock(case).started_on == D("2025-04-14")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": 99}, "载明的数额是100元"),
        ({"paid_on": D("2025-03-09")}, "发出日期和今天之间"),
        ({"paid_on": D("2025-03-21")}, "发出日期和今天之间"),
        ({"receipt_number": "  "}, "财政票据号码"),
    ],
)
def test_a_payment_is_recorded_as_it_was_asked_for(nx: Cast, wrong: dict[str, Any], words: str) -> None:
    case = nth(nx, 12)
    charged(case, nx)

    with pytest.raises(Refusal, match=words):
        paid(case, nx, "2025-03-20", **wrong)


@pytest.mark.rule("FEE109-6")
def test_a_fee_lapses_after_its_last_day_and_not_on_it(nx: Cast) -> None:
    case = nth(nx, 12)
    charged(case, nx)
    with pytest.raises(Refusal, match="至2025年4月10日届满"):
        workflow.lapse_fee(case, by=nx.he, at=at("2025-04-10"))

    letter = workflow.lapse_fee(case, by=nx.he, at=at("2025-04-11"))

    assert (case.state, case.outcome) == (State.APPROVED, Outcome.LAPSED_FEE)
    assert (case.answer.report_row, case.answer.remedy) == ("六2", "R2")
    assert "视为放弃申请" in letter.sealed
    assert "申请行政复议" in letter.content.remedy_text
    with pytest.raises(NotAllowed):
        paid(case, nx, "2025-04-11")


def test_a_lapsed_request_ends_in_a_dossier(nx: Cast) -> None:
    case = nth(nx, 12)
    charged(case, nx)
    workflow.lapse_fee(case, by=nx.he, at=at("2025-04-11"))

    workflow.serve(case, manner="electronic", sent_on=D("2025-04-11"), by=nx.chen, at=at("2025-04-11", 15))
    workflow.close(case, by=nx.chen, at=at("2025-04-14"))

    assert (case.state, case.answered_in_time) == (State.CLOSED, True)


# --- taking back --------------------------------------------------------------------------------------------------------


def test_a_charge_taken_back_leaves_the_limit_as_it_was(nx: Cast) -> None:
    case = nth(nx, 12)
    workflow.extend(
        case, amount=5, reason="数量大", manner="electronic", sent_on=D("2025-03-06"), by=nx.he, at=at("2025-03-06")
    )
    before = answer_clock(case).last_day
    charged(case, nx)

    workflow.waive(
        case, why="申请人经济确有困难", manner="electronic", sent_on=D("2025-03-14"), by=nx.he, at=at("2025-03-14")
    )

    assert (case.state, answer_clock(case).last_day, case.fee.waived_on) == (State.RECEIVED, before, D("2025-03-14"))
    assert not keeper.running(case, "fee_payment").exists()
    assert "不需要缴纳" in Letter.objects.about(case).latest("pk").sealed
    assert keeper.replay_all(at=at("2025-03-17")) == []


def test_what_was_paid_by_the_page_is_given_back_before_an_answer_without_pages(nx: Cast) -> None:
    case = with_pages(nx)
    charged(case, nx, basis=FeeBasis.PAGE, pages=120)
    paid(case, nx, "2025-03-20", amount=1100)
    workflow.assign(case, department=nx.department, by=nx.chen, at=at("2025-03-20", 15))
    workflow.draft(case, decided=PUBLIC, texts=PUBLIC_TEXTS, by=nx.li, at=at("2025-03-21"))
    with pytest.raises(Refusal, match="请先退还费用"):
        workflow.submit(case, by=nx.li, at=at("2025-03-21"))

    workflow.refund(case, refunded_on=D("2025-03-24"), refund_number="退1", by=nx.he, at=at("2025-03-24"))

    workflow.submit(case, by=nx.li, at=at("2025-03-24", 15))
    assert case.state == State.SUBMITTED


def test_nothing_is_refunded_that_was_not_paid(nx: Cast) -> None:
    case = nth(nx, 12)

    with pytest.raises(Refusal, match="没有发过收费通知书"):
        workflow.refund(case, refunded_on=D("2025-03-24"), refund_number="退1", by=nx.he, at=at("2025-03-24"))


# --- counting -----------------------------------------------------------------------------------------------------------


def test_a_month_is_the_calendars_and_the_applicants_own(nx: Cast, wz: Cast) -> None:
    applied(nx.body, "2025-02-28")
    first = applied(nx.body, "2025-03-03")
    applied(nx.body, "2025-03-03", person_=person(identity_number="E12345678", identity_document="passport"))
    applied(wz.body, "2025-03-03")
    last = applied(nx.body, "2025-03-31")

    month = counting.month_of(last)

    assert [one.number for one in month.asked] == [first.number, last.number]
    assert (month.volume.nth, month.volume.month, month.volume.year) == (2, 2, 3)


def test_what_was_withdrawn_does_not_count(nx: Cast) -> None:
    from portal.organisation import people

    first, second = applied(nx.body, "2025-03-03"), applied(nx.body, "2025-03-03")
    workflow.withdraw(first, by=people.APPLICANT, at=at("2025-03-04"))

    assert counting.month_of(second).volume.nth == 1


def test_counting_asks_two_questions_however_many_requests_there_are(nx: Cast, django_assert_num_queries: Any) -> None:
    case = InformationRequest.objects.select_related("applicant", "body").get(pk=nth(nx, 4).pk)

    with django_assert_num_queries(2):
        counting.month_of(case)


# --- handled again after a challenge --------------------------------------------------------------------------------------


@pytest.mark.rule("FEE109-4")
def test_what_is_handled_again_is_not_one_more_request_of_the_month(nx: Cast) -> None:
    first = refused(nx, "2026-04-01")

    again = challenging.redo(corrected(nx, first, "2026-04-10"), by=nx.he, at=at("2026-04-10"))
    later = applied(nx.body, "2026-04-20")

    assert counting.month_of(again).volume.nth == 1
    assert counting.month_of(later).volume.nth == 2


@pytest.mark.rule("FEE109-2", "REG-42")
def test_a_request_is_charged_once_even_when_it_is_handled_again(nx: Cast) -> None:
    nth(nx, 11)
    first = assigned(nx, "2025-03-03")
    charged(first, nx)
    paid(first, nx, "2025-03-11")
    first = InformationRequest.objects.get(pk=first.pk)
    workflow.assign(first, department=nx.department, by=nx.chen, at=at("2025-03-11", 11))
    workflow.draft(first, decided=REFUSE, texts=REFUSE_TEXTS, by=nx.li, at=at("2025-03-12"))
    workflow.submit(first, by=nx.li, at=at("2025-03-12", 11))
    workflow.approve(first, by=nx.ma, at=at("2025-03-12", 12))
    workflow.serve(first, manner="electronic", sent_on=D("2025-03-12"), by=nx.chen, at=at("2025-03-12", 13))

    again = challenging.redo(corrected(nx, first, "2025-03-20"), by=nx.he, at=at("2025-03-20"))

    with pytest.raises(Refusal, match="一件申请只能收费一次"):
        charged(again, nx, on="2025-03-21")


@pytest.mark.rule("REG-33")
def test_paying_does_not_open_a_second_extension(nx: Cast) -> None:
    case = nth(nx, 12)
    extended(nx, case, amount=20, on="2025-03-04")
    charged(case, nx)
    paid(case, nx, "2025-03-20")

    with pytest.raises(Refusal, match="已经延期一次"):
        extended(nx, case, amount=20, on="2025-03-21")


def test_nothing_lapses_by_a_calendar_that_is_not_announced(nx: Cast) -> None:
    case = nth(nx, 12, "2026-12-01")
    charged(case, nx, on="2026-12-08")
    assert keeper.running(case, "fee_payment").get().provisional

    with pytest.raises(Refusal, match="放假安排尚未导入"):
        workflow.lapse_fee(case, by=nx.he, at=at("2027-02-01"))
