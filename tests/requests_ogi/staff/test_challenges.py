"""Reconsideration and litigation in the workplace: from the notice to the new request, and what only some may take away."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import moment
from portal.ledger.models import Entry
from requests_ogi import secrets
from requests_ogi.models import Challenge, InformationRequest
from requests_ogi.workflow import challenging
from tests.cast import Cast
from tests.factories import PNG, assigned, at, served
from tests.requests_ogi.remedies import challenged, concluded, corrected, defended, refused

from .conftest import page, text_of

FACTS = {
    "kind": "reconsideration",
    "procedure": "simple",
    "authority": "宁夏回族自治区人民政府",
    "case_number": "宁政复〔2025〕3号",
    "received_on": "2025-03-05",
    "summary": "请求撤销不予公开决定。",
}


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("扫描件.png", PNG, content_type="image/png")


def door(challenge: Challenge, tail: str = "") -> str:
    return f"/admin/challenges/{challenge.number}/{tail}"


def press(client: Any, challenge: Challenge, verb: str, **data: Any) -> Any:
    edition = Challenge.objects.values_list("edition", flat=True).get(pk=challenge.pk)
    return client.post(door(challenge, f"{verb}/"), {"edition": edition, **data})


def register(client: Any, case: InformationRequest, **changes: Any) -> Any:
    return client.post(f"/admin/challenges/register/{case.number}/", {"edition": case.edition, **FACTS, **changes})


def offered(client: Any, challenge: Challenge) -> set[str]:
    return {act.verb for act in client.get(door(challenge)).context["story"].acts}


@pytest.fixture
def case(nx: Cast, files: Any) -> InformationRequest:
    return refused(nx, "2025-03-03")


def test_the_office_registers_from_the_page_of_the_request(nx: Cast, browser: Any, case: InformationRequest) -> None:
    chen = browser("chen")
    assert f"/admin/challenges/register/{case.number}/" in text_of(chen.get(page(case)))
    assert chen.get(f"/admin/challenges/register/{case.number}/").status_code == 200

    answer = register(chen, case)

    challenge = Challenge.objects.get()
    assert answer.url == door(challenge)
    shown = text_of(chen.get(page(case)))
    assert challenge.number in shown
    assert "还剩5个工作日" in shown


@pytest.mark.rule("ARL-23")
def test_a_refusal_taken_to_court_directly_is_warned_of(browser: Any, case: InformationRequest) -> None:
    chen = browser("chen")

    answer = register(chen, case, kind="litigation_direct", procedure="")

    assert "行政复议法第二十三条" in text_of(chen.get(answer.url))


def test_the_button_pressed_twice_registers_one_notice(browser: Any, case: InformationRequest) -> None:
    chen = browser("chen")

    first, second = register(chen, case), register(chen, case)

    assert (first.status_code, second.status_code) == (302, 409)
    assert Challenge.objects.get().number in text_of(second)
    assert register(chen, case, case_number="宁政复〔2025〕4号").status_code == 302


def test_what_was_typed_is_kept_when_the_notice_cannot_be(browser: Any, case: InformationRequest) -> None:
    answer = register(browser("chen"), case, procedure="")

    assert answer.status_code == 409
    assert "请求撤销不予公开决定。" in text_of(answer)
    assert not Challenge.objects.exists()


@pytest.mark.parametrize("hostile", ["🙂" * 5000, "答" * 10_000, "２０２５－０３－０５"])
def test_hostile_input_is_answered_with_a_sentence_or_kept(
    browser: Any, case: InformationRequest, hostile: str
) -> None:
    for field in ("authority", "case_number", "summary", "received_on", "kind", "procedure"):
        assert register(browser("chen"), case, **{field: hostile}).status_code in {200, 302, 409}, field


def test_the_director_defends_and_a_file_that_lies_is_refused(nx: Cast, browser: Any, case: InformationRequest) -> None:
    challenge, he = challenged(nx, case, "2025-03-05"), browser("he")

    lying = SimpleUploadedFile("答复书.pdf", b"MZ\x90\x00 not a pdf", content_type="application/pdf")
    assert "答复书.pdf" in text_of(press(he, challenge, "defend", submitted_on="2025-03-05", paper=lying))
    press(he, challenge, "defend", submitted_on="2025-03-05", paper=scan())

    challenge.refresh_from_db()
    assert (challenge.state, challenge.defended_in_time) == ("defended", True)
    assert offered(browser("chen"), challenge) == {"conclude"}


def test_a_correction_is_concluded_and_done_again(nx: Cast, browser: Any, case: InformationRequest) -> None:
    challenge, chen = defended(nx, challenged(nx, case, "2025-03-04"), "2025-03-04"), browser("chen")

    press(
        chen, challenge, "conclude", result="corrected", decided_on="2025-03-05", served_on="2025-03-05",
        consequence="责令重新答复", ordered_days="10", paper=scan(),
    )  # fmt: skip
    assert offered(chen, challenge) == {"redo"}
    press(chen, challenge, "redo")

    new = InformationRequest.objects.get(redo_of=case)
    assert offered(chen, challenge) == set()
    assert new.number in text_of(chen.get(page(case)))
    assert case.number in text_of(chen.get(page(new)))
    assert new.number in text_of(chen.get(door(challenge)))


def test_a_stale_page_is_told_who_was_first(nx: Cast, browser: Any, case: InformationRequest) -> None:
    challenge = challenged(nx, case, "2025-03-05")
    stale = challenge.edition
    concluded(nx, challenge, "2025-03-05", "upheld")

    answer = browser("he").post(
        door(challenge, "defend/"), {"edition": stale, "submitted_on": "2025-03-05", "paper": scan()}
    )

    assert answer.status_code == 409
    assert "陈立新" in text_of(answer)


def test_the_bundle_is_taken_out_by_pressing_a_button_and_on_record(
    nx: Cast, browser: Any, case: InformationRequest
) -> None:
    challenge, chen = challenged(nx, case, "2025-03-05"), browser("chen")

    assert chen.get(door(challenge, "bundle/")).status_code == 302
    answer = chen.post(door(challenge, "bundle/"))

    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert Entry.objects.filter(verb="take_out", told__what=f"举证材料（{challenge.number}）").count() == 1


def test_who_may_not_know_who_asked_takes_nothing_away(nx: Cast, browser: Any, case: InformationRequest) -> None:
    challenge = defended(nx, challenged(nx, case, "2025-03-05"), "2025-03-05")

    for who in ("ma", "ji", "guo"):
        client = browser(who)
        assert client.get(door(challenge)).status_code == 200
        for tail in ("bundle/", "papers/defence/"):
            assert client.post(door(challenge, tail)).status_code == 302
    assert not Entry.objects.filter(verb="take_out").exists()
    assert browser("chen").post(door(challenge, "papers/defence/")).content == PNG
    assert browser("chen").post(door(challenge, "papers/decision/")).status_code == 404


def test_a_department_and_strangers_learn_nothing_of_a_challenge(
    nx: Cast, wz: Cast, browser: Any, client: Any, case: InformationRequest
) -> None:
    challenge = challenged(nx, case, "2025-03-05")
    client.force_login(wz.chen)

    for one in (browser("li"), browser("zhao"), client):
        assert one.get(door(challenge)).status_code == 404
        assert one.post(door(challenge, "bundle/")).status_code == 404
    assert challenge.number not in text_of(browser("li").get(page(case)))
    assert browser("li").get("/admin/challenges/").status_code == 404
    assert challenge.number not in text_of(client.get("/admin/challenges/"))


def test_the_desk_counts_the_days_and_the_list_shows_all(nx: Cast, browser: Any, case: InformationRequest) -> None:
    challenge, he = challenged(nx, case, "2025-03-05"), browser("he")

    (todo,) = [one for one in he.get("/admin/").context["desk"].todos if one.number == challenge.number]
    assert (todo.label, todo.days_left, todo.weight) == ("答复举证", 10, "statutory")
    assert challenge.number in text_of(he.get("/admin/challenges/"))
    concluded(nx, defended(nx, challenge, "2025-03-05"), "2025-03-05", "corrected")
    assert "核对是否重新办理" in text_of(he.get("/admin/"))


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    nx: Cast, browser: Any, case: InformationRequest, django_assert_num_queries: Any
) -> None:
    chen = browser("chen")
    challenged(nx, case, "2025-03-05")
    chen.get("/admin/challenges/")
    with CaptureQueriesContext(connection) as few:
        chen.get("/admin/challenges/")
    for _ in range(5):
        challenged(nx, served(nx, "2025-03-03"), "2025-03-05")

    with django_assert_num_queries(len(few), exact=True):
        chen.get("/admin/challenges/")


def test_the_applicant_follows_the_new_number_with_the_old_code_and_learns_nothing_internal(
    nx: Cast, client: Any, case: InformationRequest
) -> None:
    code = secrets.code_of(case.submission_key, case.number, case.secret)
    challenge = corrected(nx, case, "2025-03-05")
    with moment.rehearsing(at("2025-03-06")):
        new = challenging.redo(challenge, by=nx.he, at=at("2025-03-06"))
        old_page = client.post("/requests/track/", {"number": case.number, "code": code}, follow=True)
        new_page = client.post("/requests/track/", {"number": new.number, "code": code}, follow=True)

    assert new.number in text_of(old_page)
    assert "重新办理" in text_of(new_page)
    for shown in (old_page, new_page):
        assert challenge.number not in text_of(shown)
        assert "定期评估" not in text_of(shown)


def test_a_request_that_waits_is_not_offered_to_be_done_again(nx: Cast, browser: Any, files: Any) -> None:
    challenge = corrected(nx, assigned(nx, "2025-03-03"), "2025-03-05")

    assert offered(browser("he"), challenge) == set()
    assert "在原申请中" in text_of(browser("he").get(door(challenge)))


@pytest.mark.parametrize(("verb", "who"), [("defend", "chen"), ("conclude", "ma"), ("redo", "ji"), ("redo", "li")])
def test_a_button_pressed_by_somebody_else_does_nothing(nx: Cast, browser: Any, case: Any, verb: str, who: str) -> None:
    challenge = corrected(nx, case, "2025-03-05") if verb == "redo" else challenged(nx, case, "2025-03-05")
    before = Entry.objects.count()

    facts = {"submitted_on": "2025-03-05", "result": "upheld", "decided_on": "2025-03-05", "served_on": "2025-03-05"}
    answer = press(browser(who), challenge, verb, **facts, paper=scan())

    assert answer.status_code in {404, 409}
    assert Entry.objects.count() == before
