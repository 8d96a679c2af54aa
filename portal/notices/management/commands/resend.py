"""`manage.py resend`: word that failed or may not have gone out; `manage.py resend 17 18` sends it again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal import moment
from portal.moment import SHANGHAI
from portal.notices.models import Notice
from portal.notices.service import CannotResend, resend


class Command(BaseCommand):
    help = "列出发送失败和结果不明的通知；写上编号则重新发送（结果不明的，收件人可能收到两次）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("ids", nargs="*", type=int, metavar="编号")

    @transaction.atomic
    def handle(self, *args: Any, ids: list[int], **options: Any) -> None:
        if not ids:
            return self._list()
        found = Notice.objects.in_bulk(ids)
        if missing := [str(pk) for pk in ids if pk not in found]:
            raise CommandError(f"没有编号为{'、'.join(missing)}的通知。不带编号运行本命令，可以列出需要处理的通知。")
        try:
            for pk in ids:
                resend(found[pk], at=moment.now())
        except CannotResend as refusal:
            raise CommandError(str(refusal)) from refusal
        return self.stdout.write(f"已重新排队{len(ids)}条通知。")

    def _list(self) -> None:
        doubtful = Notice.objects.in_doubt().order_by("pk")
        for notice in doubtful:
            when = notice.created_at.astimezone(SHANGHAI)
            self.stdout.write(
                f"{notice.pk}　{notice.get_state_display()}　{when:%Y-%m-%d %H:%M}　{notice.subject_line}"
            )
        if not doubtful:
            self.stdout.write("没有发送失败或者结果不明的通知。")
