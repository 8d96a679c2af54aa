"""Home, guides and reading aids as citizens meet them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.organisation.models import Body
from portal.regulations import library
from portal.web import guide

pytestmark = pytest.mark.django_db

FIELDS = ("office_name", "office_address", "office_hours", "phone", "fax", "email")


def with_answer_in(monkeypatch: pytest.MonkeyPatch, amount: int) -> None:
    """The law as it is, but with another number of days to answer."""
    real = library.profile

    def changed(code: str, on: date) -> library.Profile:
        profile = real(code, on)
        terms = {**profile.terms, "answer": replace(profile.term("answer"), amount=amount)}
        return replace(profile, terms=terms)

    monkeypatch.setattr(guide.library, "profile", changed)


def test_home_opens_the_two_doors_citizens_come_for(client: Client) -> None:
    page = client.get("/").text

    assert 'href="/requests/apply/"' in page
    assert 'href="/requests/track/"' in page


@pytest.mark.rule("LD-A8-3")
def test_home_shows_the_six_contact_fields_of_every_body(client: Client) -> None:
    page = client.get("/").text

    for body in Body.objects.all():
        for field in FIELDS:
            assert getattr(body, field) in page


def test_home_asks_the_database_once(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        client.get("/")


@pytest.mark.parametrize("address", ["/", "/bodies/nx/"])
def test_the_days_to_answer_come_from_the_law(client: Client, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert "收到申请之日起20个工作日内" in client.get(address).text

    with_answer_in(monkeypatch, 17)

    assert "收到申请之日起17个工作日内" in client.get(address).text


def test_a_body_shows_its_own_limit_beside_the_statutory_one(client: Client) -> None:
    page = client.get("/bodies/wz/").text

    assert "收到申请之日起20个工作日内" in page
    assert "本机关规定：7个工作日内" in page


@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
@pytest.mark.rule("LD-A8-3")
def test_every_body_has_a_guide_with_its_contacts_and_remedies(client: Client, code: str) -> None:
    body = Body.objects.get(code=code)

    page = client.get(f"/bodies/{code}/").text

    for field in FIELDS:
        assert getattr(body, field) in page
    assert body.reconsideration_authority in page
    assert body.litigation_court in page
    assert f"/requests/apply/?body={code}" in page


def test_a_body_without_fax_says_so(client: Client) -> None:
    Body.objects.filter(code="nx").update(fax="")

    assert re.search(r"传真号码</dt>\s*<dd>未开通", client.get("/bodies/nx/").text)


def test_there_is_no_guide_of_an_unknown_body(client: Client) -> None:
    assert client.get("/bodies/nowhere/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/bodies/ld/", "/accessibility/"])
def test_every_page_names_its_site_and_column(client: Client, address: str) -> None:
    page = client.get(address).text

    for name in ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "Description", "Keywords", "Url"):
        assert f'<meta name="{name}" content="' in page
    assert page.count("<h1") == 1
    assert '<html lang="zh-CN"' in page
    assert page.index('class="skip"') < page.index("<header")


def test_no_page_loads_anything_from_elsewhere_or_inline(client: Client) -> None:
    page = client.get("/").text

    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="https?://(?!127\.0\.0\.1)', page)
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_a_reading_aid_is_a_link_that_comes_back(client: Client) -> None:
    response = client.get("/reading/size/large/?next=/bodies/nx/")

    assert response.status_code == 302
    assert response["Location"] == "/bodies/nx/"
    assert 'class="size-large"' in client.get("/").text


def test_aids_add_up_and_can_be_switched_off(client: Client) -> None:
    client.get("/reading/elder/on/")
    client.get("/reading/contrast/on/")
    assert 'class="size-normal contrast elder"' in client.get("/").text

    client.get("/reading/contrast/off/")
    assert 'class="size-normal elder"' in client.get("/").text


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test/", "javascript:alert(1)"])
def test_a_reading_aid_never_leads_away_from_the_site(client: Client, elsewhere: str) -> None:
    assert client.get("/reading/size/large/", {"next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize("address", ["/reading/size/huge/", "/reading/colour/red/"])
def test_unknown_reading_aids_do_not_exist(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_forged_cookie_is_no_reading_aid(client: Client) -> None:
    client.cookies["reading_size"] = '"><script>'

    assert 'class="size-normal"' in client.get("/").text


def test_public_pages_depend_on_cookies_for_caches(client: Client) -> None:
    assert "Cookie" in client.get("/")["Vary"]


def test_robots_keep_out_of_staff_and_personal_pages(client: Client) -> None:
    text = client.get("/robots.txt").text

    assert "Disallow: /admin/" in text
    assert "Disallow: /requests/track/" in text


def test_the_icon_browsers_ask_for_is_there(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("mark.svg")
