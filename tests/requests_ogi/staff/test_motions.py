"""The staff's pages of corrections, suggestions and complaints, and of what is to be published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.ledger import service as ledger
from portal.web.todo import Desk
from requests_ogi import secrets
from requests_ogi.models import Conversion, InformationRequest, Motion
from requests_ogi.workflow import motions
from tests.cast import Cast
from tests.factories import RESIDENT_ID, applied, at, person
from tests.requests_ogi.test_motions import COMPLAINT, CORRECTION, SUGGESTION

from .conftest import DAY, text_of

Open = Callable[[str], Client]


def filed(cast: Cast, filing: Any) -> Motion:
    return motions.file(body=cast.body, filing=filing, submission_key=secrets.new_key(), at=at("2025-03-04"))


def page(motion: Motion, tail: str = "") -> str:
    return f"/admin/motions/{motion.number}/{tail}"


def press(client: Client, motion: Motion, verb: str, **data: Any) -> Any:
    edition = Motion.objects.values_list("edition", flat=True).get(pk=motion.pk)
    return client.post(page(motion, f"{verb}/"), {"edition": edition, **data})


@pytest.mark.rule("REG-41", "YQ-S1-11")
def test_a_correction_goes_through_the_pages_of_those_whose_turn_it_is(nx: Cast, browser: Open) -> None:
    motion = filed(nx, CORRECTION)

    press(browser("chen"), motion, "assign", department=nx.department.pk)
    press(browser("li"), motion, "report", finding="确有笔误，已改正。")
    press(browser("he"), motion, "decide", outcome="corrected", finding="名录第12项确有笔误")
    press(browser("chen"), motion, "answer", manner="electronic")
    press(browser("chen"), motion, "close")

    motion.refresh_from_db()
    assert (motion.state, motion.outcome) == ("closed", "corrected")


def test_a_page_shows_the_person_masked_and_the_department_nothing_of_them(nx: Cast, browser: Open) -> None:
    motion = filed(nx, CORRECTION)
    motions.assign(motion, department=nx.department, by=nx.chen, at=at(DAY, 9))

    office, department = (text_of(browser(name).get(page(motion))) for name in ("chen", "li"))

    assert "王**" in office
    assert RESIDENT_ID not in office + department
    assert "王**" not in department
    assert "已隐去" in department


def test_unmasking_shows_the_person_once_and_is_on_record(nx: Cast, browser: Open) -> None:
    motion = filed(nx, CORRECTION)
    chen = browser("chen")

    shown = chen.post(page(motion, "unmask/"), {"edition": 0, "why": "核对身份证明与申请是否一致"})

    assert RESIDENT_ID in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert ledger.timeline(motion).last().verb == "unmask"
    proof = motion.files.get(purpose="identity")
    assert chen.get(page(motion, f"files/{proof.pk}/")).status_code == 302


@pytest.mark.rule("REG-47", "REG-51")
@pytest.mark.parametrize("name", ["li", "wu", "chen", "he", "ma", "feng", "zhao"])
def test_for_those_who_handle_requests_a_complaint_does_not_exist(nx: Cast, browser: Open, name: str) -> None:
    motion = filed(nx, COMPLAINT)
    client = browser(name)

    tails = ("", "decide/", "answer/", "unmask/")
    assert {client.get(page(motion, tail)).status_code for tail in tails} == {404}
    assert press(client, motion, "decide", outcome="unfounded", finding="没有").status_code == 404
    listed = client.get("/admin/motions/")
    assert motion.number not in text_of(listed)
    assert motion.number not in str(Desk.of(getattr(nx, name), at=at(DAY)))


@pytest.mark.rule("REG-47", "REG-51")
def test_the_supervisor_works_through_a_complaint_on_the_pages(nx: Cast, browser: Open) -> None:
    motion, ji = filed(nx, COMPLAINT), browser("ji")

    assert "应当保密" in text_of(ji.get(page(motion)))
    assert [todo.label for todo in Desk.of(nx.ji, at=at(DAY)).todos if todo.number == motion.number] == ["处理投诉举报"]
    press(ji, motion, "decide", outcome="upheld", finding="承办人员遗漏", measure="十日内答复", mending_days="5")
    press(ji, motion, "answer", manner="electronic")
    press(ji, motion, "mend", mended_on=DAY, how="已答复")
    press(ji, motion, "close")

    motion.refresh_from_db()
    assert motion.state == "closed"


def test_a_refused_act_says_why_and_keeps_what_was_typed(nx: Cast, browser: Open) -> None:
    motion = filed(nx, SUGGESTION)

    refused = press(browser("he"), motion, "decide", outcome="publish", finding="应当公开")

    assert refused.status_code == 409
    assert "写明将要公开的信息名称" in text_of(refused)
    assert "应当公开" in text_of(refused)


def test_who_comes_second_is_told_who_was_first(nx: Cast, browser: Open) -> None:
    motion = filed(nx, SUGGESTION)
    press(browser("he"), motion, "decide", outcome="not_in_scope", finding="涉及商业秘密")

    late = browser("ma").post(
        page(motion, "decide/"), {"edition": 0, "outcome": "already_public", "finding": "已经公开"}
    )

    assert late.status_code == 409
    assert "何志远" in text_of(late)


def test_what_came_on_paper_is_entered_and_its_code_shown_once(nx: Cast, browser: Open) -> None:
    chen = browser("chen")
    data = {
        "body": "nx", "subject": "公共充电桩分布", "content": "很多人都需要，应当公开。",
        "channel": "counter", "received_on": DAY,
    }  # fmt: skip

    shown = chen.post("/admin/motions/register/?kind=suggestion", data)

    motion = Motion.objects.get()
    assert motion.channel == "counter"
    assert secrets.code_of(motion.submission_key, motion.number, motion.secret) in text_of(shown)
    assert chen.get("/admin/motions/register/?kind=complaint").status_code == 302


def many(nx: Cast, *numbers: str, title: str = "2025年度补贴名单") -> list[InformationRequest]:
    return [applied(nx.body, "2025-02-10", person_=person(identity_number=number), title=title) for number in numbers]


@pytest.mark.rule("REG-44")
def test_what_three_different_people_asked_for_is_listed_and_converted_with_one_click(nx: Cast, browser: Open) -> None:
    many(nx, "E1000001", "E1000002")
    many(nx, "E1000003", title="关于 2025 年度补贴名单的信息")
    many(nx, "E1000004", "E1000004", "E1000004", title="另一项一个人反复申请的")
    he = browser("he")

    (row,) = he.get("/admin/conversions/").context["demands"]
    assert (row["demand"].applicants, row["demand"].requests) == (3, 3)
    assert "由负责人决定" in text_of(browser("chen").get("/admin/conversions/"))
    he.post("/admin/conversions/convert/", {"body": "nx", "gist": row["demand"].gist})

    task = Conversion.objects.get()
    assert not he.get("/admin/conversions/").context["demands"]
    assert task.number in str(Desk.of(nx.chen, at=at(DAY)))
    browser("chen").post(
        f"/admin/conversions/{task.number}/publish/", {"edition": 0, "published_on": DAY, "where": "/zwgk/bt"}
    )
    task.refresh_from_db()
    assert task.state == "done"


@pytest.mark.rule("REG-44")
def test_two_people_are_not_many(nx: Cast, browser: Open) -> None:
    many(nx, "E1000001", "E1000002", "E1000002")

    assert not browser("he").get("/admin/conversions/").context["demands"]


def test_whoever_is_not_the_office_finds_no_list(nx: Cast, browser: Open) -> None:
    assert browser("li").get("/admin/conversions/").status_code == 404
    assert browser("zhao").get("/admin/motions/").status_code == 404
