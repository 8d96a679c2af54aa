"""The deadline strip: the grid, its legend, and the words that say the same."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from portal.clocks import keeper
from portal.clocks.strip import strip, strip_of
from portal.clocks.terms import Granted, Interval
from portal.regulations.schema import Term, Unit
from portal.workdays.notices import shipped_calendar

from .conftest import matter, moment

NINGXIA = shipped_calendar("CN-NX")
ANSWER = Term("answer", 20, Unit.WORKING_DAY, "received", "答复期限", ("REG-33",))


def cells(drawn):
    return [cell for week in drawn.weeks for cell in week if cell is not None]


def test_the_grid_holds_every_day_from_receipt_to_the_last_in_whole_weeks():
    drawn = strip(ANSWER, date(2026, 9, 10), NINGXIA, today=date(2026, 9, 21))

    assert {len(week) for week in drawn.weeks} == {7}
    assert drawn.weeks[0][:3] == (None, None, None)
    assert (cells(drawn)[0].day, cells(drawn)[-1].day) == (date(2026, 9, 10), date(2026, 10, 14))
    assert [cell.mark for cell in cells(drawn) if cell.mark.isdigit()] == [str(n) for n in range(1, 21)]


def test_start_due_and_today_are_flagged_once_each():
    drawn = strip(ANSWER, date(2026, 9, 10), NINGXIA, today=date(2026, 9, 21))

    for flag, day in (("strip-start", 10), ("strip-today", 21), ("strip-due", 14)):
        assert [cell.day.day for cell in cells(drawn) if flag in cell.classes.split()] == [day]


def test_holidays_are_shaded_pauses_hatched_and_the_extension_marked():
    drawn = strip(
        ANSWER,
        date(2025, 9, 8),
        NINGXIA,
        excluded=[Interval(date(2025, 9, 10), date(2025, 9, 26), "征求第三方意见")],
        extension=Granted(5),
    )

    kinds = {cell.day: cell.classes for cell in cells(drawn)}
    assert "strip-excluded" in kinds[date(2025, 9, 11)]
    assert "strip-holiday" in kinds[date(2025, 10, 3)]
    assert "strip-extended" in kinds[date(2025, 10, 29)]
    assert "strip-extended" not in kinds[date(2025, 10, 28)]
    assert [key.words for key in drawn.legend] == [
        "起算之日，不计入",
        "计入期限",
        "周末，不计",
        "节假日，不计",
        "依法扣除的时间",
        "延长的期限",
        "期限届满日",
    ]
    assert drawn.summary == (
        "自2025年9月8日起算（当日不计入），20个工作日，依法延长5个工作日，依法扣除12个工作日，届满于2025年11月4日24时。"
    )


def test_the_words_tell_every_day_and_merge_what_is_skipped():
    drawn = strip(ANSWER, date(2026, 9, 10), NINGXIA)

    assert "10月1日—10月7日 国庆节放假，不计（国办发明电〔2025〕7号）" in drawn.lines
    assert sum("个工作日" in line for line in drawn.lines) == 20


def test_an_unpublished_year_is_said_to_be_in_doubt():
    drawn = strip(ANSWER, date(2026, 12, 10), NINGXIA)

    assert drawn.doubt.startswith("2027年放假安排尚未公布")
    assert "暂计至2027年1月8日" in drawn.summary
    assert "strip-unpublished" in cells(drawn)[-1].classes


def test_a_term_of_half_a_year_is_told_in_words_alone():
    drawn = strip(Term("litigation_direct", 6, Unit.MONTH, "served", "起诉期限", ()), date(2026, 3, 2), NINGXIA)

    assert drawn.weeks == ()
    assert drawn.lines


def test_hours_are_told_by_the_clock():
    begun = moment("2026-02-16", "22:30")

    drawn = strip(Term("opinion_major_release", 5, Unit.HOUR, "detected", "期限", ()), begun, NINGXIA)

    assert drawn.summary == "自2026年2月16日起连续计算5小时，届满于2026年2月17日03:30。"


def test_the_component_has_a_text_equivalent_and_no_inline_style():
    html = render_to_string(
        "components/_deadline_strip.html", {"strip": strip(ANSWER, date(2026, 9, 10), NINGXIA, today=date(2026, 9, 21))}
    )

    assert "style=" not in html
    assert html.count('aria-hidden="true"') == 2
    assert len(re.findall(r'class="strip-day ', html)) == 35
    assert "<li>9月11日（周五）第1个工作日</li>" in html


@pytest.mark.django_db
def test_the_strip_of_a_clock_shows_its_pauses_and_costs_one_query_when_prefetched(
    start, nx, django_assert_num_queries
):
    subject = matter(nx.body)
    clock = start("2026-09-10", subject=subject)
    keeper.pause(
        clock,
        cause="third_party",
        label="征求第三方意见",
        sent=date(2026, 9, 11),
        limit=date(2026, 9, 15),
        by=nx.li,
        at=moment("2026-09-11"),
    )
    clock = keeper.clocks_of(subject)[0]

    with django_assert_num_queries(1):
        drawn = strip_of(clock, at=moment("2026-09-21"))

    assert [cell.day.day for cell in cells(drawn) if "strip-excluded" in cell.classes] == [14, 15]
    assert cells(drawn)[-1].day == clock.last_day
