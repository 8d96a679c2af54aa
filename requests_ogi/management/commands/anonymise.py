"""List the closed requests whose term of keeping is over, put them up for anonymity, or carry it out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import moment
from portal.organisation.models import Body, User
from portal.refusal import Refusal
from requests_ogi import forgetting, workflow
from requests_ogi.models import InformationRequest


class Command(BaseCommand):
    help = "列出保存期限届满的申请和将要销毁的内容（--dry-run，也是默认）；由一人提请（--nominate）、另一人审定（--carry-out）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--body", help="只办理一个机关，如 nx")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--dry-run", action="store_true", help="只列出，什么也不改（默认）")
        which.add_argument("--nominate", metavar="账号", help="以此人名义对列出的申请提请匿名化")
        which.add_argument("--carry-out", metavar="账号", help="以此人名义审定已提请的申请，销毁后不能恢复")

    def handle(
        self, *, body: str | None, nominate: str | None, carry_out: str | None, dry_run: bool, **options: Any
    ) -> None:
        bodies = list(Body.objects.filter(code=body) if body else Body.objects.order_by("pk"))
        if not bodies:
            raise CommandError(f"没有代码为“{body}”的机关，请核对后重试。")
        self.at = moment.now()
        by = self._person(nominate or carry_out)
        count = 0
        for place in bodies:
            for case in (
                workflow.due_for_anonymity(place, at=self.at).select_related("body").order_by("closed_at", "pk")
            ):
                count += self._one(case, by=by, verb="nominate" if nominate else "anonymise")
        self.stdout.write(f"共{count}件。" + ("" if by else "没有作任何改动。"))

    def _person(self, username: str | None) -> User | None:
        if username is None:
            return None
        person = User.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(f"没有可用的账号“{username}”，请核对后重试。")
        return person

    def _one(self, case: InformationRequest, *, by: User | None, verb: str) -> bool:
        kept = workflow.kept_until(case, on=moment.local_date(self.at))
        self.stdout.write(f"{case.number}　保存期限至{moment.chinese_date(kept)}")
        if by is None:
            for line in forgetting.remains_of(case).lines:
                self.stdout.write(f"　　{line}")
            return True
        try:
            getattr(workflow, verb)(case, by=by, at=self.at)
        except Refusal as refusal:
            self.stdout.write(f"　　没有办理：{refusal}")
            return False
        self.stdout.write("　　已提请" if verb == "nominate" else "　　已匿名化")
        return True
