"""Reading a notice from a small TOML or CSV file, and refusing a wrong one in full sentences.

The calendars shipped with the portal are in the same format, so a new year needs no release. Pure: no Django.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from portal.moment import chinese_date
from portal.refusal import Refusal
from portal.workdays.calendar import NATION, Announcement, Calendar, NamedDay, calendar_of

DATA = Path(__file__).parent / "data"

_KEYS = {"scope", "year", "number", "title", "url", "issued_on", "effective_from", "provisional", "note", "holiday"}
_WEEK = "一二三四五六日"
_CSV_HEADS = {
    "范围": "scope",
    "年份": "year",
    "文号": "number",
    "标题": "title",
    "网址": "url",
    "发布日期": "issued_on",
    "施行日期": "effective_from",
    "备注": "note",
}


class NoticeRefused(Refusal):
    """A notice file that cannot be used. `sentences` say what is wrong and what to do, in Chinese."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def _never_off(scope: str, day: date) -> bool:
    return False


def parse(
    name: str,
    content: bytes,
    *,
    known: Iterable[tuple[str, str]] = (),
    off: Callable[[str, date], bool] = _never_off,
) -> Announcement:
    """The announcement in a file; `name` decides between TOML and CSV.

    `known` holds the (scope, number) pairs already loaded; `off` says whether a day is a holiday so far, because
    only then can a weekday be declared worked. Raises `NoticeRefused` with every fault found at once.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoticeRefused(["文件不是 UTF-8 编码，请另存为 UTF-8 后重新导入。"]) from None
    if name.lower().endswith(".toml"):
        table = _from_toml(text)
    elif name.lower().endswith(".csv"):
        table = _from_csv(text)
    else:
        raise NoticeRefused(["只能导入 .toml 或 .csv 文件，请按《节假日安排导入说明》整理后重新导入。"])
    return _announcement(table, set(known), off)


def _from_toml(text: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise NoticeRefused([f"文件不符合 TOML 格式（{fault}），请改正后重新导入。"]) from None
    for key in sorted(set(table) - _KEYS):
        raise NoticeRefused([f"文件中有不认识的项目“{key}”，请删除或改正后重新导入。"])
    return table


def _from_csv(text: str) -> dict[str, Any]:
    """Rows of 名称,值 for the head, then rows of 放假|上班,起,止,节日."""
    table: dict[str, Any] = {"holiday": []}
    faults = []
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        cells = [cell.strip() for cell in row] + ["", "", ""]
        if not any(cells):
            continue
        try:
            if cells[0] in _CSV_HEADS:
                key = _CSV_HEADS[cells[0]]
                table[key] = _value(key, cells[1])
            elif cells[0] == "放假":
                table["holiday"].append({"from": _day(cells[1]), "to": _day(cells[2] or cells[1]), "name": cells[3]})
            elif cells[0] == "上班":
                table["holiday"].append({"work": [_day(cells[1])], "name": cells[3] or cells[2]})
            else:
                faults.append(f"第{number}行的“{cells[0]}”不认识，每行应以{'、'.join(_CSV_HEADS)}、放假或上班开头。")
        except ValueError:
            faults.append(f"第{number}行的日期或年份不正确，日期应写成 2027-01-01 的样子。")
    if faults:
        raise NoticeRefused(faults)
    return table


def _value(key: str, cell: str) -> Any:
    if key == "year":
        return int(cell)
    return _day(cell) if key in {"issued_on", "effective_from"} else cell


def _day(cell: str) -> date:
    return date.fromisoformat(re.sub(r"[/.]", "-", cell))


def _announcement(
    table: Mapping[str, Any], known: set[tuple[str, str]], off: Callable[[str, date], bool]
) -> Announcement:
    faults = list(_head_faults(table, known))
    if faults:
        raise NoticeRefused(faults)
    days: dict[date, NamedDay] = {}
    for entry in table.get("holiday", ()):
        faults.extend(_take(entry, int(table["year"]), days, lambda day: off(table["scope"], day)))
    if not days and not faults:
        faults.append("文件中没有任何放假或调休上班日期，请补充后重新导入。")
    if faults:
        raise NoticeRefused(faults)
    issued = table.get("issued_on")
    return Announcement(
        scope=table["scope"],
        year=table["year"],
        number=table.get("number", ""),
        title=table["title"],
        effective_from=table.get("effective_from") or table["issued_on"],
        days=tuple(days[day] for day in sorted(days)),
        url=table.get("url", ""),
        issued_on=issued,
        provisional=table.get("provisional", False),
        note=table.get("note", ""),
    )


def _head_faults(table: Mapping[str, Any], known: set[tuple[str, str]]) -> Iterable[str]:
    for key, label in (("scope", "范围"), ("title", "标题")):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield f"文件缺少{label}，请补充后重新导入。"
    year = table.get("year")
    if not isinstance(year, int) or not 2011 <= year <= 2045:
        yield "文件缺少年份，或年份不在2011年至2045年之间，请改正后重新导入。"
    dates = [table.get(key) for key in ("issued_on", "effective_from")]
    if not any(dates):
        yield "文件缺少发布日期，请补充后重新导入。"
    if any(day is not None and (not isinstance(day, date) or isinstance(day, datetime)) for day in dates):
        yield "发布日期或施行日期不正确，应写成 2026-11-04 的样子。"
    number = table.get("number", "")
    if number and (table.get("scope"), number) in known:
        yield f"文号为“{number}”的通知已经导入过，不能重复导入；如该通知有修改，请导入修改它的新通知。"


def _take(
    entry: Mapping[str, Any], year: int, days: dict[date, NamedDay], is_off: Callable[[date], bool]
) -> Iterable[str]:
    """Put the days of one festival into `days`; yields the faults."""
    name = entry.get("name", "")
    if not name:
        yield "有一项放假安排没有写节日名称，请补充后重新导入。"
    first, last, work = entry.get("from"), entry.get("to"), entry.get("work", [])
    if not all(type(day) is date for day in (*work, *(day for day in (first, last) if day is not None))):
        yield f"“{name}”的日期不正确，应写成 2027-01-01 的样子。"
        return
    if (first is None) != (last is None) or (first is None and not work):
        yield f"“{name}”的放假起止日期不全，请补充后重新导入。"
        return
    if first is not None and last is not None:
        if last < first:
            yield f"“{name}”的放假截止日期早于起始日期，请改正后重新导入。"
            return
        if (last - first).days > 31:
            yield f"“{name}”放假超过31天，请核对起止日期后重新导入。"
            return
    free = [first + timedelta(n) for n in range((last - first).days + 1)] if first and last else []
    for day in (*free, *work):
        if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
            yield f"{chinese_date(day)}不属于{year}年的安排，请核对年份后重新导入。"
        elif day in days:
            yield f"{chinese_date(day)}在“{days[day].name}”和“{name}”中重复出现，请核对后重新导入。"
        elif day in work and day.weekday() < 5 and not is_off(day):
            yield f"{chinese_date(day)}是周{_WEEK[day.weekday()]}，不是周末，不能列为调休上班日，请核对后重新导入。"
        else:
            days[day] = NamedDay(day, day not in work, name)


@lru_cache(maxsize=1)
def shipped() -> tuple[Announcement, ...]:
    """Every announcement that travels with the portal."""
    return tuple(parse(file.name, file.read_bytes()) for file in sorted(DATA.glob("*.toml")))


def regions() -> tuple[str, ...]:
    """The scopes that the shipped files have days for, the nation first."""
    return tuple(dict.fromkeys((NATION, *sorted(notice.scope for notice in shipped()))))


def shipped_calendar(*scopes: str, on: date | None = None) -> Calendar:
    """The calendar of these scopes from the shipped files alone, as known on `on` (default: all of them)."""
    wanted = scopes if NATION in scopes else (NATION, *scopes)
    return calendar_of(
        tuple(
            notice
            for scope in wanted
            for notice in shipped()
            if notice.scope == scope and (on is None or notice.effective_from <= on)
        )
    )
