"""Make an empty or older site ready to work: calendars, bodies, permissions, the table of dispositions."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from portal import moment


class Command(BaseCommand):
    help = "载入放假安排、机关和内设机构、岗位权限和答复口径；可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        at = moment.now()
        for name in settings.PREPARATIONS:
            import_string(name)(at=at)
            self.stdout.write(f"完成：{name}")
