"""Before one asks: what is likely public already is offered, and words come along from the search."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from requests_ogi.models import FilingDraft, InformationRequest
from tests.portal.search.items import publish

from .citizen import WANG, Citizen, page, paper

TITLE = "关于下达2025年度技术改造专项资金的通知"
OFFER = "可能已经公开的信息"


def test_after_the_wish_is_told_likely_documents_are_offered(wang: Citizen) -> None:
    publish(TITLE, url="/documents/9/", document_number="宁工信发〔2025〕3号")
    publish("关于开展安全生产检查的通知")

    wang.fills_in({slug: WANG[slug] for slug in ("kind", "applicant", "information")})

    assert wang.path == page("reply")
    assert OFFER in wang.text
    assert TITLE in wang.text
    assert "安全生产" not in wang.text
    assert 'href="/documents/9/"' in wang.page.text


def test_the_offer_stands_beside_what_is_looked_over_and_keeps_nobody_from_filing(wang: Citizen) -> None:
    publish(TITLE)
    wang.fills_in(WANG).hands_in(identity=paper())
    wang.opens(reverse("requests_ogi:check"))
    assert OFFER in wang.text
    assert TITLE in wang.text

    wang.pass_time(minutes=1)
    wang.sends(reverse("requests_ogi:check"))

    assert InformationRequest.objects.get().title == WANG["information"]["wanted"]


def test_a_document_number_finds_the_document_whatever_its_title(wang: Citizen) -> None:
    publish("工业稳增长若干措施", document_number="宁工信发〔2025〕3号")

    wang.fills_in(
        {slug: WANG[slug] for slug in ("kind", "applicant", "information")},
        information={"document_number": "宁工信发[2025]3号"},
    )

    assert "工业稳增长若干措施" in wang.text


def test_where_nothing_is_like_it_nothing_is_offered(wang: Citizen) -> None:
    publish("关于开展安全生产检查的通知")

    wang.fills_in(WANG).hands_in(identity=paper())

    assert OFFER not in wang.text


@pytest.mark.parametrize("words", ["技术改造 资金", '"><script>alert(1)</script>', "甲" * 5_000, "\0公开"])
def test_words_of_the_search_come_along_to_the_page_that_asks_for_them(wang: Citizen, words: str) -> None:
    wang.opens(f"/requests/apply/?{urlencode({'q': words})}")
    chosen = wang.page.context["choices"][0]["body"]
    wang.opens(f"/requests/apply/?{urlencode({'q': words, 'body': chosen.code})}")
    wang.sends(f"/requests/apply/?{urlencode({'q': words, 'body': 'nx'})}", WANG["kind"])
    wang.answers("applicant", WANG["applicant"])

    assert wang.path == page("information")
    assert wang.page.context["form"]["wanted"].value() == words.replace("\0", "")[:200]
    assert "<script>alert(1)" not in wang.page.text


def test_words_that_came_along_answer_nothing_by_themselves(wang: Citizen) -> None:
    wang.sends("/requests/apply/?q=%E8%B5%84%E9%87%91&body=nx", WANG["kind"])
    wang.answers("applicant", WANG["applicant"])
    wang.opens(page("reply"))
    assert wang.path == page("information")

    wang.answers("information", WANG["information"]).opens(page("information"))

    assert wang.page.context["form"]["wanted"].value() == WANG["information"]["wanted"]
    assert FilingDraft.objects.count() == 1
