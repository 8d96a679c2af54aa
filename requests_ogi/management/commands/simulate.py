"""Let an office live through six hundred days of requests, and count everything again in the end."""

import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.organisation.models import Body, User
from requests_ogi.models import InformationRequest
from requests_ogi.simulating import DAYS, World, judge, tell


class Command(BaseCommand):
    help = "在空站点中模拟一个机关600天的依申请公开办理，最后逐项核对。有任何一项不符，退出码为 1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--body", default="nx", help="机关代码，如 nx")
        parser.add_argument("--cases", type=int, default=500, help="申请件数")
        parser.add_argument("--seed", type=int, default=1, help="随机种子：相同的种子得到相同的经过")
        parser.add_argument("--days", type=int, default=DAYS, help="模拟的天数")

    def handle(self, *, body: str, cases: int, seed: int, days: int, **options: Any) -> None:
        if User.objects.exists() or InformationRequest.objects.exists():
            raise CommandError(
                "站点中已有人员或者申请，模拟的申请不能与真实的混在一起。请用“make simulate”（在一次性数据库中运行）。"
            )
        place = Body.objects.filter(code=body).first()
        if place is None:
            raise CommandError(f"没有代码为“{body}”的机关，请核对后重试；空数据库请先运行 prepare。")
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="portal-simulate-") as folder:
            before, settings.FILES_DIR = settings.FILES_DIR, Path(folder)
            try:
                world = World(place, cases=cases, seed=seed, days=days)
                world.play()
                faults = judge(world)
            finally:
                settings.FILES_DIR = before
        for line in tell(world, seconds=time.perf_counter() - begun):
            self.stdout.write(line)
        for sentence in faults:
            self.stdout.write(f"✗ {sentence}")
        if faults:
            self.stdout.write(f"发现{len(faults)}处不符。")
            raise SystemExit(1)
        self.stdout.write("全部核对无误：结果、期限、台账、卷宗、编号、文书均相符。")
