"""Make the index of what can be found anew, or only say where it is wrong."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.search import service


class Command(BaseCommand):
    help = "重建查找索引。网站照常运行，可以中断后重新运行。--check 只核对，不改动；有差异时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对索引与原文是否一致")

    def handle(self, *, check: bool, **options: Any) -> None:
        if check:
            self._check()
            return
        for subject_type, count in service.rebuild().items():
            self.stdout.write(f"{subject_type}：{count} 条。")
        self.stdout.write("查找索引已重建。")

    def _check(self) -> None:
        differences = 0
        for differences, one in enumerate(service.verify(), 1):  # noqa: B007
            self.stdout.write(f"{one.subject_type} {one.subject_id}：{one.what}。")
        if differences:
            self.stdout.write(f"有 {differences} 处不一致，请运行 manage.py reindex。")
            raise SystemExit(1)
        self.stdout.write("查找索引与原文一致。")
