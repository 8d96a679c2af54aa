"""Policy interpretation: the plan that comes with the draft, the material that goes out with or after it, and the limits."""

from typing import Any

import pytest

from disclosure import workflow
from disclosure.models import Document, InterpretationPlan
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Content, Genre, InterpretationForm, State, Withdrawal
from disclosure.workflow import interpreting, normative
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.regulations.library import BODIES
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .explaining import found, issue, judged, material, planned, policy, ready, sign_off
from .making import D, drafted, published

DAY = "2026-03-03"


def limits(document: Document) -> dict[tuple[str, str], tuple[str, str]]:
    """Duty and weight of each clock, with its last day and how it ended."""
    clocks = Clock.objects.of(document).filter(
        duty__in=("interpretation", "interpretation_media", "policy_publication")
    )
    return {(one.duty, one.weight): (one.last_day.isoformat(), one.ended_as) for one in clocks}


# --- the plan ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("WZ-6.3-4b", "LD-A2-4-2c", "YQ-S5-1.3b", "YC-3.1-1b")
@pytest.mark.parametrize("code", BODIES)
def test_a_policy_without_a_plan_comes_back(cast_of, code: str) -> None:
    cast = cast_of(code)
    document = policy(cast, DAY)

    with pytest.raises(Returned, match="政策性文件没有解读方案"):
        workflow.propose(document, by=cast.li, at=at(DAY, 10))


@pytest.mark.rule("YC-3.1-1a", "YQ-S5-1.3c", "LD-A2-4-1")
@pytest.mark.parametrize(
    ("code", "field"), [("yc", "回应"), ("yq", "解读渠道"), ("ld", "解读重点"), ("wz", "解读时间")]
)
def test_a_plan_speaks_of_every_point_its_body_names(cast_of, code: str, field: str) -> None:
    cast = cast_of(code)
    document = policy(cast, DAY)
    fields = dict.fromkeys(interpreting.plan_fields(document), "已明确") | {field: "  "}

    with pytest.raises(Refused, match=field):
        interpreting.plan_interpretation(document, fields=fields, by=cast.li, at=at(DAY))


@pytest.mark.rule("WZ-6.3-4b", "WZ-6.3-1e", "LD-A2-4-2c", "LD-A2-4-0", "YC-3.1-1b", "YQ-S5-1.3b")
@pytest.mark.parametrize("code", ["yc", "yq", "ld", "wz"])
def test_where_the_body_asks_for_it_the_material_comes_with_the_plan(cast_of, code: str) -> None:
    cast = cast_of(code)
    document = found(cast, planned(cast, policy(cast, DAY), DAY), DAY)

    with pytest.raises(Returned, match="政策性文件没有附解读材料"):
        workflow.propose(document, by=cast.li, at=at(DAY, 10))
    material(cast, document, DAY)
    document.refresh_from_db()

    assert workflow.propose(document, by=cast.li, at=at(DAY, 10)).state == State.REVIEW


@pytest.mark.rule("YQ-S5-1.3a")
def test_at_yangquan_a_policy_may_go_without_when_it_says_why(cast_of) -> None:
    yq = cast_of("yq")
    document = planned(yq, found(yq, policy(yq, DAY), DAY), DAY, exempt_reason="仅转发上级通知，内容明白")

    assert workflow.propose(document, by=yq.li, at=at(DAY, 10)).state == State.REVIEW
    assert not interpreting.owes(document)


@pytest.mark.rule("WZ-6.3-4b")
def test_at_wuzhou_no_policy_goes_without(cast_of) -> None:
    wz = cast_of("wz")

    with pytest.raises(Refused, match="不能免予解读"):
        planned(wz, policy(wz, DAY), DAY, exempt_reason="内容简单")


@pytest.mark.rule("LD-A2-1")
def test_at_luodian_normative_documents_and_important_policies_are_always_interpreted(cast_of) -> None:
    ld = cast_of("ld")
    ordinary, normative_one = policy(ld, DAY), found(ld, policy(ld, DAY), DAY, normative_=True)

    with pytest.raises(Refused, match="不能免予解读"):
        planned(ld, ordinary, DAY, exempt_reason="内容简单", important=True)
    with pytest.raises(Refused, match="不能免予解读"):
        planned(ld, normative_one, DAY, exempt_reason="内容简单")
    assert planned(ld, ordinary, DAY, exempt_reason="内容简单")


