"""What stands on whose desk: a review that is owed and a text to be checked, never one's own."""

from typing import Any

import pytest

from portal.organisation.models import User
from requests_ogi import desk, workflow
from requests_ogi.models import InformationRequest
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, assigned, at, review, served

from ..remedies import REFUSE, REFUSE_TEXTS

pytestmark = pytest.mark.django_db
LATER = at("2025-03-05")


def reviews(user: User) -> list[str]:
    return [item.number for item in desk.reviewing(user, LATER) if item.label == "保密审查"]


def drafted(nx: Cast, **changes: Any) -> InformationRequest:
    case = assigned(nx, "2025-03-04")
    workflow.draft(case, **({"decided": GRANT, "texts": GRANT_TEXTS} | changes), by=nx.li, at=at("2025-03-04", 14))
    return case


def test_a_draft_that_releases_waits_for_review_on_the_desks_of_those_who_did_not_write_it(nx: Cast) -> None:
    case = drafted(nx)

    assert {name: reviews(getattr(nx, name)) for name in ("li", "zhou", "he", "wu", "guo")} == {
        "li": [],
        "zhou": [case.number],
        "he": [case.number],
        "wu": [],
        "guo": [],
    }


def test_once_reviewed_it_stands_on_nobodys_desk_until_it_is_changed(nx: Cast) -> None:
    case = drafted(nx)
    review(case, nx, at("2025-03-04", 15))
    assert reviews(nx.zhou) == []

    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 16))
    assert reviews(nx.zhou) == [case.number]


def test_what_releases_nothing_needs_no_review(nx: Cast) -> None:
    drafted(nx, decided=REFUSE, texts=REFUSE_TEXTS)

    assert reviews(nx.zhou) == []


def test_a_proposed_publication_waits_for_somebody_else_to_check_it(nx: Cast, files: Any) -> None:
    case = served(nx, "2025-03-04")
    words = {"title": "项目资金安排", "question": "想了解资金安排。", "answer": "已在网站公开。"}
    workflow.propose_publication(case, **words, by=nx.chen, at=at("2025-03-05", 9))

    assert [item.number for item in desk.checking(nx.he, LATER)] == [case.number]
    assert not list(desk.checking(nx.chen, LATER))
    assert not list(desk.checking(nx.li, LATER))

    workflow.check_privacy(case, by=nx.he, at=at("2025-03-05", 10))
    assert not list(desk.checking(nx.he, LATER))
