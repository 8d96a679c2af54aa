"""Every act by its page: who is offered it, what it does, and what it says."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.letters.models import Delivery, Letter
from portal.organisation.models import User
from requests_ogi import secrets, workflow
from requests_ogi.filing import Arrival
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import Channel, State
from tests.cast import Cast
from tests.factories import (
    GRANT,
    GRANT_TEXTS,
    PNG,
    applied,
    approved,
    assigned,
    at,
    filing,
    review,
    served,
    submitted,
)

from .conftest import DAY, now_of, offered, page, press, text_of

STEPS = {f"step-{question}": branch for question, branch in GRANT.items()}


def scan() -> SimpleUploadedFile:
    """A scanned paper."""
    return SimpleUploadedFile("扫描件.png", PNG, content_type="image/png")


def unconfirmed(nx: Cast) -> InformationRequest:
    arrival = Arrival(Channel.FAX, date(2025, 3, 4))
    return workflow.register(
        body=nx.body, filing=filing(arrival=arrival), submission_key=secrets.new_key(), by=nx.chen, at=at("2025-03-04")
    )


def test_the_office_confirms_receipt(nx: Cast, browser: Any) -> None:
    case = unconfirmed(nx)

    press(browser("chen"), case, "confirm_receipt", confirmed_on=DAY, note="3月5日电话确认，经手人陈立新")

    assert (now_of(case).state, now_of(case).received_on) == (State.RECEIVED, date(2025, 3, 5))


def test_the_office_assigns(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-03-04")

    answer = press(browser("chen"), case, "assign", department=nx.department.pk)

    assert answer.url == page(case)
    assert (now_of(case).state, now_of(case).department) == (State.ASSIGNED, nx.department)


def test_a_liaison_gives_back_and_is_led_home(nx: Cast, browser: Any) -> None:
    case, li = assigned(nx, "2025-03-04"), browser("li")

    answer = press(li, case, "give_back", why="不属于本处职责，建议由其他处室承办。")

    assert answer.url == "/admin/"
    assert now_of(case).state == State.RECEIVED
    assert li.get(page(case)).status_code == 404


def test_the_office_reassigns(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")

    press(browser("chen"), case, "reassign", department=nx.other_department.pk)

    assert now_of(case).department == nx.other_department
    assert browser("wu").get(page(case)).status_code == 200


@pytest.mark.rule("REG-30")
def test_the_office_asks_for_completion_and_registers_it(nx: Cast, browser: Any) -> None:
    case, chen = applied(nx.body, "2025-03-03"), browser("chen")

    press(chen, case, "ask_completion", items="请明确年度", working_days=10, manner="electronic")
    assert now_of(case).state == State.COMPLETING
    press(chen, case, "supplement", text="2024年度", returned_on=DAY, uploads=scan())

    assert now_of(case).state == State.RECEIVED
    assert "ask_completion" not in offered(chen, case)


def test_the_director_finds_a_lapse_after_the_period(nx: Cast, browser: Any) -> None:
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
    he = browser("he")

    assert "lapse" in offered(he, case)
    press(he, case, "lapse", no_good_reason="on")

    assert (now_of(case).state, now_of(case).outcome) == (State.APPROVED, "lapsed_completion")


def test_a_liaison_records_a_search(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")

    press(
        browser("li"), case, "record_search",
        system="公文处理系统", keywords="技改", period="2025年", result="未检索到", searched_on=DAY,
    )  # fmt: skip

    assert case.searches.get().system == "公文处理系统"


def test_a_draft_is_saved_only_after_its_consequences_were_shown(nx: Cast, browser: Any) -> None:
    case, li = assigned(nx, "2025-03-04"), browser("li")

    shown = press(li, case, "draft", **STEPS, **GRANT_TEXTS)
    assert "第三十六条第二项" in text_of(shown)
    assert not case.drafts.exists()
    press(li, case, "draft", **STEPS, **GRANT_TEXTS, checked="granted")

    assert case.drafts.get().outcome == "granted"
    assert "submit" in offered(li, case)


def test_changing_the_outcome_after_looking_shows_the_new_consequences_first(nx: Cast, browser: Any) -> None:
    case, li = assigned(nx, "2025-03-04"), browser("li")

    steps = STEPS | {"step-give": "already_public"}
    shown = press(
        li, case, "draft", **steps, query_method="网站查阅", query_address="https://www.example.cn", checked="granted"
    )

    assert shown.context["found"]["outcome"] == "already_public"
    assert not case.drafts.exists()


def test_a_draft_that_owes_something_says_so_at_the_field(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")

    steps = STEPS | {"step-give": "enforcement", "step-sever": "inseverable"}
    shown = press(browser("li"), case, "draft", **steps, finding="经检索有该信息")

    assert set(shown.context["form"].errors) == {"ground", "reason"}
    assert "经检索有该信息" in text_of(shown)


def test_a_liaison_submits_and_a_leader_sends_back(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-04")
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 14))
    review(case, nx, at("2025-03-04", 15))

    press(browser("li"), case, "submit")
    press(browser("ma"), case, "send_back", why="请写明提供方式。")

    assert now_of(case).state == State.ASSIGNED
    assert "请写明提供方式。" in text_of(browser("li").get(page(case)))


def test_a_leader_reads_the_letter_and_approves(nx: Cast, browser: Any) -> None:
    case, ma = submitted(nx, "2025-03-04"), browser("ma")

    shown = text_of(ma.get(page(case, "approve/")))
    assert "申请人（身份信息已隐去）" in shown
    assert "王小明" not in shown
    press(ma, case, "approve", version=1, read="on")

    assert now_of(case).state == State.APPROVED
    assert Letter.objects.get(subject_id=case.pk).addressee == "王小明"


def test_the_director_extends_with_the_new_last_day_in_sight(nx: Cast, browser: Any) -> None:
    case, he = applied(nx.body, "2025-03-03"), browser("he")

    assert "延至2025年4月30日" in text_of(he.get(page(case, "extend/")))
    press(he, case, "extend", amount=20, reason="所需信息数量较大", manner="electronic")

    assert "extend" not in offered(he, case)
    assert Delivery.objects.get(letter__kind="extension_notice").sent_on == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("manner", "more", "answered"),
    [
        ("electronic", {}, date(2025, 3, 5)),
        ("post", {"proof_number": "EMS1234567"}, date(2025, 3, 5)),
        ("in_person", {"served_on": DAY}, date(2025, 3, 5)),
    ],
)
def test_the_office_serves(nx: Cast, browser: Any, manner: str, more: dict[str, str], answered: date) -> None:
    case = approved(nx, "2025-03-04")

    press(browser("chen"), case, "serve", manner=manner, sent_on=DAY, **more)

    assert (now_of(case).state, now_of(case).answered_on) == (State.SERVED, answered)


def test_the_office_closes_and_downloads_the_dossier_in_one_click(nx: Cast, browser: Any) -> None:
    case, chen = served(nx, "2025-03-04"), browser("chen")

    press(chen, case, "close")

    dossier = chen.post(page(case, "dossier/"))
    assert now_of(case).state == State.CLOSED
    assert dossier.content[:2] == b"PK"


def test_the_office_records_a_withdrawal(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-03-04")

    press(browser("chen"), case, "withdraw", wanted="on", proof=scan())

    assert now_of(case).state == State.WITHDRAWN


def test_a_withdrawal_without_its_paper_is_refused(nx: Cast, browser: Any) -> None:
    case = applied(nx.body, "2025-03-04")

    refused = press(browser("chen"), case, "withdraw", wanted="on")

    assert "书面撤回材料" in text_of(refused)
    assert now_of(case).state == State.RECEIVED


@pytest.mark.rule("REG-32")
def test_a_third_party_is_asked_and_heard(nx: Cast, browser: Any) -> None:
    case, chen = assigned(nx, "2025-03-03"), browser("chen")

    press(
        browser("he"),
        case,
        "consult",
        party="某某有限公司",
        content="合同单价",
        manner="post",
        proof_number="EMS7654321",
    )
    asked = case.consultations.get()
    press(chen, case, "serve_party", asked=asked.pk, served_on=DAY)
    press(chen, case, "hear", asked=asked.pk, opinion="objects", reasons="属于商业秘密", replied_on=DAY)

    asked.refresh_from_db()
    assert (asked.served_on, asked.opinion) == (date(2025, 3, 5), "objects")
    assert not {"serve_party", "hear"} & offered(chen, case)


BELONGS = {
    "li": {"enclose", "withhold", "record_search", "draft", "give_back"},
    "chen": {"enclose", "withhold", "draft", "reassign", "ask_completion", "record_search", "withdraw"},
    "ma": set(),
}


@pytest.mark.parametrize("name", BELONGS)
def test_each_sees_the_acts_of_their_post_only(nx: Cast, browser: Any, name: str) -> None:
    case = assigned(nx, "2025-03-04")

    assert offered(browser(name), case) == BELONGS[name]


def test_an_act_without_the_role_is_refused_and_nothing_changes(nx: Cast, browser: Any) -> None:
    case = submitted(nx, "2025-03-04")

    refused = press(browser("chen"), case, "approve", version=1, read="on")

    assert refused.status_code == 409
    assert "您的岗位不能办理“审签”" in text_of(refused)
    assert now_of(case).state == State.SUBMITTED


def test_looking_at_an_act_one_may_not_do_leads_back(nx: Cast, browser: Any) -> None:
    case = submitted(nx, "2025-03-04")

    answer = browser("chen").get(page(case, "approve/"), follow=True)

    assert answer.redirect_chain[0][0] == page(case)
    assert "您的岗位不能办理“审签”" in text_of(answer)


@pytest.mark.parametrize("name", ["wu", "zhao"])
@pytest.mark.parametrize("tail", ["", "draft/", "preview/", "unmask/", "dossier/", "receipt/"])
def test_another_departments_case_does_not_exist(nx: Cast, browser: Any, name: str, tail: str) -> None:
    case = assigned(nx, "2025-03-04")

    assert browser(name).get(page(case, tail)).status_code == 404


def test_the_drafter_is_not_offered_the_signature(nx: Cast, browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    case = submitted(nx, "2025-03-04")
    draft = case.drafts.get()
    draft.authors = [*draft.authors, nx.ma.pk]
    draft.save(update_fields=("authors",))

    ma = browser("ma")
    assert "approve" not in offered(ma, case)
    assert "不能审签" in text_of(press(ma, case, "approve", version=1, read="on"))


def test_a_stranger_with_an_account_finds_no_queue(nx: Cast, browser: Any) -> None:
    zhao = browser("zhao")

    assert zhao.get("/admin/requests/").status_code == 404
    assert User.objects.filter(pk=nx.zhao.pk, is_staff=True).exists()
