"""The sweep says everything once: twice in a row, in two workers, a week late, or with a bad row among the rest."""

import logging
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections

from portal.clocks import keeper, sweeping
from portal.clocks.looks import OVERDUE, looks, next_look, reached
from portal.clocks.models import Clock, Reminder, SweepRun
from portal.ledger.models import Entry
from portal.ledger.service import present
from portal.moment import rehearsing
from portal.notices.models import Notice
from portal.regulations.schema import Term, Unit
from portal.workdays.notices import shipped_calendar
from portal.workflow import tasks

from .conftest import matter, moment

pytestmark = pytest.mark.django_db


def sweep(day, clock="06:00"):
    with rehearsing(moment(day, clock)):
        return tasks.sweep()


def thresholds():
    return list(Reminder.objects.order_by("reminded_at", "-threshold").values_list("threshold", flat=True))


def test_each_threshold_is_reached_at_the_start_of_its_day():
    found = looks(
        (10, 5, 2, 0),
        unit=Unit.WORKING_DAY,
        since=date(2026, 9, 10),
        last_day=date(2026, 10, 14),
        due_at=moment("2026-10-15", "00:00"),
        calendar=shipped_calendar("CN-NX"),
    )

    assert found == [
        (moment("2026-09-23", "00:00"), 10),
        (moment("2026-10-08", "00:00"), 5),
        (moment("2026-10-12", "00:00"), 2),
        (moment("2026-10-14", "00:00"), 0),
        (moment("2026-10-15", "00:00"), OVERDUE),
    ]
    assert reached(found, [10], at=moment("2026-10-12", "00:00")) == [5, 2]
    assert next_look(found, [10, 5]) == moment("2026-10-12", "00:00")
    assert next_look(found, [10, 5, 2, 0, OVERDUE]) is None


def test_a_short_term_is_not_called_out_for_days_it_never_had():
    found = looks(
        (10, 5, 2, 0),
        unit=Unit.WORKING_DAY,
        since=date(2026, 9, 7),
        last_day=date(2026, 9, 16),
        due_at=moment("2026-09-17", "00:00"),
        calendar=shipped_calendar(),
    )

    assert [threshold for _, threshold in found] == [5, 2, 0, OVERDUE]


def test_day_by_day_every_reminder_comes_once_and_on_its_day(start):
    start("2026-09-10")
    for offset in range(40):
        sweep(str(date(2026, 9, 10) + timedelta(offset)))
        sweep(str(date(2026, 9, 10) + timedelta(offset)), "18:00")

    sent = Reminder.objects.order_by("reminded_at").values_list("threshold", "reminded_at__date")
    assert list(sent) == [
        (10, date(2026, 9, 23)),
        (5, date(2026, 10, 8)),
        (2, date(2026, 10, 12)),
        (0, date(2026, 10, 14)),
        (OVERDUE, date(2026, 10, 15)),
    ]
    assert Clock.objects.get().next_look_at is None


def test_a_sweep_a_week_late_tells_what_it_missed_in_one_notice(start, nx):
    start("2026-09-10")

    sweep("2026-10-13")

    assert thresholds() == [10, 5, 2]
    assert Notice.objects.filter(user=nx.li).count() == 1
    assert "还剩2个工作日" in Notice.objects.get(user=nx.li).subject_line


def test_a_second_sweep_changes_nothing(start):
    start("2026-09-10")
    sweep("2026-10-12")
    counts = [model.objects.count() for model in (Reminder, Notice, Entry)]

    assert sweep("2026-10-12") == {"reminded": 0, "overdue": 0, "moved": 0, "failed": 0}
    assert [model.objects.count() for model in (Reminder, Notice, Entry)] == counts


def test_the_department_is_told_and_when_late_the_office_and_the_leader_too(start, nx):
    start("2026-09-10")

    sweep("2026-10-12")
    assert set(Notice.objects.values_list("user__name", flat=True)) == {nx.li.name, nx.zhou.name}
    Notice.objects.all().delete()
    sweep("2026-10-15", "00:00")

    told = set(Notice.objects.values_list("user__name", flat=True))
    assert told == {person.name for person in (nx.li, nx.zhou, nx.chen, nx.he, nx.ma)}
    assert set(Notice.objects.values_list("kind", flat=True)) == {"overdue"}


def test_while_nobody_has_the_matter_the_office_is_told(start, nx):
    start("2026-09-10", department=None)

    sweep("2026-10-12")

    assert set(Notice.objects.values_list("user__name", flat=True)) == {nx.chen.name, nx.he.name}


