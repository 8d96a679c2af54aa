"""Play described request cases through the acts, under a rehearsed clock, and compare the due dates stored."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from requests_ogi import replaying


class Command(BaseCommand):
    help = "把案例文件中的申请案例按实际办理步骤走一遍，核对存下的届满日；不留下任何数据"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            cases = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CommandError(f"案例文件{file}不能读取：{fault}。请检查路径和格式。") from fault
        failed = played = 0
        kept, before = tempfile.TemporaryDirectory(prefix="portal-replay-"), settings.FILES_DIR
        with kept as folder:
            settings.FILES_DIR = Path(folder)  # letters are printed for the rehearsal and forgotten with it
            try:
                for result in replaying.play(cases):
                    played += 1
                    failed += bool(result.differs)
                    verdict = "；".join(result.differs) or "一致"
                    self.stdout.write(f"{result.id}　{result.due or '放假安排未公布'}　{verdict}")
            finally:
                settings.FILES_DIR = before
        self.stdout.write(f"共演练{played}个申请案例，{played - failed}个一致，{failed}个不一致。")
        if failed or not played:
            raise CommandError("有案例与预期不一致。" if failed else "文件中没有申请案例。")
