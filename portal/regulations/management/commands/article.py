"""`manage.py article ID`: what one rule says, where it lives, what enforces it and which tests prove it."""

import difflib
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.regulations import carriers, library


class Command(BaseCommand):
    help = "查一条规则：内容、声明处、执行代码、测试。例如 article NX-29-1，article 33（条例第三十三条）"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", help="条款编号；只写数字的是《政府信息公开条例》的条文")

    def handle(self, *args: Any, **options: Any) -> None:
        rule = carriers.full_id(options["id"])
        answers = carriers.index((rule,))
        if not answers:
            known = {*library.catalogue(), *carriers.articles()}
            near = "" if rule.startswith("REG-") else "、".join(difflib.get_close_matches(rule, known, n=5, cutoff=0.6))
            raise CommandError(
                f"没有编号为“{options['id']}”的条款。"
                + (f"是否要查：{near}？" if near else "请用 rules 命令列出全部编号。")
            )
        self._write(answers[0])

    def _write(self, answer: carriers.Answer) -> None:
        article = answer.article
        self.stdout.write(f"{answer.id}（{answer.app}，第{answer.tier}层）")
        if article is None:
            self.stdout.write("目录中有此条款，尚未在法规文件中声明。")
        else:
            self.stdout.write(article.text)
            if article.quote:
                self.stdout.write(f"原文：{article.quote}")
            if article.conflicts_with:
                followed = "以合法形式执行" if article.obeyed else "不予执行"
                self.stdout.write(
                    f"与 {article.conflicts_with} 抵触，以 {article.prevails} 为准，{followed}：{article.why}"
                )
        self._list("声明", [answer.declared] if answer.declared else [])
        self._list("引用它的数据", (f"{entry}（{carriers.file_of(entry)}）" for entry in answer.entries))
        self._list("执行", answer.enforced)
        self._list("测试", answer.tests)

    def _list(self, title: str, items: Iterable[str]) -> None:
        items = list(items)
        self.stdout.write(f"{title}：" + ("" if items else "无"))
        for item in items:
            self.stdout.write(f"  {item}")