@pytest.mark.rule("LD-A2-1")
def test_an_exemption_does_not_outlive_a_finding_that_came_later(cast_of) -> None:
    ld = cast_of("ld")
    document = found(ld, planned(ld, policy(ld, DAY), DAY, exempt_reason="内容简单"), DAY, normative_=True)

    with pytest.raises(Returned, match="应当解读，没有解读方案"):
        workflow.propose(document, by=ld.li, at=at(DAY, 10))


def test_a_plan_is_written_by_who_drafts_and_for_policies_only(nx: Cast) -> None:
    fields = {"解读形式": "图解", "解读渠道": "门户网站", "解读时间": "印发后"}

    with pytest.raises(NotAllowed):
        interpreting.plan_interpretation(policy(nx, DAY), fields=fields, by=nx.zhao, at=at(DAY))
    with pytest.raises(Refused, match="没有标明为政策性文件"):
        interpreting.plan_interpretation(drafted(nx, DAY), fields=fields, by=nx.li, at=at(DAY))


def test_a_plan_written_anew_replaces_the_old_one_and_both_are_on_record(nx: Cast) -> None:
    document = planned(nx, policy(nx, DAY), DAY, exempt_reason="不涉及公众")

    planned(nx, document, DAY)

    plan = InterpretationPlan.objects.get(document=document)
    assert (plan.exempt_reason, set(plan.fields)) == ("", {"解读形式", "解读渠道", "解读时间"})
    assert [one.verb for one in ledger.timeline(document)].count("plan_interpretation") == 2


@pytest.mark.rule("LD-A2-4-2a")
def test_at_luodian_the_plan_of_a_county_paper_is_approved_by_the_head_of_the_department(cast_of) -> None:
    ld = cast_of("ld")
    document = found(ld, planned(ld, policy(ld, DAY, content=Content.GOVERNMENT), DAY), DAY)
    material(ld, document, DAY)
    document.refresh_from_db()

    with pytest.raises(Returned, match="没有经本部门负责人审定"):
        workflow.propose(document, by=ld.li, at=at(DAY, 10))
    planned(ld, document, DAY, by=ld.zhou)

    assert workflow.propose(document, by=ld.li, at=at(DAY, 10)).state == State.REVIEW


def test_what_is_taken_off_owes_no_interpretation_any_more(nx: Cast) -> None:
    document = issue(nx, ready(nx, DAY), DAY)
    workflow.publish(document, by=nx.chen, at=at(DAY, 16))

    workflow.withdraw(document, reason=Withdrawal.ERROR, note="数据有误，正在核对。", by=nx.chen, at=at(DAY, 17))

    assert not Clock.objects.of(document).running().exists()


# --- pairing ----------------------------------------------------------------------------------------------------------


def test_policy_and_interpretation_are_found_from_either_side(nx: Cast) -> None:
    document = ready(nx, DAY)
    made = document.interpreted_by.get().interpretation
    issue(nx, document, DAY)
    workflow.publish(document, by=nx.chen, at=at(DAY, 16))
    assert not interpreting.public_material(document)

    workflow.publish(issue(nx, made, DAY), by=nx.chen, at=at(DAY, 17))

    assert [one.interpretation for one in interpreting.public_material(document)] == [made]
    assert [one.policy for one in interpreting.interpreted_policies(made)] == [document]


def test_only_an_interpretation_of_the_same_body_is_paired_and_once(nx: Cast, cast_of) -> None:
    document = policy(nx, DAY)
    made = material(nx, document, DAY)
    other = cast_of("wz")
    theirs = drafted(other, DAY, genre=Genre.INTERPRETATION)
    facts = {"form": "text", "by": nx.li, "at": at(DAY)}

    with pytest.raises(Refused, match="已经与本件关联"):
        interpreting.pair(document, interpretation=made, **facts)
    with pytest.raises(Refused, match="不是本机关"):
        interpreting.pair(document, interpretation=theirs, **facts)
    with pytest.raises(Refused, match="文种为“政策解读”"):
        interpreting.pair(document, interpretation=drafted(nx, DAY), **facts)
    with pytest.raises(Refused, match="没有这种解读形式"):
        interpreting.pair(
            document, interpretation=drafted(nx, DAY, genre=Genre.INTERPRETATION), **facts | {"form": "x"}
        )


