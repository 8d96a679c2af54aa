"""What pages say of what came back, of whom a letter asked, and of what has to be filled in."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.factories import assigned

from ..asking import consulted
from ..remedies import challenged, refused
from ..test_returning import came_back, posted
from .conftest import page, text_of


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("applicant", "已退回，尚未重新送达（首次交邮之日2025年3月5日仍为答复日期）"),
        ("ours", "已退回，尚未重新送达"),
    ],
)
def test_an_answer_that_came_back_is_said_to_have_come_back(nx: Cast, browser: Any, fault: str, said: str) -> None:
    case = posted(nx, "2025-03-05")
    came_back(case, nx, fault)

    story = browser("chen").get(page(case)).context["story"]

    shown = {row["key"]: row["value"] for group in story.facts for row in group["rows"]}
    assert shown["答复日期"] == said
    assert [letter["state"] for letter in story.letters] == ["已退回，待重新送达"]


def test_an_act_on_a_challenge_names_the_matter(nx: Cast, browser: Any, files: Any) -> None:
    challenge = challenged(nx, refused(nx, "2025-03-03"), "2025-03-05")

    shown = text_of(browser("he").get(f"/admin/challenges/{challenge.number}/defend/"))

    assert f"{challenge.number}　{challenge.title_for_clock}" in shown


def test_the_file_of_a_material_is_not_called_optional(nx: Cast, browser: Any, files: Any) -> None:
    assert "（选填）" not in text_of(browser("li").get(page(assigned(nx, "2025-03-04"), "enclose/")))


def test_whoever_was_asked_is_named_with_the_day_in_words(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")
    consulted(nx, case, sent="2025-03-04", served="2025-03-04")

    assert "某某公司（第三方，2025年3月4日发出）" in text_of(browser("chen").get(page(case, "hear/")))
