"""`manage.py rules`: every rule drawn from the documents, where it is declared, what enforces it, which tests cite it."""

import json
import unicodedata
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.regulations import carriers, library


class Command(BaseCommand):
    help = "列出全部条款：在哪里声明、由什么执行、由哪些测试证明"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--app", help="只列一个章节，例如 requests_ogi")
        parser.add_argument("--tier", type=int, choices=(1, 2, 3), help="只列一个层级：1 硬性 2 结构 3 仅记录")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        chapters = sorted({rule.app for rule in library.catalogue().values()})
        if options["app"] not in (None, *chapters):
            raise CommandError(f"没有章节“{options['app']}”。可以使用：{'、'.join(chapters)}。")
        wanted = tuple(
            rule.id
            for rule in library.catalogue().values()
            if options["app"] in (None, rule.app) and options["tier"] in (None, rule.tier)
        )
        answers = carriers.index(wanted)
        if options["json"]:
            self.stdout.write(json.dumps([answer.as_json() for answer in answers], ensure_ascii=False, indent=1))
            return
        for answer in answers:
            self.stdout.write(line(answer))
        declared = sum(answer.declared is not None for answer in answers)
        enforced = sum(bool(answer.enforced) for answer in answers)
        proved = sum(bool(answer.tests) for answer in answers)
        self.stdout.write(f"共{len(answers)}条：已声明{declared}条，有执行代码{enforced}条，有测试{proved}条。")


def line(answer: carriers.Answer) -> str:
    """One rule on one line: id, chapter, tier, what there is of it, and its sentence."""
    marks = [
        "已声明" if answer.declared else "未声明",
        f"执行{len(answer.enforced)}处" if answer.enforced else "无执行",
        f"测试{len(answer.tests)}个" if answer.tests else "无测试",
    ]
    sentence = answer.article.text if answer.article else ""
    return "  ".join(
        (padded(answer.id, 14), padded(answer.app, 13), str(answer.tier), padded(" ".join(marks), 26), sentence)
    )


def padded(text: str, width: int) -> str:
    """Text filled with blanks to a width in terminal cells, where a Chinese character takes two."""
    cells = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, width - cells)
