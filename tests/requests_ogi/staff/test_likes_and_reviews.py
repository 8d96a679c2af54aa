"""The pages beside a case: what is like it, whose words may be taken over, the review before release, post that came back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from portal import moment
from requests_ogi import workflow
from requests_ogi.models import SignOff
from requests_ogi.vocabulary import State
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, approved, assigned, at, person, served

from .conftest import DAY, now_of, offered, page, press, text_of

D = date.fromisoformat
REPEAT = {"step-clear": "clear", "step-kind": "repeat", "reason": "同一信息"}


def reviewable(nx: Cast) -> Any:
    case = assigned(nx, "2025-03-04")
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at("2025-03-04", 14))
    return case


def test_the_head_of_the_department_reviews_what_its_liaison_wrote(nx: Cast, browser: Any) -> None:
    case, zhou = reviewable(nx), browser("zhou")
    assert "review_secrecy" in offered(zhou, case)
    assert "review_secrecy" not in offered(browser("li"), case)

    unread = press(zhou, case, "review_secrecy", finding="open", opinion="不涉密")
    assert "形式要件" in text_of(unread)
    press(zhou, case, "review_secrecy", formal="on", finding="open", opinion="不涉密")

    assert case.drafts.get().reviews.get().reviewed_by == nx.zhou
    assert "对第1稿进行保密审查" in text_of(zhou.get(page(case)))


def test_a_liaison_sees_what_is_alike_and_not_who_asked(nx: Cast, browser: Any) -> None:
    earlier = served(nx, "2025-03-03")
    case = assigned(nx, "2025-03-04", person_=person(name="张大山", identity_number="000000198501010021"))

    for shown in (browser("li").get(page(case)), browser("li").get(page(case, "draft/"))):
        text = text_of(shown)
        assert "可能重复或者类似的申请" in text
        assert earlier.answer.letter.number in text
        assert "王小明" not in text
        assert "张大山" not in text


@pytest.mark.rule("LD-A8-9-10")
def test_choosing_repetition_offers_the_earlier_answers_of_the_same_applicant(nx: Cast, browser: Any) -> None:
    earlier = served(nx, "2025-03-03")
    case, li = assigned(nx, "2025-03-04"), browser("li")

    refused = press(li, case, "draft", **REPEAT)
    assert "earlier" in refused.context["form"].errors
    press(li, case, "draft", **REPEAT, earlier=str(earlier.pk), checked="repeat")

    draft = case.drafts.get()
    assert draft.earlier == earlier
    assert earlier.answer.letter.number in draft.earlier_answer
    assert "2025年3月3日" in draft.earlier_answer


def test_somebody_elses_request_cannot_be_picked(nx: Cast, browser: Any) -> None:
    strangers = served(nx, "2025-03-03", person_=person(name="张大山", identity_number="000000198501010021"))
    case = assigned(nx, "2025-03-04")

    refused = press(browser("li"), case, "draft", **REPEAT, earlier=str(strangers.pk), checked="repeat")

    assert "所选的项目不在列表中" in text_of(refused)


def test_the_words_of_an_earlier_answer_are_taken_over_by_a_link(nx: Cast, browser: Any) -> None:
    served(nx, "2025-03-03", texts=GRANT_TEXTS | {"finding": "经检索王小明所需信息存在。"})
    case, li = (
        assigned(nx, "2025-03-04", person_=person(name="张大山", identity_number="000000198501010021")),
        browser("li"),
    )

    listed = text_of(li.get(page(case, "precedents/"), {"words": "技术改造"}))
    link = listed.split("draft/?precedent=")[1].split('"')[0]
    form = li.get(page(case, f"draft/?precedent={link}")).context["form"]

    assert "经检索×××所需信息存在。" in listed
    assert form["finding"].value() == "经检索×××所需信息存在。"
    assert form["provision"].value() in ("", None)


@pytest.mark.parametrize("key", ["x", "９９", "0" * 40, "-1", "😀"])
def test_a_made_up_precedent_is_ignored(nx: Cast, browser: Any, key: str) -> None:
    case = assigned(nx, "2025-03-04")

    assert browser("li").get(page(case, "draft/"), {"precedent": key}).status_code == 200


def test_post_that_came_back_is_recorded_and_shown(nx: Cast, browser: Any) -> None:
    case, chen = approved(nx, "2025-03-03", manner="post"), browser("chen")
    workflow.serve(
        case, manner="post", sent_on=D("2025-03-03"), proof_number="XA1", by=nx.chen, at=at("2025-03-03", 17)
    )
    assert "return_post" in offered(chen, case)

    press(chen, case, "return_post", returned_on=DAY, fault="applicant", reason="原址查无此人")

    assert now_of(case).state == State.APPROVED
    text = text_of(chen.get(page(case)))
    assert "原址查无此人" in text
    assert "答复日期仍为2025年3月3日" in text
    assert "close" not in offered(chen, case)


def test_the_empty_proof_of_service_is_taken_out_on_record(nx: Cast, browser: Any) -> None:
    case = approved(nx, "2025-03-04", manner="in_person")

    assert "下载空白送达回证" in text_of(browser("chen").get(page(case, "serve/")))
    assert browser("chen").get(page(case, "service-proof/")).status_code == 302
    paper = browser("chen").post(page(case, "service-proof/"))

    assert paper.content.startswith(b"%PDF")
    assert "取用了含申请人身份信息的送达回证" in text_of(browser("chen").get(page(case)))
    assert browser("li").post(page(case, "service-proof/")).status_code == 302


def test_a_leader_records_and_revokes_what_the_legal_office_said(cast_of: Any, files: Any) -> None:
    yq, client = cast_of("yq"), Client()
    client.force_login(yq.ma)
    address = "/admin/requests/sign-offs/"
    said = {"option": "pause.causes", "said": "同意", "document_number": "法〔2025〕1号", "since": DAY}

    with moment.rehearsing(at(DAY)):
        assert "不计入答复期限的事由" in text_of(client.get(address))
        client.post(address, {**said, "said": "", "give": "yes"})
        assert not SignOff.objects.exists()
        client.post(address, {**said, "give": "yes"})
        given = SignOff.objects.get()
        case = assigned(yq, "2025-03-04")
        director = Client()
        director.force_login(yq.he)
        assert "suspend" in offered(director, case)
        assert "法定答复期限不停止计算" in text_of(director.get(page(case, "suspend/")))
        client.post(address, {"signoff": given.pk, "why": "意见变更", "revoke": "yes"})
        assert "suspend" not in offered(director, case)

    given.refresh_from_db()
    assert given.revoked_by == yq.ma


def test_where_no_document_names_it_nothing_is_suspended_or_postponed(nx: Cast, browser: Any) -> None:
    assert not {"suspend", "take_up", "postpone"} & offered(browser("he"), assigned(nx, "2025-03-04"))


def test_a_leading_groups_consent_is_asked_for_where_the_document_wants_it(cast_of: Any, nx: Cast, files: Any) -> None:
    wz, client = cast_of("wz"), Client()
    client.force_login(wz.feng)
    case = assigned(wz, "2025-03-04")

    with moment.rehearsing(at(DAY)):
        press(client, case, "extend", amount="5", reason="材料较多", manner="electronic")
        assert not hasattr(now_of(case), "consent")
        press(
            client, case, "extend", amount="5", reason="材料较多", manner="electronic",
            agreed_form="circular", agreed_on=DAY, agreed_reference="会签单3号",
        )  # fmt: skip

    assert now_of(case).consent.reference == "会签单3号"
