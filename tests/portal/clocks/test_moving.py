"""When a notice changes the calendar: first shown, then done, with the old and the new date on record."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from portal.clocks import keeper, moving
from portal.clocks.models import Clock, Pause
from portal.clocks.reckoning import Reckoned
from portal.ledger.models import Entry
from portal.ledger.service import present
from portal.moment import rehearsing
from portal.organisation import people
from portal.workdays import service
from portal.workdays.calendar import Announcement, NamedDay
from portal.workdays.models import Day, Notice

from .conftest import matter, moment

pytestmark = pytest.mark.django_db

NEXT_YEAR = """
scope = "CN"
year = 2027
number = "国办发明电〔2026〕9号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued_on = 2026-12-15
[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
work = [2027-01-09]
"""


def declared(scope, *days, number="宁工信〔2026〕1号", since=date(2026, 9, 1)):
    return Announcement(
        scope, 2026, number, "关于放假的通知", since, tuple(NamedDay(day, True, "搬迁") for day in days)
    )


def clocks(subject):
    return Clock.objects.of(subject).get()


def test_a_preview_lists_what_would_move_and_changes_nothing(start):
    clock = start("2026-09-10")

    moves = moving.preview_calendar(declared("nx", date(2026, 9, 14), date(2026, 9, 15)), on=date(2026, 9, 12))

    assert [(move.clock_id, move.old, move.new) for move in moves] == [
        (clock.pk, date(2026, 10, 14), date(2026, 10, 16))
    ]
    assert Clock.objects.get().last_day == date(2026, 10, 14)
    assert not Notice.objects.filter(scope="nx").exists()


def test_applying_moves_the_limits_and_records_old_and_new(start, nx):
    clock = start("2026-09-10")

    notice, moves = moving.apply_calendar(declared("nx", date(2026, 9, 14)), by=nx.chen, at=moment("2026-09-12"))

    entry = Entry.objects.get(verb="clock_moved")
    assert Clock.objects.get().last_day == date(2026, 10, 15)
    assert (entry.told["old"], entry.told["new"], entry.actor_label) == ("2026-10-14", "2026-10-15", nx.chen.name)
    assert entry.subject_id == str(clock.subject_id)
    assert "届满日由2026年10月14日改为2026年10月15日" in present(entry)
    assert notice.applied_at == moment("2026-09-12")
    assert len(moves) == 1


def test_only_bodies_in_the_scope_move(start, wz):
    start("2026-09-10")
    other = keeper.start(
        matter(wz.body),
        keeper.library.profile("wz", date(2026, 9, 10)).term("answer"),
        weight="statutory",
        started=date(2026, 9, 10),
        at=moment("2026-09-10"),
    )

    moving.apply_calendar(declared("CN-NX", date(2026, 9, 14)), by=people.SYSTEM, at=moment("2026-09-12"))

    assert Clock.objects.get(pk=other.pk).last_day == other.last_day
    assert Clock.objects.filter(body__code="nx").get().last_day == date(2026, 10, 15)


def test_a_stopped_clock_never_moves(start):
    keeper.stop(start("2026-09-10"), at=moment("2026-09-11"), ended_on=date(2026, 9, 11))

    _, moves = moving.apply_calendar(declared("nx", date(2026, 9, 14)), by=people.SYSTEM, at=moment("2026-09-12"))

    assert moves == []


def test_a_correction_takes_a_declared_day_back_and_restores_every_limit(start):
    clock = start("2026-09-10")
    before = Reckoned.stored(clock)
    moving.apply_calendar(declared("nx", date(2026, 9, 14)), by=people.SYSTEM, at=moment("2026-09-12"))
    undone = Announcement(
        "nx", 2026, "宁工信〔2026〕2号", "更正", date(2026, 9, 12), (NamedDay(date(2026, 9, 14), False, "更正"),)
    )

    moving.apply_calendar(undone, by=people.SYSTEM, at=moment("2026-09-12", "11:00"))

    assert Reckoned.stored(Clock.objects.get()) == before
    assert Entry.objects.filter(verb="clock_moved").count() == 2


def test_a_notice_for_later_moves_nothing_until_its_day(start):
    start("2026-09-10")
    announcement = declared("nx", date(2026, 9, 25), since=date(2026, 9, 21))
    closed = declared("nx", date(2026, 9, 22), since=date(2026, 9, 21))

    _, moves = moving.apply_calendar(closed, by=people.SYSTEM, at=moment("2026-09-12"))
    assert moves == []
    assert moving.apply_pending(at=moment("2026-09-20")) == []
    assert len(moving.apply_pending(at=moment("2026-09-21"))) == 1
    assert moving.apply_pending(at=moment("2026-09-21")) == []
    assert Clock.objects.get().last_day == date(2026, 10, 15)
    assert moving.preview_calendar(announcement, on=date(2026, 9, 12)) == []


def test_recomputing_everything_without_a_cause_moves_nothing(start):
    start("2026-09-10")
    start("2026-12-10")

    assert moving.recompute_all(at=moment("2026-12-11")) == []
    assert not Entry.objects.exists()


def test_a_new_year_turns_a_provisional_date_into_a_real_one(start, tmp_path):
    start("2026-12-10")
    file = tmp_path / "2027.toml"
    file.write_text(NEXT_YEAR, "utf-8")
    shown, done = io.StringIO(), io.StringIO()

    with rehearsing(moment("2026-12-16")):
        call_command("import_calendar", str(file), stdout=shown)
        assert Clock.objects.get().provisional
        call_command("import_calendar", str(file), apply=True, stdout=done)

    clock = Clock.objects.get()
    assert "以上为预览，未作改动" in shown.getvalue()
    assert "届满日将变更的期限共1项" in shown.getvalue()
    assert "已导入国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕9号）" in done.getvalue()
    assert (clock.provisional, clock.last_day) == (False, date(2027, 1, 8))
    assert service.coverage_warning(date(2026, 12, 17)) == ""


def test_the_same_notice_is_not_imported_twice(tmp_path):
    file = tmp_path / "2027.toml"
    file.write_text(NEXT_YEAR, "utf-8")

    with rehearsing(moment("2026-12-16")):
        call_command("import_calendar", str(file), apply=True, stdout=io.StringIO())
        with pytest.raises(CommandError, match="已经导入过"):
            call_command("import_calendar", str(file), apply=True)
    with pytest.raises(CommandError, match="无法读取文件"):
        call_command("import_calendar", "/nowhere.toml")


def test_the_check_command_finds_a_date_somebody_has_altered(start):
    clock = start("2026-09-10")
    out = io.StringIO()
    with rehearsing(moment("2026-09-11")):
        call_command("recompute_clocks", check=True, stdout=out)
        Clock.objects.filter(pk=clock.pk).update(last_day=date(2026, 12, 31))
        with pytest.raises(CommandError, match="有1项期限的记载与事实不一致"):
            call_command("recompute_clocks", check=True, stdout=out)
        call_command("recompute_clocks", stdout=out)

    assert "全部期限与事实一致" in out.getvalue()
    assert Clock.objects.get().last_day == date(2026, 10, 14)


@pytest.mark.parametrize(
    ("on", "missing"), [((2026, 10, 31), False), ((2026, 11, 1), True), ((2027, 1, 1), True), ((2025, 11, 1), False)]
)
def test_from_november_the_missing_year_is_called_out(on, missing):
    assert bool(service.coverage_warning(date(*on))) is missing


def test_loading_the_shipped_calendars_again_changes_nothing():
    before = Notice.objects.count(), Day.objects.count()

    assert service.load(at=moment("2026-11-20")) == 0
    assert (Notice.objects.count(), Day.objects.count()) == before


def test_the_database_calendar_equals_the_shipped_one_and_a_new_notice_is_seen_at_once(nx):
    from portal.workdays.notices import shipped_calendar

    scopes = service.scopes_of(nx.body)
    assert scopes == ("CN", "CN-NX", "nx")
    calendar = service.calendar_for(scopes, on=date(2026, 11, 20))
    assert calendar == shipped_calendar("CN-NX")
    assert service.calendar_for(scopes, on=date(2026, 11, 20)) is calendar

    service.add(declared("nx", date(2026, 9, 14)), by=None, at=moment("2026-09-12"))

    assert not service.calendar_for(scopes, on=date(2026, 11, 20)).is_working(date(2026, 9, 14))
    assert service.calendar_for(scopes, on=date(2026, 8, 31)).is_working(date(2026, 9, 14))


def test_asking_for_a_known_calendar_costs_one_query(nx, django_assert_num_queries):
    scopes = service.scopes_of(nx.body)
    service.calendar_for(scopes, on=date(2026, 11, 20))

    with django_assert_num_queries(1):
        service.calendar_for(scopes, on=date(2026, 11, 20))


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: Notice.objects.filter(year=2026).update(title="改"),
        lambda: Notice.objects.filter(year=2026).delete(),
        lambda: Day.objects.filter(date=date(2026, 10, 1)).update(kind="work"),
        lambda: Day.objects.all()._raw_delete("default"),
    ],
)
def test_what_is_imported_stays_as_it_was(attempt):
    from django.db.models import ProtectedError

    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        attempt()


def test_the_specification_is_beside_and_not_inside_the_product():
    source = Path(service.__file__).parent

    assert not [file for file in source.rglob("*.py") if "shared/" in file.read_text("utf-8")]


def asked(clock, nx):
    """A third party asked on 10 September 2026 that has fifteen working days from the 11th."""
    return keeper.pause(
        clock,
        cause="third_party",
        label="征求第三方意见",
        sent=date(2026, 9, 10),
        limit=keeper.Theirs(date(2026, 9, 11), 15),
        by=nx.li,
        at=moment("2026-09-11"),
    )


def test_a_day_off_within_a_consultation_moves_the_other_sides_limit_and_with_it_ours(start, nx):
    clock = start("2026-09-10")
    pause = asked(clock, nx)
    before = Clock.objects.get().last_day
    closed = declared("nx", date(2026, 9, 15))

    previewed = moving.preview_calendar(closed, on=date(2026, 9, 12))
    _, moves = moving.apply_calendar(closed, by=nx.chen, at=moment("2026-09-12"))

    limit, pause = pause.limit_on, Pause.objects.get()
    assert (limit, pause.limit_on, pause.last_day) == (date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 10))
    assert (before, Clock.objects.get().last_day) == (date(2026, 11, 5), date(2026, 11, 6))
    assert [move.new for move in previewed] == [move.new for move in moves] == [date(2026, 11, 6)]
    assert keeper.replay_all(at=moment("2026-09-12")) == []


def test_a_fixed_last_day_of_the_other_side_is_left_alone_by_the_calendar(start, nx):
    clock = start("2026-09-10")
    asked(clock, nx)
    Pause.objects.update(asked_on=None, working_days=None)

    moving.apply_calendar(declared("nx", date(2026, 9, 15)), by=nx.chen, at=moment("2026-09-12"))

    assert Pause.objects.get().limit_on == date(2026, 10, 9)
