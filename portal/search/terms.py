"""What somebody typed, as what is to be found: words, “phrases” and document numbers. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from . import folding
from .folding import MARK, NUMBER

MOST_CHARACTERS = 200
MOST_TERMS = 12
_QUOTED = re.compile(r"[\"“”「『]([^\"“”「」『』]+)[\"“”」』]")
_GAP = rf"[ {MARK}]+"
_LOOSE = rf"[ {MARK}]*"
_BARE_NUMBER = re.compile(r"([^\W\d_]{1,24})\s*((?:19|20)\d{2})[\s年第-]+0*(\d{1,6})\s*[号號]")
"""A document number as people type it who do not find the brackets: 宁工信发2020年12号."""


@dataclass(frozen=True)
class Term:
    """One thing a text must hold. `shown` is how it was typed; `grams` find the candidates by index, `pattern` judges them
    in `folding.marks` of a text. `number` is the document number that it is, if it is one.
    """

    shown: str
    grams: frozenset[int]
    pattern: re.Pattern[str]
    number: str = ""

    @property
    def certain(self) -> bool:
        """Whether the grams alone decide: one pair, one character, one row of digits."""
        return len(self.grams) == 1 and not self.number


@dataclass(frozen=True)
class Reading:
    """How a search was understood; `cut` says that it was too long and only its beginning is looked for."""

    terms: tuple[Term, ...]
    cut: bool = False

    @property
    def grams(self) -> list[int]:
        """All that a text must have, whatever the term."""
        return sorted({gram for term in self.terms for gram in term.grams})


def read(words: str) -> Reading:
    """The terms in what was typed. A document number is recognised in any brackets; what is quoted stays together."""
    typed = folding.plain(words[: MOST_CHARACTERS + 1])
    cut, typed = len(words) > MOST_CHARACTERS, typed[:MOST_CHARACTERS]
    typed = re.sub(r"\s+", " ", typed)
    found: list[Term] = []
    rest = _take_numbers(_take_phrases(typed, found), found)
    for word in rest.split():
        found += [_word(run) for run in _shown_runs(word)]
    terms = list({term.pattern.pattern: term for term in found if term.grams}.values())
    return Reading(tuple(terms[:MOST_TERMS]), cut or len(terms) > MOST_TERMS)


def _take_phrases(typed: str, found: list[Term]) -> str:
    for match in _QUOTED.finditer(typed):
        if NUMBER.search(unicodedata.normalize("NFKC", match[1])):
            continue
        found += _phrase(match[1])
        typed = typed.replace(match[0], " ", 1)
    return typed


def _take_numbers(typed: str, found: list[Term]) -> str:
    for form in (NUMBER, _BARE_NUMBER):
        typed = unicodedata.normalize("NFKC", typed) if form.search(unicodedata.normalize("NFKC", typed)) else typed
        found += [_number(match) for match in form.finditer(typed)]
        typed = form.sub(" ", typed)
    return typed


def _shown_runs(word: str) -> list[str]:
    """The pieces of a typed word between its punctuation, as they were typed."""
    pieces = "".join(one if folding.fold(one) else " " for one in word).split()
    return [piece for piece in pieces if folding.fold(piece)]


def _word(shown: str) -> Term:
    runs = folding.runs(folding.fold(shown))
    return Term(shown, _grams(runs), _pattern(runs))


def _phrase(shown: str) -> list[Term]:
    runs = folding.runs(folding.fold(shown))
    return [Term(f"“{shown.strip()}”", _grams(runs), _pattern(runs))] if runs else []


def _number(match: re.Match[str]) -> Term:
    number = folding.canonical(match)
    stem, year, count = folding.fold(match[1]), match[2], int(match[3])
    tail = rf"{year}{_LOOSE}年?{_LOOSE}第?{_LOOSE}0*{count}(?!\d)"
    pattern = re.compile(f"{_spelled(stem)}{_LOOSE}{tail}" if stem else rf"(?<!\d){tail}")
    grams = _grams([*folding.runs(stem), year, str(count)])
    return Term(number, grams, pattern, number if stem else "")


def _grams(runs: list[str]) -> frozenset[int]:
    return frozenset(gram for run in runs for gram in folding.wanted(run))


def _pattern(runs: list[str]) -> re.Pattern[str]:
    return re.compile(_GAP.join(_spelled(run) for run in runs))


def _spelled(run: str) -> str:
    """A run with blanks allowed between its parts; letters and digits only as a whole."""
    return " *".join(_bounded(part) for part in folding.tokens(run))


def _bounded(part: str) -> str:
    if part.isdecimal():
        return rf"(?<!\d){part}(?!\d)"
    if part[0] < "\u2e80":
        return rf"(?<![^\W\d_{folding.WIDE}]){re.escape(part)}(?![^\W\d_{folding.WIDE}])"
    return re.escape(part)
