"""Pages by key: every row once, forwards and backwards, whatever happens in between."""

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.web import keyset

pytestmark = pytest.mark.django_db

NEWEST = ("-name", "-pk")


@pytest.fixture
def groups() -> list[str]:
    names = [f"{number:02}" for number in range(7)]
    Group.objects.bulk_create(Group(name=name) for name in names)
    return names


def names(page: keyset.Page[Group]) -> list[str]:
    return [group.name for group in page]


def walk(order: Sequence[str]) -> list[list[str]]:
    pages, after = [], ""
    while True:
        page = keyset.cut(Group.objects.all(), order=order, after=after, size=3)
        pages.append(names(page))
        if not page.next:
            return pages
        after = page.next


def test_walking_forwards_meets_every_row_once(groups: list[str]) -> None:
    assert walk(("name", "pk")) == [groups[:3], groups[3:6], groups[6:]]
    assert walk(NEWEST) == [groups[:3:-1], groups[3:0:-1], groups[:1]]


def test_walking_back_leads_to_the_same_pages(groups: list[str]) -> None:
    first = keyset.cut(Group.objects.all(), order=NEWEST, size=3)
    second = keyset.cut(Group.objects.all(), order=NEWEST, size=3, after=first.next)

    back = keyset.cut(Group.objects.all(), order=NEWEST, size=3, before=second.previous)

    assert names(back) == names(first)
    assert (first.previous, back.previous) == ("", "")
    assert back.next == first.next


def test_a_new_row_shifts_nothing(groups: list[str]) -> None:
    first = keyset.cut(Group.objects.all(), order=NEWEST, size=3)
    Group.objects.create(name="99")

    second = keyset.cut(Group.objects.all(), order=NEWEST, size=3, after=first.next)

    assert names(second) == ["03", "02", "01"]


@pytest.mark.parametrize(
    "token", ["x", "ÿ", "W10", "WzEsMiwzXQ", "WyJhIiwieCJd", "bnVsbA", "WzEsIEluZmluaXR5XQ", "W1tb" * 900]
)
def test_a_token_that_cannot_be_read_is_the_first_page(groups: list[str], token: str) -> None:
    assert names(keyset.cut(Group.objects.all(), order=NEWEST, after=token, size=3)) == ["06", "05", "04"]


def test_no_rows_lead_nowhere() -> None:
    page = keyset.cut(Group.objects.none(), order=NEWEST)

    assert (page.rows, page.next, page.previous) == ([], "", "")


def test_the_database_compares_rows_and_never_counts_off(groups: list[str]) -> None:
    first = keyset.cut(Group.objects.all(), order=NEWEST, size=3)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        keyset.cut(Group.objects.all(), order=NEWEST, size=3, after=first.next)

    (query,) = queries
    assert '("auth_group"."name", "auth_group"."id") < (' in query["sql"]
    assert "OFFSET" not in query["sql"]


def test_mixed_directions_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="one direction"):
        keyset.cut(Group.objects.all(), order=("name", "-pk"))
