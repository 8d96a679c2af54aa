"""A body's own choices beyond national law: only while the legal affairs office's sign-off stands, and never a longer limit."""

from datetime import date

import pytest
from django.db import IntegrityError

from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.letters.models import Letter
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.following import Story, story_of
from requests_ogi.models import DraftAnswer, SignOff
from requests_ogi.workflow.signing_off import CAUSES, POSTPONED, UNDISCLOSED, choices, chosen
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, assigned, at

from .asking import submits

D = date.fromisoformat
SENT = {"manner": "electronic", "sent_on": D("2025-03-05")}
SECRET = GRANT | {"give": "state_secret", "sever": "inseverable"}
SECRET_TEXTS = {"reason": "依法不予公开", "ground": "state_secret", "finding": "已审查", "harm": "危害国家安全"}


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


@pytest.fixture
def yq(cast_of) -> Cast:
    return cast_of("yq")


def agreed(cast: Cast, option: str, day: str = "2025-03-01") -> SignOff:
    return workflow.sign_off(
        cast.body,
        option=option,
        said="同意采用。",
        document_number=f"阳工信法〔2025〕{option[:6]}号",
        since=D(day),
        by=cast.ma,
        at=at(day),
    )


def suspended(case, cast: Cast, cause: str = "force_majeure", **changes):
    facts = {"cause": cause, "reasons": "洪水浸泡档案库，暂时无法调阅", **SENT, "by": cast.he, "at": at("2025-03-05")}
    return workflow.suspend(case, **facts | changes)


def test_only_what_goes_beyond_the_law_needs_a_sign_off(yq: Cast, nx: Cast, cast_of) -> None:
    on = D("2025-03-05")

    assert [one.option for one in choices(yq.body, on=on)] == [POSTPONED, UNDISCLOSED, CAUSES]
    assert not list(choices(nx.body, on=on))
    assert not list(choices(cast_of("ld").body, on=on))


def test_a_choice_counts_from_the_sign_off_until_it_is_revoked(yq: Cast) -> None:
    case = assigned(yq, "2025-03-03")
    assert chosen(case, POSTPONED, on=D("2025-03-03")) is False
    given = agreed(yq, POSTPONED, "2025-03-04")

    assert [chosen(case, POSTPONED, on=D(day)) for day in ("2025-03-03", "2025-03-04")] == [False, True]
    workflow.revoke_sign_off(given, why="意见已变更", by=yq.ma, at=at("2025-03-06"))
    assert chosen(case, POSTPONED, on=D("2025-03-06")) is False
    assert [entry.verb for entry in ledger.timeline(given)] == ["sign_off", "revoke_sign_off"]


def test_only_a_leader_signs_and_only_once(yq: Cast, nx: Cast) -> None:
    with pytest.raises(Refusal, match="分管领导"):
        workflow.sign_off(
            yq.body,
            option=POSTPONED,
            said="同意",
            document_number="1",
            since=D("2025-03-01"),
            by=yq.he,
            at=at("2025-03-01"),
        )
    with pytest.raises(Refusal, match="没有需要"):
        agreed(nx, POSTPONED)
    given = agreed(yq, POSTPONED)
    with pytest.raises(Refusal, match="仍然有效"):
        agreed(yq, POSTPONED)
    workflow.revoke_sign_off(given, why="变更", by=yq.ma, at=at("2025-03-02"))
    with pytest.raises(Refusal, match="已经撤销"):
        workflow.revoke_sign_off(given, why="变更", by=yq.ma, at=at("2025-03-02"))


# --- 中止 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("YQ-S1-10f")
def test_a_suspension_is_told_in_writing_and_pauses_the_promise_only(yq: Cast) -> None:
    agreed(yq, CAUSES)
    case = assigned(yq, "2025-03-03")
    before = {clock.weight: clock.last_day for clock in Clock.objects.of(case).filter(duty="answer")}

    letter = suspended(case, yq)
    workflow.take_up(case, taken_up_on=D("2025-03-10"), by=yq.he, at=at("2025-03-10"))

    after = {clock.weight: clock.last_day for clock in Clock.objects.of(case).filter(duty="answer")}
    text = "".join(block.get("text", "") for block in letter.content.blocks)
    assert "不可抗力" in text
    assert "洪水浸泡档案库" in text
    assert after["statutory"] == before["statutory"]
    assert (after["promise"] - before["promise"]).days >= 5


def read_by_the_applicant(case, day: str) -> Story:
    return story_of(type(case).objects.get(pk=case.pk), at=at(day))


def test_the_applicant_reads_the_notice_of_a_suspension_and_that_it_ended(yq: Cast) -> None:
    agreed(yq, CAUSES)
    case = assigned(yq, "2025-03-03")
    letter = suspended(case, yq)

    during = read_by_the_applicant(case, "2025-03-06")
    workflow.take_up(case, taken_up_on=D("2025-03-10"), by=yq.he, at=at("2025-03-10"))
    afterwards = read_by_the_applicant(case, "2025-03-10")

    assert [one.number for one in during.letters] == [letter.number]
    assert during.standing.label == "中止办理"
    assert letter.number in during.events[0].text
    assert afterwards.standing.label == "承办中"
    assert afterwards.events[0].title == "本机关恢复办理"
    assert "中止办理的时间不计入" in afterwards.limits[1].words
    assert "不计入" not in afterwards.limits[0].words


