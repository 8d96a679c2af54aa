"""Corrections, suggestions and complaints: their whole lives, what is refused, and who never sees whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.clocks import sweeping
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.letters.models import Letter
from portal.notices.models import Notice
from portal.workflow.engine import NotAllowed, SomebodyWasFirst
from portal.workflow.tasks import Announcing
from requests_ogi import secrets
from requests_ogi.filing import MotionFiling, Signature, Upload
from requests_ogi.models import Conversion, Motion
from requests_ogi.rules import Refused
from requests_ogi.rules.motion import Verdict
from requests_ogi.vocabulary import MotionKind, MotionOutcome, MotionState
from requests_ogi.workflow import conversions, motions
from tests.cast import Cast
from tests.factories import PNG, RESIDENT_ID, applied, at

pytestmark = pytest.mark.usefixtures("files")

DAY = "2025-03-03"
PROOFS = (Upload("身份证.png", PNG, "identity"), Upload("登记表.png", PNG + b"\x00", "evidence"))
WANG = Signature(
    name="王小明",
    identity_document="resident_id",
    identity_number=RESIDENT_ID,
    phone="13800000000",
    email="wang@example.test",
)
CORRECTION = MotionFiling(
    MotionKind.CORRECTION, "某某名录第12项", "姓名写成了王小名，应当是王小明。", WANG, uploads=PROOFS
)
SUGGESTION = MotionFiling(MotionKind.SUGGESTION, "公共充电桩分布", "很多人都需要，应当公开。")
COMPLAINT = MotionFiling(
    MotionKind.COMPLAINT, "逾期不答复", "申请提出两个月了没有答复。", Signature(name="王小明"), grievance="not_answered"
)
CORRECTED = Verdict(MotionOutcome.CORRECTED, "名录第12项确有笔误")
ACCURATE = Verdict(MotionOutcome.ACCURATE, "记录与登记原件一致")
PUBLISH = Verdict(MotionOutcome.PUBLISH, "该信息需要公众广泛知晓", title="公共充电桩分布")
UPHELD = Verdict(MotionOutcome.UPHELD, "承办人员遗漏", measure="十日内作出答复", mending_days=10)


def filed(cast: Cast, filing: MotionFiling, **more: Any) -> Motion:
    return motions.file(body=cast.body, filing=filing, submission_key=secrets.new_key(), at=at(DAY), **more)


def decided(cast: Cast, filing: MotionFiling, verdict: Verdict) -> Motion:
    by = cast.ji if filing.kind is MotionKind.COMPLAINT else cast.he
    return motions.decide(filed(cast, filing), verdict=verdict, by=by, at=at("2025-03-04"))


def told(cast: Cast, filing: MotionFiling, verdict: Verdict) -> tuple[Motion, Letter]:
    motion = decided(cast, filing, verdict)
    by = cast.ji if motion.is_complaint else cast.chen
    letter = motions.answer(motion, manner="electronic", sent_on=date(2025, 3, 5), by=by, at=at("2025-03-05"))
    return motion, letter


def text_of(letter: Letter) -> str:
    return letter.sealed + letter.content.remedy_text


# --- corrections ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-41", "YQ-S1-11")
def test_a_correction_is_verified_corrected_and_told(nx: Cast) -> None:
    motion = filed(nx, CORRECTION)
    motions.assign(motion, department=nx.department, by=nx.chen, at=at(DAY, 11))
    motions.report(motion, finding="核对原件，确有笔误，已改正。", by=nx.li, at=at("2025-03-04"))
    motions.decide(motion, verdict=CORRECTED, by=nx.he, at=at("2025-03-04", 15))
    letter = motions.answer(motion, manner="electronic", sent_on=date(2025, 3, 5), by=nx.chen, at=at("2025-03-05"))
    motions.close(motion, by=nx.chen, at=at("2025-03-06"))

    clock = Clock.objects.get(subject_number=motion.number)
    assert motion.state == MotionState.CLOSED
    assert (clock.duty, clock.ended_as, clock.ended_on) == ("correction", "met", date(2025, 3, 5))
    assert "已对上述政府信息记录予以更正" in text_of(letter)
    assert letter.addressee == "王小明"
    assert [entry.verb for entry in ledger.timeline(motion)] == [
        "file", "assign", "report", "decide", "answer", "close",
    ]  # fmt: skip


@pytest.mark.rule("REG-41", "REG-51", "YQ-S1-11")
def test_a_refused_correction_names_both_remedies(nx: Cast) -> None:
    _, letter = told(nx, CORRECTION, ACCURATE)

    assert letter.title == "政府信息不予更正决定书"
    assert letter.remedy == "R2"
    assert "行政复议" in letter.content.remedy_text
    assert "行政诉讼" in letter.content.remedy_text


@pytest.mark.rule("REG-41")
def test_a_record_of_others_is_passed_on_with_name_and_contact(nx: Cast) -> None:
    elsewhere = Verdict(MotionOutcome.TRANSFERRED, "该名录由市局编制", "某市局", "0951-1234567")

    _, letter = told(nx, CORRECTION, elsewhere)

    assert "某市局（联系方式：0951-1234567）" in text_of(letter)
    with pytest.raises(Refused, match="名称和联系方式"):
        decided(nx, CORRECTION, replace(elsewhere, organ_contact=" "))


@pytest.mark.rule("REG-41")
@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"signature": Signature()}, "应当写明申请人"),
        ({"uploads": PROOFS[1:]}, "身份证明"),
        ({"uploads": PROOFS[:1]}, "证明记录不准确"),
    ],
)
def test_a_correction_wants_a_name_a_proof_of_it_and_evidence(nx: Cast, lacking: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        filed(nx, replace(CORRECTION, **lacking))

    assert not Motion.objects.exists()


@pytest.mark.rule("REG-41")
def test_a_correction_without_a_person_is_refused_by_the_database(nx: Cast) -> None:
    motion = filed(nx, CORRECTION)

    with pytest.raises(IntegrityError, match="correction_is_signed"), transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(movant=None)


def test_who_moved_is_nowhere_in_the_clear(nx: Cast) -> None:
    motion = filed(nx, CORRECTION)

    entries = str([entry.told for entry in ledger.timeline(motion)])
    notices = str(list(Notice.objects.values_list("subject_line", "text")))
    assert "王小明" not in entries + notices
    assert RESIDENT_ID not in entries + notices
    assert Clock.objects.get(subject_number=motion.number).title == "更正申请"


# --- suggestions and what many ask for --------------------------------------------------------------------------------


@pytest.mark.rule("REG-44")
def test_an_adopted_suggestion_becomes_a_task_with_the_limit_of_proactive_disclosure(nx: Cast) -> None:
    motion, letter = told(nx, SUGGESTION, PUBLISH)

    task = Conversion.objects.get(motion=motion)
    clock = Clock.objects.running().get(subject_number=task.number)
    assert (clock.duty, clock.amount, clock.started_on) == ("proactive", 20, date(2025, 3, 4))
    assert "纳入主动公开的范围" in text_of(letter)
    assert letter.addressee == "建议人"

    conversions.publish(task, published_on=date(2025, 3, 10), where="/zwgk/cdz", by=nx.chen, at=at("2025-03-10"))
    clock.refresh_from_db()
    assert (task.state, clock.ended_as) == ("done", "met")


@pytest.mark.rule("REG-44")
def test_the_director_takes_what_many_asked_for_into_proactive_disclosure_once(nx: Cast) -> None:
    asked = {"body": nx.body, "title": "2025年度补贴名单", "applicants": 3, "at": at(DAY)}

    task = conversions.convert(**asked, by=nx.he)

    assert Clock.objects.running().filter(subject_number=task.number, duty="proactive").exists()
    with pytest.raises(Refused, match="已经列入"):
        conversions.convert(**asked | {"title": "关于2025年度补贴名单的信息"}, by=nx.he)
    with pytest.raises(NotAllowed):
        conversions.convert(**asked | {"title": "另一项"}, by=nx.chen)


# --- complaints -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-47", "REG-51")
def test_an_upheld_complaint_orders_what_and_until_when_and_is_closed_when_mended(nx: Cast) -> None:
    motion, letter = told(nx, COMPLAINT, UPHELD)

    mending = Clock.objects.running().get(subject_number=motion.number)
    assert (mending.duty, mending.amount, mending.started_on) == ("mending", 10, date(2025, 3, 4))
    assert "责令改正：十日内作出答复。改正期限为10个工作日" in text_of(letter)
    assert "申请行政复议或者提起行政诉讼" in text_of(letter)
    with pytest.raises(Refused, match="尚未登记改正情况"):
        motions.close(motion, by=nx.ji, at=at("2025-03-06"))

    motions.mend(motion, mended_on=date(2025, 3, 7), how="已答复申请人", by=nx.ji, at=at("2025-03-07"))
    motions.close(motion, by=nx.ji, at=at("2025-03-10"))
    mending.refresh_from_db()
    assert (motion.state, mending.ended_as) == ("closed", "met")


@pytest.mark.rule("REG-47", "REG-51")
@pytest.mark.parametrize("name", ["li", "zhou", "wu", "chen", "he", "ma", "feng", "zhao"])
def test_whoever_handles_requests_neither_sees_a_complaint_nor_hears_of_it(nx: Cast, name: str) -> None:
    who = getattr(nx, name)
    motion = filed(nx, COMPLAINT)

    assert not Motion.objects.visible_to(who, at=at(DAY)).exists()
    assert not Notice.objects.filter(user=who).exists()
    with pytest.raises(NotAllowed):
        motions.decide(motion, verdict=UPHELD, by=who, at=at("2025-03-04"))
    with pytest.raises(NotAllowed):
        motions.unmask(motion, why="想知道是谁投诉的", by=who, at=at("2025-03-04"))


@pytest.mark.rule("REG-47")
def test_those_who_supervise_see_it_and_are_told(nx: Cast) -> None:
    motion = filed(nx, COMPLAINT)

    assert Motion.objects.visible_to(nx.ji, at=at(DAY)).get() == motion
    assert Motion.objects.visible_to(nx.guo, at=at(DAY)).get() == motion
    assert set(Notice.objects.filter(kind="motion").values_list("user", flat=True)) == {nx.ji.pk, nx.guo.pk}


@pytest.mark.rule("REG-47")
def test_an_overdue_complaint_calls_out_to_those_who_supervise_and_to_nobody_else(nx: Cast) -> None:
    filed(nx, COMPLAINT)
    Notice.objects.all().delete()

    late = at("2025-06-03")
    sweeping.sweep(at=late, announce=Announcing(late))

    assert set(Notice.objects.values_list("user", flat=True)) == {nx.ji.pk, nx.guo.pk}


def test_supervisors_of_another_body_see_nothing(nx: Cast, wz: Cast) -> None:
    filed(nx, COMPLAINT)

    assert not Motion.objects.visible_to(wz.ji, at=at(DAY)).exists()


def test_a_complaint_cannot_be_given_to_a_department_even_by_hand(nx: Cast) -> None:
    motion = filed(nx, COMPLAINT)

    with pytest.raises(KeyError):
        motions.assign(motion, department=nx.department, by=nx.ji, at=at(DAY))
    with pytest.raises(IntegrityError, match="complaint_is_never_assigned"), transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(department=nx.department)


def test_a_complaint_needs_no_name(nx: Cast) -> None:
    motion, letter = told(nx, replace(COMPLAINT, signature=Signature()), Verdict(MotionOutcome.UNFOUNDED, "已按期答复"))

    assert motion.movant is None
    assert letter.addressee == "投诉举报人"


def test_nobody_judges_a_complaint_about_a_request_they_handled(nx: Cast) -> None:
    case = applied(nx.body, "2025-02-10")
    ledger.record("take_out", case, by=nx.ji, at=at("2025-02-11"), told={"what": "案卷"})
    motion = filed(nx, COMPLAINT, about=case)

    with pytest.raises(Refused, match="应当回避"):
        motions.decide(motion, verdict=UPHELD, by=nx.ji, at=at("2025-03-04"))
    assert motions.decide(motion, verdict=UPHELD, by=nx.guo, at=at("2025-03-04")).outcome == "upheld"


def test_a_complaint_about_another_bodys_request_goes_to_that_body(nx: Cast, wz: Cast) -> None:
    with pytest.raises(Refused, match="不是向该机关提出"):
        filed(wz, COMPLAINT, about=applied(nx.body, "2025-02-10"))


@pytest.mark.parametrize("days", [None, 0, 31])
def test_the_limit_for_mending_stays_within_what_the_profile_allows(nx: Cast, days: int | None) -> None:
    with pytest.raises(Refused, match="1至30个工作日"):
        decided(nx, COMPLAINT, replace(UPHELD, mending_days=days))


# --- all of them ------------------------------------------------------------------------------------------------------


def test_a_form_sent_twice_is_one_motion_with_one_number(nx: Cast) -> None:
    key = secrets.new_key()

    first, second = (motions.file(body=nx.body, filing=SUGGESTION, submission_key=key, at=at(DAY)) for _ in range(2))

    assert first == second
    assert first.number == "NX-JY-2025-0001"
    assert secrets.matches(first.number, secrets.code_for(key), first.secret)


OUT_OF_ORDER: dict[str, Callable[[Motion, Cast], Any]] = {
    "report": lambda m, c: motions.report(m, finding="核实", by=c.li, at=at("2025-03-06")),
    "answer": lambda m, c: motions.answer(
        m, manner="electronic", sent_on=date(2025, 3, 6), by=c.chen, at=at("2025-03-06")
    ),
    "close": lambda m, c: motions.close(m, by=c.chen, at=at("2025-03-06")),
}


@pytest.mark.parametrize("act", OUT_OF_ORDER)
def test_an_act_out_of_order_is_refused_and_leaves_no_trace(nx: Cast, act: str) -> None:
    motion = filed(nx, SUGGESTION)

    with pytest.raises(NotAllowed):
        OUT_OF_ORDER[act](motion, nx)

    assert ledger.timeline(motion).count() == 1


def test_two_who_decide_at_once_are_told_who_was_first(nx: Cast) -> None:
    motion = filed(nx, SUGGESTION)
    stale = Motion.objects.get(pk=motion.pk)
    motions.decide(motion, verdict=PUBLISH, by=nx.he, at=at("2025-03-04"))

    with pytest.raises(SomebodyWasFirst, match="何志远"):
        motions.decide(stale, verdict=replace(PUBLISH, title="别的"), by=nx.ma, at=at("2025-03-04"))


def test_the_outcome_of_another_kind_is_refused(nx: Cast) -> None:
    with pytest.raises(Refused, match="种类不符"):
        decided(nx, SUGGESTION, UPHELD)


def test_a_letter_is_not_posted_where_no_address_was_given(nx: Cast) -> None:
    motion = decided(nx, SUGGESTION, PUBLISH)

    with pytest.raises(Refused, match="没有留下通信地址"):
        motions.answer(
            motion, manner="post", sent_on=date(2025, 3, 5), proof_number="X1", by=nx.chen, at=at("2025-03-05")
        )


def test_what_came_on_paper_is_registered_by_those_whose_business_it_is(nx: Cast) -> None:
    how = {"body": nx.body, "channel": "counter", "received_on": date(2025, 3, 3), "at": at(DAY)}

    suggestion = motions.register(filing=SUGGESTION, submission_key=secrets.new_key(), by=nx.chen, **how)
    complaint = motions.register(filing=COMPLAINT, submission_key=secrets.new_key(), by=nx.ji, **how)

    assert (suggestion.channel, complaint.state) == ("counter", "received")
    for filing, who in ((COMPLAINT, nx.chen), (SUGGESTION, nx.li), (COMPLAINT, nx.he)):
        with pytest.raises(NotAllowed):
            motions.register(filing=filing, submission_key=secrets.new_key(), by=who, **how)
    with pytest.raises(Refused, match="不能晚于今天"):
        motions.register(
            filing=SUGGESTION, submission_key=secrets.new_key(), by=nx.chen, **how | {"received_on": date(2025, 3, 4)}
        )


def test_a_movant_who_left_an_address_is_told_of_each_step_and_nobody_reads_what_it_is_about(nx: Cast) -> None:
    motion, _ = told(nx, CORRECTION, CORRECTED)

    lines = list(Notice.objects.filter(kind="applicant").values_list("subject_line", flat=True))
    assert len(lines) == 2
    assert all(motion.number in line and "名录" not in line for line in lines)


def test_unmasking_needs_a_reason_and_is_on_record(nx: Cast) -> None:
    motion = filed(nx, CORRECTION)

    with pytest.raises(Refused):
        motions.unmask(motion, why="看看", by=nx.chen, at=at(DAY, 12))
    person = motions.unmask(motion, why="核对身份证明与申请是否一致", by=nx.chen, at=at(DAY, 12))

    assert person is not None
    assert person.name == "王小明"
    assert ledger.timeline(motion).last().verb == "unmask"
