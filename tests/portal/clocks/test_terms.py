"""When terms end: by table, by property, and at the edges of midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clocks import terms
from portal.clocks.terms import Due, Granted, Interval, Why, due, explain
from portal.moment import SHANGHAI
from portal.regulations.schema import Term, Unit
from portal.workdays.notices import shipped_calendar

CHINA = shipped_calendar()
DAYS = st.dates(date(2019, 1, 1), date(2026, 6, 30))


def term(amount, unit=Unit.WORKING_DAY, *, rolls=False):
    return Term("answer", amount, unit, "received", "答复期限", (), rolls=rolls)


# Receipt, then the ends of 7, 15, 20 and 20+20 working days.
VECTORS = [
    ("2019-09-16", "2019-09-25", "2019-10-11", "2019-10-17", "2019-11-14"),
    ("2020-01-16", "2020-02-03", "2020-02-13", "2020-02-20", "2020-03-19"),
    ("2020-01-22", "2020-02-10", "2020-02-20", "2020-02-27", "2020-03-26"),
    ("2023-09-22", "2023-10-09", "2023-10-19", "2023-10-26", "2023-11-23"),
    ("2023-12-29", "2024-01-10", "2024-01-22", "2024-01-29", "2024-02-29"),
    ("2024-02-04", "2024-02-19", "2024-02-29", "2024-03-07", "2024-04-07"),
    ("2024-02-18", "2024-02-27", "2024-03-08", "2024-03-15", "2024-04-15"),
    ("2024-09-29", "2024-10-14", "2024-10-24", "2024-10-31", "2024-11-28"),
    ("2025-01-13", "2025-01-22", "2025-02-08", "2025-02-14", "2025-03-14"),
    ("2025-01-26", "2025-02-11", "2025-02-21", "2025-02-28", "2025-03-28"),
    ("2025-09-28", "2025-10-14", "2025-10-24", "2025-10-31", "2025-11-28"),
    ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
@pytest.mark.rule("REG-33")
def test_terms_of_working_days_end_where_an_independent_table_says(vector):
    received, *ends = map(date.fromisoformat, vector)

    found = [due(term(n), received, CHINA).last_day for n in (7, 15, 20)]
    found.append(due(term(20), received, CHINA, extension=Granted(20)).last_day)

    assert found == ends


@pytest.mark.parametrize(
    ("amount", "unit", "rolls", "start", "end"),
    [
        (60, Unit.CALENDAR_DAY, True, "2025-08-04", "2025-10-09"),
        (60, Unit.CALENDAR_DAY, False, "2025-08-04", "2025-10-03"),
        (15, Unit.CALENDAR_DAY, True, "2026-09-18", "2026-10-08"),
        (5, Unit.CALENDAR_DAY, True, "2026-02-09", "2026-02-14"),  # a make-up Saturday is no closed day
        (6, Unit.MONTH, False, "2026-03-31", "2026-09-30"),
        (6, Unit.MONTH, False, "2023-08-31", "2024-02-29"),
        (1, Unit.MONTH, True, "2026-01-15", "2026-02-24"),
        (1, Unit.YEAR, False, "2024-02-29", "2025-02-28"),
        (0, Unit.IMMEDIATE, False, "2026-03-07", "2026-03-07"),
        (0, Unit.WORKING_DAY, False, "2026-03-06", "2026-03-06"),
    ],
)
def test_other_units_end_as_the_civil_code_says(amount, unit, rolls, start, end):
    assert due(term(amount, unit, rolls=rolls), date.fromisoformat(start), CHINA).last_day == date.fromisoformat(end)


def test_hours_run_through_night_and_holiday_from_a_moment_in_any_zone():
    detected = datetime(2026, 2, 16, 14, 30, tzinfo=UTC)

    end = due(term(5, Unit.HOUR), detected, CHINA)

    assert end.due_at == datetime(2026, 2, 17, 3, 30, tzinfo=SHANGHAI)
    assert end.landing == date(2026, 2, 17)


def test_an_hour_term_without_a_moment_is_refused():
    with pytest.raises(ValueError, match="aware moment"):
        due(term(5, Unit.HOUR), date(2026, 2, 16), CHINA)


def test_the_last_day_lasts_until_midnight_and_not_a_second_longer():
    limit = due(term(20), date(2025, 3, 3), CHINA)

    assert not limit.late(datetime(2025, 3, 31, 23, 59, 59, 999999, SHANGHAI))
    assert limit.late(datetime(2025, 4, 1, 0, 0, tzinfo=SHANGHAI))
    assert limit.due_at == datetime(2025, 3, 31, 16, 0, tzinfo=UTC)


def test_where_the_calendar_is_not_published_there_is_no_last_day():
    limit = due(term(20), date(2026, 12, 10), CHINA)

    assert limit.last_day is None
    assert limit.landing == date(2027, 1, 8)
    assert due(term(60, Unit.CALENDAR_DAY, rolls=True), date(2026, 12, 1), CHINA).last_day is None
    assert due(term(60, Unit.CALENDAR_DAY), date(2026, 12, 1), CHINA).last_day == date(2027, 1, 30)


def test_a_consultation_without_a_reply_is_capped_at_the_other_sides_limit():
    sent, served = date(2025, 9, 10), date(2025, 9, 12)

    silent = terms.consultation_interval(sent, served, None, term(15), CHINA)
    late = terms.consultation_interval(sent, served, date(2025, 11, 3), term(15), CHINA)
    quick = terms.consultation_interval(sent, served, date(2025, 9, 26), term(15), CHINA)

    assert silent == late == (sent, date(2025, 10, 10), "")
    assert quick.until == date(2025, 9, 26)


def test_an_extension_is_in_time_on_the_last_day_and_late_the_day_after():
    limit = Due(date(2025, 3, 31), False)

    assert terms.extension_in_time(limit, date(2025, 3, 31))
    assert not terms.extension_in_time(limit, date(2025, 4, 1))


def test_a_fixed_date_does_not_roll_and_has_a_safe_day_before():
    assert terms.fixed(date(2026, 1, 31), CHINA) == (Due(date(2026, 1, 31), False), date(2026, 1, 30))


@given(start=DAYS, n=st.integers(1, 60), after=st.integers(-5, 40), length=st.integers(-3, 0))
def test_a_pause_of_no_days_changes_nothing(start, n, after, length):
    pause = Interval(start + timedelta(after), start + timedelta(after + length))

    assert due(term(n), start, CHINA, excluded=[pause]) == due(term(n), start, CHINA)


@given(
    start=DAYS, n=st.integers(1, 40), spans=st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 30)), max_size=4)
)
def test_exclusion_by_table_equals_counting_the_days_one_by_one(start, n, spans):
    excluded = [Interval(start + timedelta(a), start + timedelta(a + length)) for a, length in spans]

    day, counted = start, 0
    while counted < n:
        day += timedelta(1)
        inside = any(after < day <= until for after, until, _ in excluded)
        counted += CHINA.is_working(day) and not inside

    assert due(term(n), start, CHINA, excluded=excluded).landing == day


@given(start=DAYS, n=st.integers(1, 40), a=st.integers(0, 20), length=st.integers(0, 20), more=st.integers(0, 20))
def test_a_longer_pause_never_ends_the_limit_earlier(start, n, a, length, more):
    short = Interval(start + timedelta(a), start + timedelta(a + length))
    long = Interval(short.after, short.until + timedelta(more))

    assert due(term(n), start, CHINA, excluded=[short]) <= due(term(n), start, CHINA, excluded=[long])


@given(
    start=DAYS,
    n=st.integers(1, 30),
    unit=st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3),
    more=st.integers(0, 20),
)
def test_the_account_counts_exactly_the_days_of_the_term_and_ends_on_the_last(start, n, unit, spans, more):
    excluded = [Interval(start + timedelta(a), start + timedelta(a + length), "征求第三方意见") for a, length in spans]
    extension = Granted(more, unit) if more else None

    days = explain(term(n, unit), start, CHINA, excluded=excluded, extension=extension)

    end = due(term(n, unit), start, CHINA, excluded=excluded, extension=extension)
    assert [day.day for day in days] == [start + timedelta(k) for k in range((end.landing - start).days + 1)]
    assert [day.number for day in days if day.why is Why.COUNTED] == list(range(1, n + more + 1))
    assert [day.day for day in days if day.due] == [end.landing]
    assert sum(day.extended for day in days if day.why is Why.COUNTED) == more


def test_the_account_says_why_each_day_is_skipped():
    excluded = [Interval(date(2025, 9, 10), date(2025, 9, 26), "征求第三方意见")]

    lines = terms.account(explain(term(20), date(2025, 9, 8), CHINA, excluded=excluded))

    assert lines[0] == "9月8日（周一）起算之日，不计入"
    assert "9月11日—9月12日 征求第三方意见，不计入期限" in lines
    assert "9月13日—9月14日 周末，不计" in lines
    assert "10月1日—10月8日 国庆节、中秋节放假，不计（国办发明电〔2024〕12号）" in lines
    assert lines[-1] == "10月28日（周二）第20个工作日，期限届满日"


def test_the_account_of_a_rolled_end_says_that_it_is_moved():
    lines = terms.account(explain(term(60, Unit.CALENDAR_DAY, rolls=True), date(2025, 8, 4), CHINA))

    assert "10月3日（周五）第60日" in lines
    assert "10月4日—10月8日 国庆节、中秋节放假，届满日顺延（国办发明电〔2024〕12号）" in lines
    assert lines[-1] == "10月9日（周四）节假日后的第一个工作日，期限顺延至本日，期限届满日"


def test_the_account_of_hours_names_the_clock():
    detected = datetime(2026, 2, 27, 17, 45, tzinfo=SHANGHAI)

    lines = terms.account(explain(term(48, Unit.HOUR), detected, CHINA))

    assert lines == [
        "2月27日（周五）17:45起算，连续计算，节假日不停",
        "2月28日（周六）全天连续计算",
        "3月1日（周日）17:45届满，期限届满日",
    ]
