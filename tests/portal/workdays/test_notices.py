"""Reading a notice from a file: what is accepted, and how what is not is refused."""

from datetime import date

import pytest

from portal.workdays.calendar import NamedDay
from portal.workdays.notices import NoticeRefused, parse, shipped

HEAD = """
scope = "CN"
year = 2027
number = "国办发明电〔2026〕9号"
title = "国务院办公厅关于2027年部分节假日安排的通知"
issued_on = 2026-11-05
"""
SPRING = """
[[holiday]]
name = "春节"
from = 2027-02-05
to = 2027-02-11
work = [2027-01-31, 2027-02-20]
"""


def toml(text, **options):
    return parse("2027.toml", text.encode(), **options)


def refusal(text, **options):
    with pytest.raises(NoticeRefused) as refused:
        toml(text, **options)
    return str(refused.value)


def test_a_notice_is_read_with_its_days_in_order():
    notice = toml(HEAD + SPRING)

    assert (notice.scope, notice.year, notice.number) == ("CN", 2027, "国办发明电〔2026〕9号")
    assert notice.effective_from == date(2026, 11, 5)
    assert notice.days[0] == NamedDay(date(2027, 1, 31), False, "春节")
    assert sum(day.off for day in notice.days) == 7


def test_a_spreadsheet_says_the_same():
    csv = (
        "范围,CN\n年份,2027\n文号,国办发明电〔2026〕9号\n标题,国务院办公厅关于2027年部分节假日安排的通知\n"
        "发布日期,2026-11-05\n放假,2027-02-05,2027-02-11,春节\n上班,2027-01-31,,春节\n上班,2027/02/20,,春节\n"
    )

    assert parse("2027.csv", ("\ufeff" + csv).encode()) == toml(HEAD + SPRING)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD, "没有任何放假或调休上班日期"),
        (HEAD + SPRING + SPRING, "2027年2月5日在“春节”和“春节”中重复出现"),
        (HEAD + SPRING.replace("2027-02-20", "2027-02-17"), "2027年2月17日是周三，不是周末，不能列为调休上班日"),
        (HEAD + SPRING.replace("2027-02-20", "2027-02-06"), "2027年2月6日在“春节”和“春节”中重复出现"),
        (HEAD + SPRING.replace("2027-02-20", "2026-02-21"), "2026年2月21日不属于2027年的安排"),
        (HEAD + SPRING.replace("2027-02-11", "2027-02-01"), "截止日期早于起始日期"),
        (HEAD + SPRING.replace("2027-02-11", "2027-05-11"), "放假超过31天"),
        (HEAD + SPRING.replace('name = "春节"\n', ""), "没有写节日名称"),
        (HEAD + SPRING.replace("to = 2027-02-11\n", ""), "放假起止日期不全"),
        (HEAD + SPRING.replace("2027-02-05", '"五日"'), "日期不正确"),
        (HEAD.replace("year = 2027", "") + SPRING, "缺少年份"),
        (HEAD.replace("issued_on = 2026-11-05", "") + SPRING, "缺少发布日期"),
        (HEAD.replace('scope = "CN"', "") + SPRING, "缺少范围"),
        ("colour = 1" + HEAD + SPRING, "不认识的项目“colour”"),
        ("scope = ", "不符合 TOML 格式"),
    ],
)
def test_a_wrong_notice_is_refused_in_a_sentence_that_names_the_fault(text, sentence):
    assert sentence in refusal(text)


def test_a_notice_that_is_loaded_already_is_refused():
    assert "已经导入过" in refusal(HEAD + SPRING, known=[("CN", "国办发明电〔2026〕9号")])


def test_all_faults_are_told_at_once():
    sentences = refusal(HEAD.replace("year = 2027", "").replace('scope = "CN"', "") + SPRING).splitlines()

    assert len(sentences) == 2


def test_a_weekday_may_be_declared_worked_only_if_it_was_off():
    text = HEAD + '[[holiday]]\nname = "更正"\nwork = [2027-05-03]\n'

    assert "不是周末" in refusal(text)
    assert toml(text, off=lambda scope, day: day == date(2027, 5, 3)).days == (
        NamedDay(date(2027, 5, 3), False, "更正"),
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("2027.xlsx", b"", "只能导入 .toml 或 .csv 文件"),
        ("2027.csv", "放假,明天".encode(), "第1行的日期或年份不正确"),
        ("2027.csv", "休息,2027-01-01".encode(), "第1行的“休息”不认识"),
        ("2027.csv", "范围,CN".encode("gbk"), "不是 UTF-8 编码"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(name, content, sentence):
    with pytest.raises(NoticeRefused, match=sentence):
        parse(name, content)


def test_everything_shipped_passes_the_same_judgement():
    years = {notice.year for notice in shipped() if notice.scope == "CN" and not notice.provisional}

    assert years == set(range(2017, 2027))
