"""The queue: places, filters, pages by key, the spreadsheet; and what the first page of the workplace says of requests."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_ogi import workflow
from requests_ogi.admin.queue import harmless
from requests_ogi.desk import queues, todo, waiting
from tests.cast import Cast
from tests.factories import applied, approved, assigned, at, served, submitted

from .conftest import DAY, press, text_of

QUEUE = "/admin/requests/"


def numbers(client: Any, **filters: str) -> list[str]:
    return [row["number"] for row in client.get(QUEUE, filters).context["rows"]]


def test_the_newest_come_first_and_people_are_masked(nx: Cast, browser: Any) -> None:
    first, second = applied(nx.body, "2025-03-03"), applied(nx.body, "2025-03-04")

    shown = browser("chen").get(QUEUE)

    assert [row["number"] for row in shown.context["rows"]] == [second.number, first.number]
    assert "自然人" in text_of(shown)
    assert "王" not in "".join(str(row["applicant"]) for row in shown.context["rows"])
    assert "王小明" not in text_of(shown)


def test_a_department_sees_only_its_own(nx: Cast, browser: Any) -> None:
    mine = assigned(nx, "2025-03-03")
    applied(nx.body, "2025-03-03")

    assert numbers(browser("li")) == [mine.number]
    assert numbers(browser("wu")) == []


def test_each_filter_leaves_what_it_says(nx: Cast, browser: Any) -> None:
    late = applied(nx.body, "2025-01-13", title="节能监察结果")
    soon = applied(nx.body, "2025-02-10", title="绿色工厂名单")
    given = assigned(nx, "2025-03-03", title="专项资金安排表")
    done = served(nx, "2025-03-04", title="软件业统计月报")
    chen = browser("chen")

    assert numbers(chen, state="received") == [soon.number, late.number]
    assert numbers(chen, state="open") == [given.number, soon.number, late.number]
    assert numbers(chen, department=str(nx.department.pk)) == [done.number, given.number]
    assert numbers(chen, outcome="granted") == [done.number]
    assert numbers(chen, due="late") == [late.number]
    assert numbers(chen, due="5") == [soon.number]
    assert numbers(chen, channel="fax") == []
    assert numbers(chen, since="2025-03-04") == [done.number]
    assert numbers(chen, until="2025-02-10") == [soon.number, late.number]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("监察", True),
        ("节能监察结果", True),
        ("节能 结果", True),
        ("能监察", True),
        ("察结", True),
        ("结监", False),
        ("ＮＸ-2025", True),
        ("nx-2025-00001", True),
        ("NX-2025-1", False),
        ("%%", False),
    ],
)
def test_titles_are_found_by_any_two_characters_and_numbers_by_their_beginning(
    nx: Cast, browser: Any, word: str, found: bool
) -> None:
    case = applied(nx.body, "2025-03-03", title="节能监察结果")

    assert (case.number in numbers(browser("chen"), q=word)) is found


def test_a_filter_that_cannot_be_read_is_said_and_the_rest_still_filters(nx: Cast, browser: Any) -> None:
    applied(nx.body, "2025-03-03")

    shown = browser("chen").get(QUEUE, {"since": "2025-99-99", "state": "closed", "q": "节"})

    assert "日期不正确" in text_of(shown)
    assert "请至少输入两个字" in text_of(shown)
    assert shown.context["rows"] == []


def test_pages_go_on_by_key(nx: Cast, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests_ogi.admin.queue.SIZE", 2)
    cases = [applied(nx.body, "2025-03-03") for _ in range(3)]
    chen = browser("chen")

    first = chen.get(QUEUE)
    second = chen.get(QUEUE + first.context["next_url"])

    assert [row["number"] for row in second.context["rows"]] == [cases[0].number]
    assert second.context["previous_url"]
    assert not second.context["next_url"]


def test_the_queue_takes_the_same_queries_whatever_the_number_of_rows(nx: Cast, browser: Any) -> None:
    chen = browser("chen")
    assigned(nx, "2025-03-03")
    few = _queries(chen, QUEUE)
    for _ in range(6):
        assigned(nx, "2025-03-03")

    assert _queries(chen, QUEUE) == few


def test_the_first_page_takes_the_same_queries_whatever_is_due(nx: Cast, browser: Any) -> None:
    chen = browser("chen")
    applied(nx.body, "2025-03-03")
    few = _queries(chen, "/admin/")
    for _ in range(6):
        applied(nx.body, "2025-03-03")

    assert _queries(chen, "/admin/") == few


def _queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_spreadsheet_holds_what_the_filters_leave_masked_and_harmless(nx: Cast, browser: Any) -> None:
    applied(nx.body, "2025-03-03", title='=HYPERLINK("https://example.test")')
    applied(nx.body, "2025-03-04", title="节能监察结果")

    sheet = b"".join(browser("chen").get("/admin/requests/export/?since=2025-03-01").streaming_content).decode()

    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))))
    assert sheet.startswith("\ufeff申请编号")
    assert [row[1] for row in rows[1:]] == ["节能监察结果", '\'=HYPERLINK("https://example.test")']
    assert "王小明" not in sheet


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_what_is_due_follows_the_post_and_the_state(nx: Cast, now: Any, files: Any) -> None:
    received, given = applied(nx.body, "2025-03-03"), assigned(nx, "2025-03-03")
    sent_up, signed = submitted(nx, "2025-03-03"), approved(nx, "2025-03-03")

    assert {one.number for one in todo(nx.chen, now)} == {received.number, signed.number}
    assert {one.number for one in todo(nx.li, now)} == {given.number}
    assert {one.number for one in todo(nx.ma, now)} == {sent_up.number}
    assert list(todo(nx.zhao, now)) == []


def test_what_one_waits_for_names_whose_turn_it_is(nx: Cast, now: Any, files: Any) -> None:
    given, sent_up = assigned(nx, "2025-03-03"), submitted(nx, "2025-03-03")

    assert {(one.number, one.waits_for) for one in waiting(nx.chen, now)} == {
        (given.number, nx.department.name),
        (sent_up.number, "审签负责人"),
    }
    assert {(one.number, one.waits_for) for one in waiting(nx.li, now)} == {(sent_up.number, "审签负责人")}


def test_an_internal_limit_never_hides_the_laws(nx: Cast, now: Any) -> None:
    assigned(nx, "2025-02-10")

    (item,) = todo(nx.li, now)

    assert item.last_day == date(2025, 2, 24)
    assert item.days_left < 0


def test_a_lapsed_completion_is_due_for_whoever_may_find_it(nx: Cast, now: Any, files: Any) -> None:
    case = applied(nx.body, "2025-02-05")
    workflow.ask_completion(
        case,
        items="请明确年度",
        working_days=10,
        manner="electronic",
        sent_on=date(2025, 2, 6),
        by=nx.chen,
        at=at("2025-02-06"),
    )

    assert [one.number for one in todo(nx.he, now)] == [case.number]
    assert list(todo(nx.chen, now)) == []


def test_queues_count_what_stands_where_and_what_is_late(nx: Cast, now: Any) -> None:
    applied(nx.body, "2025-01-13")
    applied(nx.body, "2025-03-03")

    (received,) = queues(nx.chen, now)

    assert (received.count, received.late) == (2, 1)
    assert received.url == "/admin/requests/?state=received"


def test_a_late_answer_is_marked_in_the_queue(nx: Cast, browser: Any) -> None:
    case = approved(nx, "2025-01-13")
    press(browser("chen"), case, "serve", manner="electronic", sent_on=DAY)

    (row,) = browser("chen").get(QUEUE).context["rows"]

    assert (row["late"], row["urgency"]) == ("逾期答复", "late")
