"""The one way a date is written."""

from datetime import date

from portal.moment import chinese_date


def test_dates_have_no_leading_noughts() -> None:
    assert chinese_date(date(2026, 1, 9)) == "2026年1月9日"
