"""A third party's own page: reached by the key in its letter, without an account, and never leading to the applicant."""

import re
from typing import Any

import pytest
from django.core.cache import cache

from portal.archive import vault
from portal.clocks.models import Clock
from portal.ledger.models import Entry
from portal.notices.models import Notice
from portal.organisation import people
from requests_ogi import workflow
from requests_ogi.models import Consultation, InformationRequest
from requests_ogi.vocabulary import Opinion
from tests.cast import Cast
from tests.factories import assigned, at
from tests.requests_ogi.asking import again, consulted, day, heard, own_law

from .citizen import Citizen


@pytest.fixture(autouse=True)
def _files(files: Any) -> None:
    cache.clear()


@pytest.fixture
def asked(nx: Cast) -> Consultation:
    """Received on 5 March 2025; its fifteen working days end on 26 March."""
    return consulted(
        nx, assigned(nx, "2025-03-03"), sent="2025-03-04", served="2025-03-05", content="合同单价", email="a@b.test"
    )


@pytest.fixture
def firm() -> Citizen:
    """Somebody of the firm that was asked, on 10 March."""
    return Citizen(at("2025-03-10"))


def link(asked: Consultation) -> str:
    return f"/requests/opinion/{asked.key}/"


@pytest.mark.rule("REG-32", "LD-A8-9-5a")
def test_the_page_says_what_concerns_the_party_and_until_when(asked: Consultation, firm: Citizen) -> None:
    firm.opens(link(asked))

    for words in ("合同单价", asked.letter.number, "2025年3月26日", "15个工作日", "由本机关依照条例的规定决定是否公开"):
        assert words in firm.text


def test_the_page_never_says_who_asked(asked: Consultation, firm: Citizen) -> None:
    html = firm.opens(link(asked)).page.content.decode()

    for private in ("王小明", "13800000000", "wang@example.test", asked.request.number, asked.request.title):
        assert private not in html


def test_nobody_keeps_a_copy_and_no_search_engine_finds_it(asked: Consultation, firm: Citizen) -> None:
    page = firm.opens(link(asked)).page

    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert b'name="robots" content="noindex' in page.content


@pytest.mark.rule("REG-32", "REG-33")
def test_an_objection_given_on_the_page_is_heard_from_an_outsider(asked: Consultation, firm: Citizen) -> None:
    firm.sends(link(asked), {"opinion": "objects", "reasons": "属于商业秘密"})

    heard_now = again(asked)
    assert (heard_now.opinion, heard_now.reasons, heard_now.replied_on) == (
        Opinion.OBJECTS,
        "属于商业秘密",
        day("2025-03-10"),
    )
    entry = Entry.objects.get(verb="hear")
    assert (entry.actor_id, entry.actor_label) == (people.THIRD_PARTY.code, "第三方")
    assert Clock.objects.of(asked.request).get(duty="answer").pauses.get().ended_on == day("2025-03-10")
    assert "已收到您的意见" in firm.text
    assert "2025年3月10日" in firm.text


def test_the_office_hears_of_it(nx: Cast, asked: Consultation, firm: Citizen) -> None:
    firm.sends(link(asked), {"opinion": "agrees"})

    assert Notice.objects.filter(user=nx.chen, subject_line__contains="第三方已在网上反馈意见").exists()


