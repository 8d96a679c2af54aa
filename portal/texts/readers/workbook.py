"""Workbooks (.xlsx): every sheet, also those put away, and what stands behind the cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.texts.pieces import MOST_CHARACTERS, Enclosed, Gathering
from portal.texts.readers import office
from portal.texts.readers.package import Package, local, paragraphs

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TRUE = {"1", "true"}


@dataclass
class _Sheet:
    """What one sheet says: in sight, in hidden rows and columns, in formulas, on paper's margins."""

    seen: list[str] = field(default_factory=list)
    put_away: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0


def read(data: bytes, into: Gathering) -> list[Enclosed]:
    """Everything in a .xlsx; the files embedded in it are handed back."""
    package = Package(data)
    book = package.tree("xl/workbook.xml")
    words = list(_shared(package))
    used: set[int] = set()
    parts = package.related("xl/workbook.xml")
    for sheet in book.iter("{*}sheet"):
        part = parts.get(sheet.get(_RELATION), "")
        if part in package.named(r"xl/worksheets/.*\.xml") and not into.full:
            state = sheet.get("state", "visible")
            _told(sheet.get("name", ""), state != "visible", _read_sheet(package, part, words, used), into)
    into.add("未被引用的文字", "\n".join(word for at, word in enumerate(words) if at not in used), hidden=True)
    into.add("定义的名称", "\n".join(f"{one.get('name')}：{one.text or ''}" for one in book.iter("{*}definedName")))
    _comments(package, into)
    return office.finish(package, into)


def _shared(package: Package) -> Iterator[str]:
    if package.named(r"xl/sharedStrings\.xml"):
        for one in package.stream("xl/sharedStrings.xml", "si"):
            yield _string(one)


def _string(element: Any) -> str:
    """A string of cells, without the readings that may stand above it."""
    parts = (one for one in element.iter("{*}t") if local(one.getparent().tag) != "rPh")
    return "".join(one.text or "" for one in parts)


def _read_sheet(package: Package, part: str, words: list[str], used: set[int]) -> _Sheet:
    sheet = _Sheet()
    tags = ("col", "row", "formula1", "formula2", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader")
    for element in package.stream(part, *tags, "firstFooter"):
        if sheet.length > MOST_CHARACTERS:
            break  # what is beyond is told by the gathering
        name = local(element.tag)
        if name == "col":
            if element.get("hidden") in _TRUE:
                sheet.hidden_columns.append((int(element.get("min", "0")), int(element.get("max", "0"))))
        elif name == "row":
            _row(element, sheet, words, used)
        elif name.startswith("formula"):
            sheet.behind.append(element.text or "")
        else:
            sheet.margins.append(
                re.sub(r'&(?:"[^"]*"|[LCRPNDTFAZBIUSXYEGH]|\d+|K[0-9A-F]{6})', " ", element.text or "")
            )
    return sheet


def _row(row: Any, sheet: _Sheet, words: list[str], used: set[int]) -> None:
    seen: list[str] = []
    put_away: list[str] = []
    for at, cell in enumerate(row.iter("{*}c"), 1):
        text = _cell(cell, words, used)
        column = _column(cell.get("r", "")) or at
        away = row.get("hidden") in _TRUE or any(low <= column <= high for low, high in sheet.hidden_columns)
        (put_away if away else seen).append(text)
        formula = cell.find("{*}f")
        if formula is not None and formula.text and ('"' in formula.text or office.starts_programs(formula.text)):
            sheet.behind.append(formula.text)
    for lines, cells in ((sheet.seen, seen), (sheet.put_away, put_away)):
        if line := "\t".join(cells).strip():
            lines.append(line)
            sheet.length += len(line)


def _cell(cell: Any, words: list[str], used: set[int]) -> str:
    if cell.get("t") == "inlineStr":
        return _string(cell)
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(words):
        used.add(int(value))
        return words[int(value)]
    if re.fullmatch(r"-?\d+(?:\.\d+)?[Ee]\+?\d{1,2}", value):
        return f"{Decimal(value):f}"
    return value


def _column(reference: str) -> int:
    """The number of a column: A = 1, AB = 28; 0 for none."""
    number = 0
    for letter in re.match(r"[A-Z]*", reference)[0]:  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number


def _told(name: str, hidden: bool, sheet: _Sheet, into: Gathering) -> None:
    place = f"工作表“{name}”" + ("（隐藏）" if hidden else "")
    into.add(place, "\n".join(sheet.seen), hidden=hidden)
    into.add(f"{place}的隐藏行列", "\n".join(sheet.put_away), hidden=True)
    codes = "\n".join(sheet.behind)
    into.add(f"{place}的公式", codes, hidden=office.starts_programs(codes))
    into.add(f"{place}的页眉页脚", "\n".join(sheet.margins))


def _comments(package: Package, into: Gathering) -> None:
    for name in package.named(r"xl/(?:comments|threadedComments)[^/]*(?:/[^/]+)?\.xml"):
        root = package.tree(name)
        office_authors = "、".join(one.text or "" for one in root.iter("{*}author"))
        into.add("批注的作者", office_authors)
        for one in root.iter("{*}comment", "{*}threadedComment"):
            text = "".join(bit.text or "" for bit in one.iter("{*}t")) or paragraphs(one, "threadedComment", "text")
            into.add(f"批注（{one.get('ref', '')}）", text, hidden=True)
    office.authors(package, r"xl/persons/.*\.xml", into)
