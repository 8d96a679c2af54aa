"""What the body makes of those it asked: findings, silence, public interest, and what a decision has to wait for."""

import pytest

from portal.clocks.models import Clock
from portal.ledger.models import Entry
from portal.refusal import Refusal
from portal.workflow.engine import SomebodyWasFirst
from requests_ogi import workflow
from requests_ogi.models import InformationRequest
from requests_ogi.rules import consulting
from requests_ogi.rules.consulting import Choices, Word
from requests_ogi.vocabulary import Asked, Opinion, State, Weighed
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, assigned, at

from .asking import (
    ELSEWHERE,
    GROUND,
    WITHHELD,
    again,
    approves,
    consulted,
    day,
    heard,
    objecting,
    own_law,
    silent,
    submits,
    weighed,
)

SILENT_UNTIL = "2025-03-26"
"""One day after the fifteen working days of somebody who received the letter on 4 March 2025."""


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


# --- the finding --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-32", "REG-15")
@pytest.mark.parametrize("finding", [Weighed.REASONABLE, Weighed.UNREASONABLE, Weighed.OVERRIDE])
def test_the_director_finds_whether_an_objection_has_grounds(nx: Cast, finding: str) -> None:
    _, asked = objecting(nx)

    weighed(nx, asked, "2025-03-06", finding, "未公开的技术信息")

    asked = again(asked)
    assert (asked.finding, asked.finding_reasons, asked.weighed_by) == (finding, "未公开的技术信息", nx.he)
    told = {"consultation": asked.pk, "asked": "third_party", "finding": finding}
    assert Entry.objects.get(verb="weigh").told == told


@pytest.mark.rule("REG-32")
def test_after_silence_the_body_decides_and_not_before(nx: Cast) -> None:
    _, asked = silent(nx)
    assert asked.limit_on == day("2025-03-25")

    with pytest.raises(Refusal, match="届满前不能按逾期未反馈处理"):
        weighed(nx, asked, "2025-03-25", Weighed.SILENCE_OPEN)
    weighed(nx, asked, SILENT_UNTIL, Weighed.SILENCE_OPEN)

    assert again(asked).finding == Weighed.SILENCE_OPEN


@pytest.mark.rule("REG-32")
def test_the_silence_of_somebody_who_may_not_have_the_letter_counts_for_nothing(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    asked = consulted(nx, case, sent="2025-03-04", served=None)

    with pytest.raises(Refusal, match="还没有登记对方收到征求意见书的日期"):
        weighed(nx, asked, "2025-04-10", Weighed.SILENCE_OPEN)
    with pytest.raises(Refusal, match="还没有登记第三方"):
        submits(nx, asked.request, "2025-04-10")


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [(Weighed.SILENCE_OPEN, "已经反馈意见"), (Weighed.SILENCE_WITHHOLD, "已经反馈意见")],
)
def test_an_objection_is_not_silence(nx: Cast, finding: str, sentence: str) -> None:
    _, asked = objecting(nx)

    with pytest.raises(Refusal, match=sentence):
        weighed(nx, asked, "2025-03-06", finding)


def test_silence_is_not_an_objection(nx: Cast) -> None:
    _, asked = silent(nx)

    with pytest.raises(Refusal, match="没有反馈意见"):
        weighed(nx, asked, SILENT_UNTIL, Weighed.OVERRIDE)


def test_who_agrees_is_not_weighed(nx: Cast) -> None:
    _, asked = silent(nx)
    heard(nx, asked, "2025-03-05")

    with pytest.raises(Refusal, match="同意公开，不需要审查"):
        weighed(nx, asked, "2025-03-06", Weighed.REASONABLE)


def test_a_finding_needs_its_reasons(nx: Cast) -> None:
    _, asked = objecting(nx)

    with pytest.raises(Refusal, match="理由"):
        weighed(nx, asked, "2025-03-06", Weighed.REASONABLE, "  ")


@pytest.mark.parametrize("who", ["li", "chen", "ma", "ji"])
def test_nobody_but_the_director_weighs(nx: Cast, who: str) -> None:
    _, asked = objecting(nx)

    with pytest.raises(Refusal, match="您的岗位不能办理“审查意见”"):
        workflow.weigh(
            again(asked), finding=Weighed.REASONABLE, reasons="理由", by=getattr(nx, who), at=at("2025-03-06")
        )


