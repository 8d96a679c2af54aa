"""The demonstration shows every list of this chapter with something in it, brought there by the acts."""

import heapq
from datetime import date
from pathlib import Path

import pytest

from disclosure import finding
from disclosure.demo import lives_of
from disclosure.forms.drafting import TOPICS
from disclosure.models import (
    CatalogueChange,
    CatalogueItem,
    CleanUp,
    Column,
    Document,
    LegalityReview,
    NegativeEdition,
    NegativeItem,
    register,
)
from disclosure.vocabulary import Adjusting, Audience, CleanUpState, Listed, State, Validity
from portal import moment
from portal.ledger.verifying import verify
from portal.organisation.models import Body
from requests_ogi.demo.lives import Stage
from requests_ogi.demo.people import appoint_staff

TODAY = date(2026, 11, 21)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
def test_every_list_of_a_body_has_something_to_show(code: str, files: Path) -> None:
    body = Body.objects.get(code=code)

    _play(body)

    _shows_lists(body)
    _shows_normative_documents(body)
    _shows_columns(body)
    assert not list(verify(code))


def _play(body: Body) -> None:
    """Every act of the documents in its turn, without the requests beside them."""
    stage = Stage(appoint_staff(body, today=TODAY), today=TODAY)
    lives = lives_of(body, today=TODAY, ago=lambda days, hour: stage.moment(days, hour, minute=0))
    waiting = [(next(life), place, life) for place, life in enumerate(lives)]
    heapq.heapify(waiting)
    while waiting:
        at, place, life = heapq.heappop(waiting)
        with moment.rehearsing(at):
            later = next(life, None)
        if later is not None:
            heapq.heappush(waiting, (later, place, life))


def _shows_lists(body: Body) -> None:
    editions = NegativeEdition.objects.filter(body=body).order_by("edition")
    assert [len(one.items) for one in editions] == [3, 2]
    assert {one.state for one in NegativeItem.objects.filter(body=body)} == {
        Listed.FILED,
        Listed.IN_FORCE,
        Listed.ENDED,
    }
    items = CatalogueItem.objects.filter(body=body, removed_on=None)
    assert items.count() == 4
    assert any(item.history.count() > 1 for item in items)
    changes = CatalogueChange.objects.filter(body=body)
    assert {one.state for one in changes} == set(Adjusting) - {Adjusting.DECLINED}


def _shows_normative_documents(body: Body) -> None:
    listed = register().filter(body=body)
    assert {one.validity for one in listed} == {Validity.IN_FORCE, Validity.REPEALED}
    assert all(one.document_number and one.public for one in listed)
    assert not listed.exclude(pk__in=LegalityReview.objects.filter(passed=True).values("version__document")).exists()
    assert CleanUp.objects.filter(body=body, state=CleanUpState.PUBLISHED, items__isnull=False).exists()
    in_review = Document.objects.filter(body=body, state=State.REVIEW)
    assert in_review.filter(document_number__startswith=body.document_stem).exists()


def _shows_columns(body: Body) -> None:
    filled = set(Column.objects.filter(documents__in=Document.objects.public()).values_list("code", flat=True))
    assert {"rules", "annual-report", "item5"} <= filled
    internal = Document.objects.get(body=body, audience=Audience.STAFF)
    assert internal.public
    assert set(Document.objects.values_list("topic", flat=True)) <= set(TOPICS)
    assert len(list(finding.source(None))) == Document.objects.filter(public__isnull=False, withdrawn_at=None).count()
