"""The engine: a step is a compare-and-set under a permission, and leaves an entry."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from portal.ledger import service as ledger
from portal.organisation import roles
from portal.refusal import Refusal
from portal.workflow.engine import SomebodyWasFirst, taking
from requests_ogi import workflow
from requests_ogi.models import InformationRequest
from requests_ogi.vocabulary import State
from requests_ogi.workflow import STEPS
from tests.cast import Cast
from tests.factories import applied, assigned, at

D = date.fromisoformat


def test_an_act_out_of_order_says_where_the_matter_stands(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    with (
        pytest.raises(Refusal, match="本件目前是“待分办”，不能办理“送达”"),
        transaction.atomic(),
        taking(STEPS, "serve", case, by=nx.chen, at=at("2025-03-04")),
    ):
        pytest.fail("the act went on")


def test_an_act_without_the_role_says_whom_to_ask(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")

    with pytest.raises(Refusal, match="您的岗位不能办理“分办”"):
        workflow.assign(case, department=nx.department, by=nx.li, at=at("2025-03-04"))


def test_who_looks_at_an_old_page_is_told_who_was_first(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")
    old_page = InformationRequest.objects.get(pk=case.pk)
    workflow.assign(case, department=nx.department, by=nx.chen, at=at("2025-03-04", 14, 2))

    with pytest.raises(SomebodyWasFirst, match="陈立新已于3月4日14:02先行办理"):
        workflow.assign(old_page, department=nx.other_department, by=nx.he, at=at("2025-03-04", 15))


def test_an_old_page_is_refused_even_if_the_state_is_the_same(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    old_page = InformationRequest.objects.get(pk=case.pk)
    workflow.reassign(case, department=nx.other_department, by=nx.chen, at=at("2025-03-04"))

    with pytest.raises(SomebodyWasFirst):
        workflow.reassign(old_page, department=nx.other_department, by=nx.chen, at=at("2025-03-04", 12))


def test_a_failed_act_changes_nothing(nx: Cast) -> None:
    case = applied(nx.body, "2025-03-03")
    facts = {"department": nx.department}

    with (
        pytest.raises(RuntimeError),
        transaction.atomic(),
        taking(STEPS, "assign", case, by=nx.chen, at=at("2025-03-04"), facts=facts),
    ):
        raise RuntimeError

    again = InformationRequest.objects.get(pk=case.pk)
    assert (again.state, again.edition) == (State.RECEIVED, 0)
    assert [entry.verb for entry in ledger.timeline(case)] == ["apply"]


def test_personal_data_do_not_get_into_the_record(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")

    with pytest.raises(Refusal, match="不能含有身份证号码"):
        workflow.give_back(case, why="申请人电话13812345678", by=nx.li, at=at("2025-03-04"))

    assert InformationRequest.objects.get(pk=case.pk).state == State.ASSIGNED


PARTS = {"enclose", "withhold", "restore", "remove"}
INTERIM = {"suspend", "take_up", "postpone"}
ASKS = {"consult", "consult_organ", "refer", "ask_reasons"}


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        ("li", PARTS | {"give_back", "draft", "record_search", "submit", "help"}),
        ("wu", set()),
        ("zhao", set()),
        ("he", ASKS | INTERIM | {"reassign", "extend", "weigh", "charge", "delay", "refund", "review_secrecy"}),
        ("ma", set()),
        ("ji", set()),
    ],
)
def test_the_buttons_are_what_state_and_post_allow(nx: Cast, who: str, verbs: set[str]) -> None:
    case = assigned(nx, "2025-03-03")

    reaches = roles.reaches(getattr(nx, who), at=at("2025-03-04"))

    assert {step.verb for step in STEPS.open_to(case, reaches)} == verbs


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_the_same_moment_one_wins_and_the_other_is_told(cast_of, files) -> None:
    nx = cast_of("nx")
    case = applied(nx.body, "2025-03-03")
    pages = [InformationRequest.objects.get(pk=case.pk) for _ in range(2)]
    gate, said = threading.Barrier(2), []

    def press(page: InformationRequest, by: object, department: object) -> None:
        gate.wait()
        try:
            workflow.assign(page, department=department, by=by, at=at("2025-03-04"))
            said.append("done")
        except Refusal as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=(pages[0], nx.chen, nx.department)),
        threading.Thread(target=press, args=(pages[1], nx.he, nx.other_department)),
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(words == "done" for words in said) == [False, True]
    assert any("先行办理" in words for words in said)
    assert [entry.verb for entry in ledger.timeline(case)] == ["apply", "assign"]
