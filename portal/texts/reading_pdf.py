"""The reading version of a PDF: the lines of its pages joined into paragraphs as Chinese is set."""

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass
from html import escape
from itertools import pairwise, takewhile
from statistics import median
from typing import Any

import pypdfium2.raw as raw

from portal.texts.headings import in_order, level_of
from portal.texts.picturing import sheet

_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·•~～]*(?:\d{1,4}|第\s*[\d一二三四五六七八九十百]+\s*页(?:[\s，,/]*共\s*[\d一二三四五六七八九十百]+\s*页)?|\d{1,4}\s*/\s*\d{1,4})[\s—–\-－·•~～]*"
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2014\u2018-\u201d\u2026]")
_ITEM = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,7}[条章节编]|[一二三四五六七八九十]{1,3}、|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|\d{1,2}[.．、](?!\d)|附件)"
)
_ENDS = "。！？；：”）》…."
_SLACK = 1.6  # characters that a full line may lack at its end: a mark that must not begin the next line
_ROOM = 0.6  # of a character: from there on a blank was meant, as between the cells of a table
_GAP = 1.7  # times the usual distance of lines that parts two paragraphs
_TITLE = 1.25  # times the usual size of letters, centred: a title
_EDGE_LINES = 2  # lines at the top and at the bottom of a page that may be its running header and footer


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page in points from its lower left corner: where it lies, and what it is set in."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Margins:
    """What is usual in a document: its letters, the distance of its lines, and how far lines reach."""

    left: float
    right: float
    size: float
    pitch: float
    font: str


def read(document: Any, count: int, *, most: int) -> tuple[str, list[int], list[str]]:
    """(HTML, pages without text, notes) of the first `count` pages, stopping after `most` characters."""
    pages: list[list[Line]] = []
    silent: list[int] = []
    characters = 0
    for index in range(count):
        with closing(document[index]) as page:
            lines = _lines(page)
            if not lines and raw.FPDFPage_CountObjects(page) > 0:
                silent.append(index + 1)
        pages.append(lines)
        characters += sum(len(line.text) for line in lines)
        if characters > most:
            break
    usual = _margins([line for lines in pages for line in lines])
    running = _running(pages, usual)
    body = _bodies(pages, running, usual)
    return in_order(_html(body, set(silent))), silent, _notes(running, len(pages), count)


def _notes(running: set[str], read: int, count: int) -> list[str]:
    notes = []
    if running:
        notes.append("原文每页重复的页眉、页脚没有收入阅读版。")
    if read < count:
        notes.append(f"全文过长，阅读版只到第{read}页，其余内容请下载附件查看。")
    return notes


# --- lines --------------------------------------------------------------------------------------------------------------


def _lines(page: Any) -> list[Line]:
    """The lines of a page in the order in which they are written."""
    with closing(page.get_textpage()) as text:
        lines: list[Line] = []
        begun: list[int] = []
        for place in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, place)
            if code in (10, 13):
                lines += _line(text, begun)
                begun = []
            elif code >= 32 and code != 0xFFFE and not _is_spacing(text, place):
                begun.append(place)
        return lines + _line(text, begun)


def _is_spacing(text: Any, place: int) -> bool:
    """Whether a blank is only the little room that typesetting leaves between Chinese characters and figures."""
    if raw.FPDFText_IsGenerated(text, place) != 1 or place in {0, text.count_chars() - 1}:
        return False
    around = (chr(raw.FPDFText_GetUnicode(text, place - 1)), chr(raw.FPDFText_GetUnicode(text, place + 1)))
    room = _box(text, place + 1)[0] - _box(text, place - 1)[2]
    return any(map(_WIDE.match, around)) and room < _ROOM * raw.FPDFText_GetFontSize(text, place - 1)


