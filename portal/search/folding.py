"""Texts as they are compared: one form for what people write in many ways. Pure, and character by character.

Each character is folded by itself, never by the words around it, so that a piece of a text folds to the same piece of its
folded form: whoever looks for two characters of a phrase finds the phrase.
"""

import re
import unicodedata
from itertools import pairwise
from zlib import crc32

import opencc

MARK = ","
"""What stands in a folded text where punctuation stood."""
WIDE = "\u2e80-\U0003ffff"
"""Characters that are words by themselves: Chinese, kana, hangul."""

_TOKENS = re.compile(rf"[{WIDE}]|\d+|[^\W\d_{WIDE}]+")
_NARROW = rf"[^\W{WIDE}]"
_MEANT_BLANK = re.compile(rf"(?<={_NARROW}) +(?={_NARROW})")
_MARKS = re.compile(rf"(?<! ) *{MARK}[ {MARK}]*")
_SURROGATES = 0xD8000000
"""Codes from here on stand for tokens: no pair of characters begins with a surrogate."""


class _Folding(dict[int, str]):
    """What each character becomes; worked out once. `uneven` are those that do not become exactly one character."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()
        self._simplified = opencc.OpenCC("t2s")

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded

    def _fold(self, character: str) -> str:
        if character.isspace():
            return " "
        if unicodedata.category(character) == "Cs":
            return MARK
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
        return "".join(self._one(part) for part in plain)

    def _one(self, character: str) -> str:
        category = unicodedata.category(character)
        if category[0] == "M" or category == "Cf":  # accents of their own, and what cannot be seen
            return ""
        if not character.isalnum():
            return " " if character.isspace() else MARK
        return self._simplified.convert(self._simplified.convert(character))  # 薴 becomes 苧, and only then 苎


_folding = _Folding()


def plain(text: str) -> str:
    """A text as it is kept: composed, without what a database cannot hold."""
    return unicodedata.normalize("NFC", text.replace("\0", " ").encode("utf-8", "replace").decode())


def marks(text: str) -> str:
    """A plain text folded with all its blanks: what patterns are looked for in."""
    return text.translate(_folding)


def places(text: str) -> list[int] | None:
    """Of each character of `marks(text)`, where it stands in the plain text; None where every place is the same."""
    marks(text)
    if _folding.uneven.isdisjoint(text):
        return None
    return [place for place, character in enumerate(text) for _ in _folding[ord(character)]]


def fold(text: str) -> str:
    """A text as it is compared: width, case, traditional characters and blanks folded, punctuation turned into MARK.

    A blank stays where it divides letters or digits: elsewhere it is how a page was set, as in “2025 年”.
    """
    folded = _MARKS.sub(MARK, marks(plain(text)))
    meant = _MEANT_BLANK.sub("\n", folded)
    return meant.replace(" ", "").replace("\n", " ").strip(MARK)


def tokens(run: str) -> list[str]:
    """The parts of a folded text: each Chinese character, each row of letters, each row of digits."""
    return _TOKENS.findall(run)


def bigrams(text: str) -> list[int]:
    """The codes by which a text is indexed, sorted, each once; the same for ever, because they are stored.

    Every part by itself, and every two parts that are neighbours with the characters by which they touch: 2025年度 gives
    2025, 年, 度, 5年 and 年度.
    """
    return sorted({code for run in runs(fold(text)) for code in _codes(run, alone=True)})


def wanted(run: str) -> frozenset[int]:
    """The codes a text must have to hold this run: pairs, and letters and digits as a whole; one character by itself."""
    return frozenset(_codes(run, alone=len(run) == 1))


def runs(folded: str) -> list[str]:
    """The pieces of a folded text between its marks and blanks."""
    return [run for run in re.split(rf"[ {MARK}]+", folded) if run]


def _codes(run: str, *, alone: bool) -> set[int]:
    parts = tokens(run)
    found = {_pair(one[-1], other[0]) for one, other in pairwise(parts)}
    return found | {_single(part) for part in parts if alone or part[0] < "\u2e80"}


def _pair(one: str, other: str) -> int:
    return _signed((ord(one) & 0xFFFF) << 16 | (ord(other) & 0xFFFF))


def _single(part: str) -> int:
    if len(part) == 1 and part >= "\u2e80":
        return _signed(ord(part) & 0xFFFF)
    return _signed(_SURROGATES | (crc32(part.encode()) & 0x07FFFFFF))


def _signed(code: int) -> int:
    """As PostgreSQL's int4 holds it."""
    return code - (1 << 32) if code >= 1 << 31 else code


_OPEN, _CLOSE = r"[〔\[(【〖「<〈{]", r"[〕\])】〗」>〉}]"
NUMBER = re.compile(rf"([^\W\d_]{{0,24}})\s*{_OPEN}\s*(\d{{4}})\s*年?\s*{_CLOSE}\s*第?\s*0*(\d{{1,6}})\s*[号號]?")
"""A document number in a text that went through NFKC: stem, year, number."""


def document_number(text: str) -> str:
    """A 文号 in its one form, 宁工信发〔2020〕12号; empty for what is no document number."""
    found = NUMBER.fullmatch(unicodedata.normalize("NFKC", plain(text)).replace("_", " ").strip())
    return canonical(found) if found and found[1] else ""


def canonical(found: re.Match[str]) -> str:
    """A document number that NUMBER found, in its one form."""
    return f"{fold(found[1])}〔{found[2]}〕{int(found[3])}号"
