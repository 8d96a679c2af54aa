"""The periodic look at withheld information in the workplace: the queue, the desk, the acts."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import moment
from requests_ogi.models import InformationRequest, ReEvaluation
from tests.cast import Cast
from tests.factories import at, served
from tests.requests_ogi.remedies import refused, sealed

from .conftest import offered, page, press, text_of

REASON = "不予公开的依据仍然成立。"
ACTS = {"reassess", "reevaluate", "release"}


@pytest.fixture
def case(nx: Cast, files: Any) -> InformationRequest:
    return sealed(nx, "2024-03-06")


@pytest.mark.rule("REG-18")
def test_office_proposes_director_decides_office_publishes(nx: Cast, browser: Any, case: InformationRequest) -> None:
    chen, he = browser("chen"), browser("he")
    assert offered(chen, case) & ACTS == {"reassess"}
    assert "定期评估" in {one.label for one in chen.get("/admin/").context["desk"].todos}

    press(chen, case, "reassess", verdict="now_public", reason=REASON)
    assert offered(he, case) & ACTS == {"reevaluate"}
    assert REASON in text_of(he.get(page(case, "reevaluate/")))
    assert "审定定期评估意见" in {one.label for one in he.get("/admin/").context["desk"].todos}
    press(he, case, "reevaluate", verdict="now_public", reason=REASON)
    assert case.title in text_of(chen.get("/admin/reevaluations/"))
    assert "评估可以公开，安排主动公开" in {one.label for one in chen.get("/admin/").context["desk"].todos}
    press(chen, case, "release", released_on="2025-03-05", where="平台专栏")

    assert ReEvaluation.objects.get().released_where == "平台专栏"
    assert offered(chen, case) & ACTS == set()
    assert "平台专栏" in text_of(chen.get(page(case)))


def test_a_year_ahead_it_is_no_work_yet_but_stands_in_the_queue(nx: Cast, browser: Any, files: Any) -> None:
    chen, fresh = browser("chen"), refused(nx, "2025-03-03")

    assert "定期评估" not in {one.label for one in chen.get("/admin/").context["desk"].todos}
    assert fresh.number in text_of(chen.get("/admin/reevaluations/"))


def test_the_queue_is_for_those_who_have_a_part_in_it(nx: Cast, wz: Cast, browser: Any, client: Any, case: Any) -> None:
    for who in ("li", "ma", "ji", "zhao"):
        assert browser(who).get("/admin/reevaluations/").status_code == 404
    client.force_login(wz.chen)
    assert case.number not in text_of(client.get("/admin/reevaluations/"))


def test_the_queue_asks_the_same_number_of_queries_however_long_it_is(
    nx: Cast, browser: Any, case: Any, django_assert_num_queries: Any
) -> None:
    chen = browser("chen")
    chen.get("/admin/reevaluations/")
    with CaptureQueriesContext(connection) as few:
        chen.get("/admin/reevaluations/")
    for _ in range(4):
        refused(nx, "2024-03-06")

    with django_assert_num_queries(len(few), exact=True):
        chen.get("/admin/reevaluations/")


@pytest.mark.parametrize("hostile", ["🙂" * 5000, "答" * 10_000, "２０２５－０３－０５"])
def test_hostile_input_is_answered_with_a_sentence_or_kept(browser: Any, case: Any, hostile: str) -> None:
    chen = browser("chen")

    for field in ("verdict", "reason"):
        data = {"verdict": "still_withheld", "reason": REASON, field: hostile}
        assert press(chen, case, "reassess", **data).status_code in {200, 302, 409}


def test_a_grant_is_never_offered_to_be_looked_at_again(nx: Cast, browser: Any, files: Any) -> None:
    with moment.rehearsing(at("2025-03-05")):
        assert offered(browser("chen"), served(nx, "2024-03-06")) & ACTS == set()
