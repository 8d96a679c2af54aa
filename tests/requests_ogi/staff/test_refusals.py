"""What cannot be done is said in a whole sentence, with the answers kept: stale pages, two at once, bad input."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from portal import moment
from portal.clocks.models import Clock
from portal.letters.models import Letter
from requests_ogi import workflow
from requests_ogi.vocabulary import State
from tests.cast import Cast
from tests.factories import PNG, applied, approved, assigned, at, submitted

from .conftest import DAY, now_of, offered, page, press, text_of


def test_a_stale_page_is_told_who_was_first_and_keeps_its_answers(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-03-03")
    stale = case.edition
    workflow.assign(case, department=nx.department, by=nx.he, at=at("2025-03-04", 15))

    answer = browser("chen").post(
        page(case, "ask_completion/"),
        {"edition": stale, "items": "请明确年度", "working_days": 10, "manner": "electronic"},
    )

    assert answer.status_code == 409
    assert "何志远已于3月4日15:00先行办理了本件（分办给" in text_of(answer)
    assert "请明确年度" in text_of(answer)
    assert now_of(case).state == State.ASSIGNED


def test_after_being_told_pressing_again_acts_on_what_is_now(nx: Cast, browser: Any) -> None:
    case, chen = applied(nx.body, "2025-03-03"), browser("chen")
    stale = case.edition
    workflow.assign(case, department=nx.department, by=nx.he, at=at("2025-03-04", 15))
    answers = {"items": "请明确年度", "working_days": 10, "manner": "electronic"}
    told = chen.post(page(case, "ask_completion/"), {"edition": stale, **answers})

    chen.post(page(case, "ask_completion/"), {"edition": told.context["form"]["edition"].value(), **answers})

    assert now_of(case).state == State.COMPLETING


def test_a_leader_never_signs_a_version_they_have_not_read(nx: Cast, browser: Any) -> None:
    case = submitted(nx, "2025-03-04")

    answer = press(browser("ma"), case, "approve", version=7, read="on")

    assert "不是最新一稿" in text_of(answer)
    assert answer.context["form"]["read"].value() is False or not answer.context["form"]["read"].value()
    assert now_of(case).state == State.SUBMITTED


@pytest.mark.django_db(transaction=True)
def test_two_press_at_once_and_the_other_is_told_who_and_what(nx: Cast, files: Any) -> None:
    case = applied(nx.body, "2025-03-03")
    together = Barrier(2)

    def assign(name: str, department: int) -> Any:
        client = Client()
        client.force_login(getattr(nx, name))
        together.wait()
        try:
            with moment.rehearsing(at(DAY)):
                return client.post(page(case, "assign/"), {"edition": case.edition, "department": department})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        presses = [
            pool.submit(assign, "chen", nx.department.pk),
            pool.submit(assign, "he", nx.other_department.pk),
        ]
        answers = [one.result() for one in presses]

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    told = text_of(next(answer for answer in answers if answer.status_code == 409))
    assert "先行办理了本件（分办给" in told
    assert now_of(case).edition == case.edition + 1


BAD = [
    ("ask_completion", {"items": " ", "working_days": "10", "manner": "electronic"}, "items"),
    ("ask_completion", {"items": "请明确", "working_days": "十", "manner": "electronic"}, "working_days"),
    ("ask_completion", {"items": "请明确", "working_days": "10", "manner": "pigeon"}, "manner"),
    ("ask_completion", {"items": "请明确", "working_days": "10", "manner": "post"}, "proof_number"),
    ("assign", {"department": "999999"}, "department"),
    ("assign", {}, "department"),
    ("withdraw", {}, "wanted"),
]


@pytest.mark.parametrize(("verb", "data", "field"), BAD)
def test_bad_input_is_said_at_its_field_and_nothing_happens(
    nx: Cast, browser: Any, verb: str, data: dict[str, str], field: str
) -> None:
    case = applied(nx.body, "2025-03-04")

    answer = press(browser("chen"), case, verb, **data)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert answer.context["form"].errors[field][0].endswith("。")
    assert now_of(case).state == State.RECEIVED


def test_completion_beyond_what_is_reasonable_is_refused_with_the_range(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-03-04")

    answer = press(browser("chen"), case, "ask_completion", items="请明确", working_days=400, manner="electronic")

    assert answer.status_code == 409
    assert "补正期限应当合理" in text_of(answer)
    assert "请明确" in text_of(answer)


def test_a_reason_with_a_telephone_number_is_not_written_into_the_ledger(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")

    answer = press(browser("li"), case, "give_back", why="请联系13812345678")

    assert "不能含有身份证号码、手机号码" in text_of(answer)
    assert now_of(case).state == State.ASSIGNED


def test_serving_before_the_letter_was_dated_is_refused(nx: Cast, browser: Any) -> None:
    case = approved(nx, "2025-03-04", manner="post", form="paper")
    proof = SimpleUploadedFile("面单.png", PNG)

    answer = press(
        browser("chen"), case, "serve", manner="post", sent_on="2025-03-03", proof_number="EM000000001CN", proof=proof
    )

    assert answer.status_code == 409
    assert "发出日期不能早于文书的成文日期" in text_of(answer)


def test_a_disguised_proof_is_refused_at_its_field(nx: Cast, browser: Any) -> None:
    case = approved(nx, "2025-03-04")
    program = SimpleUploadedFile("面单.jpg", b"\x7fELF" + b"0" * 100)

    answer = press(browser("chen"), case, "serve", manner="post", sent_on=DAY, proof_number="EMS1", proof=program)

    assert "proof" in answer.context["form"].errors
    assert now_of(case).state == State.APPROVED


def test_a_form_without_its_edition_is_refused(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-03-04")

    answer = browser("chen").post(page(case, "assign/"), {"department": nx.department.pk})

    assert "页面不完整" in text_of(answer)
    assert now_of(case).state == State.RECEIVED


def test_an_act_from_the_wrong_state_says_where_the_case_stands(nx: Cast, browser: Any) -> None:
    case = approved(nx, "2025-03-04")

    answer = press(browser("he"), case, "extend", amount=5, reason="数量较大", manner="electronic")

    assert "本件目前是“待送达”" in text_of(answer)


@pytest.mark.rule("REG-33")
def test_an_extension_after_the_limit_is_not_offered_and_refused(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-01-13")
    he = browser("he")

    answer = press(he, case, "extend", amount=5, reason="数量较大", manner="electronic")

    assert "extend" not in offered(he, case)
    assert answer.status_code == 409
    assert "2025年2月14日届满" in text_of(answer)
    limit = Clock.objects.running().of(case).get(duty="answer")
    assert (limit.last_day, limit.extensions.exists()) == (date(2025, 2, 14), False)
    assert not Letter.objects.about(case).exists()
