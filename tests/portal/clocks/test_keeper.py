"""What may be done to a clock, what may not, and that its dates follow from its facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.clocks import keeper
from portal.clocks.keeper import ClockRefused
from portal.clocks.models import Clock, Extension, Pause, Reminder
from portal.clocks.reckoning import Reckoned
from portal.organisation import people
from portal.regulations.schema import Term, Unit

from .conftest import matter, moment

pytestmark = pytest.mark.django_db


def replayed(clock):
    return keeper.replay(Clock.objects.get(pk=clock.pk), at=moment("2026-09-12")) == Reckoned.stored(clock)


@pytest.mark.rule("REG-33")
def test_a_clock_knows_its_last_day_under_the_calendar_of_its_body(start):
    clock = start("2025-03-03", at=moment("2025-03-03"))

    assert clock.last_day == date(2025, 4, 2)  # 开斋节 in 宁夏
    assert clock.due_at == moment("2025-04-03", "00:00")
    assert not clock.provisional
    assert clock.rule_ids


def test_a_limit_that_runs_into_an_unpublished_year_is_marked(start):
    clock = start("2026-12-10")

    assert (clock.provisional, clock.last_day) == (True, date(2027, 1, 8))


def test_midnight_divides_in_time_from_overdue(start):
    clock = start("2026-09-10")

    assert not clock.is_overdue(at=moment("2026-10-14", "23:59:59"))
    assert clock.is_overdue(at=moment("2026-10-15", "00:00"))
    assert not Clock.objects.overdue(at=moment("2026-10-14", "23:59:59")).exists()
    assert Clock.objects.overdue(at=moment("2026-10-15", "00:00")).get() == clock


def test_the_same_duty_never_runs_twice(start, nx):
    subject = matter(nx.body)
    start("2026-09-10", subject=subject)

    with pytest.raises(ClockRefused, match="不能重复起算"):
        start("2026-09-11", subject=subject)
    start("2026-09-10", subject=subject, weight="promise")


def test_the_disputed_later_reading_is_kept_beside_and_alarms_use_the_strict_one(start):
    clock = start("2025-10-04", at=moment("2025-10-04"), rolled=date(2025, 10, 9))

    assert (clock.last_day, clock.rolled_last_day) == (date(2025, 11, 4), date(2025, 11, 5))
    assert clock.due_at == moment("2025-11-05", "00:00")


def test_a_receipt_on_a_working_day_has_no_later_reading(start):
    clock = start("2026-09-10", rolled=date(2026, 9, 10))

    assert (clock.rolled_start, clock.rolled_last_day) == (None, None)


@pytest.mark.parametrize(("ended_on", "outcome"), [("2026-10-14", "met"), ("2026-10-15", "late")])
def test_stopping_settles_once_whether_it_was_in_time(start, ended_on, outcome):
    clock = keeper.stop(start("2026-09-10"), at=moment("2026-10-20"), ended_on=date.fromisoformat(ended_on))

    assert (clock.ended_as, clock.next_look_at) == (outcome, None)
    with pytest.raises(ClockRefused, match="已经停止计算"):
        keeper.stop(clock, at=moment("2026-10-21"), ended_on=date(2026, 10, 21))


def test_hours_are_judged_by_the_moment(nx):
    term = Term("opinion_other", 48, Unit.HOUR, "detected", "舆情回应期限", ("PUB61",))
    begun = moment("2026-02-27", "17:45")
    clock = keeper.start(matter(nx.body), term, weight="statutory", started=begun, at=begun)

    assert clock.due_at == moment("2026-03-01", "17:45")
    assert keeper.stop(clock, at=moment("2026-03-01", "17:45"), ended_on=date(2026, 3, 1)).ended_as == "late"


@pytest.mark.rule("REG-30")
def test_a_restart_counts_the_whole_term_anew_and_follows_the_old_clock(start):
    first = start("2025-09-26", at=moment("2025-09-26"))
    keeper.stop(first, at=moment("2025-09-30"), ended_on=date(2025, 9, 30), as_="superseded")

    second = keeper.restart(first, started=date(2025, 10, 20), at=moment("2025-10-20"))

    assert second.last_day == date(2025, 11, 17)
    assert (second.follows, second.subject_id, second.department) == (first, first.subject_id, first.department)


def test_a_running_clock_is_superseded_by_its_restart_and_a_finished_one_is_not_restarted(start):
    first = start("2026-09-10")
    second = keeper.restart(first, started=date(2026, 9, 14), at=moment("2026-09-14"))
    first.refresh_from_db()
    keeper.stop(second, at=moment("2026-09-15"), ended_on=date(2026, 9, 15))

    assert first.ended_as == "superseded"
    with pytest.raises(ClockRefused, match="已经办结"):
        keeper.restart(second, started=date(2026, 9, 16), at=moment("2026-09-16"))


@pytest.mark.rule("REG-33")
def test_an_extension_on_the_last_day_counts_from_the_limit_in_force(start, nx):
    clock = start("2026-09-10")

    keeper.extend(clock, amount=20, by=nx.he, reason="需要检索历年档案", at=moment("2026-10-14", "23:00"))

    assert clock.last_day == date(2026, 11, 11)
    assert replayed(clock)


@pytest.mark.rule("REG-33")
def test_an_extension_one_day_late_is_void(start, nx):
    clock = start("2026-09-10")

    with pytest.raises(ClockRefused, match="已于2026年10月14日届满，届满后作出的延长无效"):
        keeper.extend(clock, amount=20, by=nx.he, reason="需要检索", at=moment("2026-10-15", "08:00"))
    assert Clock.objects.get().last_day == date(2026, 10, 14)


@pytest.mark.rule("REG-33")
def test_an_extension_is_granted_once_and_within_what_the_law_allows(start, nx):
    clock = start("2026-09-10")
    with pytest.raises(ClockRefused, match="延长的时间应为1至20个工作日"):
        keeper.extend(clock, amount=21, by=nx.he, reason="需要检索", at=moment("2026-09-20"))
    keeper.extend(clock, amount=5, by=nx.he, reason="需要检索", at=moment("2026-09-20"))

    with pytest.raises(ClockRefused, match="已经延长过一次"):
        keeper.extend(clock, amount=5, by=nx.he, reason="需要检索", at=moment("2026-09-21"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            clock=clock, amount=1, unit="working_day", granted_on=date(2026, 9, 21), granted_at=moment("2026-09-21")
        )


def test_a_term_without_an_extension_cannot_be_extended(start, nx):
    with pytest.raises(ClockRefused, match="依法不能延长"):
        keeper.extend(start("2026-09-10", "draft"), amount=1, by=nx.he, reason="需要", at=moment("2026-09-11"))


def consult(clock, sent, limit, by, at="2026-09-11"):
    return keeper.pause(
        clock,
        cause="third_party",
        label="征求第三方意见",
        sent=date.fromisoformat(sent),
        limit=date.fromisoformat(limit),
        by=by,
        at=moment(at),
    )


@pytest.mark.rule("REG-33")
def test_a_consultation_takes_its_working_days_out_of_the_limit(start, nx):
    clock = start("2025-09-08", at=moment("2025-09-08"))

    asked = consult(clock, "2025-09-10", "2025-10-10", nx.li, "2025-09-10")
    assert Clock.objects.get().last_day == date(2025, 11, 4)
    keeper.resume(asked, ended_on=date(2025, 9, 26), at=moment("2025-09-26"))

    clock.refresh_from_db()
    assert clock.last_day == date(2025, 10, 28)
    assert replayed(clock)


def test_overlapping_consultations_count_once_whatever_comes_first(start, nx):
    clock = start("2025-09-08", at=moment("2025-09-08"))
    first = consult(clock, "2025-09-10", "2025-10-10", nx.li, "2025-09-10")
    second = consult(clock, "2025-09-16", "2025-10-15", nx.li, "2025-09-16")

    keeper.resume(second, ended_on=date(2025, 10, 13), at=moment("2025-10-13"))
    keeper.resume(first, ended_on=date(2025, 9, 26), at=moment("2025-10-13"))

    clock.refresh_from_db()
    assert clock.last_day == date(2025, 11, 6)
    assert list(Pause.objects.order_by("sent_on").values_list("after_day", "last_day")) == [
        (date(2025, 9, 10), date(2025, 9, 26)),
        (date(2025, 9, 26), date(2025, 10, 13)),
    ]
    assert replayed(clock)


def test_an_answer_after_their_limit_gives_no_more_time(start, nx):
    clock = start("2025-09-08", at=moment("2025-09-08"))
    asked = consult(clock, "2025-09-10", "2025-10-10", nx.li, "2025-09-10")

    keeper.resume(asked, ended_on=date(2025, 11, 3), at=moment("2025-11-03"))

    assert Clock.objects.get().last_day == date(2025, 11, 4)
    with pytest.raises(ClockRefused, match="已经登记"):
        keeper.resume(asked, ended_on=date(2025, 11, 4), at=moment("2025-11-04"))


def test_their_limit_can_be_learnt_later(start, nx):
    clock = start("2025-09-08", at=moment("2025-09-08"))
    asked = consult(clock, "2025-09-10", "2025-10-08", nx.li, "2025-09-10")

    keeper.recap(asked, limit=keeper.Theirs(date(2025, 9, 12), 15), at=moment("2025-09-12"))

    assert Clock.objects.get().last_day == date(2025, 11, 4)


def test_a_consultation_answered_the_same_day_changes_nothing(start, nx):
    clock = start("2026-04-13", at=moment("2026-04-13"))
    before = clock.last_day

    asked = consult(clock, "2026-04-13", "2026-05-07", nx.li, "2026-04-13")
    keeper.resume(asked, ended_on=date(2026, 4, 13), at=moment("2026-04-13"))

    assert Clock.objects.get().last_day == before


@pytest.mark.parametrize(
    ("cause", "sent", "sentence"),
    [
        ("holiday", "2026-09-11", "依法不因"),
        ("third_party", "2026-09-09", "之间"),
        ("third_party", "2026-10-15", "之间"),
    ],
)
def test_a_pause_needs_a_lawful_cause_and_a_day_within_the_limit(start, nx, cause, sent, sentence):
    clock = start("2026-09-10")

    with pytest.raises(ClockRefused, match=sentence):
        keeper.pause(
            clock,
            cause=cause,
            label="征求意见",
            sent=date.fromisoformat(sent),
            limit=date(2026, 10, 20),
            by=nx.li,
            at=moment("2026-09-11"),
        )


def test_the_database_itself_forbids_taking_a_day_out_twice(start, nx):
    asked = consult(start("2026-09-10"), "2026-09-11", "2026-09-30", nx.li)
    twin = Pause(
        clock_id=asked.clock_id,
        cause="third_party",
        label="征求第三方意见",
        sent_on=date(2026, 9, 14),
        limit_on=date(2026, 9, 16),
        after_day=date(2026, 9, 14),
        last_day=date(2026, 9, 16),
        created_at=moment("2026-09-14"),
    )

    with pytest.raises(IntegrityError, match="pause_shares_never_overlap"), transaction.atomic():
        twin.save()
    twin.after_day = twin.last_day = date(2026, 9, 16)
    twin.save()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"stopped_at": moment("2026-09-20")}, "clock_stopped_with_outcome"),
        ({"ended_as": "met"}, "clock_stopped_with_outcome"),
        ({"unit": "hour"}, "clock_hours_from_a_moment"),
        ({"last_day": date(2026, 9, 1)}, "clock_ends_after_it_starts"),
        ({"rolled_start": date(2026, 9, 14), "rolled_last_day": date(2026, 9, 14)}, "clock_strict_is_never_later"),
        ({"extension_unit": ""}, "clock_extension_whole"),
    ],
)
def test_the_database_refuses_a_clock_that_contradicts_itself(start, changes, constraint):
    clock = start("2026-09-10")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(**changes)


def test_a_threshold_is_called_out_once_by_force_of_the_database(start):
    clock = start("2026-09-10")
    Reminder.objects.create(clock=clock, leg=0, threshold=5, reminded_at=moment("2026-09-30"))

    with pytest.raises(IntegrityError, match="reminded_once"), transaction.atomic():
        Reminder.objects.create(clock=clock, leg=0, threshold=5, reminded_at=moment("2026-10-01"))


def test_what_has_stopped_can_be_neither_extended_nor_paused(start, nx):
    clock = keeper.stop(start("2026-09-10"), at=moment("2026-09-11"), ended_on=date(2026, 9, 11))

    with pytest.raises(ClockRefused, match="已经停止计算"):
        keeper.extend(clock, amount=1, by=nx.he, reason="需要", at=moment("2026-09-12"))
    with pytest.raises(ClockRefused, match="已经停止计算"):
        consult(clock, "2026-09-11", "2026-09-30", nx.li)


def test_handing_over_changes_who_is_reminded_and_nothing_else(start, nx):
    clock = start("2026-09-10")
    before = Reckoned.stored(clock)

    keeper.hand_over(clock, nx.other_department)

    clock.refresh_from_db()
    assert clock.department == nx.other_department
    assert Reckoned.stored(clock) == before


def test_all_clocks_replay_to_what_is_stored(start, nx):
    clock = start("2026-09-10")
    start("2026-09-10", "draft")
    start("2026-12-10")
    consult(clock, "2026-09-11", "2026-09-30", nx.li)
    keeper.extend(clock, amount=7, by=nx.he, reason="需要检索", at=moment("2026-09-20"))

    assert keeper.replay_all(at=moment("2026-12-11")) == []
    Clock.objects.filter(pk=clock.pk).update(last_day=date(2026, 10, 1))
    assert keeper.replay_all(at=moment("2026-12-11")) == [clock]


def test_an_old_matter_keeps_the_term_it_was_started_with(start):
    term = replace(Term("answer", 15, Unit.WORKING_DAY, "received", "答复期限", ("REG07-24",)))
    clock = start("2017-06-18", term=term, at=moment("2017-06-18"))

    keeper.recompute(clock, at=moment("2026-09-10"))

    assert clock.last_day == date(2017, 7, 7)


def test_clocks_of_a_matter_come_with_what_belongs_to_them_in_few_queries(start, nx, django_assert_num_queries):
    subject = matter(nx.body)
    clock = start("2026-09-10", subject=subject)
    consult(clock, "2026-09-11", "2026-09-30", nx.li)
    start("2026-09-10", "draft", subject=subject)

    with django_assert_num_queries(3):
        clocks = keeper.clocks_of(subject)
        told = [(len(clock.pauses.all()), len(clock.extensions.all()), str(clock.department)) for clock in clocks]

    assert [pauses for pauses, *_ in told] == [1, 0]


def test_a_deadline_has_reminders_of_its_own_after_it_moved_later(start, nx):
    clock = start("2026-09-10")
    assert clock.next_look_at == moment("2026-09-23", "00:00")  # ten working days left

    keeper.extend(clock, amount=20, by=nx.he, reason="需要检索", at=moment("2026-10-13"))

    assert (clock.leg, clock.leg_since) == (1, date(2026, 10, 13))
    assert clock.next_look_at > moment("2026-10-14")


def test_the_system_may_act_without_an_account(start):
    clock = start("2026-09-10")

    granted = keeper.extend(
        clock, amount=1, by=people.SYSTEM, reason="演练", at=moment("2026-09-10") + timedelta(hours=1)
    )

    assert granted.approved_by is None
