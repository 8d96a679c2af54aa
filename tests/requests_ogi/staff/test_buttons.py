"""The buttons of a case's page: under headings, what carries the case on first and alone prominent."""

from itertools import groupby
from typing import Any

import pytest

from requests_ogi.admin.acts import ACTS, Group
from tests.cast import Cast
from tests.factories import applied, assigned, submitted

from .conftest import offered, page, text_of


@pytest.mark.parametrize("name", ["li", "chen", "he"])
@pytest.mark.parametrize("stage", [applied, assigned, submitted])
def test_acts_stand_in_groups_in_the_order_of_the_headings(nx: Cast, browser: Any, name: str, stage: Any) -> None:
    case = stage(nx.body if stage is applied else nx, "2025-03-04")
    acts = browser(name).get(page(case), follow=True).context.get("story")

    headings = [heading for heading, _ in groupby(acts.acts, key=lambda act: act.group)] if acts else []

    assert headings == sorted(set(headings), key=list(Group).index)


def test_what_carries_a_case_on_comes_first_and_the_rest_is_less_prominent(nx: Cast, browser: Any) -> None:
    shown = text_of(browser("chen").get(page(applied(nx.body, "2025-03-04"))))

    first, *others = shown.split('<h3 class="acts-group">')[1:]

    assert first.startswith("主要办理</h3>")
    assert "分办</a>" in first
    assert "acts-more" not in first
    assert others
    assert all('<ul class="acts acts-more">' in other for other in others)


def test_acts_of_one_kind_need_no_heading_where_they_carry_the_case_on(nx: Cast, browser: Any) -> None:
    case = submitted(nx, "2025-03-04")
    ma = browser("ma")

    assert {ACTS[verb].group for verb in offered(ma, case)} == {Group.MAIN}
    assert "acts-group" not in text_of(ma.get(page(case)))


def test_what_is_owed_before_a_decision_stands_before_it() -> None:
    order = list(ACTS)

    assert order.index("weigh") < order.index("submit")
    assert order.index("notify_party") < order.index("serve")
