"""The page of the figures: who sees it, the form as the State Council's office drew it, cells that open, the spreadsheet."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_ogi.rules.report import EQUATIONS, LINES
from tests.cast import Cast
from tests.factories import applied, assigned, served

from .conftest import text_of

FIGURES = "/admin/requests/figures/"


def numbers(shown: Any, line: str) -> list[int]:
    (row,) = [row for row in shown.context["rows"] if row["code"] == line]
    return [cell["number"] for cell in row["cells"]]


@pytest.mark.rule("AR30", "REG-50")
def test_the_page_lays_the_year_to_date_out_as_the_form(nx: Cast, browser: Any) -> None:
    served(nx, "2025-01-20")
    applied(nx.body, "2025-03-03")
    applied(nx.body, "2024-12-30")

    shown = browser("chen").get(FIGURES)

    assert numbers(shown, "new") == [2, 0, 0, 0, 0, 0, 2]
    assert numbers(shown, "carried")[-1] == numbers(shown, "一")[-1] == 1
    assert numbers(shown, "forward")[-1] == 2
    assert [len(row["cells"]) for row in shown.context["rows"]] == [7] * 25
    assert all(line.label in text_of(shown) for line in LINES)
    assert text_of(shown).count("✓ 成立") == len(EQUATIONS) + 3


def test_every_row_of_the_form_fills_its_three_columns_of_headings(nx: Cast, browser: Any) -> None:
    left = [0] * 25

    for place, row in enumerate(browser("chen").get(FIGURES).context["rows"]):
        for head in row["heads"]:
            for below in range(place, place + head["down"]):
                left[below] += head["across"]

    assert left == [3] * 25


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2024-01-01", "until": "2024-12-31"}, "2024年1月1日至2024年12月31日"),
        ({"since": "２０２５年３月１日", "until": "2025.3.2"}, "2025年3月1日至2025年3月2日"),
        ({"since": "2025-03-02"}, "2025年3月2日至2025年3月5日"),
        ({"until": "2024-06-30"}, "2024年1月1日至2024年6月30日"),
        ({}, "2025年1月1日至2025年3月5日"),
    ],
)
def test_any_period_may_be_asked_for(browser: Any, asked: dict[str, str], words: str) -> None:
    shown = browser("chen").get(FIGURES, asked)

    assert words in text_of(shown)
    assert not shown.context["form"].errors


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "2025-13-45", "until": "2025-03-01"}, "日期不正确"),
        ({"since": "2025-03-02", "until": "2025-03-01"}, "截止日期不能早于起始日期"),
        ({"since": "0001-01-01", "until": "2025-03-01"}, "不能早于2008年5月1日"),
        ({"since": "😀" * 10_000, "until": "9999-12-31"}, "日期不正确"),
        ({"since": "2025-01-01", "until": "9999-12-31"}, "9999年12月31日"),
    ],
)
def test_what_makes_no_period_is_said(browser: Any, asked: dict[str, str], said: str) -> None:
    shown = browser("chen").get(FIGURES, asked)

    assert shown.status_code == 200
    assert said in text_of(shown)


def test_a_number_opens_the_cases_behind_it_and_nobodys_name(nx: Cast, browser: Any) -> None:
    case = served(nx, "2025-01-20")
    applied(nx.body, "2025-03-03")
    chen = browser("chen")
    (row,) = [row for row in chen.get(FIGURES).context["rows"] if row["code"] == "一"]

    shown = chen.get(row["cells"][0]["url"])

    assert [one["number"] for one in shown.context["rows"]] == [case.number]
    assert "王小明" not in text_of(shown)
    assert [cell["url"] for cell in row["cells"][1:6]] == [""] * 5


def test_a_number_there_is_not_is_not_found(nx: Cast, browser: Any) -> None:
    chen = browser("chen")

    assert chen.get(f"{FIGURES}cases/?line=九&column=total").status_code == 404
    assert chen.get(f"{FIGURES}cases/?line=new&column=x").status_code == 404
    assert "这个数字是零" in text_of(chen.get(f"{FIGURES}cases/?line=三1&column=other"))


def test_the_cases_go_on_by_key(nx: Cast, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests_ogi.admin.figures.SIZE", 2)
    cases = [applied(nx.body, "2025-03-03") for _ in range(3)]
    chen = browser("chen")

    first = chen.get(f"{FIGURES}cases/")
    second = chen.get(f"{FIGURES}cases/{first.context['next_url']}")

    assert [one["number"] for one in second.context["rows"]] == [cases[0].number]


def test_the_spreadsheet_says_what_the_page_says(nx: Cast, browser: Any) -> None:
    served(nx, "2025-01-20")

    sheet = browser("chen").get(f"{FIGURES}export/").content.decode()

    rows = list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))))
    by_label = {row[1]: row[2:] for row in rows if len(row) == 9}
    assert by_label["（一）予以公开"] == ["1", "0", "0", "0", "0", "0", "1"]
    assert len([row for row in rows if row[1:2] and row[1] in {line.label for line in LINES}]) == 25


def test_the_queue_leads_to_the_figures_those_who_may_see_them(nx: Cast, browser: Any) -> None:
    assigned(nx, "2025-03-03")

    assert f'href="{FIGURES}"' in text_of(browser("chen").get("/admin/requests/"))
    assert f'href="{FIGURES}"' not in text_of(browser("li").get("/admin/requests/"))
    assert browser("li").get(FIGURES).status_code == 404


def test_pages_take_the_same_queries_with_three_cases_and_with_thirty(nx: Cast, browser: Any) -> None:
    chen, seen = browser("chen"), []
    for number in (3, 27):
        for _ in range(number):
            case = assigned(nx, "2025-03-03")
        pages = (FIGURES, f"{FIGURES}cases/", "/admin/requests/", f"/admin/requests/{case.number}/")
        seen.append([_queries(chen, one) for one in pages])

    assert seen[0] == seen[1]


def _queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)
