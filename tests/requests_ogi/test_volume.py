"""Very many requests: reasons asked for, heard, an answer delayed, and nothing left unprocessed before that."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.letters.models import Letter
from portal.organisation import people
from portal.refusal import Refusal
from portal.workflow.engine import NotAllowed, SomebodyWasFirst
from requests_ogi import workflow
from requests_ogi.filing import Upload
from requests_ogi.models import InformationRequest, ReasonsAsked
from requests_ogi.vocabulary import Outcome, State
from tests.cast import Cast
from tests.factories import PNG, applied, at

from .test_answering import extended

D = date.fromisoformat
MANY = "您于2025年3月向本机关提出政府信息公开申请11件"
VOLUME = {"clear": "clear", "kind": "volume"}
VOLUME_TEXTS = {"reason": "所述理由与所申请的信息没有关联。", "explanation": "已要求说明理由，申请人称“随便看看”。"}


@pytest.fixture(autouse=True)
def _files(files: Any) -> None: ...


def eleventh(cast: Cast, day: str = "2025-03-03") -> InformationRequest:
    """The eleventh request of Wang's month, in hand."""
    for place in range(1, 11):
        applied(cast.body, day, title=f"第{place}份材料")
    case = applied(cast.body, day)
    return workflow.assign(case, department=cast.department, by=cast.chen, at=at(day, 11))


def asked(case: InformationRequest, cast: Cast, on: str = "2025-03-05", **changes: Any) -> ReasonsAsked:
    values = {"beyond_reason": True, "why": MANY, "working_days": 5, "manner": "electronic", "sent_on": D(on)}
    return workflow.ask_reasons(case, **values | changes, by=cast.he, at=at(on))


def heard(case: InformationRequest, on: str = "2025-03-10", **changes: Any) -> ReasonsAsked:
    values = {"reasons": "撰写学位论文，需要对比各年度数据", "answered_on": D(on), "by": people.APPLICANT}
    return workflow.hear_reasons(case, **values | changes, at=at(on))


def delayed(case: InformationRequest, cast: Cast, on: str = "2025-03-12", **changes: Any) -> Letter:
    values = {
        "reasonable": True,
        "why": "涉及11件申请，检索量大",
        "working_days": 30,
        "manner": "electronic",
        "sent_on": D(on),
    }
    return workflow.delay(case, **values | changes, by=cast.he, at=at(on))


def running_answers(case: InformationRequest) -> list[Clock]:
    return list(keeper.running(case, "answer"))


@pytest.mark.rule("REG-35")
def test_reasons_are_asked_for_while_the_limit_runs_on(nx: Cast) -> None:
    case = eleventh(nx)
    before = [clock.last_day for clock in running_answers(case)]

    question = asked(case, nx)

    assert (case.state, question.limit_on) == (State.ASSIGNED, D("2025-03-12"))
    assert [clock.last_day for clock in running_answers(case)] == before
    assert keeper.running(case, "reasons_reply").get().last_day == question.limit_on
    assert "请于2025年3月12日前（含当日）书面说明" in question.letter.sealed
    assert "第三十五条" in question.letter.sealed


@pytest.mark.rule("REG-35")
def test_nobody_who_asks_little_is_asked_for_reasons(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    with pytest.raises(Refusal, match="不得要求申请人说明申请理由"):
        asked(case, nx)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"beyond_reason": False}, "明显超过合理范围"),
        ({"why": "  "}, "明显超过合理范围"),
        ({"working_days": 4}, "5至15个工作日"),
        ({"working_days": 16}, "5至15个工作日"),
    ],
)
def test_the_question_needs_a_finding_and_a_reasonable_period(nx: Cast, wrong: dict[str, Any], words: str) -> None:
    case = eleventh(nx)

    with pytest.raises(Refusal, match=words):
        asked(case, nx, **wrong)


def test_reasons_are_asked_for_once_by_the_director_and_inside_the_limit(nx: Cast) -> None:
    case = eleventh(nx)
    with pytest.raises(Refusal, match="不能再要求说明理由"):
        asked(case, nx, on="2025-04-03")
    asked(case, nx)

    with pytest.raises(Refusal, match="不能重复要求"):
        asked(case, nx, on="2025-03-06")
    with pytest.raises(NotAllowed, match="您的岗位不能办理"):
        workflow.ask_reasons(
            case,
            beyond_reason=True,
            why=MANY,
            working_days=5,
            manner="electronic",
            sent_on=D("2025-03-06"),
            by=nx.li,
            at=at("2025-03-06"),
        )


def test_of_two_who_delay_one_is_told_that_the_other_was_first(nx: Cast) -> None:
    case = eleventh(nx)
    asked(case, nx)
    heard(case)
    stale = InformationRequest.objects.get(pk=case.pk)
    workflow.reassign(case, department=nx.other_department, by=nx.chen, at=at("2025-03-12"))

    with pytest.raises(SomebodyWasFirst, match="陈立新已于3月12日"):
        delayed(stale, nx)


@pytest.mark.rule("REG-35")
def test_volume_alone_leaves_nothing_unprocessed_before_reasons_could_be_given(nx: Cast) -> None:
    case = eleventh(nx)
    workflow.draft(case, decided=VOLUME, texts=VOLUME_TEXTS, by=nx.li, at=at("2025-03-04"))
    with pytest.raises(Refusal, match="应当先要求申请人说明理由"):
        workflow.submit(case, by=nx.li, at=at("2025-03-04"))
    asked(case, nx)
    with pytest.raises(Refusal, match="至2025年3月12日届满"):
        workflow.submit(case, by=nx.li, at=at("2025-03-12"))

    workflow.submit(case, by=nx.li, at=at("2025-03-13"))

    workflow.approve(case, by=nx.ma, at=at("2025-03-14"))
    assert (case.outcome, case.answer.report_row) == (Outcome.UNREASONABLE_VOLUME, "五4")


