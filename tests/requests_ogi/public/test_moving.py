"""Citizens correct, suggest and complain: one page, one receipt, followed by number and code."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.ledger import service as ledger
from requests_ogi import secrets
from requests_ogi.models import Motion
from requests_ogi.rules.motion import Verdict
from requests_ogi.vocabulary import MotionOutcome
from requests_ogi.workflow import motions
from tests.cast import Cast
from tests.factories import RESIDENT_ID, applied, at

from .citizen import PDF, Citizen, code_of, paper

CORRECTION, SUGGEST, COMPLAIN = "/requests/correction/", "/requests/suggest/", "/requests/complain/"
SUGGESTION: dict[str, Any] = {"body": "nx", "subject": "公共充电桩分布", "content": "很多人都需要，应当公开。"}
COMPLAINT: dict[str, Any] = {
    "body": "nx",
    "grievance": "not_answered",
    "subject": "逾期不答复",
    "content": "申请提出两个月了没有答复。",
}


def correction() -> dict[str, Any]:
    return {
        "body": "nx",
        "subject": "某某名录第12项",
        "content": "姓名写成了王小名，应当是王小明。",
        "name": "王小明",
        "identity_document": "resident_id",
        "identity_number": RESIDENT_ID,
        "phone": "13800000000",
        "identity": paper(),
        "evidence": paper("登记表.pdf", PDF + b"%"),
    }


def sends(citizen: Citizen, path: str, data: dict[str, Any]) -> Citizen:
    """Open the page, take one's time, and press the button."""
    citizen.opens(path)
    key = citizen.page.context["form"]["key"].value()
    citizen.pass_time(minutes=3)
    return citizen.sends(path, {"key": key, **data})


def code(motion: Motion) -> str:
    return secrets.code_of(motion.submission_key, motion.number, motion.secret)


@pytest.mark.rule("REG-41", "YQ-S1-11")
def test_a_correction_ends_in_number_and_code(wang: Citizen, nx: Cast) -> None:
    sends(wang, CORRECTION, correction())

    motion = Motion.objects.get()
    assert wang.path == "/requests/moved/"
    assert motion.number in wang.text
    assert code(motion) in wang.text
    assert motion.movant is not None
    assert {one.purpose for one in motion.files.all()} == {"identity", "evidence"}


@pytest.mark.rule("REG-41")
def test_a_correction_without_evidence_or_proof_says_what_is_missing_and_keeps_what_was_typed(
    wang: Citizen, nx: Cast
) -> None:
    sends(wang, CORRECTION, {**correction(), "evidence": "", "identity": "", "identity_number": "123"})

    assert not Motion.objects.exists()
    assert "请上传能够证明记录不准确的材料。" in wang.faults
    assert "请上传身份证明。" in wang.faults
    assert any("18位" in fault for fault in wang.faults)
    assert "姓名写成了王小名" in wang.text


@pytest.mark.rule("REG-44")
def test_a_suggestion_needs_no_name(wang: Citizen, nx: Cast) -> None:
    sends(wang, SUGGEST, SUGGESTION)

    assert Motion.objects.get().movant is None


@pytest.mark.rule("REG-47", "REG-51", "LD-A5-14")
def test_the_page_for_complaints_says_who_handles_it_and_where_else_one_may_go(wang: Citizen, nx: Cast) -> None:
    wang.opens(COMPLAIN)

    assert "不转给被反映的机构，被反映的人看不到您是谁" in wang.text
    assert "宁夏回族自治区人民政府办公厅（室）或者中华人民共和国工业和信息化部 监督电话 0951-5550110" in wang.text
    assert "依法申请行政复议或者提起行政诉讼" in wang.text


@pytest.mark.rule("REG-51", "LD-A5-14")
def test_a_complaint_may_name_a_request_by_number_and_code(wang: Citizen, nx: Cast) -> None:
    case = applied(nx.body, "2025-02-10")

    sends(wang, COMPLAIN, {**COMPLAINT, "number": case.number, "code": code_of(case)})

    assert Motion.objects.get().request == case


def test_a_wrong_code_tells_nothing_of_the_request(wang: Citizen, nx: Cast) -> None:
    case = applied(nx.body, "2025-02-10")

    sends(wang, COMPLAIN, {**COMPLAINT, "number": case.number, "code": "WRONGCODE1"})
    known = wang.faults
    sends(wang, COMPLAIN, {**COMPLAINT, "number": "NX-2025-99999", "code": "WRONGCODE1"})

    assert known == wang.faults != []
    assert not Motion.objects.exists()


def test_guessing_codes_through_complaints_is_counted_like_guessing_on_the_tracking_page(
    wang: Citizen, nx: Cast
) -> None:
    case = applied(nx.body, "2025-02-10")
    for _ in range(10):
        sends(wang, COMPLAIN, {**COMPLAINT, "number": case.number, "code": "WRONGCODE1"})

    wang.sends("/requests/track/", {"number": case.number, "code": code_of(case)})

    assert wang.page.status_code == 429