@pytest.mark.rule("YQ-S1-10f")
def test_without_the_sign_off_nothing_is_suspended(yq: Cast, nx: Cast) -> None:
    case = assigned(yq, "2025-03-03")

    with pytest.raises(Refusal, match="法制机构"):
        suspended(case, yq)
    with pytest.raises(Refusal, match="没有列出"):
        suspended(assigned(nx, "2025-03-03"), nx)
    agreed(yq, CAUSES)
    with pytest.raises(Refusal, match="没有列出"):
        suspended(case, yq, "third_party")
    with pytest.raises(Refusal, match="理由"):
        suspended(case, yq, reasons=" ")
    assert not Letter.objects.about(case).exists()


@pytest.mark.rule("YQ-S1-10f")
def test_what_is_suspended_is_taken_up_before_it_is_decided(yq: Cast) -> None:
    agreed(yq, CAUSES)
    case = assigned(yq, "2025-03-03")
    suspended(case, yq)

    with pytest.raises(Refusal, match="已经中止办理。请先办理“恢复办理”"):
        submits(yq, case, "2025-03-06")
    case = type(case).objects.get(pk=case.pk)
    workflow.take_up(case, taken_up_on=D("2025-03-10"), by=yq.he, at=at("2025-03-10"))
    workflow.submit(case, by=yq.li, at=at("2025-03-10"))

    assert case.state == "submitted"


def test_a_suspension_into_a_year_without_its_calendar_names_its_limit_as_provisional(yq: Cast) -> None:
    agreed(yq, CAUSES)
    case = assigned(yq, "2026-12-15")

    letter = suspended(case, yq, sent_on=D("2026-12-17"), at=at("2026-12-17"))

    assert "暂计，2027年放假安排公布后以按工作日计算的日期为准" in letter.sealed


def test_one_suspension_at_a_time_and_only_what_is_suspended_is_taken_up(yq: Cast) -> None:
    agreed(yq, CAUSES)
    case = assigned(yq, "2025-03-03")

    with pytest.raises(Refusal, match="没有中止"):
        workflow.take_up(case, taken_up_on=D("2025-03-05"), by=yq.he, at=at("2025-03-05"))
    suspended(case, yq)
    with pytest.raises(Refusal, match="已经中止"):
        suspended(case, yq)
    with pytest.raises(Refusal, match="应在中止通知书发出日期和今天之间"):
        workflow.take_up(case, taken_up_on=D("2025-03-04"), by=yq.he, at=at("2025-03-06"))


# --- 暂缓公开 -----------------------------------------------------------------------------------------------------------


def postponed(case, cast: Cast, reasons: str = "需要认定密级"):
    return workflow.postpone(case, reasons=reasons, **SENT, by=cast.he, at=at("2025-03-05", 16))


def referred(case, cast: Cast) -> None:
    workflow.refer(
        case,
        party="阳泉市国家保密局",
        content="某文件是否属于国家秘密",
        manner="post",
        sent_on=D("2025-03-05"),
        proof_number="XA9",
        by=cast.he,
        at=at("2025-03-05"),
    )


@pytest.mark.rule("YQ-S1-9-9")
def test_a_postponement_follows_a_referral_and_stops_nothing(yq: Cast) -> None:
    agreed(yq, POSTPONED)
    case = assigned(yq, "2025-03-03")
    limit = Clock.objects.running().of(case).get(weight="statutory").last_day

    with pytest.raises(Refusal, match="报有关主管部门"):
        postponed(case, yq)
    referred(case, yq)
    letter = postponed(case, yq)

    assert "不是对您申请的最终答复" in letter.content.blocks[-1]["text"]
    assert letter.number in {one.number for one in read_by_the_applicant(case, "2025-03-06").letters}
    assert Clock.objects.running().of(case).get(weight="statutory").last_day == limit
    with pytest.raises(Refusal, match="不能重复"):
        postponed(case, yq)


@pytest.mark.rule("YQ-S1-9-9")
def test_without_the_sign_off_nothing_is_postponed(yq: Cast, nx: Cast) -> None:
    case = assigned(yq, "2025-03-03")
    referred(case, yq)

    with pytest.raises(Refusal, match="法制机构"):
        postponed(case, yq)
    with pytest.raises(Refusal, match="没有“暂缓公开”"):
        postponed(assigned(nx, "2025-03-03"), nx)


# --- 不予确认 -----------------------------------------------------------------------------------------------------------


def undisclosed(cast: Cast):
    case = assigned(cast, "2025-03-03")
    workflow.draft(case, decided=SECRET, texts=SECRET_TEXTS | {"undisclosed": True}, by=cast.li, at=at("2025-03-04"))
    return case


@pytest.mark.rule("YQ-S1-9-6")
def test_existence_is_left_open_only_with_the_sign_off(yq: Cast, nx: Cast) -> None:
    case = undisclosed(yq)
    with pytest.raises(Refusal, match="法制机构"):
        workflow.submit(case, by=yq.li, at=at("2025-03-04", 15))
    other = undisclosed(nx)
    with pytest.raises(Refusal, match="没有“不予确认”"):
        workflow.submit(other, by=nx.li, at=at("2025-03-04", 15))

    agreed(yq, UNDISCLOSED)
    workflow.submit(case, by=yq.li, at=at("2025-03-04", 15))
    letter = workflow.approve(case, by=yq.ma, at=at("2025-03-05"))

    text = "".join(block.get("text", "") for block in letter.content.blocks)
    assert "存在与否不予确认" in text
    assert "无法与可以公开的内容作区分处理" not in text


@pytest.mark.rule("YQ-S1-9-6")
def test_the_database_leaves_existence_open_in_refusals_only(yq: Cast) -> None:
    case = assigned(yq, "2025-03-03")
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=yq.li, at=at("2025-03-04"))

    with pytest.raises(IntegrityError, match="only_a_refusal_leaves_existence_open"):
        DraftAnswer.objects.update(undisclosed=True)
