"""Whom a called limit tells: those who have the matter, and when it is overdue those above them."""

import pytest

from portal.clocks.models import Clock
from portal.clocks.sweeping import sweep
from portal.notices.models import Notice
from portal.workflow.tasks import Announcing
from tests.cast import Cast
from tests.factories import applied, assigned, at


def told(name: str) -> set[str]:
    """The user names told when all clocks are looked at on a day."""
    moment = at(name)
    sweep(at=moment, announce=Announcing(moment))
    return set(Notice.objects.filter(kind__in=("reminder", "overdue")).values_list("user__username", flat=True))


@pytest.fixture
def case(nx: Cast):
    """A request that a department has, under the limit of its answer alone; its notices so far are out of the way."""
    case = assigned(nx, "2025-03-03")
    Clock.objects.exclude(duty="answer").delete()
    Notice.objects.all().delete()
    return case


def test_a_reminder_goes_to_the_department_that_has_the_matter(nx: Cast, case) -> None:
    assert told("2025-03-20") == {nx.li.username, nx.zhou.username}


def test_while_no_department_has_it_the_office_is_reminded(nx: Cast) -> None:
    applied(nx.body, "2025-03-03")
    Clock.objects.exclude(duty="answer").delete()
    Notice.objects.all().delete()

    names = told("2025-03-20")

    assert nx.chen.username in names
    assert nx.li.username not in names
    assert nx.ma.username not in names


def test_an_overdue_limit_goes_up_to_those_who_decide(nx: Cast, case) -> None:
    names = told("2025-04-10")

    assert {nx.li.username, nx.chen.username, nx.he.username, nx.ma.username} <= names
