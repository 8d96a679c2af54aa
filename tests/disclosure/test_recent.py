"""What has changed lately, on the front of a body's platform."""

from collections.abc import Iterator

import pytest
from django.test import Client

from disclosure import recent, workflow
from disclosure.models import Document
from disclosure.vocabulary import Adjustment
from portal import moment
from tests.cast import Cast
from tests.factories import at

from .listed import ELEMENTS, D, applied, catalogued
from .making import TEXT, published

DAY, LATER = "2026-03-03", "2026-03-20"


@pytest.fixture(autouse=True)
def _march() -> Iterator[None]:
    with moment.rehearsing(at(LATER)):
        yield


def front(client: Client) -> str:
    """The list of changes on the platform of the bureau, as the public reads it."""
    page = client.get("/disclosure/wz/").content.decode()
    return page.partition('id="changes"')[2].partition("</section>")[0]


@pytest.mark.rule("WZ-5-2")
def test_a_changed_item_is_posted_the_moment_it_changes(wz: Cast, client: Client) -> None:
    applied(wz, DAY)
    assert front(client) == ""

    item = catalogued(wz, DAY)
    assert "增加公开事项" in front(client)
    catalogued(wz, LATER, action=Adjustment.REMOVE, item=item, elements=None)

    assert [(one.kind, one.title) for one in recent.changes(wz.body, at=at(LATER))] == [
        ("清除公开事项", ELEMENTS.title),
        ("增加公开事项", ELEMENTS.title),
    ]
    assert front(client).count(ELEMENTS.title) == 2


@pytest.mark.rule("WZ-5-2")
def test_a_document_that_no_longer_holds_is_posted_from_its_day_on(wz: Cast, client: Client) -> None:
    document, basis = published(wz, DAY), published(wz, DAY)
    workflow.repeal(document, basis=basis, since=D("2026-03-21"), by=wz.chen, at=at(LATER))
    assert front(client) == ""

    with moment.rehearsing(at("2026-03-21")):
        assert "废止" in front(client)
        assert TEXT.title in front(client)

    Document.objects.filter(pk=document.pk).update(
        state="withdrawn", withdrawn_at=at(LATER), withdrawal="error", withdrawal_note="内容有误"
    )
    with moment.rehearsing(at("2026-03-21")):
        assert front(client) == ""


def test_what_changed_elsewhere_is_not_ours(wz: Cast, nx: Cast) -> None:
    catalogued(nx, DAY)

    assert recent.changes(wz.body, at=at(LATER)) == []
