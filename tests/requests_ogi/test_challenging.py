"""Reconsideration and litigation: clocks for the defence, results for table four, and a correction that is done again."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.ledger.models import Entry
from portal.notices.models import Notice
from portal.refusal import Refusal
from portal.workflow.engine import SomebodyWasFirst
from requests_ogi import secrets, workflow
from requests_ogi.models import Challenge, InformationRequest
from requests_ogi.rules import challenging as rules
from requests_ogi.verifying import differences
from requests_ogi.vocabulary import ChallengeState, State
from requests_ogi.workflow import challenging
from tests.cast import Cast
from tests.factories import applied, assigned, at, served

from .remedies import PAPER, D, challenged, concluded, corrected, defended, refused, sealed
from .test_answering import extended

GOLDEN = {
    case["rule"]: case
    for case in json.loads((Path(__file__).parent.parent / "law" / "due_dates.json").read_text("utf-8"))
    if case["rule"].startswith("REVIEW_DEFENCE")
}


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def clock_of(challenge: Challenge) -> Clock:
    return Clock.objects.of(challenge).get()


def told(verb: str, thing: object) -> dict:
    return ledger.timeline(thing).filter(verb=verb).get().told


# --- the notice comes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("procedure", "golden"), [("simple", "REVIEW_DEFENCE_SIMPLE_5WD"), ("ordinary", "REVIEW_DEFENCE_ORDINARY_10WD")]
)
@pytest.mark.rule("ARL-48", "ARL-54", "ARL-53")
def test_the_defence_is_due_as_the_golden_cases_say(nx: Cast, procedure: str, golden: str) -> None:
    day, due = GOLDEN[golden]["start"], GOLDEN[golden]["due"]
    case = refused(nx, "2026-01-15")

    challenge = challenged(nx, case, day, procedure=procedure)

    assert (clock_of(challenge).last_day, clock_of(challenge).weight) == (D(due), "statutory")


@pytest.mark.rule("ALL-67")
def test_a_defence_in_court_is_due_in_fifteen_days_and_never_on_a_holiday(nx: Cast) -> None:
    case = refused(nx, "2026-03-02")

    challenge = challenged(nx, case, "2026-04-17", kind="litigation_direct", procedure="")

    assert clock_of(challenge).last_day == D("2026-05-06")


@pytest.mark.rule("REG-51", "YC-1.3-2", "LD-A5-14")
def test_a_sealed_request_and_one_that_still_waits_can_both_be_challenged(nx: Cast) -> None:
    closed, waiting = sealed(nx, "2026-03-02"), assigned(nx, "2026-03-02")

    first, second = challenged(nx, closed, "2026-04-17"), challenged(nx, waiting, "2026-04-17")

    assert {first.request.state, second.request.state} == {State.CLOSED, State.ASSIGNED}
    assert list(closed.challenges.all()) == [first]


def test_a_lawsuit_after_review_needs_the_decided_review_of_the_same_request(nx: Cast) -> None:
    case, other = refused(nx, "2026-03-02"), refused(nx, "2026-03-02")
    open_review = challenged(nx, case, "2026-03-10")
    foreign = concluded(nx, challenged(nx, other, "2026-03-10"), "2026-04-10", "upheld")
    court = {"kind": "litigation_after_review", "procedure": "", "authority": "银川铁路运输法院"}

    for review in (None, open_review, foreign):
        with pytest.raises(Refusal, match="行政复议"):
            challenged(nx, case, "2026-05-12", review=review, **court)
    review = concluded(nx, open_review, "2026-04-10", "upheld")

    assert challenged(nx, case, "2026-05-12", review=review, **court).review == review


def test_the_database_ties_a_lawsuit_to_the_review_of_its_own_request(nx: Cast) -> None:
    case, other = refused(nx, "2026-03-02"), refused(nx, "2026-03-02")
    review = concluded(nx, challenged(nx, case, "2026-03-10"), "2026-04-10", "upheld")
    suit = challenged(nx, case, "2026-05-12", kind="litigation_after_review", procedure="", review=review)

    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(pk=suit.pk).update(request=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(pk=suit.pk).update(review=None)


@pytest.mark.rule("ARL-23")
def test_a_refusal_taken_to_court_directly_is_warned_of_and_taken_down(nx: Cast) -> None:
    case = refused(nx, "2026-03-02")

    suit = challenged(nx, case, "2026-04-17", kind="litigation_direct", procedure="")

    assert rules.skipped_review(kind=suit.kind, remedy=case.answer.remedy)
    assert not rules.skipped_review(kind="reconsideration", remedy=case.answer.remedy)
    assert not rules.skipped_review(kind=suit.kind, remedy=served(nx, "2026-03-02").answer.remedy)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"procedure": ""}, "简易程序还是普通程序"),
        ({"kind": "litigation_direct"}, "不区分"),
        ({"authority": "　"}, "复议机关"),
        ({"summary": ""}, "摘要"),
        ({"received_on": date(2026, 4, 18)}, "今天之间"),
        ({"received_on": date(2026, 2, 1)}, "今天之间"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(nx: Cast, changes: dict, words: str) -> None:
    case = refused(nx, "2026-03-02")

    with pytest.raises(Refusal, match=words):
        challenged(nx, case, "2026-04-17", **changes)


def test_only_the_office_and_its_director_register(nx: Cast) -> None:
    case = refused(nx, "2026-03-02")

    for user in (nx.li, nx.ma, nx.ji, nx.zhao):
        with pytest.raises(Refusal, match="岗位"):
            challenging.register(
                case, kind="reconsideration", procedure="simple", authority="某政府", summary="某请求",
                received_on=D("2026-03-10"), by=user, at=at("2026-03-10"),
            )  # fmt: skip


def test_what_the_challenger_says_is_kept_encrypted_and_out_of_the_ledger(nx: Cast) -> None:
    summary = "王小明主张🙂" + "１２３４５" * 2000

    challenge = challenged(nx, refused(nx, "2026-03-02"), "2026-04-17", summary=summary)

    assert Challenge.objects.get(pk=challenge.pk).summary == summary
    assert "王小明" not in json.dumps(told("register", challenge), ensure_ascii=False)


# --- the defence ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ARL-48")
def test_a_defence_on_the_last_day_is_in_time_and_stops_the_clock(nx: Cast) -> None:
    challenge = challenged(nx, refused(nx, "2026-01-15"), "2026-01-30")

    defended(nx, challenge, "2026-02-13")

    assert (challenge.state, challenge.defended_in_time) == (ChallengeState.DEFENDED, True)
    assert clock_of(challenge).ended_as == "met"


@pytest.mark.rule("ARL-48")
def test_a_late_defence_is_recorded_as_late(nx: Cast) -> None:
    challenge = challenged(nx, refused(nx, "2026-01-15"), "2026-01-30")

    defended(nx, challenge, "2026-02-14")

    assert challenge.defended_in_time is False
    assert clock_of(challenge).ended_as == "late"


def test_a_defence_needs_its_paper_a_possible_day_and_the_director(nx: Cast) -> None:
    challenge = challenged(nx, refused(nx, "2026-01-15"), "2026-01-30")
    facts = {"submitted_on": D("2026-02-02"), "paper": PAPER, "by": nx.he, "at": at("2026-02-02")}

    for wrong, words in (
        ({"paper": None}, "上传"),
        ({"submitted_on": D("2026-02-03")}, "今天之间"),
        ({"submitted_on": D("2026-01-29")}, "今天之间"),
        ({"by": nx.chen}, "岗位"),
    ):
        with pytest.raises(Refusal, match=words):
            challenging.defend(challenge, **facts | wrong)


def test_of_two_who_defend_at_once_one_is_told_who_was_first(nx: Cast) -> None:
    challenge = challenged(nx, refused(nx, "2026-01-15"), "2026-01-30")
    stale = Challenge.objects.get(pk=challenge.pk)
    defended(nx, challenge, "2026-02-02")

    with pytest.raises(SomebodyWasFirst, match="何志远"):
        defended(nx, stale, "2026-02-02")


# --- the end ----------------------------------------------------------------------------------------------------------


def test_a_correction_is_told_to_leader_and_discipline_and_no_other_result_is(nx: Cast) -> None:
    upheld, wrong = (challenged(nx, refused(nx, "2026-03-02"), "2026-03-10") for _ in range(2))

    concluded(nx, upheld, "2026-04-10", "upheld")
    concluded(nx, wrong, "2026-04-10", "corrected")

    words = Notice.objects.filter(subject_line__contains="结果纠正")
    assert {notice.user for notice in words} == {nx.ma, nx.he, nx.ji}
    assert all(notice.subject_line.startswith(wrong.number) for notice in words)
    assert told("conclude", wrong)["result"] == "结果纠正"


def test_an_end_before_the_defence_was_due_voids_its_clock_and_one_after_leaves_it_late(nx: Cast) -> None:
    early, never = (challenged(nx, refused(nx, "2026-01-15"), "2026-01-30") for _ in range(2))

    concluded(nx, early, "2026-02-03", "other", withdrawn=True)
    concluded(nx, never, "2026-03-20", "corrected")

    assert (clock_of(early).ended_as, clock_of(never).ended_as) == ("void", "late")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paper": None}, "上传"),
        ({"consequence": " "}, "后续处理"),
        ({"withdrawn": True}, "其他结果"),
        ({"decided_on": date(2026, 3, 1)}, "依次先后"),
        ({"served_on": date(2026, 4, 11)}, "依次先后"),
        ({"ordered_days": 21}, "1至20"),
        ({"ordered_days": 0}, "1至20"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(nx: Cast, changes: dict, words: str) -> None:
    challenge = challenged(nx, refused(nx, "2026-03-02"), "2026-03-10")

    with pytest.raises(Refusal, match=words):
        concluded(nx, challenge, "2026-04-10", "corrected", **changes)


def test_nothing_follows_out_of_order(nx: Cast) -> None:
    challenge = challenged(nx, refused(nx, "2026-03-02"), "2026-03-10")

    with pytest.raises(Refusal, match="待答复举证"):
        challenging.redo(challenge, by=nx.he, at=at("2026-03-11"))
    concluded(nx, challenge, "2026-04-10", "upheld")
    for act in (lambda: defended(nx, challenge, "2026-04-10"), lambda: concluded(nx, challenge, "2026-04-10", "other")):
        with pytest.raises(Refusal, match="已审结"):
            act()
    with pytest.raises(Refusal, match="结果纠正"):
        challenging.redo(challenge, by=nx.he, at=at("2026-04-11"))


# --- once more --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-51", "YC-1.3-2")
def test_a_correction_is_done_again_as_a_new_request_and_the_sealed_one_stays(nx: Cast) -> None:
    old = sealed(nx, "2026-03-02")
    before = InformationRequest.objects.filter(pk=old.pk).values().get()

    new = challenging.redo(corrected(nx, old, "2026-04-10"), by=nx.he, at=at("2026-04-13"))

    assert InformationRequest.objects.filter(pk=old.pk).values().get() == before
    assert (new.redo_of, new.state, new.received_on, new.title) == (old, State.RECEIVED, D("2026-04-10"), old.title)
    assert (new.applicant.name, new.applicant.identity_digest) == (old.applicant.name, old.applicant.identity_digest)
    assert keeper.running(new, "answer").get(weight="statutory").last_day == D("2026-05-12")
    assert not keeper.running(old).exists(), "what is done again is not looked at again"
    assert list(differences(nx.body)) == []


def test_a_period_the_decision_sets_is_the_limit_and_cannot_be_lengthened(nx: Cast) -> None:
    challenge = corrected(nx, refused(nx, "2026-03-02"), "2026-04-10", ordered_days=10)

    new = challenging.redo(challenge, by=nx.he, at=at("2026-04-10"))

    clock = keeper.running(new, "answer").get()
    assert (clock.last_day, clock.extension_most) == (D("2026-04-24"), None)
    with pytest.raises(Refusal, match="裁判限定的期限，不能再延期"):
        extended(nx, new, amount=5, on="2026-04-13")


def test_the_applicants_code_opens_the_new_number_and_again_after_a_second_time(nx: Cast) -> None:
    old = refused(nx, "2026-03-02")
    code = secrets.code_of(old.submission_key, old.number, old.secret)

    new = challenging.redo(corrected(nx, old, "2026-04-10"), by=nx.he, at=at("2026-04-10"))

    assert secrets.matches(new.number, code, new.secret)
    assert not secrets.matches(new.number, code, old.secret)


def test_one_request_is_done_again_once(nx: Cast) -> None:
    case = refused(nx, "2026-03-02")
    review = corrected(nx, case, "2026-04-10")
    suit = challenged(nx, case, "2026-04-20", kind="litigation_after_review", procedure="", review=review)
    concluded(nx, suit, "2026-05-20", "corrected")
    new = challenging.redo(review, by=nx.he, at=at("2026-05-21"))

    with pytest.raises(Refusal, match=new.number):
        challenging.redo(suit, by=nx.he, at=at("2026-05-21"))
    with pytest.raises(Refusal, match=new.number):
        challenging.redo(review, by=nx.he, at=at("2026-05-21"))


def test_silence_corrected_is_answered_in_the_old_request(nx: Cast) -> None:
    case = assigned(nx, "2026-03-02")

    with pytest.raises(Refusal, match="在原申请中"):
        challenging.redo(corrected(nx, case, "2026-04-10"), by=nx.he, at=at("2026-04-10"))


def test_the_new_request_goes_its_whole_way(nx: Cast) -> None:
    new = challenging.redo(corrected(nx, refused(nx, "2026-03-02"), "2026-04-10"), by=nx.he, at=at("2026-04-10"))

    workflow.assign(new, department=nx.department, by=nx.chen, at=at("2026-04-13"))

    assert InformationRequest.objects.get(pk=new.pk).state == State.ASSIGNED
    assert list(differences(nx.body)) == []
    assert Entry.objects.filter(verb="redo").count() == 2


# --- table four -------------------------------------------------------------------------------------------------------


def test_table_four_counts_by_the_day_of_the_decision_and_adds_up(nx: Cast, wz: Cast) -> None:
    decided = concluded(nx, challenged(nx, refused(nx, "2025-11-03"), "2025-12-01"), "2026-01-15", "corrected")
    concluded(
        nx,
        challenged(nx, decided.request, "2026-02-02", kind="litigation_direct", procedure=""),
        "2026-05-06",
        "upheld",
    )
    concluded(
        nx,
        challenged(nx, decided.request, "2026-02-02", kind="litigation_after_review", procedure="", review=decided),
        "2026-12-31",
        "other",
    )
    challenged(nx, decided.request, "2026-12-31")
    challenged(nx, decided.request, "2027-01-04")
    challenged(wz, refused(wz, "2026-03-02"), "2026-04-17")

    table = Challenge.objects.table_four(nx.body, D("2026-01-01"), D("2026-12-31"))
    before = Challenge.objects.table_four(nx.body, D("2025-01-01"), D("2025-12-31"))

    nothing = {"upheld": 0, "corrected": 0, "other": 0, "pending": 0, "total": 0}
    assert table == {
        "reconsideration": nothing | {"corrected": 1, "pending": 1, "total": 2},
        "litigation_direct": nothing | {"upheld": 1, "total": 1},
        "litigation_after_review": nothing | {"other": 1, "total": 1},
    }
    assert before["reconsideration"] == nothing | {"pending": 1, "total": 1}
    whole = Challenge.objects.filter(body=nx.body, kind="reconsideration")
    assert whole.within("total", since=D("2026-01-01"), until=D("2026-12-31")).count() == 2


def test_a_withdrawn_challenge_counts_among_the_others(nx: Cast) -> None:
    challenge = challenged(nx, applied(nx.body, "2026-03-02"), "2026-04-10")

    concluded(nx, challenge, "2026-04-20", "other", withdrawn=True)

    table = Challenge.objects.table_four(nx.body, D("2026-01-01"), D("2026-12-31"))
    assert table["reconsideration"]["other"] == 1
