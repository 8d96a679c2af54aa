"""The figures of the annual report: what is counted where, that every cut of time balances, and that cells list their cases."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.organisation import people
from requests_ogi import figures, secrets, workflow
from requests_ogi.figures import Period
from requests_ogi.filing import Arrival, Upload
from requests_ogi.models import Answer, Applicant, Disposition, FeeNotice, InformationRequest
from requests_ogi.rules.report import (
    ALL_RESULTS,
    CARRIED,
    CHALLENGES,
    COLUMNS,
    FORWARD,
    LINES,
    NEW,
    RESULTS,
    TOTAL,
    TableThree,
    balances,
    equations,
)
from requests_ogi.vocabulary import ApplicantKind, Channel
from tests.cast import Cast
from tests.factories import CREDIT_CODE, PNG, applied, approved, assigned, at, filing, person, served
from tests.requests_ogi.remedies import challenged, concluded, refused
from tests.requests_ogi.test_charging import charged, nth, paid

D = date.fromisoformat
YEAR = Period(D("2025-01-01"), D("2025-12-31"))
JANUARY = Period(D("2025-01-01"), D("2025-01-31"))
FEBRUARY = Period(D("2025-02-01"), D("2025-02-28"))


def row(table: TableThree, line: str) -> list[int]:
    return [table[line, column] for column in COLUMNS]


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR30")
def test_the_form_has_twenty_five_lines_and_seven_columns() -> None:
    assert len(LINES) == 25
    assert len(RESULTS) == 21
    assert list(COLUMNS.values()) == [
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip


@pytest.mark.rule("AR30")
def test_every_outcome_of_every_law_has_its_line_on_the_form(db: None) -> None:
    assert set(Disposition.objects.values_list("report_row", flat=True)) <= set(RESULTS)


# --- the equations, on the worked example of the specification --------------------------------------------------------

_WORKED = (5345, 2120, 13, 30, 11, 49, 103, 84, 282, 147, 3075, 177, 19, 199, 147, 0, 100, 5, 315, 202, 941)


def worked(**changes: int) -> TableThree:
    """One column that balances, with 总计 equal to it; `changes` are put on top, by line."""
    column = {NEW: 13612, CARRIED: 535, ALL_RESULTS: 13364, FORWARD: 783} | dict(zip(RESULTS, _WORKED, strict=True))
    cells = {(line, kind): number for line, number in column.items() for kind in ("natural", TOTAL)}
    cells |= {(line, "natural"): number for line, number in changes.items()}
    return TableThree(cells, before={"natural": 535, TOTAL: 535})


@pytest.mark.rule("AR30", "REG-50")
def test_the_worked_example_balances() -> None:
    assert equations(worked()) == []


@pytest.mark.rule("AR30", "REG-50")
@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({NEW: 13611}, {"E1", "E3"}),
        ({FORWARD: 784}, {"E1", "E3"}),
        ({"五4": 101}, {"E2", "E3"}),
        ({CARRIED: 534, NEW: 13613}, {"E3", "E4"}),
        ({"五3": -1, "五4": 101}, {"E3", "E5"}),
    ],
)
def test_a_number_that_is_off_is_named_with_its_equation(changes: dict[str, int], broken: set[str]) -> None:
    found = equations(worked(**changes))

    assert {fault.equation for fault in found} == broken
    assert all(fault.sentence.endswith("。") for fault in found)


@pytest.mark.rule("AR30")
def test_a_result_the_form_does_not_know_is_told() -> None:
    table = TableThree({("三9", TOTAL): 1, (ALL_RESULTS, TOTAL): 1})

    assert "E6" in {fault.equation for fault in equations(table)}


# --- single cases -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR30", "REG-50")
def test_a_case_is_new_then_carried_then_answered(nx: Cast, files: Any) -> None:
    case = approved(nx, "2025-01-20")
    workflow.serve(case, manner="electronic", sent_on=D("2025-02-06"), by=nx.chen, at=at("2025-02-06"))

    first, second = figures.table_three(nx.body, JANUARY), figures.table_three(nx.body, FEBRUARY)

    assert row(first, NEW) == row(first, FORWARD) == [1, 0, 0, 0, 0, 0, 1]
    assert row(first, ALL_RESULTS) == row(first, CARRIED) == [0] * 7
    assert row(second, CARRIED) == row(second, "一") == row(second, ALL_RESULTS) == [1, 0, 0, 0, 0, 0, 1]
    assert row(second, NEW) == row(second, FORWARD) == [0] * 7


def test_an_answer_recorded_later_counts_on_the_day_it_was_posted(nx: Cast, files: Any) -> None:
    case = approved(nx, "2025-01-20")
    proof = Upload(name="面单.png", data=PNG, purpose="proof")
    sent = {"manner": "post", "sent_on": D("2025-01-31"), "proof_number": "X1", "proof": proof}
    workflow.serve(case, **sent, by=nx.chen, at=at("2025-02-06"))

    assert figures.table_three(nx.body, JANUARY)["一", TOTAL] == 1
    assert figures.table_three(nx.body, FEBRUARY)[CARRIED, TOTAL] == 0


def test_a_letter_registered_late_counts_on_the_day_it_was_received(nx: Cast) -> None:
    arrival = Arrival(Channel.REGISTERED_MAIL, D("2025-01-30"), signed_on=D("2025-01-30"))
    workflow.register(
        body=nx.body,
        filing=filing(arrival=arrival),
        submission_key=secrets.new_key(),
        by=nx.chen,
        at=at("2025-02-06"),
    )

    assert figures.table_three(nx.body, JANUARY)[NEW, TOTAL] == 1
    assert figures.table_three(nx.body, FEBRUARY)[CARRIED, TOTAL] == 1


def test_a_fax_counts_once_it_is_confirmed_and_not_before(nx: Cast) -> None:
    case = workflow.register(
        body=nx.body,
        filing=filing(arrival=Arrival(Channel.FAX, D("2025-01-30"))),
        submission_key=secrets.new_key(),
        by=nx.chen,
        at=at("2025-01-30"),
    )
    assert figures.table_three(nx.body, JANUARY)[NEW, TOTAL] == 0

    workflow.confirm_receipt(case, confirmed_on=D("2025-02-05"), note="电话确认", by=nx.chen, at=at("2025-02-05"))

    assert figures.table_three(nx.body, JANUARY)[NEW, TOTAL] == 0
    assert figures.table_three(nx.body, FEBRUARY)[NEW, TOTAL] == 1


@pytest.mark.rule("AR30")
def test_a_withdrawal_counts_under_other_even_before_receipt_was_confirmed(nx: Cast) -> None:
    workflow.withdraw(assigned(nx, "2025-01-20"), by=people.APPLICANT, at=at("2025-02-05"))
    fax = workflow.register(
        body=nx.body,
        filing=filing(arrival=Arrival(Channel.FAX, D("2025-01-30"))),
        submission_key=secrets.new_key(),
        by=nx.chen,
        at=at("2025-01-30"),
    )
    workflow.withdraw(fax, by=people.APPLICANT, at=at("2025-02-05"))

    table = figures.table_three(nx.body, FEBRUARY)

    assert (table[NEW, TOTAL], table[CARRIED, TOTAL], table["六3", TOTAL], table[FORWARD, TOTAL]) == (1, 1, 2, 0)
    assert equations(table) == []


def test_applicants_stand_in_their_columns(nx: Cast) -> None:
    applied(nx.body, "2025-01-20")
    for kind in ("research", "other"):
        firm = person(
            kind=ApplicantKind(kind), name="某某研究院", identity_document="credit_code", identity_number=CREDIT_CODE
        )
        applied(nx.body, "2025-01-20", person_=firm)

    assert row(figures.table_three(nx.body, JANUARY), NEW) == [1, 0, 1, 0, 0, 1, 3]


def test_another_bodys_cases_are_not_counted(nx: Cast, wz: Cast) -> None:
    applied(wz.body, "2025-01-20")

    assert figures.table_three(nx.body, JANUARY)[NEW, TOTAL] == 0


@pytest.mark.rule("AR30")
def test_a_request_handled_again_after_a_challenge_is_not_counted_twice(nx: Cast, files: Any) -> None:
    first, again = served(nx, "2025-01-20"), served(nx, "2025-01-21")
    InformationRequest.objects.filter(pk=again.pk).update(redo_of=first)

    table = figures.table_three(nx.body, JANUARY)

    assert (table[NEW, TOTAL], table["一", TOTAL]) == (1, 1)


# --- table four and the fees ------------------------------------------------------------------------------------------


@pytest.mark.rule("REG-50")
def test_table_four_tells_what_was_decided_and_what_is_pending(nx: Cast, files: Any) -> None:
    for day, result in (("2025-01-20", "upheld"), ("2025-01-21", "corrected")):
        concluded(nx, challenged(nx, refused(nx, day), "2025-01-24"), "2025-02-10", result)
    challenged(nx, refused(nx, "2025-01-22"), "2025-01-24")

    january, february = figures.table_four(nx.body, JANUARY), figures.table_four(nx.body, FEBRUARY)

    assert january["reconsideration"] == {"upheld": 0, "corrected": 0, "other": 0, "pending": 3, "total": 3}
    assert february["reconsideration"] == {"upheld": 1, "corrected": 1, "other": 0, "pending": 1, "total": 3}
    assert list(february) == list(CHALLENGES)
    assert all(balances(block) for block in (*january.values(), *february.values()))


@pytest.mark.rule("REG-50")
def test_a_block_of_table_four_that_does_not_add_up_is_told() -> None:
    assert not balances({"upheld": 1, "corrected": 0, "other": 0, "pending": 0, "total": 2})


def test_the_fees_are_those_that_came_in_less_those_given_back(nx: Cast, files: Any) -> None:
    case = nth(nx, 12)
    charged(case, nx)
    paid(case, nx, "2025-03-12")

    assert figures.fees(nx.body, Period(D("2025-03-01"), D("2025-03-12"))).income == 100
    assert figures.fees(nx.body, Period(D("2025-03-13"), D("2025-12-31"))).income == 0

    FeeNotice.objects.update(refunded_on="2025-03-20", refund_number="退1")
    assert figures.fees(nx.body, YEAR) == figures.Fees(paid=100, refunded=100)


# --- any lives, any cut -----------------------------------------------------------------------------------------------

DAY = st.dates(D("2024-11-01"), D("2026-02-28"))
LIFE = st.tuples(
    DAY,
    st.one_of(st.none(), st.integers(0, 200)),
    st.sampled_from(ApplicantKind.values),
    st.sampled_from([*RESULTS, "withdrawn", "withdrawn unconfirmed"]),
)


@pytest.fixture
def lived(nx: Cast, files: Any) -> Callable[[list[Any]], None]:
    """Lives put into the tables: copies of one answered request, with their own days, applicant and result."""
    case = served(nx, "2025-03-04")

    def put(lives: list[Any]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
            for table in ("answer", "applicant", "informationrequest"):
                cursor.execute(f"DELETE FROM requests_ogi_{table}")
            for place, life in enumerate(lives, 1):
                _put(cursor, place, *life)
            cursor.execute("SET session_replication_role = DEFAULT")

    templates = {
        table: model.objects.filter(pk=case.pk).values().get()
        for table, model in (("informationrequest", InformationRequest), ("applicant", Applicant), ("answer", Answer))
    }

    def _put(cursor: Any, pk: int, entered: date, days: int | None, kind: str, result: str) -> None:
        out = None if days is None else entered + timedelta(days=days)
        gone = out is not None and result.startswith("withdrawn")
        answered = out is not None and not gone
        received = None if gone and result.endswith("unconfirmed") else entered
        request = templates["informationrequest"] | {
            "id": pk,
            "number": f"L-{pk}",
            "submission_key": None,
            "state": "served" if answered else "withdrawn" if gone else "assigned",
            "outcome": "granted" if answered else "withdrawn" if gone else "",
            "received_on": received,
            "received_rolled_on": received,
            "answered_on": out if answered else None,
            "answered_in_time": True if answered else None,
            "answered_by": "post" if answered else "",
            "concluded_on": out,
        }
        InformationRequest.objects.bulk_create([InformationRequest(**request)])
        natural = kind == ApplicantKind.NATURAL
        who = {"request_id": pk, "kind": kind, "identity_document": "resident_id" if natural else "credit_code"}
        Applicant.objects.bulk_create([Applicant(**templates["applicant"] | who)])
        if answered:
            line = {"request_id": pk, "report_row": result, "letter_id": -pk, "draft_id": None}
            Answer.objects.bulk_create([Answer(**templates["answer"] | line)])

    return put


@pytest.mark.rule("AR30", "REG-50")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(LIFE, max_size=12), cuts=st.lists(DAY, min_size=2, max_size=4, unique=True))
def test_whatever_the_lives_and_wherever_time_is_cut_every_table_balances(
    nx: Cast, lived: Any, lives: list[Any], cuts: list[date]
) -> None:
    lived(lives)
    cuts = sorted(cuts)
    tables = [figures.table_three(nx.body, Period(one + timedelta(days=1), two)) for one, two in pairwise(cuts)]

    assert [equations(table) for table in tables] == [[]] * len(tables)
    for earlier, later in pairwise(tables):
        assert row(later, CARRIED) == row(earlier, FORWARD)
    assert tables[0][FORWARD, TOTAL] == sum(_open_on(life, cuts[1]) for life in lives)


def _open_on(life: Any, day: date) -> bool:
    """The definition once more, by hand."""
    entered, days, _, result = life
    if days is not None and result == "withdrawn unconfirmed":
        return False
    return entered <= day and (days is None or entered + timedelta(days=days) > day)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=st.lists(LIFE, max_size=8), cuts=st.tuples(DAY, DAY))
def test_behind_every_number_stand_as_many_cases(
    nx: Cast, lived: Any, lives: list[Any], cuts: tuple[date, date]
) -> None:
    lived(lives)
    period = Period(min(cuts), max(cuts))

    table = figures.table_three(nx.body, period)

    for (line, column), number in table.cells.items():
        assert figures.cases(nx.body, period, line=line, column=column).count() == number
    for line in (NEW, CARRIED, ALL_RESULTS, FORWARD, "一", "六3"):
        assert figures.cases(nx.body, period, line=line, column=TOTAL).count() == table[line, TOTAL]


def test_a_table_takes_two_queries_whatever_the_number_of_cases(nx: Cast, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        applied(nx.body, "2025-01-20")

    with django_assert_num_queries(2):
        figures.table_three(nx.body, YEAR)


# --- at a glance ------------------------------------------------------------------------------------------------------


def test_a_glance_tells_answers_in_time_their_days_and_what_is_open(nx: Cast, files: Any) -> None:
    served(nx, "2025-01-20")
    for day, sent in (("2025-01-20", "2025-02-06"), ("2025-01-02", "2025-03-05")):
        workflow.serve(approved(nx, day), manner="electronic", sent_on=D(sent), by=nx.chen, at=at(sent))
    applied(nx.body, "2025-01-03")
    applied(nx.body, "2025-03-03")

    glance = figures.at_a_glance(nx.body, YEAR, at=at("2025-03-05"))

    assert (glance.answered, glance.in_time, glance.rate) == (3, 2, "66.7%")
    assert glance.days == 17
    assert (glance.open_now, glance.overdue_now) == (2, 1)


def test_a_body_without_answers_has_no_rate(nx: Cast) -> None:
    glance = figures.at_a_glance(nx.body, YEAR, at=at("2025-03-05"))

    assert (glance.answered, glance.rate, glance.days) == (0, "—", None)
