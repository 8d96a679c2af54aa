"""When is it due? `manage.py due --cases FILE.json` or `--from 2026-09-10 --term 20wd --region CN-NX`."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.clocks import cases, terms
from portal.moment import SHANGHAI, today
from portal.regulations import library
from portal.regulations.schema import Term, Unit
from portal.workdays.calendar import NATION, BeyondHorizon, Calendar
from portal.workdays.notices import regions, shipped_calendar

_UNITS = {
    "wd": Unit.WORKING_DAY,
    "d": Unit.CALENDAR_DAY,
    "h": Unit.HOUR,
    "m": Unit.MONTH,
    "y": Unit.YEAR,
}


class Command(BaseCommand):
    help = "计算期限届满日并逐日说明。默认使用随系统发布的日历，不需要数据库；--live 使用已导入的日历。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=Path, help="案例文件（JSON），逐件输出届满日和逐日说明")
        parser.add_argument("--from", dest="start", help="起算日期，如 2026-09-10；小时期限写成 2026-09-10T22:30")
        parser.add_argument("--term", help="期限，如 20wd（工作日）、30d（自然日）、6m（月）、48h（小时）")
        parser.add_argument("--region", default=NATION, help="适用地区，如 CN-NX；默认全国")
        parser.add_argument("--rolls", action="store_true", help="届满日为休息日时顺延（民法典第二百零三条）")
        parser.add_argument("--live", action="store_true", help="使用数据库中已导入的日历")

    def handle(self, *args: Any, **options: Any) -> None:
        calendar_for = self._live if options["live"] else self._shipped
        try:
            if options["cases"]:
                self._cases(options["cases"], calendar_for)
            elif options["start"] and options["term"]:
                self._one(options, calendar_for(options["region"]))
            else:
                raise CommandError("请给出 --cases 文件，或者同时给出 --from 和 --term。")
        except (cases.CaseRefused, BeyondHorizon) as refusal:
            raise CommandError(str(refusal)) from None

    def _shipped(self, region: str) -> Calendar:
        _known(region, _regions())
        return shipped_calendar(NATION, region)

    def _live(self, region: str) -> Calendar:
        from portal.workdays import service
        from portal.workdays.models import Notice

        _known(region, dict.fromkeys((*_regions(), *Notice.objects.order_by("scope").values_list("scope", flat=True))))
        return service.calendar_for(tuple(dict.fromkeys((NATION, region))), on=today())

    def _cases(self, path: Path, calendar_for: Callable[[str], Calendar]) -> None:
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
        except OSError as fault:
            raise CommandError(f"无法读取文件 {path}：{fault.strerror}。") from None
        except json.JSONDecodeError as fault:
            raise CommandError(f"文件 {path} 不是有效的 JSON：{fault}。") from None
        answers = [cases.answer(case, calendar_for) for case in given]
        self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=1))

    def _one(self, options: dict[str, Any], calendar: Calendar) -> None:
        term, start = _term(options["term"], rolls=options["rolls"]), _start(options["start"])
        try:
            due = terms.due(term, start, calendar)
        except ValueError as fault:
            if term.unit is not Unit.HOUR:
                raise
            raise CommandError("小时期限须写明起算时刻，如 --from 2026-09-10T22:30。") from fault
        for line in terms.account(terms.explain(term, start, calendar)):
            self.stdout.write(line)
        if due.provisional:
            self.stdout.write(
                f"日历未公布：{due.landing.year}年放假安排尚未导入，暂计至{due.landing:%Y-%m-%d}，"
                "请在国务院办公厅通知公布后导入并复核。"
            )
        else:
            self.stdout.write(f"届满：{due.moment:%Y-%m-%d %H:%M}" if due.moment else f"届满日：{due.landing:%Y-%m-%d}")


def _regions() -> tuple[str, ...]:
    """The scopes with days of their own, and the regions of the bodies, which may have none beyond the nation's."""
    return tuple(dict.fromkeys((*regions(), *(library.profile(code, today()).region for code in library.bodies()))))


def _known(region: str, known: Iterable[str]) -> None:
    if region not in known:
        raise CommandError(f"没有地区“{region}”的日历。可以使用：{'、'.join(known)}。")


def _term(text: str, *, rolls: bool) -> Term:
    found = re.fullmatch(r"(\d{1,3})(wd|d|h|m|y)", text.strip().lower())
    if found is None:
        raise CommandError(f"期限“{text}”不正确，请写成 20wd、30d、6m 或 48h 的样子。")
    unit = _UNITS[found[2]]
    return Term("term", int(found[1]), unit, "event", f"{found[1]}{unit.label}", (), rolls=rolls)


def _start(text: str) -> date:
    try:
        if "T" in text:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"日期“{text}”不正确，请写成 2026-09-10 或 2026-09-10T22:30 的样子。") from None
