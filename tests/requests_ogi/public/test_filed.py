"""The page one holds in hand after filing."""

from io import BytesIO

import pytest
from django.core.signing import Signer
from pypdf import PdfReader

from requests_ogi.models import InformationRequest
from requests_ogi.views.filed import filed_url
from tests.factories import applied, at

from .citizen import Citizen, code_of, registered


def test_the_page_can_be_opened_elsewhere_for_two_hours(wang: Citizen) -> None:
    case = wang.files_request()
    address, code = wang.path, code_of(case)
    wang.pass_time(minutes=119)

    home = Citizen(wang.when).opens(address)

    assert case.number in home.text
    assert code in home.text


def test_after_two_hours_it_shows_the_number_only_and_says_where_to_track(wang: Citizen) -> None:
    case = wang.files_request()
    address = wang.path
    wang.pass_time(hours=2)

    later = Citizen(wang.when).opens(address)

    assert_nothing_shown(later, case)
    assert "查询办理进度" in later.text
    assert Citizen(wang.when).opens(f"{address}receipt/").path == address


def test_who_leaves_is_not_shown_again_to_whoever_finds_the_address_in_the_history(wang: Citizen) -> None:
    case = wang.files_request()
    address, code = wang.path, code_of(case)

    wang.sends(f"{address}leave/")

    assert "已退出" in wang.page.content.decode()
    assert_nothing_shown(wang.opens(address), case)
    assert wang.opens(f"{address}receipt/").path == address
    assert wang.tracks(case, code).path == f"/requests/track/{case.number}/"


def test_who_leaves_takes_the_pass_to_the_request_along(wang: Citizen) -> None:
    case = wang.files_request()
    address = wang.path
    wang.tracks(case)

    wang.sends(f"{address}leave/")

    assert case.title not in wang.opens(f"/requests/track/{case.number}/").text


def test_a_request_that_staff_registered_shows_its_code_to_nobody_here(nx, stranger: Citizen) -> None:
    case = registered(nx)

    assert_nothing_shown(stranger.opens(filed_url(case.submission_key)), case)


def assert_nothing_shown(citizen: Citizen, case: InformationRequest) -> None:
    html = citizen.page.content.decode()
    assert citizen.page.status_code == 200
    assert case.number in html
    assert code_of(case) not in html
    assert case.title not in html


def test_it_says_the_day_of_receipt_and_how_it_was_found_and_the_last_day(wang: Citizen) -> None:
    wang.files_request()

    assert "2025年3月3日（周一） 双方于2025年3月3日确认收到，以确认之日为收到申请之日" in wang.text
    assert "法定答复期限 最迟2025年4月2日（周三）" in wang.text  # Ningxia keeps 31 March and 1 April as a holiday


def test_a_promise_stands_beside_the_statutory_day(wang: Citizen) -> None:
    wang.files_request(kind={"body": "wz"})

    assert "本机关承诺 最迟2025年3月12日（周三）" in wang.text
    assert "法定答复期限 最迟2025年3月31日（周一）" in wang.text


def test_a_day_in_a_year_without_a_calendar_is_marked_as_expected(files, db) -> None:
    wang = Citizen(at("2026-12-10", 9))

    wang.files_request()

    assert "预计最迟2027年1月" in wang.text
    assert "放假安排尚未公布" in wang.text


def test_it_says_what_happens_next_in_the_manner_that_was_chosen(wang: Citizen) -> None:
    wang.files_request(reply={"manner": "post"}, contact={"address": "某市某区某路1号", "postcode": "750000"})

    assert "7个工作日内一次性告知您补正" in wang.text
    assert "通过邮政寄到您填写的地址" in wang.text


def test_the_receipt_holds_number_code_and_last_day(wang: Citizen) -> None:
    case = wang.files_request()

    wang.opens(f"{wang.path}receipt/")

    assert wang.page["Content-Type"] == "application/pdf"
    text = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(wang.page.content)).pages).split())
    assert case.number in text
    assert code_of(case) in text
    assert "2025年4月2日" in text


def test_no_copy_of_the_page_is_kept(wang: Citizen) -> None:
    wang.files_request()

    assert "no-store" in wang.page["Cache-Control"]
    assert "no-store" in wang.opens(f"{wang.path}receipt/").page["Cache-Control"]


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"), lambda token: token[1:]]
)
def test_a_changed_token_finds_nothing(nx, stranger: Citizen, change) -> None:
    token = filed_url(applied(nx.body, "2025-03-03").submission_key).split("/")[-2]

    stranger.opens(f"/requests/filed/{change(token)}/")

    assert stranger.page.status_code == 404


def test_a_token_signed_for_something_else_finds_nothing(nx, stranger: Citizen) -> None:
    key = applied(nx.body, "2025-03-03").submission_key

    stranger.opens(f"/requests/filed/{Signer(salt='something else', sep='.').sign(key)}/")

    assert stranger.page.status_code == 404


def test_the_code_stays_the_same_when_the_vault_gets_a_new_key(wang: Citizen, settings) -> None:
    case = wang.files_request()
    address, code = wang.path, code_of(case)

    settings.VAULT_KEYS = ["a new key of the vault", *settings.VAULT_KEYS]

    assert code in wang.opens(address).text
    assert wang.tracks(case, code).path == f"/requests/track/{case.number}/"