@pytest.mark.rule("LD-A2-2", "LD-A2-3")
def test_luodian_knows_its_forms_and_ten_elements(cast_of) -> None:
    ld = cast_of("ld")
    document = policy(ld, DAY)

    with pytest.raises(Refused, match="没有这种解读形式"):
        material(ld, document, DAY, form=InterpretationForm.EXPERT)
    with pytest.raises(Refused, match="要素“笑话”"):
        material(ld, document, DAY, elements=["背景依据", "笑话"])
    material(ld, document, DAY, form=InterpretationForm.PRESS_ANSWERS, elements=["背景依据", "新旧政策差异"])

    assert len(interpreting.offered_elements(document)) == 10
    assert document.interpreted_by.get().elements == ["背景依据", "新旧政策差异"]


@pytest.mark.rule("YC-3.1-1e", "YC-3.1-2a")
@pytest.mark.parametrize("form", ["graphic", "press_conference", "briefing", "media_interview", "article"])
def test_yinchuan_interprets_by_pictures_and_its_four_ways(cast_of, form: str) -> None:
    yc = cast_of("yc")
    document = policy(yc, DAY)

    material(yc, document, DAY, form=form)

    assert document.interpreted_by.get().form == form


@pytest.mark.rule("LD-A2-6-1", "NX-08-3a")
@pytest.mark.parametrize("code", ["ld", "nx"])
def test_there_is_a_column_for_interpretations(cast_of, code: str) -> None:
    assert cast_of(code).body.columns.get(code="interpretations").name == "政策解读"


def test_a_wrong_pairing_is_undone_until_both_are_public(nx: Cast) -> None:
    document = ready(nx, DAY)
    made = document.interpreted_by.get().interpretation
    interpreting.unpair(document, interpretation=made, by=nx.li, at=at(DAY))
    assert not document.interpreted_by.exists()

    interpreting.pair(document, interpretation=made, form="text", by=nx.li, at=at(DAY))
    workflow.publish(issue(nx, document, DAY), by=nx.chen, at=at(DAY, 16))
    workflow.publish(issue(nx, made, DAY), by=nx.chen, at=at(DAY, 17))
    document.refresh_from_db()

    with pytest.raises(Refused, match="都已经公开"):
        interpreting.unpair(document, interpretation=made, by=nx.li, at=at(DAY, 18))


def test_an_interpretation_says_what_it_explains_and_does_not_come_first(nx: Cast) -> None:
    with pytest.raises(Returned, match="没有与所解读的文件关联"):
        workflow.propose(drafted(nx, DAY, genre=Genre.INTERPRETATION), by=nx.li, at=at(DAY, 10))
    document = ready(nx, DAY)
    made = issue(nx, document.interpreted_by.get().interpretation, DAY)

    with pytest.raises(Returned, match="所解读的文件还没有公开"):
        workflow.publish(made, by=nx.chen, at=at(DAY, 16))


@pytest.mark.rule("YC-3.1-1d")
def test_at_yinchuan_procedure_and_telephone_go_out_with_the_interpretation(cast_of) -> None:
    yc = cast_of("yc")
    document = policy(yc, DAY)
    bare = material(yc, document, DAY, details={"操作流程": "登录平台办理"})

    with pytest.raises(Returned, match="没有同时公布咨询电话"):
        workflow.propose(bare, by=yc.li, at=at(DAY, 10))


@pytest.mark.rule("YC-3.1-1d")
def test_the_public_reads_procedure_and_telephone_and_nothing_that_was_added_later(cast_of, client: Any) -> None:
    yc = cast_of("yc")
    document, other = ready(yc, DAY), ready(yc, DAY)
    made = issue(yc, document.interpreted_by.get().interpretation, DAY)
    issue(yc, other.interpreted_by.get().interpretation, DAY)
    for one in (document, other):
        workflow.publish(issue(yc, one, DAY), by=yc.chen, at=at(DAY, 16))
    made.refresh_from_db()
    if made.state == State.SIGNED:
        workflow.publish(made, by=yc.chen, at=at(DAY, 16, 30))
    details = {"操作流程": "后来添加的流程", "咨询电话": "后来添加的电话"}
    workflow.pair(
        Document.objects.get(pk=other.pk), interpretation=made, form="text", details=details, by=yc.li, at=at(DAY, 17)
    )

    page = client.get(made.get_absolute_url()).content.decode()

    assert "咨询电话：0951-5550101" in page
    assert "咨询电话：0951-5550101" in client.get(document.get_absolute_url()).content.decode()
    assert "后来添加" not in page


