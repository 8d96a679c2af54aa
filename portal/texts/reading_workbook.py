"""The reading version of a workbook: each visible sheet as a table, as far as it is shown when the workbook is opened."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.texts.pdf import Refused

MOST_ROWS = 5_000  # of all sheets together
_MOST_COLUMNS = 200
_MOST_XML = 20 * 1024 * 1024  # of the sheets together; openpyxl keeps about fifty times the file in memory
_BROKEN = (
    *(OSError, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError, OverflowError),
    *(RecursionError, NotImplementedError, struct.error, zlib.error, zipfile.BadZipFile, InvalidFileException),
)


def read(data: bytes) -> tuple[str, int, list[str]]:
    """(HTML, sheets shown, notes). Raises Refused for a workbook that cannot be opened."""
    try:
        if _size(data) > _MOST_XML:
            return "", 1, ["该工作簿内容过多，没有生成阅读版，请拆成几个附件，或者下载附件查看。"]
        book = load_workbook(io.BytesIO(data), data_only=True)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        notes: list[str] = []
        if len(visible) < len(book.worksheets):
            notes.append("隐藏的工作表没有收入阅读版；下载的文件中仍然含有。")
        return "".join(_tables(visible, notes)), max(len(visible), 1), list(dict.fromkeys(notes))
    except _BROKEN as error:
        raise Refused("该Excel工作簿已损坏，无法打开。请用原软件打开，另存为新的xlsx文件后再上传。") from error


def _size(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return sum(entry.file_size for entry in packed.infolist() if entry.filename.startswith("xl/worksheets/"))


def _tables(sheets: Sequence[Any], notes: list[str]) -> Iterator[str]:
    left = MOST_ROWS
    for sheet in sheets:
        rows = _shown_rows(sheet, left, notes)
        left -= len(rows)
        if rows:
            yield _table(sheet, rows)


def _shown_rows(sheet: Any, most: int, notes: list[str]) -> list[list[Any]]:
    """The rows from the first to the last with anything in it, without what is hidden."""
    hidden = _hidden_columns(sheet)
    last = max((cell.row for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")), default=0)
    rows: list[list[Any]] = []
    for row in sheet.iter_rows(max_row=max(last, 1)):
        if sheet.row_dimensions[row[0].row].hidden or hidden:
            notes.append("隐藏的行、列没有收入阅读版；下载的文件中仍然含有。")
        if sheet.row_dimensions[row[0].row].hidden:
            continue
        if len(rows) == most:
            notes.append(f"表格过长，阅读版只有前{MOST_ROWS}行，其余内容请下载附件查看。")
            break
        rows.append([cell for cell in row[:_MOST_COLUMNS] if cell.column not in hidden])
        if len(row) > _MOST_COLUMNS:
            notes.append(f"表格过宽，阅读版只有前{_MOST_COLUMNS}列，其余内容请下载附件查看。")
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell.value is not None), default=0)
    return [row[:width] for row in rows] if width and last else []


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for one in sheet.column_dimensions.values():
        if one.hidden and one.min and one.max:
            hidden.update(range(one.min, min(one.max, 16_384) + 1))
    return hidden


@dataclass(frozen=True, slots=True)
class Merged:
    """The shown part of an area of merged cells."""

    value: Any
    across: int
    down: int


def _table(sheet: Any, rows: list[list[Any]]) -> str:
    """A sheet; a first row of one merged cell is its caption, a next row of words throughout its header."""
    merged, covered = _merged(sheet, rows)
    caption = sheet.title
    first = merged.get((rows[0][0].row, rows[0][0].column))
    if len(rows) > 1 and first is not None and first.across == len(rows[0]) > 1 == first.down and first.value.value:
        caption, rows = _shown(first.value), rows[1:]
    header = len(rows) > 1 and all(isinstance(cell.value, str) and cell.value.strip() for cell in rows[0])
    out = [f"<table><caption>{escape(caption)}</caption>"]
    for place, row in enumerate(rows):
        tag, scope = ("th", ' scope="col"') if header and place == 0 else ("td", "")
        cells = [cell for cell in row if (cell.row, cell.column) not in covered]
        shown = (_cell(cell, tag, scope, merged.get((cell.row, cell.column))) for cell in cells)
        out.append(f"<tr>{''.join(shown)}</tr>")
    return "".join(out) + "</table>"


def _merged(sheet: Any, rows: list[list[Any]]) -> tuple[dict[tuple[int, int], Merged], set[tuple[int, int]]]:
    """The merged areas by the first of their cells that is shown, and the other cells that they cover."""
    downwards, across = {row[0].row for row in rows}, {cell.column for cell in rows[0]}
    found: dict[tuple[int, int], Merged] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        down = [row for row in range(area.min_row, min(area.max_row, max(downwards)) + 1) if row in downwards]
        wide = [column for column in range(area.min_col, min(area.max_col, max(across)) + 1) if column in across]
        if down and wide:
            found[down[0], wide[0]] = Merged(sheet.cell(area.min_row, area.min_col), len(wide), len(down))
            covered |= {(row, column) for row in down for column in wide} - {(down[0], wide[0])}
    return found, covered


def _cell(cell: Any, tag: str, scope: str, area: Merged | None) -> str:
    spans = ""
    if area is not None:
        cell = area.value
        spans = (f' colspan="{area.across}"' if area.across > 1 else "") + (
            f' rowspan="{area.down}"' if area.down > 1 else ""
        )
    return f"<{tag}{scope}{spans}>{escape(_shown(cell)).replace(chr(10), '<br>')}</{tag}>"


def _shown(cell: Any) -> str:
    """A value about as Excel shows it."""
    value, form = cell.value, str(cell.number_format or "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value).strip()


def _number(value: float, form: str) -> str:
    decimals = re.search(r"0\.(0+)", form)
    places = len(decimals[1]) if decimals else 0
    if "%" in form:
        return f"{value * 100:.{places}f}%"
    comma = "," if "#,##" in form else ""
    if decimals or comma:
        return f"{value:{comma}.{places}f}"
    return str(value) if isinstance(value, int) else f"{value:.15g}"
