"""One way of writing for every way of writing: width, traditional characters, signs without ink, numerals. Positions are kept."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from opencc import OpenCC

_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by their category, and nothing to be seen
_NO_INK = {"Cf", "Mn", "Me"}
_NUMERALS = str.maketrans("〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖", "0001112233445566778899")
_FEWEST = 11
"""Digits of the shortest number that is looked for when it is written in words; below that 二〇二五 is only a year."""
_IN_WORDS = re.compile(rf"(?:[0-9〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖][ \-.·,、]?){{{_FEWEST},}}")
_SIMPLIFIED = OpenCC("t2s")


@dataclass(frozen=True)
class Folded:
    """A text evened out, and for each of its characters the position in the text it came from."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the folded text lies in the text it came from."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Narrow, simplified, without what has no ink; lines and blanks stay."""
    known = {char: _folded(char) for char in set(text)}
    if all(len(one) == 1 for one in known.values()):
        return Folded(text.translate({ord(char): one for char, one in known.items()}), range(len(text)))
    chars, places = [], []
    for place, char in enumerate(text):
        for one in known[char]:
            chars.append(one)
            places.append(place)
    return Folded("".join(chars), places)


def numbered(text: str) -> str:
    """A folded text with long rows of numerals in words (一三八〇〇……) written as digits; positions do not change."""
    return _IN_WORDS.sub(lambda run: run[0].translate(_NUMERALS), text)


def letters(text: str) -> Folded:
    """Letters and digits only, folded, in small letters: what is left when somebody puts signs in between."""
    return letters_of(fold(text))


def letters_of(folded: Folded) -> Folded:
    """The letters and digits of a text that is folded already."""
    kept = [(char, place) for char, place in zip(folded.text, folded.places, strict=True) if _is_letter(char)]
    small = [(char.lower(), place) for char, place in kept if len(char.lower()) == 1]
    return Folded("".join(char for char, _ in small), [place for _, place in small])


def occurrences(text: str, word: str) -> list[tuple[int, int]]:
    """[start, end) of every place where the word stands in the text, one after the other."""
    steps = [-len(word)]
    while word and (place := text.find(word, steps[-1] + len(word) if len(steps) > 1 else 0)) >= 0:
        steps.append(place)
    return [(place, place + len(word)) for _, place in pairwise(steps)]


@lru_cache(maxsize=65_536)
def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category in _NO_INK or char in _FILLERS:
        return ""
    if category == "No":  # ① before a telephone number is not its first digit
        return char
    narrow = unicodedata.normalize("NFKC", char)
    return _SIMPLIFIED.convert(narrow) if category == "Lo" else narrow


@lru_cache(maxsize=65_536)
def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"
