"""What a supervisor is told."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.clocks.models import SweepRun
from portal.moment import rehearsing
from portal.notices import service as notices
from portal.schedule import SWEEP_EVERY
from portal.web import health
from tests.factories import at

pytestmark = pytest.mark.django_db

NOW = at("2026-10-12")


def swept(minutes_ago: int) -> None:
    moment = NOW - timedelta(minutes=minutes_ago)
    SweepRun.objects.update_or_create(
        name="clocks", defaults={"started_at": moment, "finished_at": moment, "reminded": 0, "failed": 0}
    )


def ready(client: Client) -> tuple[int, dict]:
    with rehearsing(NOW):
        response = client.get("/readyz")
    return response.status_code, response.json()


def test_all_is_well(client: Client) -> None:
    swept(minutes_ago=5)

    status, told = ready(client)

    assert status == 200
    assert {name: check["status"] for name, check in told["checks"].items()} == {
        "database": "ok",
        "broker": "ok",
        "calendar": "ok",
        "sweep": "ok",
        "outbox": "ok",
    }
    assert told["warnings"] == []


def test_before_the_first_sweep_nothing_is_stale(client: Client) -> None:
    SweepRun.objects.all().delete()

    status, told = ready(client)

    assert status == 200
    assert told["checks"]["sweep"]["status"] == "warning"


@pytest.mark.parametrize(("extra", "status"), [(-1, 200), (1, 503)])
def test_a_sweep_is_stale_after_twice_its_interval(client: Client, extra: int, status: int) -> None:
    swept(minutes_ago=2 * (SWEEP_EVERY // timedelta(minutes=1)) + extra)

    assert ready(client)[0] == status


@pytest.mark.parametrize(("minutes", "warned"), [(14, False), (16, True)])
def test_word_that_waits_too_long_warns(client: Client, minutes: int, warned: bool) -> None:
    swept(minutes_ago=5)
    written = NOW - timedelta(minutes=minutes)
    notices.post("someone@example.org", kind="applicant", subject_line="已答复", about=None, key="one", at=written)

    status, told = ready(client)

    assert status == 200
    assert told["checks"]["outbox"]["status"] == ("warning" if warned else "ok")


def test_a_missing_calendar_warns_and_keeps_serving(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(minutes_ago=5)
    monkeypatch.setattr(health, "coverage_warning", lambda on: f"{on.year + 1}年放假安排尚未导入。")

    status, told = ready(client)

    assert status == 200
    assert told["warnings"] == ["2027年放假安排尚未导入。"]


def test_from_november_the_next_year_is_missed(client: Client) -> None:
    with rehearsing(at("2026-11-02")):
        told = client.get("/readyz").json()

    assert "2027年" in told["checks"]["calendar"]["message"]


def test_a_broker_out_of_reach_is_a_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(minutes_ago=5)
    elsewhere = health.celery_app.connection_for_write
    monkeypatch.setattr(
        health.celery_app, "connection_for_write", lambda **options: elsewhere("redis://127.0.0.1:1/0", **options)
    )

    status, told = ready(client)

    assert status == 503
    assert told["checks"]["broker"]["status"] == "failed"
    assert told["checks"]["database"]["status"] == "ok"
