"""Registering what came by counter, post, fax, mail or word of mouth, and the receipt that is handed over."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal import moment
from requests_ogi import secrets
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import State
from tests.cast import Cast
from tests.factories import CREDIT_CODE, RESIDENT_ID, at

from .conftest import DAY, page, text_of

ANSWERS = {
    "concern": "information",
    "kind": "natural",
    "name": "王小明",
    "identity_document": "resident_id",
    "identity_number": RESIDENT_ID,
    "phone": "13800000000",
    "title": "2025年度技术改造专项资金项目安排表",
    "form": "paper",
    "manner": "in_person",
    "arrived_on": DAY,
}


TOLD = {"told_on": "2025-03-05", "told_time": "9:30", "difficulty": "年老，不识字", "read_back": "on"}


def register(client: Client, channel: str, **answers: str) -> Any:
    return client.post(f"/admin/requests/register/?channel={channel}", {**ANSWERS, **answers})


@pytest.mark.rule("REG-31")
@pytest.mark.parametrize(
    ("channel", "evidence", "received"),
    [
        ("counter", {}, date(2025, 3, 5)),
        ("oral", TOLD, date(2025, 3, 5)),
        (
            "registered_mail",
            {"signed_on": "2025-03-04", "post_number": "EMS1", "arrived_on": "2025-03-04"},
            date(2025, 3, 4),
        ),
        ("ordinary_mail", {"arrived_on": "2025-03-03"}, None),
        (
            "ordinary_mail",
            {"arrived_on": "2025-03-03", "confirmed_on": DAY, "confirmation_note": "电话确认"},
            date(2025, 3, 5),
        ),
        ("fax", {}, None),
        ("email", {}, None),
    ],
)
def test_each_way_in_fixes_the_day_of_receipt(
    nx: Cast, browser: Any, channel: str, evidence: dict[str, str], received: date | None
) -> None:
    answer = register(browser("chen"), channel, **evidence)

    case = InformationRequest.objects.get(channel=channel)
    assert answer.url == page(case, "receipt/")
    assert case.received_on == received
    assert case.state == (State.RECEIVED if received else State.UNCONFIRMED)


def test_the_page_asks_only_what_the_way_in_needs(nx: Cast, browser: Any) -> None:
    chen = browser("chen")

    counter = chen.get("/admin/requests/register/?channel=counter").context["form"].fields
    fax = chen.get("/admin/requests/register/?channel=fax").context["form"].fields

    assert not {"signed_on", "post_number", "confirmed_on"} & set(counter)
    assert {"confirmed_on", "confirmation_note"} <= set(fax)


def test_wuzhou_takes_requests_by_telephone_and_telegram(wz: Cast, nx: Cast, files: Any) -> None:
    client = Client()
    client.force_login(wz.chen)

    with moment.rehearsing(at(DAY)):
        shown = text_of(client.get("/admin/requests/register/"))

    assert "channel=telephone" in shown
    assert "channel=telegram" in shown


def test_a_call_is_registered_with_its_time_and_read_back(wz: Cast, nx: Cast, files: Any) -> None:
    client = Client()
    client.force_login(wz.chen)

    with moment.rehearsing(at(DAY)):
        without = register(client, "telephone", **TOLD | {"read_back": ""})
        register(client, "telephone", **TOLD, confirmed_on=DAY, confirmation_note="通话中当场确认")

    assert "读给申请人" in text_of(without)
    aid = InformationRequest.objects.get().assistance
    assert (aid.told_at, aid.helped_by, aid.read_back) == (at(DAY, 9, 30), wz.chen, True)


def test_the_day_and_the_limit_can_be_tried_before_anything_is_stored(nx: Cast, browser: Any) -> None:
    shown = text_of(register(browser("chen"), "counter", preview="yes"))

    assert "2025年4月4日" in shown or "2025年4月" in shown
    assert "王小明" in shown
    assert not InformationRequest.objects.exists()


def test_the_receipt_shows_the_code_on_the_day_and_never_again(nx: Cast, browser: Any) -> None:
    chen = browser("chen")
    register(chen, "counter")
    case = InformationRequest.objects.get()

    assert secrets.code_for(case.submission_key) in text_of(chen.get(page(case, "receipt/")))
    assert chen.get(page(case, "receipt/pdf/")).content[:4] == b"%PDF"
    assert browser("ma").get(page(case, "receipt/")).status_code == 404
    with moment.rehearsing(at("2025-03-06")):
        assert chen.get(page(case, "receipt/")).status_code == 404


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"identity_number": RESIDENT_ID[:-1] + "7"}, "identity_number"),
        ({"identity_document": "credit_code", "identity_number": CREDIT_CODE}, "identity_document"),
        ({"phone": "12345"}, "phone"),
        ({"title": ""}, "title"),
        ({"arrived_on": "2025-03-06"}, "arrived_on"),
        ({"manner": "email"}, "email"),
        ({"manner": "post"}, "address"),
        ({"agent_name": "李某"}, "agent_identity_number"),
        ({"name": "王😀"}, "name"),
    ],
)
def test_bad_answers_are_said_at_their_field_and_kept(
    nx: Cast, browser: Any, answers: dict[str, str], field: str
) -> None:
    answer = register(browser("chen"), "counter", **answers)

    assert field in answer.context["form"].errors
    assert ANSWERS["phone"] in text_of(answer) or "phone" in answers
    assert not InformationRequest.objects.exists()


def test_a_liaison_does_not_register(nx: Cast, browser: Any) -> None:
    answer = register(browser("li"), "counter")

    assert answer.url == "/admin/"
    assert not InformationRequest.objects.exists()


@pytest.mark.rule("YQ-S1-5c")
@pytest.mark.parametrize(("concern", "where"), [("policy", "政策咨询"), ("petition", "信访")])
def test_a_question_or_a_petition_is_not_registered_as_a_request(
    nx: Cast, browser: Any, concern: str, where: str
) -> None:
    shown = register(browser("chen"), "counter", concern=concern)

    assert where in str(shown.context["form"].errors["concern"])
    assert not InformationRequest.objects.exists()


@pytest.mark.rule("YQ-S1-10b", "LD-A8-10a", "WZ-6.2-4", "REG-33")
def test_the_counter_is_reminded_that_one_may_answer_at_once(nx: Cast, browser: Any) -> None:
    chen = browser("chen")

    assert "应当当场答复" in text_of(chen.get("/admin/requests/register/?channel=counter"))
    assert "应当当场答复" not in text_of(chen.get("/admin/requests/register/?channel=fax"))
