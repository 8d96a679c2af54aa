"""Check one dossier by number, a ZIP somebody brings back, or all that are kept."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.archive.checking import check_dossier, check_zip, dossier_of, lost_dossiers
from portal.archive.models import Dossier
from portal.moment import chinese_date, local_date


class Command(BaseCommand):
    help = "核验卷宗：每个文件的校验值、清单、封卷登记和台账。有问题时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", metavar="编号|文件.zip", help="不写则核验全部卷宗")

    def handle(self, *, what: str | None, **options: Any) -> None:
        whole = (
            self._tell(what, self._check_file(Path(what)))
            if what and what.lower().endswith(".zip")
            else self._check_kept(what)
        )
        if not whole:
            raise SystemExit(1)

    def _check_file(self, path: Path) -> list[str]:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"打不开 {path}：{error.strerror}。请检查路径。") from None
        return check_zip(data, dossier_of(data))

    def _check_kept(self, number: str | None) -> bool:
        dossiers = Dossier.objects.select_related("file", "body").order_by("pk")
        if number:
            dossiers = dossiers.filter(subject_number=number)
        results = [
            self._tell(str(dossier), check_dossier(dossier), forgotten_at=dossier.file.forgotten_at)
            for dossier in dossiers.iterator(chunk_size=50)
        ]
        if number and not results:
            raise CommandError(f"没有编号 {number} 的卷宗。请核对编号，或确认该件已经封卷。")
        lost = [] if number else lost_dossiers()
        for fault in lost:
            self.stdout.write(fault)
        return all(results) and not lost

    def _tell(self, name: str, faults: list[str], *, forgotten_at: datetime | None = None) -> bool:
        for fault in faults:
            self.stdout.write(f"{name}：{fault}")
        if not faults and forgotten_at is not None:
            day = chinese_date(local_date(forgotten_at))
            self.stdout.write(f"{name}：真实，封卷登记与台账一致；内容已于{day}按档案保管期限销毁。")
        elif not faults:
            self.stdout.write(f"{name}：完好，与清单、封卷登记和台账一致。")
        return not faults
