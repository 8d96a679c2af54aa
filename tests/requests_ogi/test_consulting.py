"""Asking third parties: their time does not count, at most to their limit, and never twice."""

from datetime import date

import pytest

from portal.clocks.models import Clock
from portal.letters.models import Letter
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.models import Consultation, InformationRequest
from requests_ogi.vocabulary import Opinion
from tests.cast import Cast
from tests.factories import applied, at

D = date.fromisoformat


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def consulted(cast: Cast, case: InformationRequest, *, sent: str, served: str) -> Consultation:
    asked = workflow.consult(
        case,
        party="某某公司",
        content="成本数据",
        manner="post",
        sent_on=D(sent),
        proof_number="X1",
        by=cast.he,
        at=at(sent),
    )
    return workflow.serve_party(asked, served_on=D(served), by=cast.chen, at=at(served, 14))


def heard(cast: Cast, asked: Consultation, on: str, opinion: str = Opinion.AGREES, reasons: str = "") -> Consultation:
    asked = Consultation.objects.select_related("request").get(pk=asked.pk)
    return workflow.hear(asked, opinion=opinion, reasons=reasons, replied_on=D(on), by=cast.chen, at=at(on, 16))


def last_day(case: InformationRequest) -> date:
    return Clock.objects.of(case).get(duty="answer", weight="statutory").last_day


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

    with pytest.raises(Refusal, match="第三方收到日期应在"):
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
