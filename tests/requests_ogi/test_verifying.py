"""Facts that were changed past the acts are found by comparing them with the ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from requests_ogi import verifying
from requests_ogi.models import InformationRequest
from tests.cast import Cast
from tests.factories import applied
from tests.policies.standing import STATES


@contextmanager
def past_every_guard() -> Iterator[Any]:
    """As somebody with the database's own rights changes it: no trigger and no foreign key looks."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


def change(case: InformationRequest, columns: str) -> None:
    with past_every_guard() as cursor:
        cursor.execute(f"UPDATE requests_ogi_informationrequest SET {columns} WHERE id = %s", [case.pk])


def found(case: InformationRequest) -> list[str]:
    return [difference.sentence for difference in verifying.differences(case.body)]


@pytest.mark.parametrize("state", STATES)
def test_what_acts_made_is_what_they_told(nx: Cast, files: Any, state: str) -> None:
    assert found(STATES[state](nx)) == []


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ("received_on = received_on - 1", "收到申请之日现为“2025-03-03”，台账记载为“2025-03-04”。"),
        (
            "answered_on = answered_on + 1, concluded_on = concluded_on + 1",
            "答复日期现为“2025-03-05”，台账记载为“2025-03-04”。",
        ),
        ("answered_in_time = NOT answered_in_time", "是否按期答复现为否，台账记载为是。"),
        ("answered_by = 'post'", "送达方式现为“post”，台账记载为“electronic”。"),
        ("outcome = 'not_exist'", "办理结果现为“本机关不掌握：信息不存在”，台账记载为“予以公开”。"),
        ("state = 'closed', closed_at = now()", "状态现为“已归档”，台账记载为“已送达待归档”。"),
    ],
)
def test_a_fact_changed_in_the_database_is_found(nx: Cast, files: Any, columns: str, sentence: str) -> None:
    case = STATES["answered"](nx)

    change(case, columns)

    assert sentence in found(case)


def test_a_closing_moved_to_another_day_is_found(nx: Cast, files: Any) -> None:
    case = STATES["closed"](nx)

    change(case, "closed_at = closed_at - interval '1 day'")

    assert [sentence[:4] for sentence in found(case)] == ["归档时间"]


@pytest.mark.parametrize(
    "tamper", ["UPDATE letters_letter SET number = '宁工信公开〔2025〕第99号'", "DELETE FROM letters_letter"]
)
def test_a_letter_renumbered_or_removed_is_found(nx: Cast, files: Any, tamper: str) -> None:
    case = STATES["answered"](nx)

    with past_every_guard() as cursor:
        cursor.execute(f"{tamper} WHERE subject_id = %s", [case.pk])

    assert [sentence[:2] for sentence in found(case)] == ["文书", "答复"]


def test_a_request_removed_from_the_table_is_found(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    with past_every_guard() as cursor:
        cursor.execute("DELETE FROM requests_ogi_informationrequest WHERE id = %s", [case.pk])

    assert [(one.number, "申请被删除" in one.sentence) for one in verifying.differences(nx.body)] == [
        (case.number, True)
    ]


def test_a_request_nobody_told_of_is_found(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")
    with past_every_guard() as cursor:
        cursor.execute("DELETE FROM ledger_entry WHERE subject_id = %s", [str(case.pk)])

    assert found(case) == ["台账中没有本件的任何办理记录：申请不是经办理程序立件的。"]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(*arguments: str) -> str:
        call_command("verify_facts", *arguments)
        return capsys.readouterr().out

    return run


def test_the_command_says_that_all_is_well(nx: Cast, said: Callable[..., str]) -> None:
    applied(nx.body, "2025-03-03")

    assert said("--body", "nx") == "nx：各项事实与台账记载一致。\n"
    assert said().count("一致") == 5


def test_the_command_names_what_differs_and_fails(nx: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    case = applied(nx.body, "2025-03-03")
    change(case, "received_on = received_on - 1")

    with pytest.raises(SystemExit) as end:
        call_command("verify_facts", "--body", "nx")

    assert end.value.code == 1
    assert f"{case.number}：收到申请之日现为" in (told := capsys.readouterr().out)
    assert "发现 1 处出入" in told


def test_a_body_that_is_none_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="没有代码为“zz”的机关"):
        call_command("verify_facts", "--body", "zz")
