"""What is said about a public document for its next version waits with that version: nobody reads it unreviewed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from disclosure import finding, workflow
from disclosure.models import Column, Document
from disclosure.standing import standing_of
from disclosure.vocabulary import Genre, Validity
from disclosure.workflow import Text, clearing
from disclosure.workflow.common import chain_of, newest
from portal.search import service as search
from portal.search.service import Query
from tests.cast import Cast
from tests.disclosure.making import HOLDERS, particulars, published, reviewed
from tests.factories import at

DAY, NEXT, LATER = "2026-03-03", "2026-03-04", "2026-03-06"
MENDED = Text(title="改后的标题", html="<p>改后的正文。</p>", text="改后的正文。", change_note="更正")


@pytest.fixture
def columns(nx: Cast) -> tuple[Column, Column]:
    made = [Column.objects.create(body=nx.body, code=code, name=code) for code in ("found-here", "planned-there")]
    return made[0], made[1]


@pytest.fixture
def document(nx: Cast, columns: tuple[Column, Column]) -> Document:
    """Public in the first column, and being changed: another column, kind, number and end."""
    document = published(nx, DAY, columns=columns[:1])
    workflow.amend(document, by=nx.li, at=at(NEXT, 9))
    said: dict[str, Any] = {
        "columns": columns[1:],
        "genre": Genre.ANNOUNCEMENT,
        "document_number": "宁工信发〔2026〕999号",
        "expires_on": date(2026, 3, 4),
    }
    workflow.revise(document, text=MENDED, particulars=particulars(nx, DAY, **said), by=nx.li, at=at(NEXT, 9))
    return Document.objects.get(pk=document.pk)


def test_a_public_document_stays_in_its_columns_until_the_new_version_is_public(
    nx: Cast, document: Document, columns: tuple[Column, Column], stranger: Client
) -> None:
    here, there = (f"/disclosure/nx/columns/{column.code}/" for column in columns)
    assert stranger.get(here).context["rows"] == [document]
    assert stranger.get(there).context["rows"] == []

    workflow.propose(document, by=nx.li, at=at(NEXT, 10))
    reviewed(nx, document, NEXT)
    workflow.sign(document, by=getattr(nx, HOLDERS[chain_of(document).signing.role]), at=at(NEXT, 15))
    assert stranger.get(there).context["rows"] == []
    workflow.publish(document, by=nx.chen, at=at(NEXT, 16))

    assert stranger.get(here).context["rows"] == []
    assert stranger.get(there).context["rows"] == [document]


def test_a_new_version_begins_in_the_columns_of_the_public_one(nx: Cast, columns: tuple[Column, Column]) -> None:
    document = published(nx, DAY, columns=columns)

    workflow.amend(document, by=nx.li, at=at(NEXT, 9))

    assert set(newest(document).columns.all()) == set(columns)


def test_an_end_that_is_only_proposed_lets_nothing_lapse(document: Document) -> None:
    assert clearing.lapse_expired(at=at(LATER, 1)) == {"lapsed": 0, "called": 0}

    document.refresh_from_db()
    assert document.validity == Validity.IN_FORCE
    assert standing_of(document, date(2026, 3, 6)).validity == Validity.IN_FORCE


def test_the_end_the_public_read_holds_while_another_one_is_proposed(nx: Cast) -> None:
    document = published(nx, DAY, expires_on=date(2026, 3, 5))
    workflow.amend(document, by=nx.li, at=at(NEXT, 9))
    said = particulars(nx, DAY, expires_on=date(2030, 1, 1))
    workflow.revise(document, text=MENDED, particulars=said, by=nx.li, at=at(NEXT, 9))

    assert standing_of(document, date(2026, 3, 6)).validity == Validity.LAPSED
    assert clearing.lapse_expired(at=at(LATER, 1))["lapsed"] == 1


def test_nothing_proposed_is_found_or_listed(
    document: Document, columns: tuple[Column, Column], stranger: Client
) -> None:
    finding.refresh([document.pk])

    (result,) = search.query(Query(words="专精特新")).results
    assert (result.kind, result.document_number) == ("通知", "")
    assert search.query(Query(column=columns[1].name)).total == 0
    assert "999号" not in stranger.get(f"/disclosure/nx/columns/{columns[0].code}/").content.decode()
    assert columns[1].name not in stranger.get(document.get_absolute_url()).content.decode()
