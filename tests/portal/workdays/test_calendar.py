"""The calendar as a value, against the notices it was made from and an independent package."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.workdays.calendar import Announcement, BeyondHorizon, Calendar, DayKind, NamedDay
from portal.workdays.notices import shipped, shipped_calendar

HOLIDAYS = Path(__file__).resolve().parents[2] / "law" / "holidays.json"
CHINA = shipped_calendar()
NINGXIA = shipped_calendar("CN-NX")
DAYS = st.dates(date(2017, 1, 1), date(2026, 12, 31))


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def test_every_day_from_2019_to_2026_is_what_an_independent_package_says():
    days = span(date(2019, 1, 1), date(2026, 12, 31))

    differing = [day for day in days if CHINA.is_working(day) != chinese_calendar.is_workday(day)]

    assert len(days) == 2922
    assert differing == []


def test_the_years_of_the_old_regulation_are_right_too():
    days = span(date(2017, 1, 1), date(2018, 12, 31))

    assert [day for day in days if CHINA.is_working(day) != chinese_calendar.is_workday(day)] == []


def test_the_shipped_days_are_those_of_the_specification():
    year_of = {entry["year"]: entry for entry in json.loads(HOLIDAYS.read_text("utf-8"))["national"]}
    for entry in year_of.values():
        off = [day for a, b in entry["off"] for day in span(date.fromisoformat(a), date.fromisoformat(b))]
        assert [day for day in off if CHINA.status(day).kind is not DayKind.HOLIDAY] == []
        for day in map(date.fromisoformat, entry["weekend_workdays"]):
            assert CHINA.status(day).kind is DayKind.MAKE_UP, day


@pytest.mark.parametrize("region", ["CN-NX", "CN-GX"])
def test_a_region_has_the_holidays_of_the_specification_and_no_others(region):
    wanted = json.loads(HOLIDAYS.read_text("utf-8"))["regional"][region]["off"]
    calendar = shipped_calendar(region)

    own = [
        day
        for day in span(date(2019, 1, 1), date(2026, 12, 31))
        if CHINA.is_working(day) and not calendar.is_working(day)
    ]

    assert own == [date.fromisoformat(day) for day in wanted]


def test_a_year_has_as_many_working_days_as_the_law_counts():
    counts = [CHINA.between(date(year - 1, 12, 31), date(year, 12, 31)) for year in range(2019, 2027)]

    assert counts == [250, 249, 250, 249, 249, 251, 248, 248]


def test_a_day_says_what_it_is_and_on_whose_word():
    assert CHINA.status(date(2026, 10, 1)) == (DayKind.HOLIDAY, "国庆节放假", "国办发明电〔2025〕7号", True)
    assert CHINA.status(date(2026, 2, 14)) == (DayKind.MAKE_UP, "春节调休上班", "国办发明电〔2025〕7号", True)
    assert CHINA.status(date(2026, 11, 21)).kind is DayKind.WEEKEND
    assert NINGXIA.status(date(2026, 5, 27)).reason == "古尔邦节放假"


def test_outside_the_published_years_the_answer_is_marked_provisional():
    landing = CHINA.add(date(2026, 12, 10), 20)

    assert landing == (date(2027, 1, 8), True)
    assert CHINA.add(date(2026, 12, 3), 20) == (date(2026, 12, 31), False)
    assert CHINA.add(date(2026, 12, 4), 20).provisional


def test_an_unpublished_year_knows_only_weekends_and_statutory_festivals():
    assert CHINA.status(date(2027, 2, 5)).reason == "春节放假"
    assert not CHINA.status(date(2027, 2, 5)).published
    assert CHINA.is_working(date(2027, 2, 9))


def test_a_published_arrangement_replaces_the_statutory_guess():
    real = Announcement(
        "CN", 2027, "国办发明电〔2026〕9号", "通知", date(2026, 11, 5), (NamedDay(date(2027, 2, 8), True, "春节"),)
    )

    calendar = Calendar([*CHINA.announcements, real])

    assert calendar.covers(date(2027, 1, 1))
    assert calendar.is_working(date(2027, 2, 5))
    assert not calendar.add(date(2026, 12, 10), 20).provisional


def test_before_the_extension_of_2020_was_announced_the_limit_was_another():
    received = date(2020, 1, 16)

    assert shipped_calendar(on=date(2020, 1, 20)).add(received, 20).day == date(2020, 2, 18)
    assert shipped_calendar(on=date(2020, 1, 27)).add(received, 20).day == date(2020, 2, 20)


def test_a_narrower_scope_overrides_a_wider_one_and_undoing_it_restores_the_calendar():
    closed = Announcement(
        "nx", 2026, "宁工信〔2026〕1号", "闭馆", date(2026, 9, 1), (NamedDay(date(2026, 9, 10), True, "搬迁"),)
    )

    edited = Calendar([*NINGXIA.announcements, closed])

    assert not edited.is_working(date(2026, 9, 10))
    assert Calendar(edited.announcements[:-1]) == NINGXIA


def test_a_date_outside_the_tables_is_refused_in_a_sentence():
    for question in (
        lambda: CHINA.add(date(1999, 1, 1), 20),
        lambda: CHINA.add(date(2045, 12, 30), 400),
        lambda: CHINA.is_working(date(2050, 1, 1)),
        lambda: CHINA.back(date(2010, 1, 4), 9),
    ):
        with pytest.raises(BeyondHorizon, match="请核对起算日期"):
            question()


def test_without_any_notice_nothing_is_known_but_weekends():
    empty = Calendar([])

    assert empty.add(date(2026, 9, 10), 1) == (date(2026, 9, 11), True)


def test_counting_backwards_is_refused_in_favour_of_back():
    with pytest.raises(ValueError, match="back"):
        CHINA.add(date(2026, 9, 10), -1)


@given(day=DAYS, n=st.integers(1, 120))
def test_adding_and_counting_between_are_inverse(day, n):
    landing = CHINA.add(day, n).day

    assert CHINA.is_working(landing)
    assert CHINA.between(day, landing) == n
    assert CHINA.days_left(landing, day) == -n


@given(day=DAYS, n=st.integers(0, 60))
def test_going_back_finds_the_first_day_with_so_many_left(day, n):
    found = CHINA.back(day, n)

    assert CHINA.between(found, day) == n
    assert CHINA.between(found - timedelta(1), day) == n + 1


@given(day=DAYS, later=st.integers(0, 60), n=st.integers(1, 60), more=st.integers(0, 30))
def test_a_later_start_or_a_longer_term_never_ends_earlier(day, later, n, more):
    assert CHINA.add(day, n).day <= CHINA.add(day + timedelta(later), n + more).day


@given(day=DAYS, n=st.integers(1, 60))
def test_receipt_on_a_closed_day_counts_like_the_working_day_before(day, n):
    before = CHINA.back(day, 0)

    assert CHINA.add(day, n).day == CHINA.add(before, n).day


def test_equal_announcements_make_equal_calendars():
    assert Calendar(shipped()) == Calendar(shipped())
    assert hash(shipped_calendar("CN-NX")) == hash(NINGXIA)
    assert NINGXIA != CHINA