def _line(text: Any, places: list[int]) -> list[Line]:
    said = "".join(chr(raw.FPDFText_GetUnicode(text, place)) for place in places)
    if not said.strip():
        return []
    inked = [place for place, sign in zip(places, said, strict=True) if not sign.isspace()]
    left, bottom, _right, _top = _box(text, inked[0])
    right = max(_box(text, inked[-1])[2], left)
    middle = inked[len(inked) // 2]
    whole = said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # rare characters come in halves
    return [Line(whole.strip(), left, right, bottom, raw.FPDFText_GetFontSize(text, middle), _font(text, middle))]


def _box(text: Any, place: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    raw.FPDFText_GetCharBox(text, place, byref(left), byref(right), byref(bottom), byref(top))
    return left.value, bottom.value, right.value, top.value


def _font(text: Any, place: int) -> str:
    name, flags = create_string_buffer(128), c_int()
    raw.FPDFText_GetFontInfo(text, place, name, 128, byref(flags))
    return name.value.decode("utf-8", "replace")


def _edges(lines: Sequence[Line], usual: Margins) -> list[Line]:
    """The few lines at the top and at the bottom of a page that are parted from its text by a gap or by their letters."""
    downwards = sorted(lines, key=lambda line: -line.bottom)
    return [*_apart(downwards, usual), *_apart(downwards[::-1], usual)]


def _apart(lines: Sequence[Line], usual: Margins) -> list[Line]:
    """What comes before the text, from the edge inwards."""
    if len(lines) == 1:
        return list(lines)
    for place, (one, other) in enumerate(pairwise(lines[: _EDGE_LINES + 1]), 1):
        if abs(one.bottom - other.bottom) > _GAP * usual.pitch:
            return list(lines[:place])
    return list(takewhile(lambda line: abs(line.size - usual.size) > 1 or line.font != usual.font, lines[:_EDGE_LINES]))


def _running(pages: Sequence[Sequence[Line]], usual: Margins) -> set[str]:
    """What stands apart at the edge of most pages, figures aside."""
    written = [lines for lines in pages if lines]
    if len(written) < 3:
        return set()
    seen = Counter(shape for lines in written for shape in {_shape(line) for line in _edges(lines, usual)})
    return {shape for shape, times in seen.items() if times > len(written) / 2 and shape.strip("# ")}


def _shape(line: Line) -> str:
    return line.text if _PAGE_NUMBER.fullmatch(line.text) else re.sub(r"\d+", "#", line.text)


def _bodies(pages: Sequence[list[Line]], running: set[str], usual: Margins) -> list[list[Line]]:
    """The pages without their running headers and footers and their page numbers.

    A figure that stands alone is a page number only where it counts with the pages.
    """
    edges = [_edges(lines, usual) for lines in pages]
    figures = {
        (index, line): int(found[0])
        for index, lines in enumerate(edges)
        for line in lines
        if _PAGE_NUMBER.fullmatch(line.text) and (found := re.search(r"\d+", line.text))
    }
    ahead = Counter(number - index for (index, _line), number in figures.items()).most_common(1)

    def goes(index: int, line: Line) -> bool:
        if line not in edges[index]:
            return False
        number = figures.get((index, line))
        if number is not None:
            return number - index == ahead[0][0]
        return _shape(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text))

    return [[line for line in lines if not goes(index, line)] for index, lines in enumerate(pages)]


# --- paragraphs ---------------------------------------------------------------------------------------------------------


def _html(pages: list[list[Line]], silent: set[int]) -> str:
    """A section for each page. A paragraph that goes on overleaf stays whole, on the page where it begins."""
    margins = _margins([line for lines in pages for line in lines])
    sections: list[list[list[Line]]] = []
    former: list[Line] = []
    for lines in pages:
        sections.append([])
        for line in lines:
            if former and not _begins(former[-1], line, margins, turned=not sections[-1]):
                former.append(line)
                continue
            former = [line]
            sections[-1].append(former)
        former = former if lines else []  # nothing goes on across a page without words
    return "".join(
        sheet(number) if number in silent else _section(number, paragraphs, margins)
        for number, paragraphs in enumerate(sections, 1)
    )


def _section(number: int, paragraphs: list[list[Line]], margins: Margins) -> str:
    inside = "".join(_paragraph(one, margins) for one in paragraphs)
    return f'<section id="page-{number}" data-page="{number}">{inside}</section>'


def _margins(lines: Sequence[Line]) -> Margins:
    if not lines:
        return Margins(0, 0, 1, 1, "")
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    size = max(sizes.most_common(1)[0][0], 1)
    plain = [line for line in lines if abs(line.size - size) < 1] or list(lines)
    font = Counter(line.font for line in plain for _ in line.text).most_common(1)[0][0]
    steps = [one.bottom - other.bottom for one, other in pairwise(plain)]
    falls = [step for step in steps if 0 < step < 5 * size]
    rights = sorted(line.right for line in plain)
    return Margins(
        left=min(line.left for line in plain),
        right=rights[int(len(rights) * 0.95)] if len(rights) > 1 else rights[0],
        size=size,
        pitch=median(falls) if falls else size * 1.5,
        font=font,
    )


def _begins(former: Line, line: Line, margins: Margins, *, turned: bool) -> bool:
    """Whether a line begins a new paragraph. `turned`: it stands on another page than the paragraph before began on."""
    if abs(former.size - line.size) > 1:
        return True
    if _is_title(former, margins) and _is_title(line, margins):
        return False
    unit = max(line.size, 1)
    indented = line.left - margins.left > 1.2 * unit
    if former.right < margins.right - _SLACK * unit:
        return True
    step = former.bottom - line.bottom
    if not turned and step > _GAP * margins.pitch:
        return True
    return indented and (
        former.left - margins.left <= 1.2 * unit or former.text[-1] in _ENDS or bool(_ITEM.match(line.text))
    )


def _is_title(line: Line, margins: Margins) -> bool:
    middle = (margins.left + margins.right) / 2
    return line.size >= _TITLE * margins.size and abs((line.left + line.right) / 2 - middle) < 2 * line.size


def _paragraph(lines: list[Line], margins: Margins) -> str:
    text = _joined([line.text for line in lines])
    if _is_title(lines[0], margins):
        return f'<h2 class="center">{escape(text)}</h2>'
    level = level_of(text)
    if level and len(lines) == 1 and (lines[0].font != margins.font or lines[0].size > margins.size + 1):
        return f"<h{level}>{escape(text)}</h{level}>"
    return f"<p>{escape(text)}</p>"


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text: no space between two Chinese characters, a hyphen at the end of a Latin line taken away."""
    out = lines[0]
    for line in lines[1:]:
        if _WIDE.match(out[-1]) or _WIDE.match(line[0]):
            out += line
        elif out.endswith("-") and line[0].isalpha():
            out = out[:-1] + line
        else:
            out += f" {line}"
    return out
