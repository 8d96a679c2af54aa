"""The ledger as those who audit read it."""

from typing import Any

from django.test import Client

from tests.cast import Cast
from tests.factories import applied

LEDGER = "/admin/ledger/"


def test_the_discipline_officer_reads_the_ledger_of_the_body_newest_first(nx: Cast) -> None:
    applied(nx.body, "2025-03-03")
    second = applied(nx.body, "2025-03-04")

    shown = _client(nx.ji).get(LEDGER)

    assert next(row["entry"].subject_number for row in shown.context["rows"]) == second.number
    assert "申请人在网上提出申请" in shown.content.decode()


def test_a_number_leaves_its_own_entries_only(nx: Cast) -> None:
    first = applied(nx.body, "2025-03-03")
    applied(nx.body, "2025-03-04")

    shown = _client(nx.ji).get(LEDGER, {"number": first.number})

    assert {row["entry"].subject_number for row in shown.context["rows"]} == {first.number}


def test_another_bodys_ledger_is_never_shown(nx: Cast, wz: Cast) -> None:
    applied(wz.body, "2025-03-03")

    shown = _client(nx.ji).get(LEDGER, {"body": "wz"})

    assert shown.context["body"] == nx.body
    assert shown.context["rows"] == []


def test_who_does_not_audit_finds_no_ledger(nx: Cast) -> None:
    for user in (nx.li, nx.chen, nx.zhao):
        assert _client(user).get(LEDGER).status_code == 404


def _client(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
