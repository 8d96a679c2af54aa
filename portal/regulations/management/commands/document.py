"""`manage.py document`: write the generated documents anew, or say whether they are fresh."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.regulations import listing


class Command(BaseCommand):
    help = "重新生成 docs/articles.md；--check 只检查是否最新"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="不写文件，过期则报错")

    def handle(self, *args: Any, **options: Any) -> None:
        path, text = settings.BASE_DIR / "docs" / "articles.md", listing.articles_md()
        fresh = path.exists() and path.read_text("utf-8") == text
        if options["check"] and not fresh:
            raise CommandError("docs/articles.md 已过期，请运行 manage.py document 重新生成。")
        if not options["check"]:
            path.write_text(text, "utf-8")
        self.stdout.write("docs/articles.md 已是最新。")
