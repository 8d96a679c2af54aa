"""The first page of the workplace: whose turn it is with a document."""

from collections.abc import Callable
from typing import Any

from disclosure import desk, workflow
from disclosure.workflow.reviewing import stage_of
from tests.cast import Cast
from tests.factories import at

from ..making import drafted, proposed, published, signed

DAY = "2026-03-03"


def turns(user: Any) -> list[str]:
    return [todo.label for todo in desk.todo(user, at(DAY, 17))]


def test_each_stage_calls_whoever_holds_it_and_nobody_else(nx: Cast) -> None:
    document = proposed(nx, DAY)

    assert (turns(nx.zhou), turns(nx.chen), turns(nx.li)) == ([stage_of(document).label], [], [])


def test_a_returned_paper_calls_its_drafter(nx: Cast) -> None:
    document = proposed(nx, DAY)
    workflow.send_back(document, opinion="附件有误", by=nx.zhou, at=at(DAY, 12))

    assert turns(nx.li) == ["修改后送审"]


def test_an_untouched_draft_calls_nobody(nx: Cast) -> None:
    drafted(nx, DAY)

    assert turns(nx.li) == turns(nx.zhou) == []


def test_a_signed_paper_calls_who_publishes_and_a_closed_one_who_ends_it(nx: Cast) -> None:
    signed(nx, DAY)
    signed(nx, DAY, attribute="on_request")

    assert turns(nx.chen) == ["发布", "办结"]


def test_what_is_public_calls_nobody(nx: Cast) -> None:
    published(nx, DAY)

    assert turns(nx.chen) == turns(nx.ma) == []


def test_the_desk_asks_as_much_for_ten_as_for_one(nx: Cast, django_assert_max_num_queries: Callable[..., Any]) -> None:
    for _ in range(4):
        proposed(nx, DAY)

    with django_assert_max_num_queries(8):
        assert len(turns(nx.zhou)) == 4
    with django_assert_max_num_queries(6):
        assert [queue.count for queue in desk.queues(nx.chen, at(DAY, 17))] == [4]
