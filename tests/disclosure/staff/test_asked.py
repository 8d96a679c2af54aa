"""A department that is asked answers on the page; nobody answers, or sees, what is another department's."""

from collections.abc import Callable

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Countersign, Document
from disclosure.vocabulary import Genre, Word
from portal.organisation import roles
from tests.cast import SINCE, Cast
from tests.disclosure.explaining import MATERIAL, policy
from tests.disclosure.making import D, drafted, particulars
from tests.factories import at

from .conftest import DAY, page, press

Open = Callable[[str], Client]


@pytest.fixture
def document(nx: Cast, now: object) -> Document:
    """A draft about which the other department and an organ outside were asked; 赵 heads that department."""
    roles.appoint(
        nx.zhao, "department_head", body=nx.body, department=nx.other_department, starts_on=SINCE, today=D(DAY)
    )
    document = drafted(nx, DAY)
    for place in ({"department": nx.other_department}, {"organ": "自治区统计局"}):
        workflow.countersign(document, question="涉及你单位的数据", by=nx.li, at=at(DAY, 9), **place)
    return document


@pytest.mark.rule("YQ-S2-3-1")
def test_the_head_of_the_department_that_was_asked_answers_on_the_page(browser: Open, document: Document) -> None:
    client, asked = browser("zhao"), document.countersigns.get(department__isnull=False)
    assert "answer_countersign/" in client.get(page(document)).content.decode()

    said = {"asked": asked.pk, "answer": "disagrees", "opinion": "数据未经核实", "basis": "统计法第二十四条"}
    answer = press(client, document, "answer_countersign", **said)

    assert answer.status_code == 302
    assert Countersign.objects.get(pk=asked.pk).answer == Word.DISAGREES
    assert "answer_countersign/" not in client.get(page(document)).content.decode()


def test_a_department_is_offered_its_own_question_only(browser: Open, document: Document) -> None:
    form = browser("zhao").get(page(document, "answer_countersign/")).content.decode()
    organ = document.countersigns.get(department__isnull=True)

    assert "自治区统计局：" not in form
    assert press(browser("zhao"), document, "answer_countersign", asked=organ.pk, answer="agrees").status_code == 200
    assert not Countersign.objects.get(pk=organ.pk).answer


def test_being_asked_allows_nothing_else(browser: Open, document: Document) -> None:
    shown = browser("zhao").get(page(document)).content.decode()

    assert not any(f"/{verb}/" in shown for verb in ("revise", "propose", "discard", "pair"))
    assert press(browser("zhao"), document, "discard").status_code == 409


def test_the_drafts_of_another_department_are_not_offered_for_pairing(browser: Open, nx: Cast, now: object) -> None:
    mine = policy(nx, DAY)
    other = workflow.draft(
        nx.body,
        department=nx.other_department,
        text=MATERIAL,
        particulars=particulars(nx, DAY, genre=Genre.INTERPRETATION),
        by=nx.wu,
        at=at(DAY, 9),
    )

    assert other.number not in browser("li").get(page(mine, "pair/")).content.decode()
    assert other.number in browser("chen").get(page(mine, "pair/")).content.decode()
