"""What may be written into a record that can never be corrected."""

from datetime import date

import pytest

from portal.ledger.told import NotForTheLedger, judged


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"due": "2026-10-23", "days": 20, "late": False, "ground": None},
        {"numbers": ["宁工信公开〔2026〕第12号 告"], "moved": {"from": "2026-10-23", "to": "2026-10-26"}},
        {"proof": "XA13812345678"},
        {"proof": "1234567890123"},
        {"manifest": "0" * 40 + "13812345678" + "a" * 13},
    ],
)
def test_codes_dates_and_numbers_may_be_told(told):
    assert judged(told) == (told or {})


@pytest.mark.parametrize(
    "value",
    [
        "110101199003071233",
        "申请人11010119900307123X。",
        "13812341234",
        13812341234,
        "电话：138-1234-1234",
        "+86 138 1234 1234",
        "wang@example.cn",
    ],
)
@pytest.mark.parametrize("wrap", [lambda v: {"x": v}, lambda v: {"x": [{"y": v}]}, lambda v: {str(v): 1}])
def test_what_looks_like_personal_data_is_refused_wherever_it_hides(value, wrap):
    with pytest.raises(NotForTheLedger, match="looks like personal data"):
        judged(wrap(value))


@pytest.mark.parametrize(
    "told",
    [{"x": 1.5}, {"x": date(2026, 1, 1)}, {"x": (1,)}, {1: "x"}, {"x": {2: 1}}, {"x": "\x00"}, {"x": "\ud800"}, ["x"]],
)
def test_only_plain_values_are_told(told):
    with pytest.raises(NotForTheLedger):
        judged(told)


def test_values_nested_beyond_reading_are_refused():
    told: dict = {}
    inner = told
    for _ in range(10):
        inner["x"] = inner = {}

    with pytest.raises(NotForTheLedger, match="nested"):
        judged(told)
