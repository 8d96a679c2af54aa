"""Check every body's ledger against its own chain and, if given, against heads that were kept elsewhere."""

import json
from argparse import ArgumentParser
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.ledger import verifying

_SHOWN = 1000  # a chain that is rotten throughout need not fill the disk with its report


class Command(BaseCommand):
    help = "核验台账：内容改动、删除(含末条)、插入、调换、重复。有问题时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--body", help="只核验一个机关，如 nx")
        parser.add_argument("--heads", type=Path, help="ledger_heads 留存的校验值文件")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, body: str | None, heads: Path | None, json: bool, **options: Any) -> None:
        codes = [body] if body else verifying.bodies()
        kept = [head for head in _read(heads) if body in (None, head["body"])] if heads else []
        codes += sorted({head["body"] for head in kept} - set(codes))
        found = list(islice(chain(*map(verifying.faults, codes), verifying.compare(kept)), _SHOWN))
        (self._print_json if json else self._print)(codes, found)
        if found:
            raise SystemExit(1)

    def _print(self, codes: list[str], found: list[verifying.Fault]) -> None:
        lengths = {head["body"]: head["length"] for head in verifying.heads()}
        for code in codes:
            faults = [fault for fault in found if fault.body == code]
            for fault in faults:
                self.stdout.write(f"{code}：{fault.sentence}")
            if not faults:
                self.stdout.write(f"{code}：共 {lengths.get(code, 0)} 条，完好。")
        if found:
            self.stdout.write(f"发现 {len(found)} 处问题。请保留现场，不要再改动数据库，并报告系统管理员和保密机构。")

    def _print_json(self, codes: list[str], found: list[verifying.Fault]) -> None:
        report = {"bodies": codes, "whole": not found, "faults": [fault.as_dict() for fault in found]}
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        heads = json.loads(path.read_text("utf-8"))["heads"]
        if all({"body", "length", "hash"} <= head.keys() for head in heads):
            return list(heads)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"读不懂留存文件 {path}：{error}。请使用 ledger_heads --json 输出的文件。") from None
    raise CommandError(f"留存文件 {path} 缺少 body、length 或 hash。请使用 ledger_heads --json 输出的文件。")