def test_a_finding_made_on_an_old_page_is_refused(nx: Cast) -> None:
    _, asked = objecting(nx)
    stale = again(asked)
    weighed(nx, asked, "2025-03-06", Weighed.REASONABLE)

    with pytest.raises(SomebodyWasFirst, match="何志远"):
        workflow.weigh(stale, finding=Weighed.OVERRIDE, reasons="理由", by=nx.he, at=at("2025-03-07"))


def test_the_finding_may_be_made_anew_until_the_decision(nx: Cast) -> None:
    _, asked = objecting(nx)

    weighed(nx, asked, "2025-03-06", Weighed.REASONABLE)
    weighed(nx, asked, "2025-03-07", Weighed.UNREASONABLE)

    assert again(asked).finding == Weighed.UNREASONABLE
    assert Entry.objects.filter(verb="weigh").count() == 2


@pytest.mark.rule("REG-32")
def test_a_late_word_is_heard_said_to_be_late_and_silence_is_weighed_anew(nx: Cast) -> None:
    case, asked = silent(nx)
    weighed(nx, asked, SILENT_UNTIL, Weighed.SILENCE_OPEN)
    before = Clock.objects.of(case).get(duty="answer").last_day

    heard(nx, asked, "2025-03-27", Opinion.OBJECTS, "属于商业秘密")

    asked = again(asked)
    assert asked.is_late
    assert asked.finding is None
    assert Entry.objects.get(verb="hear").told["late"] is True
    assert Clock.objects.of(case).get(duty="answer").last_day == before


def test_the_day_of_receipt_is_not_moved_after_silence_was_weighed(nx: Cast) -> None:
    _, asked = silent(nx)
    weighed(nx, asked, SILENT_UNTIL, Weighed.SILENCE_OPEN)

    with pytest.raises(Refusal, match="已经按逾期未反馈"):
        workflow.serve_party(again(asked), served_on=day("2025-03-07"), by=nx.chen, at=at("2025-03-27"))


# --- what the decision waits for ----------------------------------------------------------------------------------------


