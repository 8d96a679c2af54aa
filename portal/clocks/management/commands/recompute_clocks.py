"""`manage.py recompute_clocks [--check]`: derive every clock again from its facts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import moment
from portal.clocks import keeper, moving


class Command(BaseCommand):
    help = "按事实重新计算正在运行的全部期限。--check 只核对，不作改动；有不一致时返回错误。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只核对，不改动")

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment.now()
        if options["check"]:
            differing = keeper.replay_all(at=at)
            for clock in differing:
                now = keeper.replay(clock, at=at)
                self.stdout.write(f"{clock}：记载{clock.last_day:%Y-%m-%d}，重算{now.last_day:%Y-%m-%d}")
            if differing:
                raise CommandError(f"有{len(differing)}项期限的记载与事实不一致，请核实原因后运行 recompute_clocks。")
            self.stdout.write("全部期限与事实一致。")
            return
        moves = moving.recompute_all(at=at)
        for move in moves:
            self.stdout.write(f"{move.subject_number} {move.label}：{move.old:%Y-%m-%d} → {move.new:%Y-%m-%d}")
        self.stdout.write(f"重新计算完成，届满日变更{len(moves)}项。")
