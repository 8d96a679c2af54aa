"""The office's table of documents (XLSX): one row a document, its attachments named in it; every fault told by its cell."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from portal.regulations.schema import Profile

from ..vocabulary import Genre, Phase
from ..workflow import Particulars, Text
from .record import Unreadable
from .setting import LONGEST_TITLE, line, text_of, tidy

MOST_ROWS = 2_000
FIRST = 2
"""The first row below the heads."""
HEADS: Mapping[str, str] = {
    "标题": "必填，200字以内",
    "文号": "没有的留空，例如 宁工信发〔2024〕12号",
    "文种": "必填，例如 通知、意见、公告",
    "公开环节": "必填：决策公开、执行公开、管理公开、服务公开、结果公开",
    "主题": "必填，40字以内",
    "主题词": "多个用顿号隔开",
    "发文机关": "留空的按本机关登记",
    "成文日期": "必填，例如 2024-03-01",
    "施行日期": "没有的留空",
    "有效期至": "没有的留空",
    "公开属性": "必填，用本机关规定的名称",
    "理由": "不主动公开的填写",
    "依据": "不主动公开的填写",
    "栏目": "多个用顿号隔开，用网站上的名称",
    "来源": "已经公开过的填写公开它的机关或者网站",
    "摘要": "500字以内",
    "正文": "每段一行；只有附件的留空",
    "附件": "随表上传的文件名，多个用顿号隔开",
}
NEEDED = ("标题", "文种", "公开环节", "主题", "成文日期", "公开属性")

_GARBLED = re.compile(r"\ufffd|锟斤拷|烫烫烫|[ÃÂ¤ÐÑ¿½]{2}|\?{4,}")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True)
class Known:
    """What rows are compared with: the body's law, its columns, its document numbers in use, and the files handed in."""

    law: Profile
    issuer: str
    columns: Collection[str]
    numbers: Collection[str]
    files: Collection[str]
    today: date


@dataclass(frozen=True)
class Row:
    """One document of the table, `number` as the spreadsheet counts. With problems it has no particulars."""

    number: int
    key: str
    title: str
    problems: tuple[str, ...] = ()
    particulars: Particulars | None = None
    text: Text | None = None
    columns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def template(law: Profile) -> bytes:
    """The empty table, with a line that says what belongs into each cell."""
    book = Workbook()
    sheet = book.active
    sheet.title = "文件登记表"
    attributes = "、".join(one.label for one in law.attributes.values())
    hints = {**HEADS, "公开属性": f"必填：{attributes}"}
    for place, (head, hint) in enumerate(hints.items(), 1):
        cell = sheet.cell(1, place, head)
        cell.font = Font(bold=True)
        told = book["文件登记表"].cell(2, place, f"（填写说明，导入前请删除本行）{hint}")
        told.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[cell.column_letter].width = 40 if head in {"标题", "正文", "摘要"} else 18
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def judge(data: bytes) -> None:
    """Whether this is such a table, before it is kept. Raises Unreadable."""
    if not sum(1 for _ in _lines(data)):
        raise Unreadable("登记表中没有文件。请从第2行起每行填写一份文件，再重新上传。")


def read(data: bytes, known: Known) -> list[Row]:
    """The rows of a table that was judged, each with what is wrong with it, also against the others."""
    seen: dict[str, int] = {}
    rows = []
    for number, said in _lines(data):
        row = _Reading(number, said, known).row()
        twin = seen.setdefault(row.key, number)
        if twin != number:
            row = Row(
                number,
                f"{row.key[:290]}#{number}",
                row.title,
                (*row.problems, f"与第{twin}行的文号（或者标题和成文日期）相同，请删去其中一行"),
            )
        rows.append(row)
    return rows


def _lines(data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        values = book.worksheets[0].iter_rows(max_row=MOST_ROWS + FIRST, max_col=len(HEADS) + 10, values_only=True)
        heads = [tidy(str(one or "")) for one in next(values, ())]
        if missing := [head for head in NEEDED if head not in heads]:
            raise Unreadable(f"登记表第1行缺少“{'”“'.join(missing)}”。请下载登记表模板，不要改动第1行的名称。")
        for number, cells in enumerate(values, FIRST):
            said = dict(zip(heads, cells, strict=False))
            if not any(tidy(str(one or "")) for one in cells) or "填写说明" in str(said.get("标题")):
                continue
            if number >= MOST_ROWS + FIRST:
                raise Unreadable(f"登记表超过{MOST_ROWS}行。请拆成几个表，分次导入。")
            yield number, said
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        IndexError,
        OSError,
        SyntaxError,
    ) as problem:
        raise Unreadable("登记表不能打开，可能已经损坏。请用表格软件打开，另存为 xlsx 后再上传。") from problem


