"""The review chains of the five bodies: who looks after whom, at what, in which time, and again after every change."""

import pytest
from django.db import IntegrityError, transaction

from disclosure import workflow
from disclosure.models import Document, Review
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Content, State, Verdict
from disclosure.workflow.common import chain_of
from disclosure.workflow.reviewing import stage_of
from portal.clocks.models import Clock
from portal.notices.models import Notice
from portal.organisation import roles
from portal.regulations import library
from portal.workflow.engine import NotAllowed
from tests.cast import SINCE, Cast
from tests.factories import at

from .making import HOLDERS, TEXT, D, drafted, particulars, proposed, reviewed, signed

DAY = "2026-03-03"


def stages(document: Document) -> list[tuple[str, str]]:
    """Stage and reviewer of every passed review, in order."""
    rows = document.reviews.filter(verdict=Verdict.PASSED).order_by("pk")
    return [(row.stage, row.reviewer.name) for row in rows]


def passes(document: Document, cast: Cast, moment: str = DAY) -> Review:
    """The next stage, passed by who holds its role."""
    stage = stage_of(document)
    who = getattr(cast, HOLDERS[stage.role])
    return workflow.pass_stage(document, opinion=f"同意。{stage.asks}", checked=stage.checks, by=who, at=at(moment, 11))


@pytest.mark.rule("LD-A1-10-1a", "LD-A1-10-2", "LD-A1-10-3", "LD-A1-10-4", "LD-A1-10-5", "LD-A1-15")
@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (Content.OWN, [("office", "陈立新"), ("sign", "周建国")]),
        (Content.GOVERNMENT, [("head", "周建国"), ("office", "陈立新"), ("sign", "马玉兰")]),
        (Content.REPOST, [("manager", "陈立新"), ("office_leader", "何志远"), ("sign", "马玉兰")]),
        (Content.INTERACTIVE, [("editor", "陈立新"), ("sign", "马玉兰")]),
        (Content.EMERGENCY, [("in_charge", "马玉兰"), ("sign", "郭振华")]),
        (Content.UNUSUAL, [("office", "陈立新"), ("sign", "马玉兰")]),
    ],
)
def test_at_luodian_each_kind_of_content_has_its_chain(
    cast_of, content: Content, wanted: list[tuple[str, str]]
) -> None:
    assert stages(signed(cast_of("ld"), DAY, content=content, source="中国政府网")) == wanted


@pytest.mark.rule("LD-A1-10-2")
def test_at_luodian_another_liaison_of_the_department_may_review_for_it(cast_of) -> None:
    ld = cast_of("ld")
    document = proposed(ld, DAY)
    roles.appoint(ld.zhao, "liaison", body=ld.body, department=ld.department, starts_on=SINCE, today=D(DAY))

    workflow.pass_stage(document, checked=stage_of(document).checks, by=ld.zhao, at=at(DAY, 11))

    assert stages(document) == [("office", "赵无关")]


@pytest.mark.rule("LD-A1-11")
def test_luodian_looks_at_ten_points_in_every_chain() -> None:
    chains = library.profile("ld", D(DAY)).chains
    county = {
        code: chain for code, chain in chains.items() if code != "service"
    }  # public units look at points of their own

    assert all(any(len(stage.checks) == 10 for stage in chain.stages) for chain in county.values())
    assert len(county) == 6


@pytest.mark.rule("NX-19-3a", "NX-19-3b")
def test_at_ningxia_the_head_of_the_unit_clears_five_points_first(nx: Cast) -> None:
    document = proposed(nx, DAY)

    with pytest.raises(
        Refused, match="还有未核对的事项：内容合法合规、实时有效、积极正向、信息安全，不含涉密内容、词句通顺"
    ):
        workflow.pass_stage(document, by=nx.zhou, at=at(DAY, 11))


@pytest.mark.rule("NX-19-1a", "NX-19-5")
def test_at_ningxia_the_secrecy_review_goes_through_what_may_not_be_published(nx: Cast) -> None:
    document = proposed(nx, DAY)
    passes(document, nx)

    with pytest.raises(Refused, match="不含国家秘密、工作秘密和未公开的中央、国务院文件"):
        workflow.pass_stage(document, by=nx.chen, at=at(DAY, 11))


