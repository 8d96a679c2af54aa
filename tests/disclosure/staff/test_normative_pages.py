"""The acts on interpretation, identification, legality and validity, done on their pages of the workplace."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from disclosure.models import Identification, InterpretationPlan, LegalityReview
from disclosure.vocabulary import Genre, Validity
from tests.cast import Cast

from ..explaining import MATERIAL, ORDINARY, found, policy
from ..making import drafted, published
from .conftest import DAY, now_of, page, press

Browser = Callable[[str], Client]
PLAN = {"plan-0": "图解", "plan-1": "门户网站", "plan-2": "印发后三日内", "exempt_reason": ""}
ANSWERS = {f"question-{name}": code for name, code in ORDINARY.items()}


def test_the_plan_is_asked_for_point_by_point_and_shown_again(nx: Cast, browser: Browser) -> None:
    document = policy(nx, DAY)

    press(browser("li"), document, "plan_interpretation", **PLAN)

    assert InterpretationPlan.objects.get().fields["解读渠道"] == "门户网站"
    shown = browser("li").get(page(document, "plan_interpretation/")).content.decode()
    assert "门户网站" in shown
    assert shown.count("（选填）") == 1, "only the reason for none is optional"


def test_material_is_paired_and_unpaired_by_choosing_it(nx: Cast, browser: Browser) -> None:
    document = policy(nx, DAY)
    made = drafted(nx, DAY, text=MATERIAL, genre=Genre.INTERPRETATION)

    press(browser("li"), document, "pair", interpretation=made.pk, form="graphic")
    assert document.interpreted_by.get().get_form_display() == "图表图解"
    press(browser("li"), document, "unpair", interpretation=made.pk)

    assert not document.interpreted_by.exists()


@pytest.mark.rule("NX-AX-1", "NX-AX-2.2")
def test_the_questionnaire_is_one_page_of_groups_and_its_answers_are_kept(nx: Cast, browser: Browser) -> None:
    document = policy(nx, DAY)

    shown = browser("li").get(page(document, "identify/")).content.decode()
    sent = press(browser("li"), document, "identify", **ANSWERS)

    assert all(words in shown for words in ("1. 制定主体", "5. 文件内容", "临时机构", 'type="radio"'))
    assert "<script" not in shown.split('id="content"')[-1]
    assert sent.status_code == 302
    assert Identification.objects.get().is_normative


def test_what_is_left_open_is_said_on_the_page_and_what_was_answered_stays(nx: Cast, browser: Browser) -> None:
    document = policy(nx, DAY)

    again = press(browser("li"), document, "identify", **{**ANSWERS, "question-external": ""})

    assert "还有1个问题没有回答" in again.content.decode()
    assert not Identification.objects.exists()


def test_who_confirms_sees_the_answers_and_is_somebody_else(nx: Cast, browser: Browser) -> None:
    document = policy(nx, DAY)
    press(browser("li"), document, "identify", **ANSWERS)

    shown = browser("chen").get(page(document, "confirm_identification/")).content.decode()
    press(browser("chen"), document, "confirm_identification")

    assert "认定结论：属于行政规范性文件" in shown
    assert "县级以上人民政府工作部门" in shown
    assert Identification.objects.get().confirmed_by == nx.chen


def test_a_legality_review_is_written_down_with_its_conclusion(nx: Cast, browser: Browser) -> None:
    document = policy(nx, DAY)
    said: dict[str, Any] = {"organ": "政策法规处", "passed": "no", "opinion": "超越权限。", "reviewed_on": DAY}

    press(browser("chen"), document, "record_legality", **said)

    assert LegalityReview.objects.get().passed is False


def test_the_page_of_a_document_says_what_it_was_found_to_be_and_what_the_legal_organ_said(
    nx: Cast, browser: Browser
) -> None:
    document = policy(nx, DAY)
    press(browser("li"), document, "identify", **ANSWERS)
    facts = {"organ": "政策法规处", "passed": "yes", "opinion": "程序合法。", "reviewed_on": DAY}
    press(browser("zhou"), document, "record_legality", **facts)

    shown = browser("li").get(page(document)).content.decode()

    assert "认定：属于行政规范性文件" in shown
    assert "尚未复核" in shown
    assert "合法性审核：通过" in shown
    assert "程序合法。" in shown


def test_a_document_is_repealed_by_naming_the_other(nx: Cast, browser: Browser) -> None:
    old, new = published(nx, DAY), published(nx, DAY)
    said = {"since": DAY, "note": "", "successor": ""}

    wrong = press(browser("chen"), old, "repeal", basis="没有的文号", **said)
    press(browser("chen"), old, "repeal", basis=new.number, **said | {"successor": new.number})

    assert "没有找到这份已经公开的文件" in wrong.content.decode()
    assert (now_of(old).validity, now_of(old).successor) == (Validity.REPEALED, new)


def test_buttons_are_offered_where_there_is_something_to_do(nx: Cast, browser: Browser) -> None:
    plain, one = drafted(nx, DAY), found(nx, policy(nx, DAY), DAY)

    assert "编制解读方案" not in browser("li").get(page(plain)).content.decode()
    assert "编制解读方案" in browser("li").get(page(one)).content.decode()
    assert "复核认定结论" not in browser("chen").get(page(one)).content.decode()
