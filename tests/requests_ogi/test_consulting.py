"""Asking third parties: their time does not count, at most to their limit, and never twice."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.archive import service as archive
from portal.clocks import moving
from portal.clocks.models import Clock
from portal.letters.models import Letter
from portal.notices.models import Notice
from portal.organisation import people
from portal.refusal import Refusal
from portal.workdays.calendar import Announcement, NamedDay
from requests_ogi import workflow
from requests_ogi.models import Consultation, InformationRequest
from requests_ogi.vocabulary import Opinion, Weighed
from tests.cast import Cast
from tests.factories import applied, at

from .asking import consulted, heard, last_day, weighed

D = date.fromisoformat


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


@pytest.mark.rule("REG-33", "REG-32", "LD-A8-10d")
def test_the_time_of_asking_is_left_out_until_the_answer(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    heard(ld, consulted(ld, case, sent="2025-09-10", served="2025-09-12"), "2025-09-26")

    assert last_day(case) == D("2025-10-28")


@pytest.mark.rule("REG-32")
def test_silence_leaves_out_the_third_partys_whole_term_and_no_more(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    consulted(ld, case, sent="2025-09-10", served="2025-09-12")

    assert last_day(case) == D("2025-11-04")


def test_an_objection_needs_its_reasons(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    asked = consulted(nx, case, sent="2025-09-10", served="2025-09-12")

    with pytest.raises(Refusal, match="理由"):
        heard(nx, asked, "2025-09-15", Opinion.OBJECTS)


def test_an_opinion_is_written_down_once(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    asked = heard(nx, consulted(nx, case, sent="2025-09-10", served="2025-09-12"), "2025-09-15")

    with pytest.raises(Refusal, match="已经登记"):
        heard(nx, asked, "2025-09-16")


def test_a_third_party_is_asked_once(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    consulted(nx, case, sent="2025-09-10", served="2025-09-12")

    with pytest.raises(Refusal, match="不能重复征求"):
        consulted(nx, case, sent="2025-09-15", served="2025-09-16")


def test_a_clerk_alone_cannot_stop_the_clock(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")

    with pytest.raises(Refusal, match="您的岗位不能办理“征求第三方意见”"):
        workflow.consult(
            case,
            party="甲公司",
            content="数据",
            manner="post",
            sent_on=D("2025-09-10"),
            proof_number="X1",
            by=nx.chen,
            at=at("2025-09-10"),
        )


def test_the_third_party_is_not_told_who_asks(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    consulted(nx, case, sent="2025-09-10", served="2025-09-12")

    letter = Letter.objects.get(subject_id=case.pk)

    assert "王小明" not in letter.sealed
    assert letter.addressee == "某某公司"


@pytest.mark.rule("LD-A8-9-5a")
def test_the_third_party_is_told_in_writing_how_long_it_has(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    asked = consulted(ld, case, sent="2025-09-10", served="2025-09-12")

    text = "".join(block["text"] for block in asked.letter.content.blocks)
    assert "请自收到本征求意见书之日起15个工作日内，书面答复是否同意公开" in text
    assert "成本数据" in text
    assert asked.letter.deliveries.get().manner == "post"


@pytest.mark.rule("REG-32")
def test_the_third_partys_limit_moves_to_the_day_it_received_the_letter(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    how = {"manner": "post", "proof_number": "X1", "sent_on": D("2025-09-10"), "by": nx.he, "at": at("2025-09-10")}
    asked = workflow.consult(case, party="某某公司", content="成本数据", **how)
    assert (asked.served_on, asked.limit_on) == (None, D("2025-09-30"))

    workflow.serve_party(asked, served_on=D("2025-09-12"), by=nx.chen, at=at("2025-09-12"))

    asked = Consultation.objects.get(pk=asked.pk)
    assert (asked.served_on, asked.limit_on) == (D("2025-09-12"), D("2025-10-10"))
    assert Clock.objects.of(case).get(duty="answer").pauses.get().limit_on == D("2025-10-10")


@pytest.mark.parametrize("day", ["2025-09-09", "2025-09-16"])
def test_the_third_party_neither_receives_nor_answers_before_sending_or_tomorrow(nx: Cast, day: str) -> None:
    case = applied(nx.body, "2025-09-08")
    asked = consulted(nx, case, sent="2025-09-10", served="2025-09-10")

    with pytest.raises(Refusal, match="对方收到日期应在"):
        workflow.serve_party(asked, served_on=D(day), by=nx.chen, at=at("2025-09-15"))
    with pytest.raises(Refusal, match="收到意见的日期应在"):
        workflow.hear(asked, opinion=Opinion.AGREES, reasons="", replied_on=D(day), by=nx.chen, at=at("2025-09-15"))


@pytest.mark.parametrize("day", ["2025-09-10", "2025-09-15"])
def test_the_third_party_may_receive_and_answer_the_day_of_sending_and_today(nx: Cast, day: str) -> None:
    case = applied(nx.body, "2025-09-08")
    asked = consulted(nx, case, sent="2025-09-10", served="2025-09-10")

    workflow.serve_party(asked, served_on=D(day), by=nx.chen, at=at("2025-09-15"))
    workflow.hear(asked, opinion=Opinion.AGREES, reasons="", replied_on=D(day), by=nx.chen, at=at("2025-09-15"))

    assert (asked.served_on, asked.replied_on) == (D(day), D(day))


def test_a_promise_that_knows_no_third_parties_runs_on_while_the_statutory_limit_waits(wz: Cast) -> None:
    case = applied(wz.body, "2026-03-02")
    Clock.objects.running().of(case).filter(weight="promise").update(excludes=[])
    before = {clock.weight: clock.last_day for clock in Clock.objects.of(case)}

    consulted(wz, case, sent="2026-03-03", served="2026-03-04")

    after = {clock.weight: clock.last_day for clock in Clock.objects.of(case)}
    assert after["promise"] == before["promise"]
    assert after["statutory"] > before["statutory"]


# --- several at once: every day is left out once, whoever it is waited for (law of counting: merged intervals) -----------


def asked_by(cast: Cast, case: InformationRequest, verb: str, party: str, sent: str, served: str) -> Consultation:
    how = {"manner": "post", "sent_on": D(sent), "proof_number": "X1"}
    case = InformationRequest.objects.get(pk=case.pk)
    ask = getattr(workflow, verb)
    asked = ask(case, party=party, content="成本数据", **how, by=cast.he, at=at(sent))
    return workflow.serve_party(asked, served_on=D(served), by=cast.chen, at=at(served, 14))


@pytest.mark.rule("REG-33", "REG-34", "LD-A8-10d")
@pytest.mark.parametrize("second", ["consult", "consult_organ"])
def test_two_who_are_asked_at_once_are_left_out_once(cast_of, second: str) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    one = asked_by(ld, case, "consult", "甲公司", "2025-09-10", "2025-09-12")
    other = asked_by(ld, case, second, "乙单位", "2025-09-16", "2025-09-17")
    heard(ld, one, "2025-09-26")
    heard(ld, other, "2025-10-13")

    assert last_day(case) == D("2025-11-06")  # worked case G26 of tests/law/due_dates.json


@pytest.mark.rule("REG-33", "REG-34")
def test_three_letters_leave_out_the_union_of_their_days(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    short = asked_by(ld, case, "consult", "丙公司", "2025-09-09", "2025-09-09")
    one = asked_by(ld, case, "consult", "甲公司", "2025-09-10", "2025-09-12")
    heard(ld, short, "2025-09-11")
    organ = asked_by(ld, case, "consult_organ", "乙厅", "2025-09-16", "2025-09-17")
    heard(ld, one, "2025-09-26")
    heard(ld, organ, "2025-10-13")

    # One day counted (9 September), then nothing up to 13 October, then nineteen from 14 October.
    assert last_day(case) == D("2025-11-07")
    letters = Letter.objects.filter(subject_id=case.pk)
    assert sorted(letter.addressee for letter in letters) == ["丙公司", "乙厅", "甲公司"]
    assert letters.values("number").distinct().count() == 3


@pytest.mark.rule("REG-33")
def test_an_answer_on_a_holiday_ends_the_time_left_out_on_that_day(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    heard(ld, consulted(ld, case, sent="2025-09-10", served="2025-09-12"), "2025-10-03")

    assert last_day(case) == D("2025-10-31")  # two days counted, eighteen more from 9 October


@pytest.mark.rule("REG-32", "REG-33")
def test_a_late_answer_gives_back_no_time_and_takes_none(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")

    asked = heard(ld, consulted(ld, case, sent="2025-09-10", served="2025-09-12"), "2025-10-15")

    assert asked.is_late
    assert last_day(case) == D("2025-11-04")  # as if there had been silence: worked case G24


@pytest.mark.rule("REG-33", "REG-30")
def test_a_completion_in_between_leaves_out_what_remains_of_the_asking(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-03-03")
    asked = consulted(ld, case, sent="2025-03-04", served="2025-03-04")
    case = InformationRequest.objects.get(pk=case.pk)
    how = {"manner": "electronic", "sent_on": D("2025-03-05")}
    workflow.ask_completion(case, items="年份", working_days=10, **how, by=ld.chen, at=at("2025-03-05"))
    workflow.supplement(case, text="2024年", returned_on=D("2025-03-10"), by=people.APPLICANT, at=at("2025-03-10"))

    heard(ld, asked, "2025-03-14")

    assert last_day(case) == D("2025-04-14")  # twenty working days from 17 March; Qingming is 4 April


@pytest.mark.rule("REG-33")
def test_the_applicant_is_told_that_the_time_does_not_count(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")

    consulted(nx, case, sent="2025-09-10", served="2025-09-12")

    told = Notice.objects.get(key__contains=":consult:", key__endswith=":applicant")
    assert "所需时间不计入答复期限" in told.subject_line
    assert "某某公司" not in told.subject_line


@pytest.mark.rule("REG-34")
def test_a_co_maker_is_told_what_silence_means(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")

    asked = asked_by(nx, case, "consult_organ", "某某厅", "2025-09-10", "2025-09-12")

    text = "".join(block["text"] for block in asked.letter.content.blocks)
    assert "15个工作日内提出意见" in text
    assert "逾期未提出意见的，视为同意公开" in text


@pytest.mark.rule("REG-17", "LD-A8-8c")
def test_an_authority_is_told_that_the_limit_runs_on(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")

    asked = asked_by(nx, case, "refer", "国家保密局", "2025-09-10", "2025-09-12")

    text = "".join(block["text"] for block in asked.letter.content.blocks)
    assert "报请确定上述信息是否可以公开" in text
    assert "答复期限不因本次报请而中断" in text
    assert asked.limit_on == D("2025-09-24")  # ten working days from the letter, whenever it was received


def test_the_letter_to_a_third_party_brings_the_form_to_answer_on(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")

    asked = consulted(nx, case, sent="2025-09-10", served="2025-09-12")

    assert asked.letter.content.slip["title"] == "意见反馈表"
    pages = PdfReader(BytesIO(archive.open_bytes(asked.letter.file))).pages
    assert "意见反馈表" in "".join(pages[-1].extract_text().split())
    assert "不同意公开的理由" in "".join(pages[-1].extract_text().split())


def test_ten_thousand_characters_are_refused_in_a_sentence(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    how = {"manner": "post", "proof_number": "X1", "sent_on": D("2025-09-10"), "by": nx.he, "at": at("2025-09-10")}

    with pytest.raises(Refusal, match="最多2000字"):
        workflow.consult(case, party="甲公司", content="字" * 10_000, **how)


def test_emoji_and_full_width_digits_reach_the_letter(nx: Cast) -> None:
    case = applied(nx.body, "2025-09-08")
    how = {"manner": "post", "proof_number": "X1", "sent_on": D("2025-09-10"), "by": nx.he, "at": at("2025-09-10")}

    asked = workflow.consult(case, party="甲😀公司", content="单价１２３元", **how)

    assert "单价１２３元" in asked.letter.sealed


def test_a_broken_promise_does_not_keep_a_third_party_from_being_asked(cast_of) -> None:
    yq = cast_of("yq")
    case = applied(yq.body, "2026-03-02")

    consulted(yq, case, sent="2026-03-20", served="2026-03-20")

    assert (last_day(case, "promise"), last_day(case)) == (D("2026-03-17"), D("2026-04-21"))


@pytest.mark.rule("REG-32")
def test_a_body_that_is_late_still_asks_the_third_party_and_gains_no_day_by_it(nx: Cast) -> None:
    case = applied(nx.body, "2026-03-02")

    consulted(nx, case, sent="2026-04-10", served="2026-04-10")

    assert last_day(case) == D("2026-03-30")
    told = Notice.objects.filter(kind="applicant", subject_line__contains="征求第三方意见").get()
    assert "不计入" not in told.subject_line


@pytest.mark.rule("REG-32")
def test_a_day_off_declared_later_gives_the_third_party_its_day_before_silence_counts(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-09-08")
    asked = consulted(ld, case, sent="2025-09-10", served="2025-09-12")
    closed = Announcement(
        "ld", 2025, "临政发〔2025〕1号", "关于放假的通知", D("2025-09-15"), (NamedDay(D("2025-09-19"), True, "防汛"),)
    )

    moving.apply_calendar(closed, by=ld.he, at=at("2025-09-16"))

    assert last_day(case) == D("2025-11-05")
    assert not workflow.weighing.weighable(case, at=at("2025-10-11"))
    with pytest.raises(Refusal, match="2025年10月11日届满"):
        weighed(ld, asked, "2025-10-11", Weighed.SILENCE_OPEN)
    weighed(ld, asked, "2025-10-13", Weighed.SILENCE_OPEN)
