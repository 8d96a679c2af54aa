"""Print where every body's ledger ends, to be kept where the database's masters cannot reach."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal import moment
from portal.ledger import verifying


class Command(BaseCommand):
    help = "打印各机关台账的条数和末条校验值，供异地留存；以后用 verify_ledger --heads 核对。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, json: bool, **options: Any) -> None:
        if json:
            self.stdout.write(verifying.report(at=moment.now()))
            return
        for head in verifying.heads():
            self.stdout.write(f"{head['body']}：{head['length']} 条，末条校验值 {head['hash']}")