def test_nothing_is_ticked_for_what_stays_in(nx: Cast) -> None:
    document = proposed(nx, DAY, attribute="on_request")

    assert workflow.pass_stage(document, checked=["随便写的"], by=nx.zhou, at=at(DAY, 11)).checked == []


@pytest.mark.rule("YC-5.4-2", "YQ-S3-3", "LD-A1-10-0")
@pytest.mark.parametrize("code", ["yc", "yq", "ld"])
def test_nothing_is_published_before_its_review(cast_of, code: str) -> None:
    cast = cast_of(code)
    document = proposed(cast, DAY)

    with pytest.raises(NotAllowed, match="审核中"):
        workflow.publish(document, by=cast.chen, at=at(DAY, 12))


@pytest.mark.rule("YQ-S3-8", "YQ-S3-5")
def test_at_yangquan_the_section_and_the_office_write_their_opinions(cast_of) -> None:
    yq = cast_of("yq")
    document = proposed(yq, DAY)

    with pytest.raises(Refused, match="应当写明是否公开的初步审查意见"):
        workflow.pass_stage(document, by=yq.zhou, at=at(DAY, 11))
    workflow.pass_stage(document, opinion="可以公开。", by=yq.zhou, at=at(DAY, 11))
    with pytest.raises(Refused, match="应当写明保密审查确认意见和依据"):
        workflow.pass_stage(document, by=yq.chen, at=at(DAY, 11))


@pytest.mark.rule("WZ-6.3-5b")
def test_at_wuzhou_the_section_writes_how_the_draft_is_to_be_handled(cast_of) -> None:
    wz = cast_of("wz")
    document = proposed(wz, DAY)

    with pytest.raises(Refused, match="处理意见"):
        workflow.pass_stage(document, by=wz.zhou, at=at(DAY, 11))


@pytest.mark.rule("YQ-S3-4")
def test_at_yangquan_nobody_counts_for_two_of_the_five(cast_of) -> None:
    yq = cast_of("yq")
    document = proposed(yq, DAY)
    for _ in range(2):
        passes(document, yq)
    roles.appoint(yq.chen, "leader_in_charge", body=yq.body, starts_on=SINCE, today=D(DAY))

    with pytest.raises(Refused, match="由不同人员逐级审核"):
        workflow.pass_stage(document, by=yq.chen, at=at(DAY, 12))


def test_where_the_document_names_posts_one_person_may_hold_two(nx: Cast) -> None:
    document = proposed(nx, DAY)
    roles.appoint(nx.zhou, "leader_in_charge", body=nx.body, starts_on=SINCE, today=D(DAY))

    reviewed(nx, document, DAY)

    assert workflow.sign(document, by=nx.zhou, at=at(DAY, 15)).reviewer == nx.zhou


@pytest.mark.rule("YQ-S1-5a", "YQ-S5-1.1b", "YQ-S5-1.1c")
def test_at_yangquan_the_office_and_the_leader_see_it_before_the_head_signs(cast_of) -> None:
    yq = cast_of("yq")
    document = proposed(yq, DAY, attribute="on_request", reason="涉及企业内部数据")

    for stage in ("section", "secrecy", "in_charge", "openness"):
        with pytest.raises(Refused, match="不能签发"):
            workflow.sign(document, by=yq.guo, at=at(DAY, 12))
        assert passes(document, yq).stage == stage

    assert workflow.sign(document, by=yq.guo, at=at(DAY, 15))


@pytest.mark.rule("YQ-S1-4")
def test_at_yangquan_only_the_office_publishes(cast_of) -> None:
    yq = cast_of("yq")
    document = signed(yq, DAY)

    with pytest.raises(NotAllowed):
        workflow.publish(document, by=yq.zhou, at=at(DAY, 16))
    workflow.publish(document, by=yq.chen, at=at(DAY, 16))


@pytest.mark.rule("YQ-S2-2", "YQ-S2-4")
def test_a_unit_publishes_only_what_is_its_own_and_what_was_approved(cast_of) -> None:
    yq = cast_of("yq")

    with pytest.raises(NotAllowed, match="不能在这个机构起草"):
        workflow.draft(
            yq.body, department=yq.department, text=TEXT, particulars=particulars(yq, DAY), by=yq.wu, at=at(DAY)
        )
    with pytest.raises(NotAllowed, match="不能办理“发布”"):
        workflow.publish(drafted(yq, DAY), by=yq.chen, at=at(DAY))