def test_afterwards_the_page_shows_the_receipt_and_takes_nothing_more(asked: Consultation, firm: Citizen) -> None:
    firm.sends(link(asked), {"opinion": "agrees"})

    firm.sends(link(asked), {"opinion": "objects", "reasons": "改主意了"})

    assert again(asked).opinion == Opinion.AGREES
    assert "已收到您的意见" in firm.text
    assert "同意公开" in firm.text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "请选择您的意见"),
        ({"opinion": "objects", "reasons": " 　"}, "不同意公开的，请写明理由"),
        ({"opinion": "maybe"}, "请选择您的意见"),
        ({"opinion": "objects", "reasons": "长" * 10_000}, "理由最多2000字，您填写了10000字"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_heard(
    asked: Consultation, firm: Citizen, answers: dict[str, str], sentence: str
) -> None:
    firm.sends(link(asked), answers)

    assert sentence in firm.text
    assert again(asked).replied_on is None


def test_emoji_and_full_width_digits_are_taken(asked: Consultation, firm: Citizen) -> None:
    firm.sends(link(asked), {"opinion": "objects", "reasons": "泄露１００家客户😀"})

    assert again(asked).reasons == "泄露100家客户😀"


@pytest.mark.rule("REG-32")
def test_a_late_word_is_taken_and_said_to_be_late(asked: Consultation) -> None:
    late = Citizen(at("2025-03-28"))

    assert "期限已经届满" in late.opens(link(asked)).text
    late.sends(link(asked), {"opinion": "objects", "reasons": "属于商业秘密"})

    assert "已注明逾期提出" in late.text
    assert again(asked).is_late


def test_before_receipt_is_known_the_page_counts_from_receipt(nx: Cast, firm: Citizen) -> None:
    asked = consulted(nx, assigned(nx, "2025-03-03"), sent="2025-03-04", served=None)

    firm.opens(link(asked))

    assert "收到征求意见书之日起15个工作日" in firm.text


def test_where_silence_is_refusal_the_page_says_so(cast_of: Any, firm: Citizen) -> None:
    ld = cast_of("ld")
    asked = consulted(ld, assigned(ld, "2025-03-03"), sent="2025-03-04", served="2025-03-05")

    with own_law("ld"):
        assert "视为不同意公开" in firm.opens(link(asked)).text


def test_the_key_is_dead_once_the_request_is_decided(nx: Cast, asked: Consultation, firm: Citizen) -> None:
    workflow.withdraw(InformationRequest.objects.get(pk=asked.request_id), by=people.APPLICANT, at=at("2025-03-07"))

    page = firm.opens(link(asked)).page

    assert page.status_code == 404
    assert "已经失效" in firm.text
    assert "合同单价" not in page.content.decode()
    assert firm.sends(link(asked), {"opinion": "agrees"}).page.status_code == 404
    assert again(asked).replied_on is None


def test_a_wrong_key_looks_like_a_dead_one(asked: Consultation, firm: Citizen) -> None:
    wrong = "-".join(["AAAAA"] * 5)

    answer = firm.opens(f"/requests/opinion/{wrong}/")

    assert answer.page.status_code == 404
    assert "链接无效或者已经失效" in firm.text


def test_keys_cannot_be_tried_out_by_the_thousand(asked: Consultation, firm: Citizen) -> None:
    for number in range(20):
        firm.opens(f"/requests/opinion/{number:05d}/")

    assert firm.opens("/requests/opinion/99999/").page.status_code == 429


def test_reading_ones_own_page_often_is_free(asked: Consultation, firm: Citizen) -> None:
    for _ in range(30):
        assert firm.opens(link(asked)).page.status_code == 200


def test_the_key_may_be_typed_in_small_letters(asked: Consultation, firm: Citizen) -> None:
    assert firm.opens(link(asked).replace(asked.key, asked.key.lower())).page.status_code == 200


def test_the_key_cannot_be_guessed_and_is_stored_as_a_digest(asked: Consultation) -> None:
    assert re.fullmatch(r"([A-Z2-7]{5}-){4}[A-Z2-7]{5}", asked.key)
    assert asked.key_digest == vault.digest(f"opinion:{asked.key}")


def test_the_letter_and_the_mail_bear_the_address(asked: Consultation) -> None:
    mail = Notice.objects.get(kind="third_party")

    assert link(asked) in asked.letter.sealed
    assert (mail.to, mail.link) == ("a@b.test", link(asked))
    assert "王小明" not in mail.subject_line


def test_without_an_address_no_mail_goes_out(nx: Cast) -> None:
    consulted(nx, assigned(nx, "2025-03-03"), sent="2025-03-04", served="2025-03-05")

    assert not Notice.objects.filter(kind="third_party").exists()


@pytest.mark.parametrize("verb", ["consult_organ", "refer"])
def test_organs_answer_by_letter_and_have_no_page(nx: Cast, verb: str) -> None:
    asked = consulted(nx, assigned(nx, "2025-03-03"), sent="2025-03-04", served="2025-03-05", by=verb)

    assert (asked.key, asked.key_digest) == (None, None)


def test_what_staff_registered_meanwhile_is_shown_instead_of_the_form(
    nx: Cast, asked: Consultation, firm: Citizen
) -> None:
    heard(nx, asked, "2025-03-07", Opinion.OBJECTS, "书面意见")

    firm.opens(link(asked))

    assert "已收到您的意见" in firm.text


@pytest.mark.rule("REG-33")
def test_the_applicant_reads_that_the_time_does_not_count_and_why(asked: Consultation) -> None:
    applicant = Citizen(at("2025-03-10")).tracks(asked.request)

    assert "2025年3月4日起征求第三方意见，尚未收到答复" in applicant.text
    assert "最多扣除至2025年3月26日" in applicant.text
    assert "第三十三条第三款" in applicant.text
    assert "某某公司" not in applicant.text


@pytest.mark.rule("REG-33")
def test_the_applicant_reads_until_when_it_did_not_count(nx: Cast, asked: Consultation) -> None:
    heard(nx, asked, "2025-03-07")

    applicant = Citizen(at("2025-03-10")).tracks(asked.request)

    assert "2025年3月4日起征求第三方意见，次日至2025年3月7日的时间不计入答复期限" in applicant.text


def test_the_applicant_is_not_told_of_the_office_asking_an_authority(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    asked = consulted(nx, case, sent="2025-03-04", served="2025-03-05", by="refer", party="国家保密局")
    heard(nx, asked, "2025-03-07")

    applicant = Citizen(at("2025-03-10")).tracks(case)

    for word in ("保密局", "主管部门", "第三方"):
        assert word not in applicant.text.split("办理过程")[1]
