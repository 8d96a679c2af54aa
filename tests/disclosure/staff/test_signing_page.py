"""The page of the signature: the attribute is decided there, with what it rests on."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from disclosure.vocabulary import State
from tests.cast import Cast

from ..listed import listed
from ..making import proposed, reviewed
from .conftest import DAY, now_of, page, press

Browser = Callable[[str], Client]
WHY = {"reason": "含有企业经营数据。", "legal_basis": "《条例》第十六条第二款"}


@pytest.mark.rule("LD-A4-4c", "NX-07-1b")
def test_the_signer_decides_another_attribute_and_both_stay_on_record(nx: Cast, browser: Browser) -> None:
    document, item = reviewed(nx, proposed(nx, DAY), DAY), listed(nx, DAY)

    press(browser("ma"), document, "sign", attribute="closed", negative_item=item.pk, **WHY)

    now = now_of(document)
    assert (now.state, now.proposed_attribute, now.attribute) == (State.SIGNED, "open", "closed")
    assert (now.reason, now.legal_basis, now.negative_item) == (*WHY.values(), item)


def test_what_was_proposed_is_filled_in_and_stands_unless_it_is_changed(nx: Cast, browser: Browser) -> None:
    document = reviewed(nx, proposed(nx, DAY), DAY)

    shown = browser("ma").get(page(document, "sign/")).content.decode()
    press(browser("ma"), document, "sign")

    assert re.search(r'<input[^>]*value="open"[^>]*checked', shown)
    assert now_of(document).attribute == "open"


def test_closing_without_its_reasons_is_sent_back_with_what_was_chosen(nx: Cast, browser: Browser) -> None:
    document = reviewed(nx, proposed(nx, DAY), DAY)

    again = press(browser("ma"), document, "sign", attribute="closed")

    assert (again.status_code, now_of(document).state) == (409, State.REVIEW)
    assert "公开属性为“不予公开”，没有写明理由" in again.content.decode()


@pytest.mark.rule("LD-A4-4c")
def test_what_was_reviewed_as_staying_in_is_not_offered_as_open(nx: Cast, browser: Browser) -> None:
    document = reviewed(nx, proposed(nx, DAY, attribute="on_request"), DAY)

    shown = browser("ma").get(page(document, "sign/")).content.decode()
    again = press(browser("ma"), document, "sign", attribute="open")

    assert 'value="on_request"' in shown
    assert 'value="open"' not in shown
    assert now_of(document).state == State.REVIEW
    assert again.status_code == 200
