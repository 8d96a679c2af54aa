"""Six hundred days in small: nothing is wrong in the end, and what somebody falsified is found."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.organisation.models import Body
from requests_ogi.models import InformationRequest
from requests_ogi.simulating import World, judge, tell
from requests_ogi.simulating.account import Account, Asked, Days
from tests.cast import Cast

CASES, DAYS, SEED = 25, 100, 4


def lived(*, cases: int = CASES, days: int = DAYS) -> World:
    world = World(Body.objects.get(code="nx"), cases=cases, seed=SEED, days=days)
    world.play()
    return world


@pytest.mark.django_db
def test_an_office_lives_through_its_days_without_a_fault(files: Path) -> None:
    world = lived()

    assert judge(world) == []
    assert len(world.accounts) == InformationRequest.objects.count() == CASES
    assert sum(world.refused.values()) > DAYS / 2
    assert world.swept["sweeps"] == DAYS
    text = "\n".join(tell(world, seconds=1))
    assert f"申请{CASES}件" in text
    assert "2025年表三" in text


FALSIFIED = {
    "lateness": (
        "UPDATE requests_ogi_informationrequest SET answered_in_time = NOT answered_in_time WHERE id = %s",
        "是否按期存为",
    ),
    "limit": (
        "UPDATE clocks_clock SET last_day = last_day + 1, due_at = due_at + interval '1 day' "
        "WHERE subject_id = %s AND duty = 'answer' AND weight = 'statutory' AND ended_as = 'met'",
        "届满日存为",
    ),
    "number": (
        "UPDATE requests_ogi_informationrequest SET number = 'NX-2025-00900' WHERE id = %s",
        "编号不连续",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FALSIFIED)
def test_what_was_falsified_behind_the_acts_is_found(name: str, files: Path) -> None:
    world = lived(cases=8, days=60)
    case = InformationRequest.objects.filter(answered_on__isnull=False, outcome="granted").first()
    statement, sentence = FALSIFIED[name]

    with connection.cursor() as cursor:
        cursor.execute(statement, [case.pk])

    assert any(sentence in fault for fault in judge(world))


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_story(files: Path) -> None:
    first = [(life.arrives, life.ending, life.channel) for life in _unplayed(7).lives]
    again = [(life.arrives, life.ending, life.channel) for life in _unplayed(7, body="yc").lives]
    other = [(life.arrives, life.ending, life.channel) for life in _unplayed(8, body="ld").lives]

    assert first == again
    assert first != other


def _unplayed(seed: int, *, body: str = "nx") -> World:
    return World(Body.objects.get(code=body), cases=10, seed=seed)


@pytest.mark.django_db
def test_a_site_with_people_is_not_simulated_into(nx: Cast) -> None:
    with pytest.raises(CommandError, match="不能与真实的混在一起"):
        call_command("simulate", cases=1)


def test_the_plain_count_leaves_out_the_days_of_a_consultation_once() -> None:
    days = Days("CN", "CN-NX")
    account = Account(received_on=date(2025, 9, 8), counted_from=date(2025, 9, 8))
    assert account.last_day(days) == date(2025, 10, 11)

    account.asked = [
        Asked(date(2025, 9, 10), replied=date(2025, 9, 12)),
        Asked(date(2025, 9, 11), replied=date(2025, 9, 12)),
    ]

    assert account.last_day(days) == date(2025, 10, 14)
    assert days.between(date(2025, 9, 30), date(2025, 10, 9)) == 1
    assert days.after(date(2025, 9, 30), 1) - date(2025, 9, 30) == timedelta(9)
