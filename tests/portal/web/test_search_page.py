"""The search page: plain links and a plain form, from a hit down to the request form."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.organisation.models import Body, User
from portal.web import search
from tests.portal.search.items import publish

pytestmark = pytest.mark.django_db


def test_without_a_question_the_page_offers_ways(client: Client) -> None:
    page = client.get("/search/")

    assert page.status_code == 200
    assert 'name="robots" content="noindex"' in page.text
    assert "宁夏回族自治区工业和信息化厅公开的全部信息" in page.text


def test_every_page_has_the_box_and_the_search_page_has_one(client: Client) -> None:
    assert 'action="/search/"' in client.get("/").text
    assert client.get("/search/").text.count('role="search"') == 1


@pytest.mark.rule("WZ-3-2")
def test_the_staff_of_a_body_find_what_is_open_to_them_and_nobody_else_does(client: Client) -> None:
    publish("值班工作通知", body="wz", audience="staff")
    homes = {code: Body.objects.get(code=code) for code in ("wz", "nx")}
    staff, others = (User.objects.create_user(code, name=code, home=home) for code, home in homes.items())

    stranger = client.get("/search/", {"q": "值班"})
    client.force_login(others)
    neighbour = client.get("/search/", {"q": "值班"})
    client.force_login(staff)
    own = client.get("/search/", {"q": "值班"})

    assert "没有找到" in stranger.text
    assert "没有找到" in neighbour.text
    assert "找到1条" in own.text
    assert "仅限本机关工作人员" in own.text
    assert own["Cache-Control"] == "no-store, private"


def test_a_hit_shows_what_one_needs_to_judge_it(client: Client) -> None:
    publish(
        "产业奖励办法",
        "符合条件的企业给予奖励。",
        document_number="宁工信发〔2025〕3号",
        validity="废止",
        url="/documents/7/",
    )

    page = client.get("/search/", {"q": "奖励"}).text

    assert '<a href="/documents/7/">产业<mark>奖励</mark>办法</a>' in page
    for words in (
        "找到1条",
        "宁夏回族自治区工业和信息化厅",
        "宁工信发〔2025〕3号",
        "2025年3月1日",
        "废止",
        "企业给予<mark>奖励</mark>。",
    ):
        assert words in page


def test_what_was_typed_and_what_was_published_stays_text(client: Client) -> None:
    publish("<script>alert(1)</script>奖励", "<img src=x onerror=alert(1)>奖励")

    page = client.get("/search/", {"q": '"><script>alert(2)</script> 奖励'}).text + client.get("/search/?q=奖励").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_filters_are_links_with_counts_and_can_be_taken_off(client: Client) -> None:
    publish("资金甲", body="nx")
    publish("资金乙", body="wz", kind="公告")
    publish("资金丙", body="wz")

    page = client.get("/search/", {"q": "资金"})
    narrowed = client.get("/search/", {"q": "资金", "body": "wz"})

    facets = dict(page.context["facets"])
    assert [(one.label, one.count) for one in facets["发布单位"]] == [
        ("梧州市投资促进局", 2),
        ("宁夏回族自治区工业和信息化厅", 1),
    ]
    assert client.get("/search/" + facets["发布单位"][0].url).context["page"].total == 2
    assert [one.label for one in narrowed.context["chosen"]] == ["梧州市投资促进局"]
    assert client.get("/search/" + narrowed.context["chosen"][0].url).context["page"].total == 3
    assert "发布单位" not in dict(narrowed.context["facets"])


def test_pages_lead_to_each_other(client: Client) -> None:
    for number in range(25):
        publish(f"资金{number}")

    first = client.get("/search/", {"q": "资金"})
    second = client.get("/search/" + first.context["next_url"])

    assert (len(first.context["results"]), len(second.context["results"])) == (20, 5)
    assert (first.context["previous_url"], second.context["next_url"]) == ("", "")
    assert client.get("/search/" + second.context["previous_url"]).context["page"].page == 1
    assert "这一页没有内容" in client.get("/search/", {"q": "资金", "page": "9"}).text


def test_nothing_found_leads_on_and_carries_the_words_into_the_request_form(client: Client) -> None:
    publish("产业奖励办法")

    page = client.get("/search/", {"q": "产业 火星", "body": "nx"})
    (way,) = re.findall(r'href="(/requests/apply/\?q=[^"]*)"', page.text)

    assert "没有找到同时含有“产业”“火星”的公开信息" in page.text
    assert "去掉“火星”后有1条" in page.text
    assert unescape(way) == f"/requests/apply/?q={quote('产业 火星')}&body=nx"
    assert client.get(unescape(way)).status_code == 200


def test_where_no_word_fits_exactly_the_likely_ones_are_offered(client: Client) -> None:
    publish("关于下达技术改造专项资金的通知")

    assert "您要找的可能是" in client.get("/search/", {"q": "技术改造专项资金安排"}).text


@pytest.mark.parametrize(
    "address",
    [
        "?q=" + quote("甲" * 1_500),
        "?q=%00&body=%00&year=abc&page=-1",
        "?q=%ED%A0%80&page=99999999999999999999",
        "?year=٢٠٢٥&page=²&body=" + quote("甲" * 500),
        "?q=" + quote("'; DROP TABLE search_entry; --") + "&column=" + quote("{}"),
        "?q=" + quote("，。！"),
        "?page=50&year=0000",
    ],
)
def test_whatever_stands_in_the_address_is_answered(client: Client, address: str) -> None:
    assert client.get("/search/" + address).status_code == 200


def test_a_page_costs_the_same_however_much_is_found(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        publish(f"资金{number}")

    with django_assert_max_num_queries(4):
        client.get("/search/", {"q": "资金"})
    with django_assert_max_num_queries(7):
        client.get("/search/", {"q": "没有的 资金"})


def test_who_searches_without_pause_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 2)

    answers = [client.get("/search/", {"q": "资金"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert "查找过于频繁" in answers[-1].text


def test_search_engines_leave_the_search_alone(client: Client) -> None:
    assert "Disallow: /search/" in client.get("/robots.txt").text