@pytest.mark.rule("LD-A1-16a")
def test_the_register_of_reviews_says_who_looked_at_what_and_when(cast_of) -> None:
    document = signed(cast_of("ld"), DAY)

    first = document.reviews.order_by("pk").first()

    assert first is not None
    assert (first.label, len(first.checked), first.at) == ("本部门办公室（相关科室）审核", 10, at(DAY, 11))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(**{**_columns(first), "verdict": Verdict.PASSED})


def _columns(review: Review) -> dict[str, object]:
    """The columns of a verdict, to be written again."""
    names = ("document", "version", "round", "stage", "label", "opinion", "reviewer", "at")
    return {name: getattr(review, name) for name in names}


# --- the time of the secrecy review ---------------------------------------------------------------------------------------


@pytest.mark.rule("YQ-S3-12")
def test_at_yangquan_five_working_days_run_from_the_day_the_office_has_it(cast_of) -> None:
    yq = cast_of("yq")
    document = proposed(yq, "2026-03-02")
    assert not Clock.objects.of(document).filter(duty="secrecy_review").exists()

    passes(document, yq, "2026-03-03")
    clock = Clock.objects.of(document).get(duty="secrecy_review")
    assert (clock.started_on, clock.last_day) == (D("2026-03-03"), D("2026-03-10"))

    passes(document, yq, "2026-03-10")
    clock.refresh_from_db()
    assert (clock.ended_on, clock.ended_as) == (D("2026-03-10"), "met")


@pytest.mark.rule("YQ-S3-12")
def test_the_secrecy_review_that_comes_late_is_late_and_one_sent_back_begins_anew(cast_of) -> None:
    yq = cast_of("yq")
    document = proposed(yq, "2026-03-02")
    passes(document, yq, "2026-03-03")

    workflow.send_back(document, opinion="附件含有内部数据", by=yq.chen, at=at("2026-03-11"))
    workflow.propose(document, by=yq.li, at=at("2026-03-12"))
    passes(document, yq, "2026-03-12")

    clocks = Clock.objects.of(document).filter(duty="secrecy_review").order_by("pk")
    assert [(one.started_on, one.ended_as) for one in clocks] == [(D("2026-03-03"), "late"), (D("2026-03-12"), "")]


# --- changes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
def test_a_change_goes_through_every_stage_again(cast_of, code: str) -> None:
    cast = cast_of(code)
    document = reviewed(cast, proposed(cast, DAY), DAY)
    signer = getattr(cast, HOLDERS[chain_of(document).signing.role])

    workflow.send_back(document, opinion="第三段数字有误", by=signer, at=at(DAY, 12))
    text = workflow.Text(title="改过的标题", html="<p>改</p>", text="改")
    workflow.revise(document, text=text, particulars=particulars(cast, DAY), by=cast.li, at=at(DAY, 13))
    workflow.propose(document, by=cast.li, at=at(DAY, 14))

    assert stage_of(document) == chain_of(document).stages[0]
    with pytest.raises(Refused, match="不能签发"):
        workflow.sign(document, by=signer, at=at(DAY, 15))


def test_nothing_changes_while_it_is_reviewed(nx: Cast) -> None:
    document = proposed(nx, DAY)

    with pytest.raises(NotAllowed, match="审核中"):
        workflow.revise(document, text=TEXT, particulars=particulars(nx, DAY), by=nx.li, at=at(DAY, 11))


def test_who_changed_a_version_neither_signs_nor_publishes_it(nx: Cast) -> None:
    document = drafted(nx, DAY)
    roles.appoint(nx.ma, "liaison", body=nx.body, department=nx.department, starts_on=SINCE, today=D(DAY))
    workflow.revise(document, text=TEXT, particulars=particulars(nx, DAY), by=nx.ma, at=at(DAY, 9))
    workflow.propose(document, by=nx.li, at=at(DAY, 10))
    reviewed(nx, document, DAY)

    with pytest.raises(Refused, match="本人起草"):
        workflow.sign(document, by=nx.ma, at=at(DAY, 15))


