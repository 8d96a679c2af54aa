"""A form on its way: found only by its key, gone after a day, sent only once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from portal.notices.models import Notice
from requests_ogi import tasks
from requests_ogi.models import FilingDraft, FilingDraftFile, InformationRequest

from .citizen import WANG, Citizen, page, paper

CHECK = "/requests/apply/check/"


def test_the_form_waits_a_day_in_the_same_browser(wang: Citizen) -> None:
    wang.fills_in(WANG)
    wang.pass_time(hours=23)

    wang.opens(page("information"))

    assert WANG["information"]["wanted"] in wang.page.content.decode()


def test_after_a_day_the_form_is_gone_and_says_why(wang: Citizen) -> None:
    wang.fills_in(WANG)
    wang.pass_time(hours=25)

    wang.answers("contact", WANG["contact"])

    assert wang.path == "/requests/apply/"
    assert "只保留24小时" in wang.text


def test_the_hourly_task_forgets_what_nobody_touched_for_a_day(wang: Citizen, stranger: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper(), more="yes")
    stranger.answers("kind", WANG["kind"])
    wang.pass_time(hours=25)

    with wang.now():
        assert tasks.purge_filing_drafts() == 1
        assert tasks.purge_filing_drafts() == 0

    assert FilingDraft.objects.count() == 1
    assert not FilingDraftFile.objects.exists()


@pytest.mark.parametrize("forged", ["x", "abc:def", "", "a" * 500])
def test_a_tampered_cookie_opens_nothing(wang: Citizen, forged: str) -> None:
    wang.fills_in(WANG)
    wang.client.cookies["filing"] = forged

    wang.opens(page("applicant"))

    assert wang.path == "/requests/apply/"
    assert "王小明" not in wang.page.content.decode()


def test_the_key_is_not_in_the_database_and_not_readable_by_scripts(wang: Citizen) -> None:
    wang.fills_in(WANG)

    cookie = wang.client.cookies["filing"]
    key = cookie.value.split(":")[0]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert key not in FilingDraft.objects.get().digest


def test_sending_the_same_page_twice_makes_one_request_and_shows_the_same_page(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())
    wang.pass_time(minutes=5)
    sent = {"sent": wang.opens(CHECK).page.context["sent"]}
    first = wang.sends(CHECK, sent).path

    second = wang.sends(CHECK, sent).path

    assert first.startswith("/requests/filed/")
    assert second == first
    assert InformationRequest.objects.count() == 1


def test_a_lost_answer_is_found_again_by_the_browser_that_sent_the_form(wang: Citizen) -> None:
    wang.fills_in(WANG).hands_in(identity=paper())
    wang.pass_time(minutes=5)
    with wang.now():
        lost = wang.client.post(CHECK)

    assert wang.opens(CHECK).path == lost["Location"]


@pytest.mark.parametrize("sent", ["", "x", "x.y", "a" * 3000])
def test_a_made_up_mark_of_a_sent_form_leads_to_nothing(wang: Citizen, sent: str) -> None:
    wang.files_request()

    wang.sends(CHECK, {"sent": sent})

    assert wang.path == "/requests/apply/"


def test_the_next_person_at_this_browser_is_not_led_to_the_confirmation(wang: Citizen) -> None:
    case = wang.files_request()

    wang.opens(CHECK)

    assert wang.path == "/requests/apply/"
    assert "已经提交的不受影响" in wang.page.content.decode()
    assert case.number not in wang.page.content.decode()


def test_looking_at_the_confirmation_again_does_not_lose_a_form_begun_since(wang: Citizen) -> None:
    wang.files_request()
    confirmation = wang.path
    wang.answers("kind", WANG["kind"])

    wang.opens(confirmation).opens(page("applicant"))

    assert wang.path == page("applicant")


def test_after_filing_nothing_of_the_form_is_kept(wang: Citizen) -> None:
    wang.files_request()

    assert FilingDraft.objects.get().sealed == "{}"
    assert not FilingDraftFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_make_one_request(files: Any) -> None:
    from tests.factories import at

    wang = Citizen(at("2025-03-03", 9))
    wang.fills_in(WANG).hands_in(identity=paper())
    wang.pass_time(minutes=5)

    def press(_: int) -> str:
        twin = Citizen(wang.when)
        twin.client.cookies.update(wang.client.cookies)
        try:
            return twin.sends(CHECK).path
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        paths = list(pool.map(press, range(2)))

    assert paths[0] == paths[1]
    assert InformationRequest.objects.count() == 1


def test_a_lost_broker_does_not_lose_the_request(wang: Citizen, settings: Any) -> None:
    dead = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": dead}}
    settings.CELERY_BROKER_URL = dead

    case = wang.files_request()

    assert InformationRequest.objects.filter(pk=case.pk).exists()
    waiting = Notice.objects.filter(about_number=case.number, sent_at=None)
    assert "wang@example.test" in [notice.to for notice in waiting]


def test_looking_at_pages_never_writes(wang: Citizen) -> None:
    writes: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            writes.append(sql)
        return execute(sql, params, many, context)

    case = wang.files_request()
    filed = wang.path
    wang.tracks(case)
    with connection.execute_wrapper(watch):
        for path in ("/requests/apply/", "/requests/apply/?body=nx", CHECK, filed, f"/requests/track/{case.number}/"):
            wang.opens(path)
            assert wang.page.status_code == 200

    assert writes == []