@pytest.mark.rule("REG-32", "REG-15")
def test_nobody_is_refused_for_a_third_party_that_was_never_asked(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    with pytest.raises(Refusal, match="应当先书面征求第三方意见"):
        submits(nx, case, "2025-03-04", WITHHELD, GROUND)


@pytest.mark.rule("REG-32")
@pytest.mark.parametrize("decided", [GRANT, WITHHELD, ELSEWHERE], ids=["granted", "withheld", "elsewhere"])
def test_nothing_is_decided_while_a_third_party_has_time(nx: Cast, decided: dict[str, str]) -> None:
    case, _ = silent(nx)
    texts = GRANT_TEXTS if decided is GRANT else GROUND | {"legal_channel": "向信访部门提出"}

    with pytest.raises(Refusal, match="还在反馈期限内"):
        submits(nx, case, "2025-03-25", decided, texts)


@pytest.mark.rule("REG-32")
def test_an_objection_is_weighed_before_anything_is_decided_on_it(nx: Cast) -> None:
    case, asked = objecting(nx)

    with pytest.raises(Refusal, match="不同意公开，本机关还没有作出审查结论"):
        submits(nx, case, "2025-03-06", WITHHELD, GROUND)
    weighed(nx, asked, "2025-03-07", Weighed.REASONABLE)
    submits(nx, case, "2025-03-07", WITHHELD, GROUND)

    assert InformationRequest.objects.get(pk=case.pk).state == State.SUBMITTED


@pytest.mark.rule("REG-32")
def test_silence_is_weighed_before_anything_is_decided_on_it(nx: Cast) -> None:
    case, _ = silent(nx)

    with pytest.raises(Refusal, match="逾期未反馈意见，本机关还没有作出审查结论"):
        submits(nx, case, SILENT_UNTIL)


@pytest.mark.rule("REG-32", "REG-15")
@pytest.mark.parametrize("finding", [Weighed.REASONABLE])
def test_a_respected_objection_forbids_full_release(nx: Cast, finding: str) -> None:
    case, asked = objecting(nx)
    weighed(nx, asked, "2025-03-06", finding)

    with pytest.raises(Refusal, match="不能全部公开"):
        submits(nx, case, "2025-03-06")


@pytest.mark.rule("REG-15")
def test_consent_forbids_refusal_for_the_third_partys_sake(nx: Cast) -> None:
    case, asked = silent(nx)
    heard(nx, asked, "2025-03-05")

    with pytest.raises(Refusal, match="不能再以保护第三方合法权益为由不予公开"):
        submits(nx, case, "2025-03-06", WITHHELD, GROUND)


@pytest.mark.rule("REG-15")
def test_consent_lets_everything_out(nx: Cast) -> None:
    case, asked = silent(nx)
    heard(nx, asked, "2025-03-05")

    assert submits(nx, case, "2025-03-06").state == State.SUBMITTED


@pytest.mark.rule("REG-32")
def test_one_objection_among_several_consents_is_enough(nx: Cast) -> None:
    case, asked = objecting(nx)
    other = consulted(nx, asked.request, sent="2025-03-06", served="2025-03-06", party="另一公司")
    heard(nx, other, "2025-03-07")
    weighed(nx, asked, "2025-03-07", Weighed.REASONABLE)

    with pytest.raises(Refusal, match=r"3月4日发函.*不能全部公开"):
        submits(nx, case, "2025-03-07")


def test_a_word_that_comes_between_submitting_and_approving_is_weighed_first(nx: Cast) -> None:
    case, asked = silent(nx)
    weighed(nx, asked, SILENT_UNTIL, Weighed.SILENCE_OPEN)
    submits(nx, case, SILENT_UNTIL)
    heard(nx, asked, "2025-03-27", Opinion.OBJECTS, "属于商业秘密")
    case = InformationRequest.objects.get(pk=case.pk)

    with pytest.raises(Refusal, match="还没有作出审查结论"):
        workflow.approve(case, by=nx.ma, at=at("2025-03-27", 17))
    weighed(nx, asked, "2025-03-28", Weighed.OVERRIDE)

    assert approves(nx, InformationRequest.objects.get(pk=case.pk), "2025-03-28").state == State.APPROVED


# --- co-makers and authorities ------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-34", "LD-A8-9-6")
def test_the_silence_of_a_co_maker_is_consent(cast_of) -> None:
    ld = cast_of("ld")
    case, asked = silent(ld, by="consult_organ")

    with pytest.raises(Refusal, match="共同制作机关（2025年3月4日发函）还在反馈期限内"):
        submits(ld, case, "2025-03-25")
    submits(ld, case, SILENT_UNTIL)

    assert again(asked).finding is None


@pytest.mark.rule("REG-34")
def test_what_a_co_maker_objects_to_is_weighed(nx: Cast) -> None:
    case, asked = silent(nx, by="consult_organ")
    heard(nx, asked, "2025-03-05", Opinion.OBJECTS, "尚在会商")

    with pytest.raises(Refusal, match=r"共同制作机关.*还没有作出审查结论"):
        submits(nx, case, "2025-03-06")
    with pytest.raises(Refusal, match="只适用于第三方不同意公开"):
        weighed(nx, asked, "2025-03-06", Weighed.OVERRIDE)
    weighed(nx, asked, "2025-03-06", Weighed.UNREASONABLE)

    assert submits(nx, case, "2025-03-06").state == State.SUBMITTED


@pytest.mark.rule("REG-17", "LD-A8-8c")
def test_a_doubt_is_settled_by_the_authority_while_the_limit_runs_on(cast_of) -> None:
    ld = cast_of("ld")
    case = assigned(ld, "2025-03-03")
    before = Clock.objects.of(case).get(duty="answer").last_day

    asked = consulted(ld, case, sent="2025-03-04", served=None, by="refer", party="县国家保密局")

    internal = Clock.objects.of(case).running().get(duty="authority_reply")
    assert (internal.weight, internal.last_day) == ("internal", day("2025-03-18"))
    assert Clock.objects.of(case).get(duty="answer").last_day == before
    with pytest.raises(Refusal, match="不能全部公开"):
        submits(ld, asked.request, "2025-03-20")

    heard(ld, asked, "2025-03-21")

    assert not Clock.objects.of(case).running().filter(duty="authority_reply").exists()
    assert submits(ld, case, "2025-03-21").state == State.SUBMITTED


@pytest.mark.rule("REG-17")
def test_what_the_authority_forbids_is_not_released_and_not_weighed(nx: Cast) -> None:
    case, asked = silent(nx, by="refer")
    heard(nx, asked, "2025-03-05", Opinion.OBJECTS, "属于工作秘密")

    with pytest.raises(Refusal, match="认定不得公开，不能全部公开"):
        submits(nx, case, "2025-03-06")
    with pytest.raises(Refusal, match="认定意见应当执行"):
        weighed(nx, asked, "2025-03-06", Weighed.UNREASONABLE)


@pytest.mark.rule("REG-17")
def test_with_two_authorities_the_internal_limit_goes_on_to_the_second(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    first = consulted(nx, case, sent="2025-03-04", served=None, by="refer", party="国家保密局")
    consulted(nx, again(first).request, sent="2025-03-06", served=None, by="refer", party="商务厅")

    heard(nx, first, "2025-03-07")

    clock = Clock.objects.of(case).running().get(duty="authority_reply")
    assert (clock.started_on, clock.last_day) == (day("2025-03-06"), day("2025-03-20"))


def test_a_part_is_released_while_the_authority_is_late(nx: Cast) -> None:
    waiting = Word(Asked.AUTHORITY, day("2025-03-04"), True, day("2025-03-18"))

    with pytest.raises(Refusal, match="请等待认定意见"):
        consulting.may_decide([waiting], "partial", Choices(), today=day("2025-03-18"))
    consulting.may_decide([waiting], "partial", Choices(), today=day("2025-03-19"))


# --- the body's own law -------------------------------------------------------------------------------------------------


@pytest.mark.rule("LD-A8-9-5b")
def test_luodians_silence_as_refusal_is_not_obeyed_unless_its_own_law_goes_first(cast_of) -> None:
    ld = cast_of("ld")
    case, asked = silent(ld)

    with own_law("ld"):
        with pytest.raises(Refusal, match="视为不同意公开，不能决定公开"):
            weighed(ld, asked, SILENT_UNTIL, Weighed.SILENCE_OPEN)
        with pytest.raises(Refusal, match="不能全部公开"):
            submits(ld, case, SILENT_UNTIL)
    weighed(ld, asked, SILENT_UNTIL, Weighed.SILENCE_OPEN)

    assert submits(ld, case, SILENT_UNTIL).state == State.SUBMITTED


@pytest.mark.rule("LD-A8-9-5b")
def test_where_silence_is_refusal_the_letter_says_so(cast_of) -> None:
    ld = cast_of("ld")

    with own_law("ld"):
        _, asked = silent(ld)

    assert "逾期未提出意见的，视为不同意公开" in asked.letter.sealed


@pytest.mark.rule("LD-A8-9-6")
def test_luodian_waits_for_its_co_makers_word_only_where_its_own_law_goes_first(cast_of) -> None:
    ld = cast_of("ld")
    with own_law("ld"):
        case, _ = silent(ld, by="consult_organ")

        with pytest.raises(Refusal, match=r"共同制作机关.*逾期未反馈意见，本机关还没有作出审查结论"):
            submits(ld, case, SILENT_UNTIL)

    assert submits(ld, case, SILENT_UNTIL).state == State.SUBMITTED


@pytest.mark.rule("LD-A8-10d", "REG-33")
def test_luodian_counts_the_time_of_other_organs_only_where_its_own_law_goes_first(cast_of) -> None:
    ld = cast_of("ld")
    with own_law("ld"):
        case = assigned(ld, "2025-03-03")
        before = Clock.objects.of(case).get(duty="answer").last_day
        consulted(ld, case, sent="2025-03-04", served="2025-03-04", by="consult_organ")
        assert Clock.objects.of(case).get(duty="answer").last_day == before

    case = assigned(ld, "2025-03-03", title="另一件")
    consulted(ld, case, sent="2025-03-04", served="2025-03-04", by="consult_organ")

    assert Clock.objects.of(case).get(duty="answer").last_day > before


@pytest.mark.rule("YQ-S1-7b", "REG-15")
def test_yinchuans_silence_on_public_interest_is_not_obeyed_unless_its_own_law_goes_first(cast_of) -> None:
    yq = cast_of("yq")
    _, asked = objecting(yq)

    with own_law("yq"), pytest.raises(Refusal, match="没有因公共利益决定公开的办法"):
        weighed(yq, asked, "2025-03-06", Weighed.OVERRIDE)
    weighed(yq, asked, "2025-03-06", Weighed.OVERRIDE)

    assert again(asked).finding == Weighed.OVERRIDE


@pytest.mark.rule("LD-A8-9-5a", "REG-32")
def test_luodian_sets_the_term_case_by_case_only_where_its_own_law_goes_first(cast_of) -> None:
    ld = cast_of("ld")
    case = assigned(ld, "2025-03-03")

    with pytest.raises(Refusal, match="法律规定为15个工作日"):
        consulted(ld, case, sent="2025-03-04", served=None, working_days=7)
    with own_law("ld"):
        with pytest.raises(Refusal, match="1至15个工作日"):
            consulted(ld, case, sent="2025-03-04", served=None, working_days=16)
        asked = consulted(ld, case, sent="2025-03-04", served="2025-03-05", working_days=7)

    assert (asked.working_days, asked.limit_on) == (7, day("2025-03-14"))
    assert "7个工作日" in asked.letter.sealed
