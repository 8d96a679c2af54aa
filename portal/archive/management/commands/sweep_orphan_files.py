"""Remove what rolled-back transactions and stopped machines left in the files folder."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import moment
from portal.archive import disk, files

_A_DAY = 24 * 3600


class Command(BaseCommand):
    help = "清理文件库中没有登记的文件和一天前未写完的文件。可以随时运行。"

    def handle(self, **options: Any) -> None:
        orphans = files.remove_orphans()
        halves = list(disk.half_written(before=moment.now().timestamp() - _A_DAY))
        for path in halves:
            path.unlink(missing_ok=True)
        self.stdout.write(f"清理了 {orphans} 个没有登记的文件、{len(halves)} 个未写完的文件。")
