"""Policies in the workplace: where their clauses stand, their risk, the meeting, each entered in a form and shown on the page."""

from typing import Any

import pytest
from django.test import Client

from disclosure.models import Document
from disclosure.workflow.common import newest
from portal import moment
from portal.organisation.models import User
from tests.cast import Cast
from tests.disclosure.explaining import policy
from tests.disclosure.test_policies import CLAUSES, LAW, POINTS, before_the_meeting
from tests.factories import at

from .conftest import DAY, page, press
from .test_workplace import written

NEXT = "2026-03-04"


@pytest.fixture
def open_as(files: Any) -> Any:
    """A browser of anybody of any body, on the day after."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    with moment.rehearsing(at(NEXT, 9)):
        yield opened


def clauses(**changes: str) -> dict[str, str]:
    said = CLAUSES | changes
    return {f"clause-{place}": said[point] for place, point in enumerate(POINTS)}


@pytest.mark.rule("NX-07-4")
def test_a_liaison_says_where_the_five_points_stand_and_changes_it_later(nx: Cast, open_as: Any) -> None:
    li = open_as(nx.li)
    said = written(nx, html=LAW.text, is_policy="on", is_enterprise_policy="on", **clauses(公开时限="第九条"))

    li.post("/admin/documents/draft/", said)
    document = Document.objects.get()
    form = li.get(page(document, "revise/")).content.decode()
    press(li, document, "revise", **said | clauses())
    shown = li.get(page(document)).content.decode()

    assert 'value="第九条"' in form
    document.refresh_from_db()
    assert document.enterprise_clauses == CLAUSES
    assert all(f"涉企政策公开条款：{point}" in shown for point in POINTS)


def test_clauses_of_what_is_no_policy_on_enterprises_are_not_kept(nx: Cast, open_as: Any) -> None:
    open_as(nx.li).post("/admin/documents/draft/", written(nx, **clauses()))

    assert Document.objects.get().enterprise_clauses == {}


def test_a_form_asks_only_what_the_law_of_its_body_asks(cast_of: Any, open_as: Any) -> None:
    asked = {
        code: open_as(cast_of(code).li).get("/admin/documents/draft/").content.decode() for code in ("nx", "yc", "ld")
    }

    assert {code for code, form in asked.items() if "涉企政策文件" in form} == {"nx"}
    assert {code for code, form in asked.items() if "提请县政府常务会议审议" in form} == {"ld"}
    assert {code for code, form in asked.items() if "涉企政策和会议审议" in form} == {"nx", "ld"}


@pytest.mark.rule("YC-3.1-1a")
def test_the_risk_is_entered_in_its_form_and_shown(cast_of: Any, open_as: Any) -> None:
    yc = cast_of("yc")
    document, li = policy(yc, DAY), open_as(yc.li)
    before = li.get(page(document)).content.decode()

    wrong = press(li, document, "assess_risk", level="low", conclusion="", organ="市司法局", assessed_on=DAY)
    press(
        li,
        document,
        "assess_risk",
        level="medium",
        conclusion="措施落实后可以出台。",
        organ="市司法局",
        assessed_on=DAY,
    )
    after = li.get(page(document)).content.decode()

    assert "尚未登记" in before
    assert "请填写评估结论" in wrong.content.decode()
    assert "中风险，市司法局2026年3月3日评估。措施落实后可以出台。" in after
    assert "措施落实后可以出台。" in li.get(page(document, "assess_risk/")).content.decode()


@pytest.mark.rule("LD-A2-4-2b")
def test_the_meeting_is_entered_by_the_office_and_shown(cast_of: Any, open_as: Any) -> None:
    ld = cast_of("ld")
    document, office = before_the_meeting(ld), open_as(ld.chen)

    early = press(office, document, "record_deliberation", held_on="2026-03-02", outcome="passed")
    press(office, document, "record_deliberation", held_on=DAY, outcome="passed_amended", note="修改第二条。")
    shown = office.get(page(document)).content.decode()

    assert early.status_code == 409
    assert "没有一并提请审议" in early.content.decode()
    assert "原则通过，按会议意见修改：修改第二条。（解读方案已一并提请）" in shown


def test_buttons_of_what_the_body_does_not_ask_are_not_offered(nx: Cast, open_as: Any) -> None:
    document = policy(nx, DAY)

    shown = open_as(nx.li).get(page(document)).content.decode()

    assert newest(document).title in shown
    assert "assess_risk/" not in shown
    assert "record_deliberation/" not in shown
