"""Fill an empty site with a living office, or name its accounts."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F

from disclosure.demo import lives_of
from portal import moment
from portal.notices.models import Channel, Notice, State
from portal.organisation.models import Body, User
from requests_ogi.demo.examples import examples
from requests_ogi.demo.lives import Stage
from requests_ogi.demo.people import PASSWORD, ROLES, appoint_staff, username


class Command(BaseCommand):
    help = "在空站点中载入演示数据（五个机关的人员和各种办理状态的申请、文件），或者列出演示账号"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="只列出演示账号")

    def handle(self, *args: Any, accounts: bool, **options: Any) -> None:
        if accounts:
            self._name_accounts()
            return
        if User.objects.exists():
            raise CommandError("站点中已有人员数据，演示数据只能载入空站点。请改用空的数据目录（DATA_DIR）再试。")
        today = moment.today()
        for body in Body.objects.order_by("pk"):
            stage = Stage(appoint_staff(body, today=today), today=today)
            documents = lives_of(body, today=today, ago=partial(stage.moment, minute=0))
            count = stage.play(beside=documents)
            self.stdout.write(f"{body.name}：{count}件申请、{len(documents)}组文件")
        _past_word_is_past(today - timedelta(days=3))

    def _name_accounts(self) -> None:
        if not User.objects.filter(username=username("nx", "office")).exists():
            self.stdout.write("本站点没有演示账号。")
            return
        self.stdout.write(f"演示账号（密码均为 {PASSWORD}）：")
        for key, _, words in ROLES:
            names = "  ".join(username(body.code, key) for body in Body.objects.order_by("pk"))
            self.stdout.write(f"  {names}　{words}")
        self.stdout.write("以申请人身份查看（首页“查询办理进度”，填写申请编号和查询码）：")
        for number, code, words in examples(Body.objects.get(code="nx")):
            self.stdout.write(f"  {number}  {code}　{words}")


def _past_word_is_past(before: date) -> None:
    """In the story, mails went out when they were written, and older word has been read: a trial must not send them now."""
    Notice.objects.filter(channel=Channel.EMAIL).update(state=State.SENT, sent_at=F("created_at"))
    Notice.objects.filter(channel=Channel.SITE, created_at__date__lt=before).update(read_at=F("created_at"))
