"""Answering: drafts and their authors, approval, the letter, the one extension."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection

from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.letters.models import Letter
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.models import Answer, CompletionRound, DraftAnswer
from requests_ogi.vocabulary import Outcome, State
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, applied, approved, assigned, at, review, submitted

D = date.fromisoformat
OURS = {"clear": "clear", "kind": "information", "whose": "ours", "held": "held"}
REFUSAL = OURS | {"give": "process", "sever": "inseverable"}
REFUSAL_TEXTS = {"reason": "过程稿", "ground": "discussion_record", "finding": "系会议讨论记录", "harm": "影响讨论"}


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


AGREED = workflow.Agreed(form="meeting", on=D("2026-03-04"), reference="领导小组会议纪要〔2026〕2号")


def extended(cast: Cast, case, *, amount: int, on: str, by=None, agreed=None):
    how = {"reason": "材料较多", "manner": "electronic", "sent_on": D(on), "by": by or cast.he}
    return workflow.extend(case, amount=amount, agreed=agreed, **how, at=at(on, 16))


def test_a_change_is_a_new_version_and_remembers_every_author(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04"))
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS | {"finding": "补充"}, by=nx.zhou, at=at("2025-03-05"))

    newest = case.drafts.order_by("-version").first()
    assert (newest.version, newest.authors) == (2, sorted([nx.li.pk, nx.zhou.pk]))


def test_an_earlier_author_cannot_approve_either(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    newest = workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04"))
    DraftAnswer.objects.filter(pk=newest.pk).update(authors=sorted([nx.li.pk, nx.ma.pk]))
    review(case, nx, at("2025-03-04", 15))
    workflow.submit(case, by=nx.li, at=at("2025-03-05"))

    with pytest.raises(Refusal, match="不能审签"):
        workflow.approve(case, by=nx.ma, at=at("2025-03-06"))


def test_the_database_knows_that_nobody_approves_their_own_words(nx: Cast) -> None:
    case = submitted(nx, "2025-03-03")

    with pytest.raises(IntegrityError, match="never_approved_by_an_author"):
        case.drafts.update(approved_by=nx.li, approved_at=at("2025-03-04"))


def test_a_submitted_answer_cannot_be_changed(nx: Cast) -> None:
    case = submitted(nx, "2025-03-03")

    with pytest.raises(Refusal, match="待审签"):
        workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04"))


def test_a_version_sent_back_must_be_rewritten_before_it_is_submitted_again(nx: Cast) -> None:
    case = submitted(nx, "2025-03-03")
    workflow.send_back(case, why="请补充依据", by=nx.ma, at=at("2025-03-04"))

    with pytest.raises(Refusal, match="退回意见"):
        workflow.submit(case, by=nx.li, at=at("2025-03-05"))
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-05"))
    review(case, nx, at("2025-03-05", 14))
    assert workflow.submit(case, by=nx.li, at=at("2025-03-05", 15)).state == State.SUBMITTED


def test_a_version_sent_back_has_a_new_time_for_the_next(nx: Cast) -> None:
    case = submitted(nx, "2025-03-03")
    assert [clock.duty for clock in Clock.objects.running().of(case)] == ["answer"]

    workflow.send_back(case, why="请补充依据", by=nx.ma, at=at("2025-03-06"))

    draft = Clock.objects.running().of(case).get(duty="draft")
    assert (draft.started_on, draft.last_day, draft.department) == (D("2025-03-06"), D("2025-03-20"), nx.department)


@pytest.mark.rule("REG-36", "YQ-S1-10h", "NX-16-6c")
def test_a_refusal_fixes_article_line_letter_and_remedy_together(nx: Cast) -> None:
    case = approved(nx, "2026-03-03", decided=REFUSAL, texts=REFUSAL_TEXTS)

    answer, letter = case.answer, Letter.objects.get(subject_id=case.pk)
    assert (answer.report_row, answer.letter_kind, answer.remedy) == ("三6", "reply_refused", "R1")
    assert letter.title == "政府信息不予公开决定书"
    assert "应当先" in letter.content.remedy_text
    assert "理由：过程稿" in [block.get("text") for block in letter.content.blocks]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("remedy", "R2"),
        ("report_row", "四1"),
        ("letter_kind", "reply_granted"),
        ("outcome", "granted"),
        ("article", "第一条"),
    ],
)
def test_the_database_refuses_an_answer_that_mixes_two_outcomes(nx: Cast, column: str, value: str) -> None:
    case = approved(nx, "2026-03-03", decided=REFUSAL, texts=REFUSAL_TEXTS)

    with pytest.raises(IntegrityError, match="answer_"):
        Answer.objects.filter(pk=case.pk).update(**{column: value})


def test_the_extension_notice_names_who_agreed(wz: Cast, cast_of) -> None:
    ld = cast_of("ld")

    notices = {
        cast.body.code: extended(
            cast, applied(cast.body, "2025-03-03"), amount=10, on="2025-03-10", by=by, agreed=agreed
        ).content
        for cast, by, agreed in ((wz, wz.feng, replace(AGREED, on=D("2025-03-07"))), (ld, ld.he, None))
    }

    assert (
        "经局政务公开工作领导小组（2025年3月7日会议讨论同意，编号领导小组会议纪要〔2026〕2号）同意"
        in notices["wz"].blocks[2]["text"]
    )
    assert "经本机关政府信息公开工作机构负责人同意" in notices["ld"].blocks[2]["text"]


def test_the_outcome_of_a_request_cannot_leave_its_answer(nx: Cast) -> None:
    case = approved(nx, "2026-03-03")

    with pytest.raises(IntegrityError, match="answer_fits_its_request"), connection.cursor() as cursor:
        cursor.execute("UPDATE requests_ogi_informationrequest SET outcome = 'not_ours' WHERE id = %s", [case.pk])


@pytest.mark.rule("REG-36")
def test_non_existence_needs_a_search_that_was_written_down(nx: Cast) -> None:
    case = assigned(nx, "2026-03-03")
    decided, texts = {**OURS, "held": "not_exist"}, {"reason": "检索无记录"}
    with pytest.raises(Refusal, match="检索记录"):
        workflow.draft(case, decided=decided, texts=texts, by=nx.li, at=at("2026-03-04"))

    workflow.record_search(
        case,
        system="机关档案室",
        keywords="专项资金",
        period="2019—2025年",
        asked="档案管理人员",
        result="无",
        searched_on=D("2026-03-04"),
        by=nx.li,
        at=at("2026-03-04"),
    )

    assert (
        workflow.draft(case, decided=decided, texts=texts, by=nx.li, at=at("2026-03-04")).outcome == Outcome.NOT_EXIST
    )


def test_a_search_of_tomorrow_is_refused(nx: Cast) -> None:
    found = {"system": "公文系统", "keywords": "资金", "period": "全部", "asked": "", "result": "无", "by": nx.li}
    case = assigned(nx, "2026-03-03")

    with pytest.raises(Refusal, match="检索日期不能晚于今天"):
        workflow.record_search(case, searched_on=D("2026-03-05"), at=at("2026-03-04"), **found)
    workflow.record_search(case, searched_on=D("2026-03-04"), at=at("2026-03-04"), **found)


def test_nothing_is_still_unclear_before_the_applicant_has_completed_it(nx: Cast) -> None:
    case = assigned(nx, "2026-03-03")
    how = {"decided": {"clear": "still_unclear"}, "texts": {"reason": "仍无法确定年度"}, "by": nx.li}
    CompletionRound.objects.create(
        request=case, items="年份", working_days=10, asked_by=nx.chen, sent_on=D("2026-03-03")
    )
    with pytest.raises(Refusal, match="没有发过补正告知书"):
        workflow.draft(case, at=at("2026-03-04"), **how)

    CompletionRound.objects.update(returned_on=D("2026-03-04"), return_text="近几年")

    assert workflow.draft(case, at=at("2026-03-04"), **how).outcome == Outcome.STILL_UNCLEAR


@pytest.mark.rule("NX-16-9a")
def test_the_answer_tells_that_nothing_was_found_with_search_log_and_reason(nx: Cast) -> None:
    case = assigned(nx, "2026-03-03")
    workflow.record_search(
        case,
        system="公文系统",
        keywords="资金",
        period="全部",
        asked="",
        result="无",
        searched_on=D("2026-03-04"),
        by=nx.li,
        at=at("2026-03-04"),
    )
    workflow.draft(
        case, decided={**OURS, "held": "not_exist"}, texts={"reason": "无记录"}, by=nx.li, at=at("2026-03-04")
    )
    workflow.submit(case, by=nx.li, at=at("2026-03-04"))

    letter = workflow.approve(case, by=nx.ma, at=at("2026-03-05"))

    assert any(block["kind"] == "table" and "公文系统" in block["rows"][0] for block in letter.content.blocks)
    texts = [block.get("text", "") for block in letter.content.blocks]
    assert "理由：无记录" in texts
    assert any("告知您该政府信息不存在" in text for text in texts)


@pytest.mark.rule("REG-33", "LD-A8-10c")
@pytest.mark.parametrize(("amount", "last_day"), [(20, "2025-04-28"), (10, "2025-04-15")])
def test_an_extension_told_on_the_last_day_counts_from_the_limit(cast_of, amount: int, last_day: str) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-03-03")

    extended(ld, case, amount=amount, on="2025-03-31")

    assert Clock.objects.running().of(case).get(weight="statutory").last_day == D(last_day)


@pytest.mark.rule("REG-33", "LD-A8-10c")
def test_an_extension_a_day_late_is_refused(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-03-03")

    with pytest.raises(Refusal, match="2025年3月31日届满"):
        extended(ld, case, amount=20, on="2025-04-01")


def test_a_limit_that_is_still_a_guess_is_not_extended(nx: Cast) -> None:
    case = applied(nx.body, "2026-12-15")
    assert Clock.objects.running().of(case).get(duty="answer").provisional

    with pytest.raises(Refusal, match="尚未公布放假安排"):
        extended(nx, case, amount=5, on="2026-12-16")


@pytest.mark.rule("REG-40")
def test_an_extension_notice_goes_electronically_only_if_the_applicant_chose_so(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03", manner="post", form="paper")

    with pytest.raises(Refusal, match="没有选择以电子方式"):
        extended(nx, case, amount=5, on="2025-03-10")


@pytest.mark.rule("REG-33", "LD-A8-10c")
def test_there_is_one_extension_and_no_longer_than_the_law_allows(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-03-03")
    with pytest.raises(Refusal, match="不得超过20"):
        extended(ld, case, amount=21, on="2025-03-10")

    extended(ld, case, amount=5, on="2025-03-10")

    with pytest.raises(Refusal, match="已经延期一次"):
        extended(ld, case, amount=5, on="2025-03-11")


@pytest.mark.rule("WZ-6.2-6")
def test_wuzhou_extends_by_fifteen_at_most_and_by_its_leading_group(wz: Cast) -> None:
    case = applied(wz.body, "2026-03-02")
    with pytest.raises(Refusal, match="您的岗位不能"):
        extended(wz, case, amount=15, on="2026-03-05")
    with pytest.raises(Refusal, match="不得超过15"):
        extended(wz, case, amount=16, on="2026-03-05", by=wz.feng, agreed=AGREED)

    with pytest.raises(Refusal, match="领导小组同意"):
        extended(wz, case, amount=15, on="2026-03-05", by=wz.feng)
    with pytest.raises(Refusal, match="不能晚于"):
        extended(wz, case, amount=15, on="2026-03-05", by=wz.feng, agreed=replace(AGREED, on=D("2026-03-06")))
    extended(wz, case, amount=15, on="2026-03-05", by=wz.feng, agreed=AGREED)
    assert (case.consent.group, case.consent.form) == ("局政务公开工作领导小组", "meeting")

    promise = Clock.objects.running().of(case).get(weight="promise")
    assert promise.last_day == D("2026-04-01")


@pytest.mark.rule("YQ-S1-10e")
def test_yangquan_extends_by_twenty_at_most(cast_of) -> None:
    yq = cast_of("yq")
    case = applied(yq.body, "2026-03-02")

    with pytest.raises(Refusal, match="不得超过20"):
        extended(yq, case, amount=21, on="2026-03-05")
    extended(yq, case, amount=20, on="2026-03-05")

    assert Clock.objects.running().of(case).get(weight="promise").last_day == D("2026-04-07")


def test_a_broken_promise_does_not_take_away_the_statutory_extension(wz: Cast) -> None:
    case = applied(wz.body, "2026-03-02")

    extended(wz, case, amount=10, on="2026-03-20", by=wz.feng, agreed=AGREED)

    clocks = {clock.weight: clock.last_day for clock in Clock.objects.running().of(case)}
    assert clocks["promise"] == D("2026-03-11")
    assert clocks["statutory"] > D("2026-03-30")


def test_the_extension_notice_names_old_and_new_last_day(cast_of) -> None:
    ld = cast_of("ld")
    case = applied(ld.body, "2025-03-03")

    letter = extended(ld, case, amount=20, on="2025-03-31")

    text = "".join(block["text"] for block in letter.content.blocks)
    assert "2025年3月31日" in text
    assert "2025年4月28日" in text


def test_an_answer_is_drafted_under_the_law_of_its_own_day(nx: Cast) -> None:
    case = submitted(nx, "2023-12-28", decided=REFUSAL, texts=REFUSAL_TEXTS)

    workflow.approve(case, by=nx.ma, at=at("2024-01-03"))

    assert case.answer.remedy == "R1"


def test_before_the_new_reconsideration_law_a_refusal_left_the_choice(nx: Cast) -> None:
    assert approved(nx, "2023-12-05", decided=REFUSAL, texts=REFUSAL_TEXTS).answer.remedy == "R2"


def test_the_record_knows_the_very_paper_of_a_letter(nx: Cast) -> None:
    case = approved(nx, "2026-03-03")

    told = ledger.timeline(case).last().told

    assert told["sha256"] == Letter.objects.get(subject_id=case.pk).file.sha256


def test_an_extension_into_a_year_without_its_calendar_is_told_as_provisional(nx: Cast) -> None:
    case = applied(nx.body, "2026-11-20")

    letter = extended(nx, case, amount=20, on="2026-11-23")

    assert Clock.objects.running().of(case).get(duty="answer").provisional
    assert "2027年放假安排尚未公布，公布后以按工作日计算的日期为准" in letter.sealed
