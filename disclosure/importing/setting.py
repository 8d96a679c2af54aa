"""From the lines of a document to its HTML: chapters become headings, articles paragraphs; what is unsafe cannot arise."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from portal.texts import cleaning

from ..workflow import Text

_PART = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,5}\s*[编章](?:[\s\u3000]*[^，。；：]{0,40})?")
_SECTION = re.compile(r"第[一二三四五六七八九十百零〇0-9]{1,5}\s*节(?:[\s\u3000]*[^，。；：]{0,40})?")
_ARTICLE = re.compile(r"(第[一二三四五六七八九十百零〇]{1,7}条(?:之[一二三四五六七八九十]{1,2})?)[\s\u3000]*(?=\S)")
_MARKED = re.compile(r"(#{1,4})\s+(.+)")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
LONGEST_TITLE, LONGEST_SUMMARY = 200, 120


@dataclass(frozen=True)
class Line:
    """One paragraph, and how it is set: as running text, as a heading of a level, in the middle or to the right."""

    words: str
    manner: Literal["text", "center", "right", "h2", "h3", "h4"] = "text"


def line(words: str) -> Line:
    """A paragraph that shows what it is by its own words: `第一章 总则`, `第二节 程序`, or `## 附则` as in Markdown."""
    words = tidy(words)
    if marked := _MARKED.fullmatch(words):
        return Line(_spaced(marked[2]), {1: "h2", 2: "h2", 3: "h3"}.get(len(marked[1]), "h4"))  # type: ignore[arg-type]
    if _PART.fullmatch(words):
        return Line(_spaced(words), "h2")
    if _SECTION.fullmatch(words):
        return Line(_spaced(words), "h3")
    return Line(_ARTICLE.sub("\\1\u3000", words, count=1) if _ARTICLE.match(words) else words)


def tidy(words: str) -> str:
    """A line without invisible characters and with single blanks."""
    return re.sub(r"[ \t\xa0\u2002-\u200a\u3000]+", " ", _NOT_TEXT.sub("", words)).strip()


def text_of(title: str, lines: Iterable[Line], *, summary: str = "") -> Text:
    """The text of a document as it is kept: clean HTML, the same in plain words, and a summary out of its first lines."""
    html = cleaning.clean("".join(map(_element, lines)))
    words = cleaning.text_of(html)
    return Text(title=title, html=html, text=words, summary=summary or _beginning(words))


def _element(one: Line) -> str:
    words = escape(one.words)
    if one.manner in {"h2", "h3", "h4"}:
        return f"<{one.manner}>{words}</{one.manner}>"
    return f'<p class="{"indent" if one.manner == "text" else one.manner}">{words}</p>'


def _spaced(heading: str) -> str:
    """`第一章总 则` as it is printed: 第一章　总则."""
    if not (_PART.fullmatch(heading) or _SECTION.fullmatch(heading)):
        return heading
    number = re.match(r"第\S+?\s*[编章节]", heading)
    end = number.end() if number else 0
    return f"{heading[:end].replace(' ', '')}\u3000{heading[end:].replace(' ', '')}".strip()


def _beginning(words: str) -> str:
    """The first article or paragraph that says something, cut at a sentence."""
    first = next((one for one in words.splitlines() if len(one) > 30), words.replace("\n", ""))
    cut = first[:LONGEST_SUMMARY]
    return cut if len(first) <= LONGEST_SUMMARY else cut[: cut.rfind("，") if "，" in cut else None] + "……"