def test_one_person_gets_one_notice_for_many_matters(start, nx):
    for _ in range(3):
        start("2026-09-10")

    sweep("2026-10-15")

    notice = Notice.objects.get(user=nx.li)
    assert notice.subject_line == "3件事项的期限需要您留意，其中3件已经逾期"
    assert notice.text.count("届满日2026年10月14日") == 3


def test_nothing_is_overdue_a_second_before_midnight(start):
    start("2026-09-10")

    assert sweep("2026-10-14", "23:59:59")["overdue"] == 0
    assert sweep("2026-10-15", "00:00")["overdue"] == 1


def test_an_hour_term_is_overdue_at_its_hour(nx):
    term = Term("opinion_major_release", 5, Unit.HOUR, "detected", "权威信息发布期限", ("IMP80",))
    begun = moment("2026-02-16", "22:30")
    keeper.start(matter(nx.body), term, weight="statutory", started=begun, at=begun)

    assert sweep("2026-02-17", "03:29")["reminded"] == 0
    assert sweep("2026-02-17", "03:30")["overdue"] == 1


def test_the_ledger_tells_each_reminder(start):
    start("2026-09-10")

    sweep("2026-10-12")

    entry = Entry.objects.get(verb="clock_reminded")
    assert entry.told["left"] == "还剩2个工作日"
    assert present(entry) == "系统提醒：“答复期限”还剩2个工作日，届满日2026年10月14日"


def test_after_an_extension_the_new_last_day_is_called_out_anew(start, nx):
    clock = start("2026-09-10")
    sweep("2026-10-12")
    keeper.extend(clock, amount=20, by=nx.he, reason="需要检索", at=moment("2026-10-12"))

    for offset in range(40):
        sweep(str(date(2026, 10, 12) + timedelta(offset)))

    legs = Reminder.objects.order_by("reminded_at", "-threshold").values_list("leg", "threshold")
    assert list(legs) == [(0, 10), (0, 5), (0, 2), (1, 10), (1, 5), (1, 2), (1, 0), (1, OVERDUE)]


def test_a_stopped_clock_is_silent(start):
    keeper.stop(start("2026-09-10"), at=moment("2026-09-11"), ended_on=date(2026, 9, 11))

    assert sweep("2026-12-01")["reminded"] == 0


def test_a_bad_row_does_not_hold_up_the_rest_and_stays_due(start, caplog):
    bad, *good = [start("2026-09-10") for _ in range(4)]

    def announce(called):
        if any(one.clock_id == bad.pk for one in called):
            raise RuntimeError("this one cannot be told")

    with caplog.at_level(logging.CRITICAL):
        done = sweeping.sweep(at=moment("2026-10-12"), announce=announce)

    assert (done.reminded, done.failed) == (3, [bad.pk])
    assert set(Reminder.objects.values_list("clock", flat=True)) == {clock.pk for clock in good}
    assert SweepRun.objects.get().failed == 1
    assert sweeping.sweep(at=moment("2026-10-12", "10:10"), announce=lambda called: None).reminded == 1


def test_a_row_that_cannot_be_judged_does_not_hold_up_the_rest(start, caplog):
    bad, good = start("2026-09-10"), start("2026-09-10")
    keeper.apply_pending(at=moment("2026-09-10"))  # otherwise the first sweep would mend the row
    Clock.objects.filter(pk=bad.pk).update(last_day=date(2099, 1, 1), next_look_at=moment("2026-09-20"))

    with caplog.at_level(logging.CRITICAL):
        done = sweeping.sweep(at=moment("2026-10-12"), announce=lambda called: None)

    assert done.failed == [bad.pk]
    assert set(Reminder.objects.values_list("clock", flat=True)) == {good.pk}


def test_the_last_sweep_is_remembered_for_the_health_page(start):
    assert sweeping.last_finished() is None

    sweep("2026-10-12")

    assert sweeping.last_finished() == moment("2026-10-12", "06:00")


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_say_everything_once(start, nx, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 7)
    clocks = [start("2026-09-10") for _ in range(60)]
    told, gate = [], threading.Barrier(2)

    def work():
        try:
            gate.wait()
            done = sweeping.sweep(
                at=moment("2026-10-12"), announce=lambda called: told.extend(one.clock_id for one in called)
            )
            counts.append(done.reminded)
        finally:
            connections.close_all()

    counts = []
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == 60
    assert sorted(told) == [clock.pk for clock in clocks]
    assert Reminder.objects.count() == 180


def test_the_due_clocks_are_found_by_their_partial_index(start):
    start("2026-09-10")
    with connection.cursor() as cursor:
        # In a table of a few rows any way is cheap; without sorting only the index that holds the order is left.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM clocks_clock WHERE body_id = 1 AND stopped_at IS NULL AND next_look_at <= now()"
            " ORDER BY next_look_at, id LIMIT 500"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "clock_next_look" in plan