# --- released together, or by the clock -------------------------------------------------------------------------------


@pytest.mark.rule("YQ-S5-1.3d", "WZ-6.3-1d", "WZ-6.3-1e", "YQ-S5-1.3b")
@pytest.mark.parametrize("code", ["yq", "wz"])
def test_policy_and_interpretation_become_public_in_one_act(cast_of, code: str) -> None:
    cast = cast_of(code)
    document = ready(cast, DAY)
    made = document.interpreted_by.get().interpretation
    workflow.propose(made, by=cast.li, at=at(DAY, 10))
    issue(cast, document, DAY)

    with pytest.raises(Returned, match="还没有签发，应当与政策文件同步发布"):
        workflow.publish(document, by=cast.chen, at=at(DAY, 16))
    assert not Document.objects.public().filter(body=cast.body).exists()

    sign_off(cast, made, DAY)
    workflow.publish(document, by=cast.chen, at=at(DAY, 17))

    made.refresh_from_db()
    assert document.published_at == made.published_at == at(DAY, 17)
    assert limits(document)["interpretation", "statutory"][1] == "met"


@pytest.mark.rule("WZ-6.3-1e", "YQ-S5-1.3b", "LD-A2-4-0")
@pytest.mark.parametrize("code", ["yq", "wz", "ld"])
def test_a_policy_is_not_signed_while_its_material_is_a_draft(cast_of, code: str) -> None:
    cast = cast_of(code)
    document = ready(cast, DAY)

    with pytest.raises(Returned, match="还没有送审，应当与文件同步审签"):
        issue(cast, document, DAY)


def test_when_the_interpretation_cannot_go_out_the_policy_does_not_either(cast_of) -> None:
    wz = cast_of("wz")
    document = ready(wz, DAY)
    made = document.interpreted_by.get().interpretation
    issue(wz, made, DAY)
    issue(wz, document, DAY)
    Document.objects.filter(pk=made.pk).update(embargo_until=at("2026-04-01"))

    with pytest.raises(Refused, match="限制公开"):
        workflow.publish(document, by=wz.chen, at=at(DAY, 16))

    document.refresh_from_db()
    assert (document.state, document.public) == (State.SIGNED, None)


@pytest.mark.rule("LD-A1-10-1d")
def test_at_luodian_an_important_policy_waits_and_an_ordinary_one_does_not(cast_of) -> None:
    ld = cast_of("ld")
    ordinary, important = ready(ld, DAY), ready(ld, DAY)
    planned(ld, important, DAY, important=True)
    for document in (ordinary, important):
        made = document.interpreted_by.get().interpretation
        workflow.propose(made, by=ld.li, at=at(DAY, 10))
        issue(ld, document, DAY)

    workflow.publish(ordinary, by=ld.chen, at=at(DAY, 16))

    with pytest.raises(Returned, match="同步发布"):
        workflow.publish(important, by=ld.chen, at=at(DAY, 16))


@pytest.mark.rule("NX-08-3a", "NX-08-3b", "IMP80")
def test_at_ningxia_three_and_five_working_days_run_from_the_signature(nx: Cast) -> None:
    document = issue(nx, ready(nx, DAY), DAY)

    # Tuesday 3 March 2026: three working days end on Friday, five on the next Tuesday.
    assert limits(document) == {
        ("interpretation", "promise"): ("2026-03-06", ""),
        ("interpretation_media", "promise"): ("2026-03-10", ""),
        ("policy_publication", "promise"): ("2026-03-06", ""),
    }

    workflow.publish(document, by=nx.chen, at=at("2026-03-04"))

    assert limits(document)["policy_publication", "promise"] == ("2026-03-06", "met")
    assert limits(document)["interpretation", "statutory"] == ("2026-03-09", "")


