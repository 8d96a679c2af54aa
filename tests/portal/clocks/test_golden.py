"""The golden cases: dates computed by hand, by two programs, and twice by a court."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.clocks import cases
from portal.workdays.notices import shipped_calendar

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "law" / "due_dates.json"
CASES = json.loads(GOLDEN.read_text("utf-8"))


def answered(case):
    return cases.answer(case, shipped_calendar)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
@pytest.mark.rule("REG-33")
def test_a_golden_case_is_due_when_it_should_be(case):
    answer = answered(case)

    assert answer["due"] == case["due"], case["id"]
    for key, value in case.get("expect", {}).items():
        assert answer[key] == value


def test_an_unpublished_year_gives_only_a_provisional_date():
    answer = answered(next(case for case in CASES if case["id"] == "G49"))

    assert answer["due"] is None
    assert answer["provisional"] == "2027-01-08"
    assert answer["explanation"][-1]["text"].endswith("（该年度放假安排尚未公布，暂计）")


@pytest.mark.parametrize(("id_", "rolled"), [("G10", "2025-11-05"), ("G53", "2017-07-10")])
def test_the_disputed_later_reading_is_told_beside(id_, rolled):
    assert answered(next(case for case in CASES if case["id"] == id_))["rolled"] == rolled


def test_a_fixed_date_names_the_safe_day():
    assert answered(next(case for case in CASES if case["id"] == "G48"))["safe"] == "2026-01-30"


def test_a_supplement_asked_for_too_late_does_not_restart_the_limit():
    events = [
        {"type": "supplement_notice_sent", "on": "2025-10-14"},
        {"type": "supplement_received", "on": "2025-10-20"},
    ]

    answer = answered(
        {"id": "late", "rule": "FOI_REPLY_20WD_AFTER_SUPPLEMENT", "start": "2025-09-26", "events": events}
    )

    assert answer["due"] == "2025-10-30"


def test_the_command_prints_every_case_as_json():
    out = io.StringIO()

    call_command("due", cases=GOLDEN, stdout=out)

    answers = json.loads(out.getvalue())
    assert [(answer["id"], answer["due"]) for answer in answers] == [(case["id"], case["due"]) for case in CASES]


def test_the_command_explains_one_term_day_by_day():
    out = io.StringIO()

    call_command("due", start="2026-09-10", term="20wd", region="CN-NX", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == "9月10日（周四）起算之日，不计入"
    assert lines[1] == "9月11日（周五）第1个工作日"
    assert "10月1日—10月7日 国庆节放假，不计（国办发明电〔2025〕7号）" in lines
    assert lines[-2] == "10月14日（周三）第20个工作日，期限届满日"
    assert lines[-1] == "届满日：2026-10-14"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "请给出 --cases 文件"),
        ({"start": "2026-09-10", "term": "20天"}, "期限“20天”不正确"),
        ({"start": "9月10日", "term": "20wd"}, "日期“9月10日”不正确"),
        ({"start": "2026-09-10", "term": "5h"}, "须写明起算时刻"),
        ({"start": "2026-09-10", "term": "20wd", "region": "XX"}, "没有地区“XX”的日历。可以使用：CN、CN-GX、CN-NX、"),
        ({"start": "1990-01-01", "term": "20wd"}, "请核对起算日期"),
        ({"cases": Path("/nowhere.json")}, "无法读取文件"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_a_sentence(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("due", **options)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_the_answer_is_the_same_in_any_time_zone_of_the_process(zone):
    code = (
        "import json,sys; from portal.clocks import cases; from portal.workdays.notices import shipped_calendar;"
        "print([cases.answer(c, shipped_calendar)['due'] for c in json.load(open(sys.argv[1]))])"
    )

    told = subprocess.run(
        [sys.executable, "-c", code, str(GOLDEN)],
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == str([case["due"] for case in CASES])
