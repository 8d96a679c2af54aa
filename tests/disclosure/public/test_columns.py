"""Where documents are found: columns by year and page by page, feeds, and the map for search engines."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Column, Document
from disclosure.vocabulary import Audience
from tests.cast import Cast
from tests.disclosure.making import TEXT, drafted, published
from tests.factories import at


@pytest.fixture
def column(nx: Cast) -> Column:
    return Column.objects.create(body=nx.body, code="own-notices", name="通知公告栏")


def test_a_column_shows_what_is_public_and_nothing_else(nx: Cast, column: Column, stranger: Client) -> None:
    shown = published(nx, "2026-03-03", columns=(column,))
    hidden = [
        drafted(nx, "2026-03-03", columns=(column,)),
        published(nx, "2026-03-03", columns=(column,), audience=Audience.STAFF),
        published(nx, "2026-03-03", columns=(column,)),
    ]
    workflow.withdraw(hidden[-1], reason="error", note="内容有误。", by=nx.chen, at=at("2026-03-04"))

    page = stranger.get("/disclosure/nx/columns/own-notices/").content.decode()
    feed = stranger.get("/disclosure/nx/columns/own-notices/feed/").content.decode()
    overview = stranger.get("/disclosure/nx/columns/")

    assert shown.number in page
    assert shown.number in feed
    assert not any(one.number in page + feed for one in hidden)
    assert [one.held for one in overview.context["columns"] if one.code == "own-notices"] == [1]


def test_a_column_is_narrowed_to_a_year(nx: Cast, column: Column, stranger: Client) -> None:
    old = published(nx, "2025-03-04", columns=(column,))
    new = published(nx, "2026-03-03", columns=(column,))

    page = stranger.get("/disclosure/nx/columns/own-notices/?year=2025")

    assert page.context["years"] == [2026, 2025]
    assert page.context["rows"] == [old]
    assert stranger.get("/disclosure/nx/columns/own-notices/?year=abc").context["rows"] == [new, old]


def test_a_column_counts_and_lists_what_is_in_its_parts(nx: Cast, column: Column, stranger: Client) -> None:
    part = Column.objects.create(body=nx.body, code="own-part", name="子栏目", parent=column)
    document = published(nx, "2026-03-03", columns=(part, column))

    overview = stranger.get("/disclosure/nx/columns/").context["columns"]

    assert [one.held for one in overview if one == column] == [1]
    assert stranger.get("/disclosure/nx/columns/own-notices/").context["rows"] == [document]


def test_a_long_column_comes_page_by_page(nx: Cast, column: Column, stranger: Client) -> None:
    first = published(nx, "2026-03-03", columns=(column,))
    copies = [_copied(first, number) for number in range(25)]
    for copy in copies:
        copy.columns.add(column)

    page = stranger.get("/disclosure/nx/columns/own-notices/")
    rest = stranger.get(f"/disclosure/nx/columns/own-notices/{page.context['next_url']}")

    assert (len(page.context["rows"]), len(rest.context["rows"])) == (20, 6)
    assert not rest.context["next_url"]
    assert rest.context["previous_url"]


def _copied(document: Document, number: int) -> Document:
    """The same once more, written straight into the tables."""
    version = document.public
    version.pk, version.published_at, version.published_by = None, None, None
    copy = Document.objects.get(pk=document.pk)
    copy.pk, copy.number, copy.public, copy.published_at, copy.state = None, f"NX-COPY-{number}", None, None, "signed"
    copy.save(force_insert=True)
    version.document = copy
    version.save(force_insert=True)
    Document.objects.filter(pk=copy.pk).update(public=version, published_at=document.published_at, state="published")
    return copy


def test_neighbours_lead_through_the_column(nx: Cast, column: Column, stranger: Client) -> None:
    older = published(nx, "2026-03-02", columns=(column,))
    middle = published(nx, "2026-03-03", columns=(column,))
    newer = published(nx, "2026-03-04", columns=(column,))

    context = stranger.get(middle.get_absolute_url()).context

    assert (context["older"], context["newer"]) == (older, newer)


def test_a_feed_takes_no_markup_from_a_summary(nx: Cast, stranger: Client) -> None:
    published(nx, "2026-03-03", text=replace(TEXT, summary="<img src=x onerror=alert(1)>"))

    feed = stranger.get("/disclosure/nx/feed/").content.decode()

    assert "&amp;lt;img src=x" in feed
    assert "&lt;img" not in feed


def test_a_feed_says_what_is_new_of_a_body(nx: Cast, stranger: Client) -> None:
    document = published(nx, "2026-03-03")

    answer = stranger.get("/disclosure/nx/feed/")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert f"<title>{document.public.title}</title>" in answer.content.decode()
    assert stranger.get("/disclosure/nobody/feed/").status_code == 404


def test_search_engines_are_told_what_everybody_may_read(nx: Cast, wz: Cast, stranger: Client) -> None:
    document = published(nx, "2026-03-03")
    internal = published(wz, "2026-03-03", audience=Audience.STAFF)

    index = stranger.get("/disclosure/sitemap.xml").content.decode()
    page = stranger.get("/disclosure/sitemap-documents.xml").content.decode()

    assert "/disclosure/sitemap-documents.xml" in index
    assert document.get_absolute_url() in page
    assert str(date(2026, 3, 3)) in page
    assert internal.number not in page
    assert "Sitemap: " in stranger.get("/robots.txt").content.decode()
