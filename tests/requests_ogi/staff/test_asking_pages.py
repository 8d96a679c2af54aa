"""Asking others, weighing their word and telling a third party, at the pages of the workplace."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from portal import moment
from portal.refusal import Refusal
from portal.web import todo
from requests_ogi import desk, workflow
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import State, Weighed
from tests.cast import Cast
from tests.factories import assigned, at
from tests.requests_ogi.asking import again, consulted, drafted, objecting, own_law, weighed

from .conftest import DAY, now_of, offered, page, press, text_of

LETTER = {"party": "某某有限公司", "contact": "", "content": "合同单价", "manner": "post", "proof_number": "X1"}
SILENT_UNTIL = "2025-03-26"


@pytest.mark.rule("REG-34")
def test_the_director_asks_a_co_maker(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")

    press(browser("he"), case, "consult_organ", **LETTER | {"party": "某某厅"})

    asked = case.consultations.get()
    assert (asked.kind, asked.party, asked.working_days) == ("co_maker", "某某厅", 15)


@pytest.mark.rule("REG-17", "LD-A8-8c")
def test_the_director_refers_a_doubt(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")

    form = browser("he").get(page(case, "refer/"))
    press(browser("he"), case, "refer", **LETTER | {"party": "国家保密局"})

    assert "本件的答复期限照常计算" in text_of(form)
    assert case.consultations.get().kind == "authority"


def test_the_address_of_a_third_party_is_judged(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")

    refused = press(browser("he"), case, "consult", **LETTER, email="不是邮箱")

    assert "电子邮箱的格式不对" in text_of(refused)
    assert not case.consultations.exists()


@pytest.mark.parametrize("field", ["party", "content"])
def test_ten_thousand_characters_are_refused_at_the_page(nx: Cast, browser: Any, field: str) -> None:
    case = assigned(nx, "2025-03-03")

    refused = press(browser("he"), case, "consult", **LETTER | {field: "字" * 10_000})

    assert "10000字" in text_of(refused)
    assert not case.consultations.exists()


@pytest.mark.rule("LD-A8-9-5a")
def test_the_term_is_asked_for_only_where_the_body_sets_it_case_by_case(cast_of: Any, client: Any, files: Any) -> None:
    ld = cast_of("ld")
    case = assigned(ld, "2025-03-03")
    client.force_login(ld.he)

    with moment.rehearsing(at(DAY)):
        plain = text_of(client.get(page(case, "consult/")))
        with own_law("ld"):
            own = text_of(client.get(page(case, "consult/")))

    assert 'name="working_days"' not in plain
    assert 'name="working_days"' in own


@pytest.mark.rule("REG-32", "REG-15")
def test_the_director_weighs_an_objection_at_its_page(nx: Cast, browser: Any) -> None:
    case, asked = objecting(nx)
    he = browser("he")
    assert "weigh" in offered(he, case)

    form = text_of(he.get(page(case, "weigh/")))
    press(he, case, "weigh", asked=asked.pk, finding="reasonable", reasons="未公开的技术信息")

    assert "不公开会对公共利益造成重大影响，决定公开" in form
    assert "逾期未提出意见，决定公开" not in form
    assert again(asked).finding == Weighed.REASONABLE
    assert "weigh" not in offered(he, case)


def test_the_weighing_page_offers_nobody_who_still_has_time(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")
    asked = consulted(nx, case, sent="2025-03-04", served="2025-03-04")
    he = browser("he")

    refused = press(he, case, "weigh", asked=asked.pk, finding="silence_open", reasons="逾期")

    assert "weigh" not in offered(he, case)
    assert "所选的征求对象不在列表中" in text_of(refused)


def test_a_stale_page_does_not_weigh(nx: Cast, browser: Any) -> None:
    case, asked = objecting(nx)
    stale = now_of(case).edition
    weighed(nx, asked, "2025-03-05", Weighed.OVERRIDE)

    answer = browser("he").post(
        page(case, "weigh/"), {"edition": stale, "asked": asked.pk, "finding": "reasonable", "reasons": "理由"}
    )

    assert answer.status_code == 409
    assert "先行办理了本件（对第三方意见作出审查结论" in text_of(answer)
    assert again(asked).finding == Weighed.OVERRIDE


@pytest.mark.rule("LD-A8-9-5c", "REG-32")
def test_the_office_tells_the_third_party_and_then_serves(nx: Cast, browser: Any) -> None:
    case, asked = objecting(nx)
    weighed(nx, asked, "2025-03-05", Weighed.OVERRIDE, "涉及重大公共利益")
    case = workflow.submit(drafted(nx, case, "2025-03-05"), by=nx.li, at=at("2025-03-05", 13))
    workflow.approve(case, by=nx.ma, at=at("2025-03-05", 14))
    chen = browser("chen")

    refused = press(chen, case, "serve", manner="electronic", sent_on=DAY)
    form = text_of(chen.get(page(case, "notify_party/")))
    how = {"content": "合同单价", "reasons": "涉及重大公共利益", "manner": "post", "proof_number": "X2"}
    press(chen, case, "notify_party", asked=asked.pk, **how)
    press(chen, case, "serve", manner="electronic", sent_on=DAY)

    assert "请先办理“告知第三方”" in text_of(refused)
    assert "涉及重大公共利益" in form
    assert now_of(case).state == State.SERVED


def test_nobody_is_offered_to_tell_a_third_party_that_agreed(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")
    drafted(nx, case, "2025-03-04")
    case = workflow.submit(now_of(case), by=nx.li, at=at("2025-03-04", 15))
    workflow.approve(case, by=nx.ma, at=at("2025-03-04", 16))

    assert "notify_party" not in offered(browser("chen"), case)


def test_the_page_of_a_case_tells_how_each_of_them_stands(nx: Cast, browser: Any) -> None:
    case, asked = objecting(nx)
    consulted(nx, again(asked).request, sent="2025-03-05", served=None, by="refer", party="某某保密行政管理局")

    text = text_of(browser("chen").get(page(case)))

    for words in ("征求意见", "等待负责人审查意见", "某某保密行政管理局", "内部催办期限", "尚未登记收到"):
        assert words in text


def test_the_copy_for_reading_leaves_out_the_third_partys_key(nx: Cast, browser: Any) -> None:
    case = assigned(nx, "2025-03-03")
    asked = consulted(nx, case, sent="2025-03-04", served="2025-03-04")

    copy = browser("li").get(page(case, f"letters/{asked.letter_id}/"))

    words = pdf_words(copy.content)
    assert "查阅件" in words
    assert asked.key not in words
    assert "网址" in words


def pdf_words(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


# --- what is due --------------------------------------------------------------------------------------------------------


def todos(user: Any, on: str) -> list[todo.Todo]:
    return [one for one in desk.weighing(user, at(on)) if one.label == "审查征求到的意见"]


def test_when_a_third_partys_time_is_over_the_director_is_reminded_to_weigh(nx: Cast, files: Any) -> None:
    case = assigned(nx, "2025-03-03")
    consulted(nx, case, sent="2025-03-04", served="2025-03-04")

    assert todos(nx.he, "2025-03-25") == []
    assert [one.number for one in todos(nx.he, SILENT_UNTIL)] == [case.number]
    assert todos(nx.chen, SILENT_UNTIL) == []


def test_an_objection_is_due_at_once_until_it_is_weighed(nx: Cast, files: Any) -> None:
    case, asked = objecting(nx)

    assert [one.number for one in todos(nx.he, "2025-03-06")] == [case.number]
    weighed(nx, asked, "2025-03-06", Weighed.REASONABLE)
    assert todos(nx.he, "2025-03-06") == []


def test_the_silence_of_a_co_maker_needs_no_weighing(nx: Cast, files: Any) -> None:
    consulted(nx, assigned(nx, "2025-03-03"), sent="2025-03-04", served="2025-03-04", by="consult_organ")

    assert todos(nx.he, SILENT_UNTIL) == []


def test_what_is_due_is_asked_in_as_many_queries_however_many_there_are(nx: Cast, files: Any) -> None:
    def asks(many: int) -> int:
        for number in range(many):
            case = assigned(nx, "2025-03-03", title=f"{many}件之{number}")
            consulted(nx, case, sent="2025-03-04", served="2025-03-04")
        with CaptureQueriesContext(connection) as queries:
            todos(nx.he, SILENT_UNTIL)
        return len(queries)

    assert asks(1) == asks(3)


def test_nothing_is_weighed_after_the_decision(nx: Cast, files: Any) -> None:
    _, asked = objecting(nx)
    weighed(nx, asked, "2025-03-05", Weighed.UNREASONABLE)
    case = InformationRequest.objects.get(pk=asked.request_id)
    workflow.submit(drafted(nx, case, "2025-03-05"), by=nx.li, at=at("2025-03-05", 13))
    workflow.approve(InformationRequest.objects.get(pk=case.pk), by=nx.ma, at=at("2025-03-05", 14))

    with pytest.raises(Refusal, match="不能办理“审查意见”"):
        weighed(nx, asked, "2025-03-06", Weighed.REASONABLE)
