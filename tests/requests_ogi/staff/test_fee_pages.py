"""Fees and very many requests in the workplace: the sum before it is asked for, and who learns whose requests they are."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.organisation import people
from requests_ogi import workflow
from requests_ogi.models import FeeNotice, InformationRequest
from requests_ogi.vocabulary import State
from tests.cast import Cast
from tests.factories import PNG, applied, assigned, at

from .conftest import DAY, now_of, offered, page, press, text_of

CHARGE = {"basis": "per_item", "why": "本月申请12件", "beyond_reason": "on", "manner": "electronic"}
REASONS = {"why": "本月申请12件", "beyond_reason": "on", "working_days": "5", "manner": "electronic"}


def twelfth(nx: Cast) -> InformationRequest:
    for place in range(1, 12):
        applied(nx.body, "2025-03-03", title=f"第{place}份材料")
    return assigned(nx, "2025-03-04")


def charge(he: Client, case: InformationRequest, **changes: Any) -> Any:
    """Both steps: the sum is shown, then the same is sent again with what was shown."""
    shown = press(he, case, "charge", **CHARGE | changes)
    return press(he, case, "charge", **CHARGE | changes, checked=shown.context["form"].data["checked"])


@pytest.mark.rule("LD-A8-12b")
def test_the_sum_its_account_and_the_letter_are_shown_before_anything_is_sent(nx: Cast, browser: Any) -> None:
    case, he = twelfth(nx), browser("he")

    shown = press(he, case, "charge", **CHARGE)

    words = text_of(shown)
    assert now_of(case).state == State.ASSIGNED
    for said in ("第12件", "第3份材料", "100元", "本月第12件，属于第11至30件，每件100元：100元", "收费通知书全文"):
        assert said in words, said
    assert "王小明" not in words


def test_the_director_charges_and_the_case_waits_for_the_money(nx: Cast, browser: Any) -> None:
    case, he, chen = twelfth(nx), browser("he"), browser("chen")

    charge(he, case)

    assert (now_of(case).state, FeeNotice.objects.get(request=case).amount) == (State.PAYING, 100)
    assert offered(chen, case) == {"record_payment", "withdraw"}
    assert offered(he, case) == {"waive"}
    assert "待申请人缴费" in text_of(he.get(page(case)))


def test_a_sum_that_changed_after_it_was_shown_is_shown_again(nx: Cast, browser: Any) -> None:
    case, he = twelfth(nx), browser("he")

    press(he, case, "charge", **CHARGE, checked="per_item:31:200")

    assert now_of(case).state == State.ASSIGNED


def test_a_free_request_says_so_and_keeps_what_was_filled_in(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")

    shown = press(browser("he"), case, "charge", **CHARGE)

    assert "每月10件以下免费" in text_of(shown)
    assert "本月申请12件" in text_of(shown)


@pytest.mark.parametrize("pages", ["", "很多", "-3", "9" * 12, "１２０"])
def test_pages_are_numbers_and_need_an_answer(nx: Cast, browser: Any, pages: str) -> None:
    case = twelfth(nx)

    press(browser("he"), case, "charge", **CHARGE | {"basis": "per_page", "pages": pages})

    assert now_of(case).state == State.ASSIGNED


def test_a_payment_is_recorded_and_the_case_goes_on(nx: Cast, browser: Any) -> None:
    case, he, chen = twelfth(nx), browser("he"), browser("chen")
    charge(he, case)

    refused = press(chen, case, "record_payment", amount="99", paid_on=DAY, receipt_number="宁财1")
    press(chen, case, "record_payment", amount="１００", paid_on=DAY, receipt_number="宁财1")

    assert refused.status_code == 409
    assert "载明的数额是100元" in text_of(refused)
    assert now_of(case).state == State.RECEIVED
    assert "宁财1" in text_of(chen.get(page(case)))


def test_the_director_takes_a_charge_back(nx: Cast, browser: Any) -> None:
    case, he = twelfth(nx), browser("he")
    charge(he, case)

    press(he, case, "waive", why="件数计算有误", manner="electronic")

    assert now_of(case).state == State.RECEIVED
    assert "件数计算有误" in text_of(he.get(page(case)))
    assert "charge" not in offered(he, case)


def test_the_office_registers_when_a_posted_notice_came(nx: Cast, browser: Any) -> None:
    case, he, chen = twelfth(nx), browser("he"), browser("chen")
    charge(he, case, manner="post", proof_number="XA1")
    assert "serve_fee" in offered(chen, case)

    press(chen, case, "serve_fee", served_on=DAY)

    assert "serve_fee" not in offered(chen, case)
    assert FeeNotice.objects.get(request=case).limit_on is not None


@pytest.mark.parametrize(("name", "sees"), [("chen", True), ("he", True), ("li", False), ("ma", False)])
def test_only_those_who_may_know_who_asked_learn_what_else_they_asked(
    nx: Cast, browser: Any, name: str, sees: bool
) -> None:
    case = twelfth(nx)

    words = text_of(browser(name).get(page(case)))

    assert ("本月第12件" in words, "第3份材料" in words) == (sees, sees)


def test_a_case_of_somebody_who_asks_little_shows_no_month(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")

    assert "本月第1件" not in text_of(browser("chen").get(page(case)))
    assert not {"charge", "ask_reasons"} & offered(browser("he"), case)


@pytest.mark.rule("REG-35")
def test_reasons_are_asked_for_and_registered_and_hidden_from_the_department(nx: Cast, browser: Any) -> None:
    case, he, chen = twelfth(nx), browser("he"), browser("chen")
    press(he, case, "ask_reasons", **REASONS)
    assert "hear_reasons" in offered(chen, case)

    scan = SimpleUploadedFile("理由.png", PNG, content_type="image/png")
    press(chen, case, "hear_reasons", answered_on=DAY, reasons="撰写学位论文", uploads=scan)

    assert "撰写学位论文" in text_of(he.get(page(case)))
    assert "撰写学位论文" not in text_of(browser("li").get(page(case)))
    assert "delay" in offered(he, case)


def test_the_director_delays_with_the_reasons_before_them(nx: Cast, browser: Any) -> None:
    case, he = twelfth(nx), browser("he")
    press(he, case, "ask_reasons", **REASONS)
    workflow.hear_reasons(
        now_of(case), reasons="撰写学位论文", answered_on=at(DAY).date(), by=people.APPLICANT, at=at(DAY)
    )
    assert "撰写学位论文" in text_of(he.get(page(case, "delay/")))

    press(he, case, "delay", reasonable="on", why="检索量大", working_days="30", manner="electronic")

    assert "延迟答复期限" in text_of(he.get(page(case)))
    assert "delay" not in offered(he, case)
