"""The numbers that Word counts by itself, written out as text: 第一条, （二）, 3. are part of what an official document says."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLETS = {"bullet", "none", None}
_DEEPEST = 12  # styles based on one another; Word itself allows no more than eleven


def chinese(number: int) -> str:
    """1 to 9,999 as articles are counted: 十, 二十一, 一百零五; figures beyond."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if out.endswith("0") else "") + "一二三四五六七八九"[digit - 1] + name
            out = out.replace("0", "")
        elif out and not out.endswith("0"):
            out += "0"
    out = out.rstrip("0")
    return out.removeprefix("一") if out.startswith("一十") else out


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else f"({number})"


_COUNTING: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographLegalTraditional"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified"),
        ),
        chinese,
    ),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate(
        {ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)}
    ),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


class Numbers:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, document: Any) -> None:
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        root = getattr(part, "element", None)
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        if root is not None:
            self._abstract = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
            self._lists = {one.get(qn("w:numId")): one for one in root.findall(qn("w:num"))}
        self._styles = {one.get(qn("w:styleId")): one for one in document.styles.element.findall(qn("w:style"))}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Any) -> str:
        """The number that stands before this paragraph, counted on; "" for none and for a bullet."""
        found = self._place(paragraph)
        if found is None:
            return ""
        numbered, level = found
        abstract = self._abstract_of(numbered)
        definition = _level(abstract, level)
        if definition is None or value_of(definition, "w:numFmt") in _BULLETS:
            return ""
        counts = self._counts[str(abstract.get(qn("w:abstractNumId")))]
        counts[level] = counts[level] + 1 if level in counts else self._start(numbered, definition, level)
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        text = value_of(definition, "w:lvlText") or ""
        for upper in range(level + 1):
            text = text.replace(f"%{upper + 1}", self._counted(abstract, counts, upper))
        return text

    def _counted(self, abstract: Any, counts: dict[int, int], level: int) -> str:
        definition = _level(abstract, level)
        form = value_of(definition, "w:numFmt") or "decimal"
        number = counts.get(level) or int(value_of(definition, "w:start") or 1)
        return _COUNTING.get(form, str)(number)

    def _start(self, numbered: Any, definition: Any, level: int) -> int:
        for one in numbered.findall(qn("w:lvlOverride")):
            if one.get(qn("w:ilvl")) == str(level):
                return int(value_of(one, "w:startOverride") or value_of(definition, "w:start") or 1)
        return int(value_of(definition, "w:start") or 1)

    def _abstract_of(self, numbered: Any) -> Any:
        return self._abstract.get(value_of(numbered, "w:abstractNumId") or "")

    def _place(self, paragraph: Any) -> tuple[Any, int] | None:
        """The list and the level of a paragraph, its own or those of its style; None if it is not counted."""
        for properties, style in self._properties(paragraph):
            numbering = properties.find(qn("w:numPr"))
            if value_of(numbering, "w:numId") is not None:
                listed = self._lists.get(value_of(numbering, "w:numId") or "")
                abstract = self._abstract_of(listed)
                if abstract is None:
                    return None
                level = value_of(numbering, "w:ilvl") or _level_of(abstract, style)
                return listed, int(level)
        return None

    def _properties(self, paragraph: Any) -> Iterator[tuple[Any, str]]:
        """What is laid down for a paragraph, the nearest first, each with the style it comes from ("": its own)."""
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            yield own, ""
        name = value_of(own, "w:pStyle") or ""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            properties = style.find(qn("w:pPr"))
            if properties is not None:
                yield properties, name
            name = value_of(style, "w:basedOn") or ""


def _level_of(abstract: Any, style: str) -> str:
    """The level that a style of headings stands for in its list."""
    levels = (one for one in abstract.findall(qn("w:lvl")) if style and value_of(one, "w:pStyle") == style)
    return next((one.get(qn("w:ilvl"), "0") for one in levels), "0")


def _level(abstract: Any, level: int) -> Any:
    return next((one for one in abstract.findall(qn("w:lvl")) if one.get(qn("w:ilvl")) == str(level)), None)


def value_of(element: Any, tag: str) -> str | None:
    """What Word wrote as the value of a child element; None without it."""
    found = None if element is None else element.find(qn(tag))
    return None if found is None else found.get(qn("w:val"))
