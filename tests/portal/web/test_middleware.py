"""Headers, default deny, reading that never writes, and what people see while the database is away."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal.web.middleware import ReadingWrote, reads_only, too_large
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.web.urls")]


@pytest.mark.parametrize(
    "address", ["/", "/nothing/", "/healthz", "/admin/", "/admin/login/", "/robots.txt", "/reading/size/large/"]
)
def test_every_answer_is_fenced_in(client: Client, address: str) -> None:
    response = client.get(address)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_view_that_fences_its_answer_in_more_narrowly_is_left_alone(client: Client) -> None:
    assert client.get("/try/sandbox/")["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("address", "megabytes", "taken"),
    [
        ("/try/knock/", 0.9, True),
        ("/try/knock/", 1.1, False),
        ("/admin/login/", 1.1, False),
        ("/requests/apply/applicant/", 1.1, False),
        ("/requests/apply/files/", 100, True),
        ("/requests/apply/files/", 101.1, False),
        ("/requests/track/NX-2026-00001/supplement/", 100, True),
        ("/requests/track/NX-2026-00001/withdraw/", 1.1, False),
        ("/admin/requests/NX-2026-00001/serve/", 100, True),
    ],
)
def test_a_body_is_refused_by_the_length_it_announces(address: str, megabytes: float, taken: bool) -> None:
    request = RequestFactory().post(address, CONTENT_LENGTH=str(int(megabytes * 1024 * 1024)))

    assert (too_large(lambda _: HttpResponse())(request).status_code == 200) is taken


def test_what_is_too_large_is_refused_unread_and_in_plain_words(client: Client) -> None:
    class Unread(BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("somebody read it")

    answer = client.post("/requests/track/", CONTENT_LENGTH="2000000", **{"wsgi.input": Unread()})

    assert answer.status_code == 413
    assert "提交的内容过大" in answer.text
    assert "没有保存任何内容" in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("length", ["", "-1", "abc", "²"])
def test_a_length_that_is_none_breaks_nothing(client: Client, length: str) -> None:
    assert client.post("/try/knock/", CONTENT_LENGTH=length).status_code < 500


def test_no_two_answers_share_a_nonce(client: Client) -> None:
    policies = {client.get("/healthz")["Content-Security-Policy"] for _ in range(3)}

    assert len(policies) == 3


def test_a_page_without_a_mark_does_not_exist_for_a_stranger(client: Client) -> None:
    response = client.get("/try/unmarked/")

    assert response.status_code == 404
    assert "没有找到这个页面" in response.text


def test_a_page_without_a_mark_answers_somebody_who_is_logged_in(client: Client, nx: Cast) -> None:
    client.force_login(nx.li)

    assert client.get("/try/unmarked/").text == "for staff"


@pytest.mark.parametrize("address", ["/admin/", "/admin/organisation/body/", "/admin/no/such/page/"])
def test_the_workplace_sends_strangers_to_its_login_whatever_they_ask(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/admin/login/?next={address}"


def test_reading_never_writes(client: Client) -> None:
    with pytest.raises(ReadingWrote, match="INSERT"):
        client.get("/try/write/")


def test_a_streamed_download_never_writes_either(client: Client) -> None:
    parts = iter(client.get("/try/stream/").streaming_content)

    assert next(parts) == b"first"
    with pytest.raises(ReadingWrote):
        next(parts)


def test_posting_may_write(client: Client) -> None:
    client.post("/try/write/")

    assert Group.objects.filter(name="written").exists()


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        ('SELECT 1 FROM "x"', True),
        ("  -- why\n select 1", True),
        ("(SELECT 1) UNION (SELECT 2)", True),
        ("SAVEPOINT s1", True),
        ("SET LOCAL statement_timeout = 0", True),
        ("WITH a AS (SELECT 'INSERT INTO x') SELECT * FROM a", True),
        ("COPY (SELECT 1) TO STDOUT", True),
        ("WITH a AS (DELETE FROM x RETURNING id) SELECT * FROM a", False),
        ("/* SELECT */ UPDATE x SET a = 1", False),
        ("INSERT INTO x SELECT 1", False),
        ("EXPLAIN ANALYZE DELETE FROM x", False),
        ("COPY x FROM STDIN", False),
        ("TRUNCATE x", False),
        ("CREATE TABLE x (a int)", False),
        ("", False),
    ],
)
def test_what_counts_as_reading(statement: str, reads: bool) -> None:
    assert reads_only(statement) is reads


def test_what_is_personal_is_kept_nowhere(client: Client) -> None:
    assert client.get("/try/mine/")["Cache-Control"] == "no-store, private"


def test_a_lost_database_is_said_to_have_saved_nothing(client: Client) -> None:
    response = client.get("/try/locked/")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "没有保存任何内容" in response.text
    assert "deadlock" not in response.text
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
def test_a_connection_cut_in_the_middle_of_a_request_is_a_503(client: Client) -> None:
    response = client.post("/try/cut-off/")
    connection.close()  # as the end of a real request does with a connection that broke

    assert response.status_code == 503
    assert "刚才的操作没有保存任何内容" in response.text


def test_an_error_tells_a_number_and_no_detail(client: Client) -> None:
    client.raise_request_exception = False

    response = client.get("/try/broken/")

    assert response.status_code == 500
    assert response["X-Request-Id"] in response.text
    assert "secret detail" not in response.text


def test_a_form_without_its_token_is_a_page_left_open_too_long() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})

    assert response.status_code == 403
    assert "页面停留时间过长" in response.text
