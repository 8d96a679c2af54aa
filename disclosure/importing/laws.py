"""The collection of laws, one JSON object a line: title, category, region, date, and a text with the marks of Markdown."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..vocabulary import Content, Genre, Phase
from ..workflow import Arrival, Particulars
from .record import Record
from .setting import LONGEST_TITLE, Line, line, text_of, tidy

SOURCE = "国家法律法规公开文本"
COLUMN = "法律法规"
LONGEST_LINE = 4_000_000
"""Bytes of one law; the longest there is has a twentieth of that."""
_END_OF_HEAD = "<!-- INFO END -->"
_POINT, _PRIVATE = re.compile(r"(?<=\d)\ue010(?=\d)"), re.compile(r"[\ue000-\uf8ff]")
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FROM = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*起\s*(?:施行|实施|执行|生效)")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CONGRESS = re.compile(r"(?:第[一二三四五六七八九十]+届)?全国人民代表大会(?:常务委员会)?")
_LOCAL_CONGRESS = re.compile(
    r"(?<![\u4e00-\u9fa5])经?(?P<place>[\u4e00-\u9fa5]{2,12}?(?:省|市|区|州|县|盟))(?:第?[一二三四五六七八九十]+届)(?P<organ>人民代表大会(?:常务委员会)?|人大(?:常委会)?)"
)
_MAKERS = re.compile(
    r"国务院(?!办公厅)|政务院|[\u4e00-\u9fa5]{2,14}?(?:部|委员会|总局|总署|办公室|人民政府)(?=令|第|公布|发布|常务|部务|批准)"
)
_OF_CATEGORY = {
    "行政法规": "国务院",
    "部门规章": "国务院有关部门",
    "地方性法规": "有立法权的地方人民代表大会及其常务委员会",
}
_OF_NATION = "全国人民代表大会及其常务委员会"


def read(path: Path) -> Iterator[Record]:
    """The laws of a file (.jsonl or .jsonl.gz), one after the other; a line that is no law is a record with its problem."""
    with path.open("rb") as stored, gzip.open(stored, "rb") if path.suffix == ".gz" else stored as lines:
        number = 0
        while raw := lines.readline(LONGEST_LINE):
            number += 1
            if raw.strip():
                yield _record(raw, number)


def _record(raw: bytes, number: int) -> Record:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return Record(f"第{number}行", None, problem="这一行不是完整的 JSON（应为 UTF-8 编码），请检查来源文件。")
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in ("title", "text")):
        return Record(f"第{number}行", None, problem="这一行缺少标题（title）或者正文（text），请在来源文件中补上。")
    title, region, category = (tidy(str(said.get(name) or "")) for name in ("title", "region", "category"))
    key = "|".join((region, category, title, str(said.get("date") or "")))[:300]
    return _law(key, title, region, category, said)


def _law(key: str, title: str, region: str, category: str, said: dict[str, Any]) -> Record:
    if not 0 < len(title) <= LONGEST_TITLE:
        return Record(key, None, problem=f"标题应为1至{LONGEST_TITLE}个字，请在来源文件中改正。")
    text = mended(said["text"])
    head, _, rest = text.partition(_END_OF_HEAD)
    lines = [*_head(head, title), *(line(one) for one in rest.splitlines() if tidy(one))]
    formed_on, begins = _formed_on(said.get("date"), head, text), _begins(text)
    if formed_on is None:
        return Record(key, None, problem="没有日期，题注和正文中也找不到通过、公布或者施行的日期，请在来源中补上。")
    if not rest.strip():
        return Record(key, None, problem="没有正文，请在来源文件中补上。")
    particulars = Particulars(
        genre=Genre.LAW,
        phase=Phase.DECISION,
        content=Content.REPOST,
        topic=(category or COLUMN)[:40],
        keywords=(region[:20],) if region else (),
        issuer=_issuer(head, category),
        formed_on=formed_on,
        effective_on=begins,
        source=SOURCE,
    )
    return Record(key, Arrival(text=text_of(title, lines), particulars=particulars), column=COLUMN)


def mended(text: str) -> str:
    """Without signs of a font that nobody else has (private use): between digits it is the decimal point, as in `身高低于1.4米`;
    anywhere else it says nothing.
    """
    return _PRIVATE.sub("", _POINT.sub(".", text))


def _head(head: str, title: str) -> Iterator[Line]:
    """题注: who passed it when, below the title and in the middle."""
    for words in map(tidy, head.splitlines()):
        if words and words.removeprefix("# ").strip() != title:
            yield Line(words.lstrip("# "), "center")


def _formed_on(given: object, head: str, text: str) -> date | None:
    """The day given; or the last one of the 题注, which is that of the present text; or the day it takes effect."""
    if isinstance(given, str) and given:
        try:
            return date.fromisoformat(given)
        except ValueError:
            return None
    days = [day for match in _DAY.finditer(head.translate(_DIGITS)) if (day := _day(match))]
    return max(days) if days else _begins(text)


def _begins(text: str) -> date | None:
    """The day named last as the one from which the law holds."""
    found = list(_FROM.finditer(text.translate(_DIGITS)))
    return _day(found[-1]) if found else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _issuer(head: str, category: str) -> str:
    """Who made it, as its 题注 says; where it says nothing, whoever makes laws of its kind."""
    if local := _LOCAL_CONGRESS.search(head):
        organ = local["organ"].replace("人大常委会", "人民代表大会常务委员会").replace("人大", "人民代表大会")
        return f"{local['place']}{organ}"
    if congress := _CONGRESS.search(head):
        return re.sub(r"第[一二三四五六七八九十]+届", "", congress[0])
    made = _MAKERS.search(head)
    return made[0][:100] if made else _OF_CATEGORY.get(category, _OF_NATION)