# --- the last look before printing ------------------------------------------------------------------------------------------


@pytest.mark.rule("WZ-6.3-6", "WZ-6.3-7")
def test_at_wuzhou_nothing_is_published_before_the_last_look(cast_of) -> None:
    wz = cast_of("wz")
    document = reviewed(wz, proposed(wz, DAY), DAY)
    with pytest.raises(NotAllowed):
        workflow.recheck(document, by=wz.zhou, at=at(DAY, 14))
    workflow.sign(document, by=wz.ma, at=at(DAY, 15))

    with pytest.raises(Returned, match="没有办理“印前复核”"):
        workflow.publish(document, by=wz.chen, at=at(DAY, 16))
    with pytest.raises(Refused, match="还有未核对的事项"):
        workflow.recheck(document, by=wz.zhou, at=at(DAY, 16))

    again = chain_of(document).recheck
    assert again is not None
    workflow.recheck(document, checked=again.checks, by=wz.zhou, at=at(DAY, 16))
    with pytest.raises(Refused, match="已经复核"):
        workflow.recheck(document, checked=again.checks, by=wz.zhou, at=at(DAY, 16))
    workflow.publish(document, by=wz.chen, at=at(DAY, 17))
    assert document.state == State.PUBLISHED


@pytest.mark.rule("WZ-6.3-7")
def test_at_wuzhou_no_time_is_set_before_the_last_look(cast_of) -> None:
    wz = cast_of("wz")
    document = reviewed(wz, proposed(wz, DAY), DAY)
    workflow.sign(document, by=wz.ma, at=at(DAY, 15))

    with pytest.raises(Returned, match="没有办理“印前复核”"):
        workflow.schedule(document, publish_at=at(DAY, 18), by=wz.chen, at=at(DAY, 16))
    again = chain_of(document).recheck
    assert again is not None
    workflow.recheck(document, checked=again.checks, by=wz.zhou, at=at(DAY, 16))

    assert workflow.schedule(document, publish_at=at(DAY, 18), by=wz.chen, at=at(DAY, 16)).publish_at == at(DAY, 18)


@pytest.mark.rule("WZ-6.3-8")
def test_after_the_last_look_the_office_has_word_that_it_may_print(cast_of) -> None:
    wz = cast_of("wz")
    document = signed(wz, DAY)

    words = Notice.objects.filter(about_number=document.number, subject_line__contains="已经复核，请印制")
    assert wz.chen in {word.user for word in words}


def test_who_looks_last_may_send_it_back(cast_of) -> None:
    wz = cast_of("wz")
    document = signed(wz, DAY)

    workflow.send_back(document, opinion="印制稿与审批稿不一致", by=wz.zhou, at=at(DAY, 16))

    assert document.state == State.DRAFT


def test_elsewhere_there_is_no_last_look(nx: Cast) -> None:
    with pytest.raises(Refused, match="不需要复核"):
        workflow.recheck(signed(nx, DAY), by=nx.zhou, at=at(DAY, 16))


# --- applied for ahead --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LD-A1-15")
def test_at_luodian_what_is_out_of_the_ordinary_waits_three_days(cast_of) -> None:
    ld = cast_of("ld")
    document = signed(ld, DAY, content=Content.UNUSUAL)

    with pytest.raises(Refused, match="最早可以在2026年3月6日发布"):
        workflow.publish(document, by=ld.chen, at=at("2026-03-05", 16))
    with pytest.raises(Refused, match="最早可以在2026年3月6日发布"):
        workflow.schedule(document, publish_at=at("2026-03-05", 18), by=ld.chen, at=at("2026-03-05", 16))
    workflow.publish(document, by=ld.chen, at=at("2026-03-06", 9))


@pytest.mark.rule("WZ-2-1")
def test_at_wuzhou_a_paper_is_looked_at_by_the_five_principles(wz: Cast) -> None:
    document = proposed(wz, DAY)
    points = stage_of(document).checks

    assert [point.partition("：")[0] for point in points] == ["合法", "全面", "真实", "及时", "便民"]
    left = [point for point in points if not point.startswith("真实")]
    with pytest.raises(Refused, match="还有未核对的事项：真实"):
        workflow.pass_stage(document, opinion="同意。", checked=left, by=wz.zhou, at=at(DAY, 11))
