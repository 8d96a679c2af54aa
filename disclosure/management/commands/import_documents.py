"""Take documents in that were public before: the collection of laws, or the pages of the bodies' old sites."""

import json
import time
import zlib
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.importing import laws, pages
from disclosure.importing.record import Record
from disclosure.importing.running import AT_A_TIME, begin, carry_on, digest_of
from disclosure.models import ImportRun
from disclosure.vocabulary import Fate, ImportKind
from portal import moment
from portal.organisation import people
from portal.organisation.models import Body
from portal.refusal import Refusal

SHOWN = 20


class Command(BaseCommand):
    help = "收录已经公开过的文件：法律法规库（.jsonl、.jsonl.gz），或者存有各机关原网站页面的文件夹。中断后再次运行即可继续。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="文件或者文件夹")
        parser.add_argument(
            "--body", default="nx", help="法律法规收录到哪个机关（代码，默认 nx）；各机关的页面由本机关收录"
        )
        parser.add_argument("--dry-run", action="store_true", help="只读取和核对，不写入")

    def handle(self, *args: Any, path: Path, body: str, dry_run: bool, **options: Any) -> None:
        at = moment.now()
        try:
            for source in self._sources(path, body):
                if dry_run:
                    self._look(*source)
                else:
                    self._import(*source, at=at)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except (EOFError, zlib.error, OSError, json.JSONDecodeError) as problem:
            raise CommandError(
                f"文件无法读取，可能不完整或者已经损坏：{problem}。请重新取得该文件后再运行。"
            ) from problem

    def _sources(self, path: Path, body: str) -> Iterable[tuple[Body, ImportKind, Path]]:
        if path.is_dir():
            return [(self._body(code), ImportKind.PAGES, page) for code, page in pages.pages_in(path).items()]
        if not path.is_file():
            raise CommandError(f"没有找到 {path}。请核对路径。")
        if not path.name.endswith((".jsonl", ".jsonl.gz")):
            raise CommandError(
                "只能导入 .jsonl、.jsonl.gz 文件，或者存有 .txt 页面的文件夹。登记表请在工作平台“批量导入”中导入。"
            )
        return [(self._body(body), ImportKind.LAWS, path)]

    def _body(self, code: str) -> Body:
        found = Body.objects.filter(code=code).first()
        if found is None:
            raise CommandError(
                f"没有代码为 {code} 的机关。已有的机关：{'、'.join(Body.objects.values_list('code', flat=True))}。"
            )
        return found

    def _look(self, body: Body, kind: ImportKind, path: Path) -> None:
        count, refused = 0, []
        for number, record in enumerate(_read(kind, path), 1):
            count += 1
            if record.problem:
                refused.append((number, record.key, record.problem))
        self.stdout.write(
            f"{body.name}　{path.name}：共{count}件，可以收录{count - len(refused)}件。没有写入任何内容。"
        )
        self._tell(refused)

    def _import(self, body: Body, kind: ImportKind, path: Path, *, at: datetime) -> None:
        begun = time.monotonic()
        run = begin(body, kind=kind, name=path.name, digest=digest_of(path), lawful_origin=_ORIGIN[kind], at=at)
        if run.position:
            self.stdout.write(f"{body.name}　{path.name}：上次处理到第{run.position}行，接着进行。")
        for moved in carry_on(run, _read(kind, path), by=people.SYSTEM, at=at):
            if not moved.finished_at and moved.position >= AT_A_TIME:
                self.stdout.write(f"  已处理{moved.position}行")
        self.stdout.write(f"{body.name}　{path.name}：{_summary(run)}（{time.monotonic() - begun:.0f}秒）")
        rows = run.rows.filter(fate=Fate.REFUSED).order_by("number")
        self._tell(rows.values_list("number", "key", "said")[: SHOWN + 1])

    def _tell(self, refused: Iterable[tuple[int, str, str]]) -> None:
        refused = list(refused)
        for number, key, said in islice(refused, SHOWN):
            self.stdout.write(f"  第{number}行　{key}：{said}")
        if len(refused) > SHOWN:
            self.stdout.write("  没有收录的不止这些，其余请在工作平台“批量导入”中查看。")


_ORIGIN = {ImportKind.LAWS: laws.SOURCE, ImportKind.PAGES: "本机关原网站已经公开的页面"}


def _read(kind: ImportKind, path: Path) -> Iterable[Record]:
    return laws.read(path) if kind == ImportKind.LAWS else pages.read(path)


def _summary(run: ImportRun) -> str:
    counts = Counter({Fate.TAKEN: run.taken, Fate.RENEWED: run.renewed, Fate.SAME: run.same, Fate.REFUSED: run.refused})
    return f"共{run.position}行，" + "，".join(f"{Fate(fate).label}{count}" for fate, count in counts.items())