def test_the_same_form_sent_twice_is_one_motion(wang: Citizen, nx: Cast) -> None:
    wang.opens(SUGGEST)
    data = {"key": wang.page.context["form"]["key"].value(), **SUGGESTION}
    wang.pass_time(minutes=1)

    wang.sends(SUGGEST, data)
    wang.sends(SUGGEST, data)

    assert Motion.objects.count() == 1
    assert wang.path == "/requests/moved/"


def test_a_machine_is_not_let_through(wang: Citizen, nx: Cast) -> None:
    wang.opens(SUGGEST)
    key = wang.page.context["form"]["key"].value()

    wang.sends(SUGGEST, {"key": key, **SUGGESTION})
    assert any("太快" in fault for fault in wang.faults)
    wang.pass_time(minutes=1)
    wang.sends(SUGGEST, {"key": key, "website": "http://x", **SUGGESTION})
    assert any("不应填写的栏目" in fault for fault in wang.faults)
    wang.sends(SUGGEST, {"key": "made up", **SUGGESTION})
    assert any("重新打开本页" in fault for fault in wang.faults)

    assert not Motion.objects.exists()


def test_what_is_missing_is_named_as_on_the_page_and_nothing_else_is_complained_of(wang: Citizen, nx: Cast) -> None:
    wang.opens(SUGGEST)

    wang.sends(SUGGEST, {"key": wang.page.context["form"]["key"].value(), "body": nx.body.code})

    assert wang.faults == ["请填写建议公开的信息。", "请填写建议的理由。"]


HOSTILE = {
    "ten thousand characters": "甲" * 10_000,
    "emoji": "😀🏛️👨‍👩‍👧‍👦请公开",
    "full-width": "２０２５年３月５日　补贴",
    "markup": "</textarea><script>alert(1)</script>",
    "blank": " 　\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", [CORRECTION, SUGGEST, COMPLAIN])
def test_whatever_is_typed_is_taken_or_refused_in_a_sentence(wang: Citizen, nx: Cast, path: str, text: str) -> None:
    base = {CORRECTION: correction(), SUGGEST: SUGGESTION, COMPLAIN: COMPLAINT}[path]

    sends(wang, path, {**base, "subject": text, "content": text, "name": text})

    assert wang.page.status_code == 200
    assert wang.path == "/requests/moved/" or wang.faults
    assert "<script>alert(1)</script>" not in wang.page.content.decode()


def test_a_lying_file_is_refused_with_its_name(wang: Citizen, nx: Cast) -> None:
    lie = SimpleUploadedFile("登记表.pdf", b"MZ\x90\x00this is a program")

    sends(wang, CORRECTION, {**correction(), "evidence": lie})

    assert not Motion.objects.exists()
    assert any("登记表.pdf" in fault for fault in wang.faults)


def test_number_and_code_lead_from_the_tracking_page_to_the_motion(wang: Citizen, stranger: Citizen, nx: Cast) -> None:
    sends(wang, SUGGEST, SUGGESTION)
    motion = Motion.objects.get()

    stranger.opens(f"/requests/track/{motion.number}/motion/")
    assert "公共充电桩分布" not in stranger.text
    stranger.sends("/requests/track/", {"number": motion.number, "code": "WRONGCODE1"})
    assert "不正确" in stranger.text
    stranger.sends("/requests/track/", {"number": motion.number, "code": code(motion)})

    assert stranger.path == f"/requests/track/{motion.number}/motion/"
    assert "公共充电桩分布" in stranger.text
    assert "最迟2025年4月2日" in stranger.text


@pytest.mark.rule("REG-44")
def test_the_letter_is_read_by_the_movant_and_names_no_staff(wang: Citizen, nx: Cast) -> None:
    sends(wang, SUGGEST, SUGGESTION)
    motion = Motion.objects.get()
    verdict = Verdict(MotionOutcome.ALREADY_PUBLIC, "已在门户网站公开")
    motions.decide(motion, verdict=verdict, by=nx.he, at=at("2025-03-04"))
    letter = motions.answer(motion, manner="electronic", sent_on=date(2025, 3, 4), by=nx.chen, at=at("2025-03-04"))
    wang.pass_time(days=2)

    wang.sends("/requests/track/", {"number": motion.number, "code": code(motion)})

    assert "已于2025年3月4日告知处理结果：已经主动公开" in wang.text
    assert "何志远" not in wang.text
    wang.opens(f"/requests/track/{motion.number}/motion/letters/{letter.number}/")
    assert wang.page["Content-Type"] == "application/pdf"


def test_the_code_is_shown_in_the_browser_that_sent_it_only_and_not_after_leaving(
    wang: Citizen, stranger: Citizen, nx: Cast
) -> None:
    sends(wang, SUGGEST, SUGGESTION)
    secret = code(Motion.objects.get())

    assert secret not in stranger.opens("/requests/moved/").text
    wang.sends("/requests/moved/leave/")
    assert secret not in wang.opens("/requests/moved/").text


def test_the_receipt_is_a_paper_with_number_and_code(wang: Citizen, nx: Cast) -> None:
    sends(wang, COMPLAIN, COMPLAINT)

    wang.opens("/requests/moved/receipt/")

    assert wang.page.content.startswith(b"%PDF")
    assert ledger.timeline(Motion.objects.get()).count() == 1
