"""`manage.py import_calendar FILE [--apply]`: look first which running limits move, then import."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import moment
from portal.clocks import moving
from portal.clocks.moving import Move
from portal.organisation import people
from portal.workdays import service
from portal.workdays.notices import NoticeRefused


class Command(BaseCommand):
    help = "导入一份放假安排（.toml 或 .csv）。不加 --apply 时只列出受影响的期限，不作任何改动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="放假安排文件")
        parser.add_argument("--apply", action="store_true", help="导入并重新计算受影响的期限")

    def handle(self, *args: Any, **options: Any) -> None:
        at, path = moment.now(), options["file"]
        try:
            announcement = service.read(path.name, path.read_bytes(), on=moment.local_date(at))
        except OSError as fault:
            raise CommandError(f"无法读取文件 {path}：{fault.strerror}。") from None
        except NoticeRefused as refusal:
            raise CommandError(str(refusal)) from None
        if not options["apply"]:
            self._tell(moving.preview_calendar(announcement, on=moment.local_date(at)), "将变更")
            self.stdout.write("以上为预览，未作改动。确认无误后加 --apply 导入。")
            return
        notice, moves = moving.apply_calendar(announcement, by=people.SYSTEM, at=at)
        self._tell(moves, "已变更")
        self.stdout.write(f"已导入{notice.title}{f'（{notice.number}）' if notice.number else ''}。")

    def _tell(self, moves: list[Move], verb: str) -> None:
        for move in moves:
            still = "（仍为暂计）" if move.provisional else ""
            self.stdout.write(f"{move.subject_number} {move.label}：{move.old:%Y-%m-%d} → {move.new:%Y-%m-%d}{still}")
        self.stdout.write(f"届满日{verb}的期限共{len(moves)}项。")
