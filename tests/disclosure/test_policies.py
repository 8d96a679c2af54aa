"""What a policy owes before it is signed: clauses in its own text, its risk assessed, the meeting with its plan."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from disclosure import workflow
from disclosure.models import Deliberation, Document, RiskAssessment
from disclosure.rules import Refused, Returned, policies
from disclosure.vocabulary import State
from disclosure.workflow import Text
from portal.ledger import service as ledger
from portal.regulations import library
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .explaining import assessed, found, planned, policy, ready
from .making import D, drafted, proposed, reviewed

DAY, NEXT = "2026-03-03", "2026-03-04"
POINTS = ("责任主体", "公开内容", "公开方式", "公开时限", "解读回应")
LINES = (
    "第一章　总则",
    "第一条　为了支持企业，制定本办法。",
    "第六条　申报指南、评审结果由中小企业处在门户网站公开，自形成之日起5个工作日内发布。",
    "（一）责任主体为中小企业处；（二）公开时限为5个工作日。",
    "第七条　由中小企业处负责解读，依照第九条的规定回应企业咨询。",
)
LAW = Text(
    title="支持中小企业发展办法", html="".join(f"<p>{line}</p>" for line in LINES), text="\n".join(LINES), summary=""
)
CLAUSES = dict.fromkeys(POINTS, "第六条") | {"公开时限": "第六条（二）", "解读回应": "第七条第一款"}


# --- policies on enterprises ------------------------------------------------------------------------------------------


def enterprise(cast: Cast, **clauses: str) -> Document:
    """A policy on enterprises with all that is asked of a policy, its clauses named with changes."""
    return ready(cast, DAY, text=LAW, is_enterprise_policy=True, enterprise_clauses=CLAUSES | clauses)


@pytest.mark.rule("NX-07-4")
def test_a_policy_on_enterprises_goes_up_when_its_text_fixes_the_five_points(nx: Cast) -> None:
    assert workflow.propose(enterprise(nx), by=nx.li, at=at(DAY, 10)).state == State.REVIEW


@pytest.mark.rule("NX-07-4")
@pytest.mark.parametrize("point", POINTS)
def test_each_of_the_five_points_is_asked_for_by_name(nx: Cast, point: str) -> None:
    with pytest.raises(Returned) as back:
        workflow.propose(enterprise(nx, **{point: " "}), by=nx.li, at=at(DAY, 10))

    assert [one for one in back.value.missing if "涉企政策文件" in one] == list(back.value.missing)
    assert [other for other in POINTS if f"“{other}”" in str(back.value)] == [point]


@pytest.mark.rule("NX-07-4")
def test_all_that_is_missing_is_said_at_once(nx: Cast) -> None:
    with pytest.raises(Returned) as back:
        workflow.propose(enterprise(nx, **dict.fromkeys(POINTS, "")), by=nx.li, at=at(DAY, 10))

    assert len(back.value.missing) == len(POINTS)


@pytest.mark.rule("NX-07-4")
def test_a_clause_that_the_text_only_speaks_of_is_not_found_in_it(nx: Cast) -> None:
    with pytest.raises(Returned, match="“公开方式”所指的“第九条”在正文中没有找到"):
        workflow.propose(enterprise(nx, 公开方式="第九条"), by=nx.li, at=at(DAY, 10))


@pytest.mark.rule("NX-07-4")
@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("第六条", True),
        ("第 六 条", True),
        ("第一章第六条", True),
        ("第六条第(二)项", True),
        ("第七条第二款", True),
        ("第六条（三）", False),
        ("第七条（一）", False),
        ("第二章", False),
        ("第6条", False),
        ("见全文", False),
        ("第", False),
        ("（", False),
    ],
)
def test_a_place_is_looked_for_in_the_text(place: str, there: bool) -> None:
    assert policies.stands(place, LAW.text) is there


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("三、（一）", True),
        ("第三部分", True),
        ("（二）", True),
        ("二、（一）", False),
        ("一、（二）", False),
        ("四、", False),
    ],
)
def test_a_place_in_a_paper_without_articles_is_looked_for_by_its_headings(place: str, there: bool) -> None:
    text = "一、总体要求\n（一）指导思想。\n二、主要措施\n三、组织保障\n（一）压实责任。\n（二）加强宣传。"

    assert policies.stands(place, text) is there


def test_other_bodies_ask_for_no_such_clauses(wz: Cast) -> None:
    document = ready(wz, DAY, is_enterprise_policy=True)

    assert workflow.propose(document, by=wz.li, at=at(DAY, 10)).state == State.REVIEW


def test_a_paper_on_enterprises_or_for_the_meeting_is_a_policy(nx: Cast) -> None:
    for said in ({"is_enterprise_policy": True}, {"for_meeting": True}):
        with pytest.raises(Refused, match="应当同时勾选“政策性文件”"):
            drafted(nx, DAY, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=drafted(nx, DAY).pk).update(is_enterprise_policy=True)


# --- social risk ------------------------------------------------------------------------------------------------------


def bare(cast: Cast) -> Document:
    """A policy of Yinchuan with plan and material, its risk not assessed."""
    document = ready(cast, DAY)
    RiskAssessment.objects.all().delete()
    return document


@pytest.mark.rule("YC-3.1-1a")
def test_at_yinchuan_a_policy_whose_risk_was_not_assessed_comes_back(cast_of) -> None:
    yc = cast_of("yc")
    document = bare(yc)

    with pytest.raises(Returned, match="没有社会风险评估"):
        workflow.propose(document, by=yc.li, at=at(DAY, 10))
    assessed(yc, document, DAY)

    assert workflow.propose(document, by=yc.li, at=at(DAY, 10)).state == State.REVIEW


@pytest.mark.rule("YC-3.1-1a")
def test_at_yinchuan_no_policy_goes_without_its_overall_plan(cast_of) -> None:
    yc = cast_of("yc")
    document = policy(yc, DAY)

    with pytest.raises(Refused, match="不能免予解读"):
        planned(yc, document, DAY, exempt_reason="内容简单")
    with pytest.raises(Returned, match="没有解读方案"):
        workflow.propose(assessed(yc, document, DAY), by=yc.li, at=at(DAY, 10))


def test_an_assessment_says_who_when_and_with_what_result(cast_of) -> None:
    yc = cast_of("yc")
    document = policy(yc, DAY)

    for wrong in ({"conclusion": "  "}, {"organ": ""}, {"assessed_on": D(NEXT)}):
        with pytest.raises(Refused):
            assessed(yc, document, DAY, **wrong)
    assessed(yc, document, DAY, level="high")
    assessed(yc, document, DAY, level="medium", conclusion="采取措施后可以出台。")

    made = RiskAssessment.objects.get(document=document)
    assert (made.level, made.conclusion, made.recorded_by) == ("medium", "采取措施后可以出台。", yc.li)
    assert [one.verb for one in ledger.timeline(document)].count("assess_risk") == 2


def test_risk_is_assessed_of_policies_by_who_drafts_before_they_go_up(cast_of) -> None:
    yc = cast_of("yc")
    document = ready(yc, DAY)

    with pytest.raises(Refused, match="没有标明为政策性文件"):
        assessed(yc, drafted(yc, DAY), DAY)
    facts: dict[str, Any] = {"level": "low", "conclusion": "风险低", "organ": "市司法局", "assessed_on": D(DAY)}
    with pytest.raises(NotAllowed):
        workflow.assess_risk(document, **facts, by=yc.zhao, at=at(DAY))
    workflow.propose(document, by=yc.li, at=at(DAY, 10))
    with pytest.raises(NotAllowed):
        workflow.assess_risk(document, **facts, by=yc.li, at=at(DAY, 11))


# --- the meeting ------------------------------------------------------------------------------------------------------


def before_the_meeting(cast: Cast) -> Document:
    """A policy of Luodian for the county executive meeting, with its plan, reviewed and not yet signed."""
    document = ready(cast, DAY, for_meeting=True)
    made = document.interpreted_by.get().interpretation
    workflow.propose(document, by=cast.li, at=at(DAY, 10))
    workflow.propose(made, by=cast.li, at=at(DAY, 10))
    return reviewed(cast, document, DAY)


def heard(cast: Cast, document: Document, **changes: Any) -> Deliberation:
    """What the meeting said, put on file by the office."""
    said: dict[str, Any] = {"held_on": D(DAY), "outcome": "passed"}
    return workflow.record_deliberation(document, **said | changes, by=cast.chen, at=at(NEXT, 9))


def sign(cast: Cast, document: Document) -> Any:
    return workflow.sign(document, by=cast.zhou, at=at(NEXT, 10))


@pytest.mark.rule("LD-A2-4-2b")
@pytest.mark.parametrize("changes", [{"attribute": "on_request", "reason": "内部掌握"}, {}])
def test_what_goes_to_the_meeting_goes_up_with_its_plan_whatever_its_attribute(cast_of, changes: Any) -> None:
    ld = cast_of("ld")
    document = found(ld, policy(ld, DAY, for_meeting=True, **changes), DAY)
    if not changes:
        planned(ld, document, DAY, exempt_reason="内容简单")

    with pytest.raises(Returned, match="提请县政府常务会议审议的重要政策文件没有解读方案"):
        workflow.propose(document, by=ld.li, at=at(DAY, 10))


@pytest.mark.rule("LD-A2-4-2b")
def test_the_meeting_is_put_on_file_with_the_plan_that_lay_before_it(cast_of) -> None:
    ld = cast_of("ld")
    document = before_the_meeting(ld)

    with pytest.raises(Returned, match="没有登记县政府常务会议的审议结果"):
        sign(ld, document)
    heard(ld, document)

    assert heard(ld, document).plan == document.interpretation_plan.fields
    assert sign(ld, document)
    assert document.state == State.SIGNED


@pytest.mark.rule("LD-A2-4-2b")
def test_a_meeting_without_the_plan_cannot_be_put_on_file(cast_of) -> None:
    ld = cast_of("ld")
    document = before_the_meeting(ld)

    with pytest.raises(Refused, match="没有一并提请审议"):
        heard(ld, document, held_on=D(DAY) - timedelta(days=1))
    document.interpretation_plan.delete()
    with pytest.raises(Refused, match="本件没有解读方案"):
        heard(ld, document)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deliberation.objects.create(
            document=document, meeting="县政府常务会议", held_on=D(DAY), outcome="passed", plan={}, recorded_by=ld.chen,
            recorded_at=at(DAY),
        )  # fmt: skip


@pytest.mark.rule("LD-A2-4-2b")
def test_what_the_meeting_did_not_agree_to_is_not_signed_until_it_does(cast_of) -> None:
    ld = cast_of("ld")
    document = before_the_meeting(ld)

    with pytest.raises(Refused, match="写明会议意见"):
        heard(ld, document, outcome="rejected")
    heard(ld, document, outcome="rejected", note="补充资金来源后再议。")
    with pytest.raises(Returned, match="没有审议通过"):
        sign(ld, document)
    heard(ld, document, outcome="passed_amended", note="按会议意见修改第二条。")

    assert sign(ld, document)


def test_only_the_office_puts_a_meeting_on_file_and_only_of_what_goes_there(cast_of) -> None:
    ld = cast_of("ld")
    document, other = before_the_meeting(ld), ready(ld, DAY)
    workflow.propose(other, by=ld.li, at=at(DAY, 10))

    with pytest.raises(NotAllowed):
        workflow.record_deliberation(document, held_on=D(DAY), outcome="passed", by=ld.li, at=at(NEXT))
    with pytest.raises(Refused, match="没有标明提请会议审议"):
        heard(ld, other)
    with pytest.raises(Refused, match="不能晚于今天"):
        heard(ld, document, held_on=D("2026-03-05"))
    with pytest.raises(NotAllowed):
        heard(ld, ready(ld, DAY, for_meeting=True))


def test_the_other_bodies_know_no_such_meeting() -> None:
    named = {code: library.profile(code, D(DAY)).option("policy.meeting") for code in library.bodies()}

    assert {code for code, name in named.items() if name} == {"ld"}


# --- through which media ----------------------------------------------------------------------------------------------


@pytest.mark.rule("YC-4.3-1")
def test_at_yinchuan_a_major_decision_goes_out_through_all_three_kinds_of_media(cast_of) -> None:
    yc = cast_of("yc")
    media = ("传统媒体", "网络平台", "新媒体")

    with pytest.raises(Returned, match="没有安排：传统媒体、新媒体"):
        proposed(yc, DAY, is_major_decision=True, media=("网络平台",))
    document = proposed(yc, DAY, is_major_decision=True, media=media)

    assert (document.state, document.media) == (State.REVIEW, list(media))


@pytest.mark.rule("YC-4.3-1")
def test_what_is_no_major_decision_or_stays_in_needs_no_such_media(cast_of) -> None:
    yc = cast_of("yc")

    assert proposed(yc, DAY).state == State.REVIEW
    assert proposed(yc, DAY, is_major_decision=True, attribute="on_request", reason="内部掌握").state == State.REVIEW
