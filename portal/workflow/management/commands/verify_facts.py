"""Compare what the tables say of every matter with what its acts told the ledger."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.organisation.models import Body
from portal.workflow import verifying


class Command(BaseCommand):
    help = "核对申请、公开文件及其文本、附件、审核、清单、目录等各表的事实与台账记载是否一致。有出入时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--body", help="只核对一个机关，如 nx")

    def handle(self, *, body: str | None, **options: Any) -> None:
        bodies = Body.objects.filter(code=body) if body else Body.objects.order_by("pk")
        if not bodies:
            raise CommandError(f"没有代码为“{body}”的机关，请核对后重试。")
        count = sum(self._tell(one) for one in bodies)
        if count:
            self.stdout.write(
                f"发现 {count} 处出入。请先用 verify_ledger 核验台账，保留现场，并报告系统管理员和保密机构。"
            )
            raise SystemExit(1)

    def _tell(self, body: Body) -> int:
        count = 0
        for found in verifying.differences(body):
            count += 1
            self.stdout.write(f"{found.number}：{found.sentence}")
        if not count:
            self.stdout.write(f"{body.code}：各项事实与台账记载一致。")
        return count