class _Reading:
    """One row while it is read; everything wrong with it is collected, not only the first."""

    def __init__(self, number: int, said: Mapping[str, Any], known: Known) -> None:
        self.number, self.said, self.known = number, said, known
        self.problems: list[str] = []

    def row(self) -> Row:
        """The row, with its document or with what is wrong."""
        title = self.words("标题", most=LONGEST_TITLE)
        files, columns = self.listed("附件", self.known.files), self.listed("栏目", self.known.columns)
        particulars = self.particulars()
        text = self.text(title, files)
        key = particulars.document_number or f"{title}|{self.said.get('成文日期')}"
        if self.problems:
            return Row(self.number, key[:300], title, tuple(self.problems))
        return Row(self.number, key[:300], title, (), particulars, text, columns, files)

    def particulars(self) -> Particulars:
        """What is said about the document."""
        formed_on = self.day("成文日期") or self.known.today
        begins, ends = self.day("施行日期"), self.day("有效期至")
        self.judge_days(formed_on, begins, ends)
        number = self.words("文号", most=60)
        if number and number in self.known.numbers:
            self.wrong("文号", f"“{number}”本机关已有，请核对是否重复")
        return Particulars(
            genre=Genre(self.chosen("文种", {one.label: one.value for one in Genre}) or Genre.NOTICE),
            phase=Phase(self.chosen("公开环节", {one.label: one.value for one in Phase}) or Phase.DECISION),
            topic=self.words("主题", most=40),
            keywords=tuple(one[:20] for one in _split(self.words("主题词", most=200))),
            issuer=self.words("发文机关", most=100) or self.known.issuer,
            formed_on=formed_on,
            effective_on=begins,
            expires_on=ends,
            document_number=number,
            source=self.words("来源", most=200),
            attribute=self.chosen("公开属性", {one.label: one.code for one in self.known.law.attributes.values()}),
            reason=self.words("理由", most=1000),
            legal_basis=self.words("依据", most=300),
        )

    def judge_days(self, formed_on: date, begins: date | None, ends: date | None) -> None:
        """Days in the order in which they can come."""
        if formed_on > self.known.today:
            self.wrong("成文日期", "晚于今天，请核对")
        if begins and ends and ends < begins:
            self.wrong("有效期至", "早于施行日期，请核对")
        if ends and ends < formed_on:
            self.wrong("有效期至", "早于成文日期，请核对")

    def text(self, title: str, files: Sequence[str]) -> Text:
        """The text; a document that is only its attachments says so."""
        given = str(self.said.get("正文") or "")
        if not tidy(given):
            if not files:
                self.wrong("正文", "没有填写，也没有附件，请填写其中一项")
            given = "本件内容见附件：" + "、".join(f"《{name.rpartition('.')[0]}》" for name in files) + "。"
        elif _GARBLED.search(given):
            self.wrong("正文", "含有乱码，请在原文件中改正后重新复制")
        lines = [line(one) for one in given.splitlines() if tidy(one)]
        return text_of(title, lines, summary=self.words("摘要", most=500))

    def words(self, head: str, *, most: int) -> str:
        """What a cell says, in one line."""
        said = tidy(str(self.said.get(head) if self.said.get(head) is not None else "").replace("\n", " "))
        if not said and head in NEEDED:
            self.wrong(head, "没有填写")
        if _GARBLED.search(said):
            self.wrong(head, "含有乱码，请在原文件中改正后重新复制")
        if len(said) > most:
            self.wrong(head, f"有{len(said)}字，最多{most}字，请删减")
        return said[:most]

    def chosen(self, head: str, choices: Mapping[str, str]) -> str:
        """The code of a word people use."""
        said = self.words(head, most=40)
        if said and said not in choices:
            self.wrong(head, f"“{said}”不在可用的名称中，请填写：{'、'.join(choices)}")
        return choices.get(said, "")

    def day(self, head: str) -> date | None:
        """A date, as a spreadsheet or a person writes it."""
        said = self.said.get(head)
        if isinstance(said, datetime):
            return said.date()
        if isinstance(said, date):
            return said
        words = self.words(head, most=40)
        if not words:
            return None
        try:
            match = _DAY.fullmatch(words)
            return date(*(int(part) for part in match.groups())) if match else date.fromisoformat(words)
        except ValueError:
            self.wrong(head, f"“{words}”不是日期，请按 2024-03-01 的样子填写")
            return None

    def listed(self, head: str, there: Collection[str]) -> tuple[str, ...]:
        """Several names, each of which must exist."""
        names = _split(self.words(head, most=1000))
        for name in names:
            if name not in there:
                hint = (
                    "没有随表上传，请一并上传或者改正文件名"
                    if head == "附件"
                    else "本机关没有这一栏目，请改用网站上的名称"
                )
                self.wrong(head, f"“{name}”{hint}")
        return names

    def wrong(self, head: str, what: str) -> None:
        """Remember a fault of a cell."""
        self.problems.append(f"“{head}”{what}")


def _split(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for one in re.split(r"[、；;]", words) if (part := one.strip())))