@pytest.mark.rule("NX-08-3a", "NX-08-3b")
def test_text_meets_one_limit_and_a_graphic_the_other(nx: Cast) -> None:
    document = ready(nx, DAY)
    made = document.interpreted_by.get().interpretation
    graphic = material(nx, document, DAY, form=InterpretationForm.GRAPHIC)
    workflow.publish(issue(nx, document, DAY), by=nx.chen, at=at(DAY, 16))

    workflow.publish(issue(nx, made, "2026-03-05"), by=nx.chen, at=at("2026-03-05", 16))

    assert limits(document)["interpretation", "promise"][1] == "met"
    assert limits(document)["interpretation", "statutory"][1] == "met"
    assert limits(document)["interpretation_media", "promise"][1] == ""

    workflow.publish(issue(nx, graphic, "2026-03-11"), by=nx.chen, at=at("2026-03-11", 16))

    assert limits(document)["interpretation_media", "promise"][1] == "late"


@pytest.mark.rule("YC-3.1-1c", "IMP80")
def test_at_yinchuan_three_working_days_run_from_publication(cast_of) -> None:
    yc = cast_of("yc")
    document = issue_with_material(yc)
    assert limits(document) == {}

    workflow.publish(document, by=yc.chen, at=at("2026-03-04"))

    assert limits(document) == {("interpretation", "statutory"): ("2026-03-09", "")}


@pytest.mark.rule("LD-A2-4-4", "IMP80")
def test_the_seven_days_of_luodian_give_way_to_the_three_of_the_nation(cast_of) -> None:
    ld = cast_of("ld")
    document = issue_with_material(ld)

    workflow.publish(document, by=ld.chen, at=at("2026-03-04"))

    assert limits(document) == {("interpretation", "statutory"): ("2026-03-09", "")}


def issue_with_material(cast: Cast) -> Document:
    """A signed policy, its material under review."""
    document = ready(cast, DAY)
    workflow.propose(document.interpreted_by.get().interpretation, by=cast.li, at=at(DAY, 10))
    return issue(cast, document, DAY)


def test_a_signature_taken_back_ends_what_ran_from_it_and_the_next_one_starts_it_anew(nx: Cast) -> None:
    document = issue(nx, ready(nx, DAY), DAY)
    workflow.send_back(document, opinion="附件有误", by=nx.ma, at=at(DAY, 16))

    assert {ended for _day, ended in limits(document).values()} == {"void"}

    issue(nx, document, "2026-03-05")

    running = Clock.objects.of(document).running().filter(duty="interpretation")
    assert [clock.started_on for clock in running] == [D("2026-03-05")]


def test_an_exempt_policy_owes_no_interpretation(nx: Cast) -> None:
    document = planned(nx, found(nx, policy(nx, DAY), DAY), DAY, exempt_reason="内容简明，不需要解读")
    issue(nx, document, DAY)

    assert set(limits(document)) == {("policy_publication", "promise")}


def test_the_rate_counts_policies_that_owe_an_interpretation_and_have_one(nx: Cast) -> None:
    assert interpreting.pairing_rate(nx.body, 2026).percent is None
    explained, bare = ready(nx, DAY), ready(nx, DAY)
    exempt = planned(nx, found(nx, policy(nx, DAY), DAY), DAY, exempt_reason="内容简明")
    made = explained.interpreted_by.get().interpretation
    for document in (explained, bare, exempt):
        workflow.publish(issue(nx, document, DAY), by=nx.chen, at=at(DAY, 16))
    workflow.publish(issue(nx, made, DAY), by=nx.chen, at=at(DAY, 17))
    published(nx, DAY)

    rate = interpreting.pairing_rate(nx.body, 2026)

    assert (rate.paired, rate.of, rate.percent) == (1, 2, 50)
    assert interpreting.pairing_rate(nx.body, 2025).of == 0


@pytest.mark.rule("LD-A2-6-3")
def test_at_luodian_the_interpretation_of_a_normative_document_has_its_own_legality_review(cast_of) -> None:
    ld = cast_of("ld")
    document = judged(ld, found(ld, planned(ld, policy(ld, DAY), DAY), DAY, normative_=True), DAY)
    made = material(ld, document, DAY)

    with pytest.raises(Returned, match="没有经过合法性审核"):
        issue(ld, made, DAY)
    made.refresh_from_db()
    workflow.send_back(made, opinion="送司法局审核", by=ld.ma, at=at(DAY, 15))

    assert issue(ld, judged(ld, made, DAY), DAY).state == State.SIGNED
    assert normative.is_normative(document.versions.get())