@pytest.mark.rule("REG-35")
def test_once_reasons_were_given_they_can_be_found_wanting_at_once(nx: Cast) -> None:
    case = eleventh(nx)
    asked(case, nx)
    heard(case, on="2025-03-06", reasons="随便看看")
    workflow.draft(case, decided=VOLUME, texts=VOLUME_TEXTS, by=nx.li, at=at("2025-03-07"))

    workflow.submit(case, by=nx.li, at=at("2025-03-07"))

    assert case.state == State.SUBMITTED


def test_staff_write_reasons_down_only_from_paper(nx: Cast) -> None:
    case = eleventh(nx)
    asked(case, nx)
    with pytest.raises(Refusal, match="扫描件或者照片"):
        heard(case, by=nx.chen)

    heard(case, by=nx.chen, uploads=(Upload("理由.png", PNG, "reasons"),))

    assert case.attachments.get().purpose == "reasons"
    assert not keeper.running(case, "reasons_reply").exists()


@pytest.mark.parametrize("day", ["2025-03-04", "2025-03-11"])
def test_reasons_come_neither_before_the_question_nor_tomorrow(nx: Cast, day: str) -> None:
    case = eleventh(nx)
    asked(case, nx)

    with pytest.raises(Refusal, match="发出日期和今天之间"):
        heard(case, answered_on=D(day))


@pytest.mark.rule("REG-35")
def test_good_reasons_may_move_the_limit_and_the_new_clock_follows_the_old(nx: Cast) -> None:
    case = eleventh(nx)
    asked(case, nx)
    heard(case)

    letter = delayed(case, nx)

    (clock,) = running_answers(case)
    assert (clock.label, clock.rule_ids, clock.amount) == ("延迟答复期限", ["REG-35"], 30)
    assert (clock.started_on, clock.last_day) == (D("2025-03-12"), D("2025-04-27"))
    assert (clock.follows.ended_as, clock.department) == ("superseded", nx.department)
    assert "延迟答复的期限为30个工作日，将于2025年4月27日前作出答复" in letter.sealed
    assert keeper.replay_all(at=at("2025-03-13")) == []


def test_the_promise_of_a_body_ends_with_a_delay(wz: Cast) -> None:
    case = eleventh(wz)
    asked(case, wz, working_days=5, on="2025-03-04")
    heard(case, on="2025-03-05")

    delayed(case, wz, on="2025-03-06")

    assert [clock.weight for clock in running_answers(case)] == ["statutory"]
    assert Clock.objects.of(case).get(duty="answer", weight="promise").ended_as == "void"


@pytest.mark.rule("REG-35")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reasonable": False}, "理由合理"),
        ({"why": " "}, "无法在法定期限内答复的情况"),
        ({"working_days": 4}, "5至60个工作日"),
        ({"working_days": 61}, "5至60个工作日"),
        ({"working_days": 10}, "没有晚于现有答复期限"),
    ],
)
def test_a_delay_needs_its_grounds_and_leads_later(nx: Cast, wrong: dict[str, Any], words: str) -> None:
    case = eleventh(nx)
    asked(case, nx)
    heard(case)

    with pytest.raises(Refusal, match=words):
        delayed(case, nx, **wrong)


@pytest.mark.rule("REG-35")
def test_nothing_is_delayed_before_reasons_were_given_nor_after_the_limit_nor_twice(nx: Cast) -> None:
    case = eleventh(nx)
    with pytest.raises(Refusal, match="没有要求申请人说明理由"):
        delayed(case, nx)
    asked(case, nx)
    with pytest.raises(Refusal, match="尚未说明理由"):
        delayed(case, nx)
    heard(case)
    with pytest.raises(Refusal, match="2025年4月2日届满"):
        delayed(case, nx, on="2025-04-03")
    delayed(case, nx)

    with pytest.raises(Refusal, match="不能再次延迟"):
        delayed(case, nx, on="2025-03-13")


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"limit_on": D("2025-03-05")}, "reasons_have_time"),
        ({"answered_on": D("2025-03-06")}, "answered_on_with_reasons"),
        ({"delayed_days": 30}, "delayed_on_with_delayed_days"),
        ({"delayed_on": D("2025-03-06"), "delayed_days": 30, "delayed_why": "多"}, "delayed_for_good_reasons"),
    ],
)
def test_the_database_refuses_what_cannot_be(nx: Cast, wrong: dict[str, Any], name: str) -> None:
    question = asked(eleventh(nx), nx)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ReasonsAsked.objects.filter(pk=question.pk).update(**wrong)


@pytest.mark.rule("REG-33", "REG-35")
def test_a_delayed_limit_is_not_extended_as_well(nx: Cast) -> None:
    case = eleventh(nx)
    asked(case, nx)
    heard(case)
    delayed(case, nx)
    letters = Letter.objects.about(case).count()

    with pytest.raises(Refusal, match="不能再延期"):
        extended(nx, case, amount=10, on="2025-03-13")

    assert Letter.objects.about(case).count() == letters


def test_a_delay_into_a_year_without_its_calendar_is_told_as_provisional(nx: Cast) -> None:
    case = eleventh(nx, day="2026-11-09")
    asked(case, nx, on="2026-11-10")
    heard(case, on="2026-11-16")

    letter = delayed(case, nx, on="2026-11-17", working_days=40)

    assert keeper.running(case, "answer").get().provisional
    assert "2027年放假安排尚未公布" in letter.sealed
