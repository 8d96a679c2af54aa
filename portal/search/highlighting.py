"""Which pieces of a text were found, as values: a page marks them itself and never receives markup. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, pairwise

from . import folding
from .terms import Term

BEFORE, LENGTH = 30, 140
"""How many characters a snippet shows before its first hit, and altogether."""
MOST_HITS = 20
"""How many hits of one term are marked: more than fit into a snippet or a title."""


@dataclass(frozen=True)
class Span:
    """A piece of a text; `hit`: it is what was looked for."""

    text: str
    hit: bool = False


def holds(text: str, terms: Iterable[Term]) -> bool:
    """Whether a plain text really holds every term, its parts side by side."""
    marks = folding.marks(text)
    return all(term.pattern.search(marks) for term in terms)


def whole(text: str, terms: Iterable[Term]) -> tuple[Span, ...]:
    """All of a short text, such as a title, with its hits."""
    return _spans(text, _hits(text, terms), 0, len(text))


def snippet(text: str, terms: Iterable[Term]) -> tuple[Span, ...]:
    """The piece of a text around its first hit, or its beginning; … stands where something was left out."""
    hits = _hits(text, terms)
    start = max(hits[0][0] - BEFORE, 0) if hits else 0
    end = min(start + LENGTH, len(text))
    spans = _spans(text, hits, start, end)
    return (*((Span("…"),) if start else ()), *spans, *((Span("…"),) if end < len(text) else ()))


def _hits(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Where the hits stand, in order and apart."""
    marks, places = folding.marks(text), folding.places(text)
    found = sorted(match.span() for term in terms for match in islice(term.pattern.finditer(marks), MOST_HITS))
    if places is not None:
        found = [(places[start], places[end - 1] + 1) for start, end in found]
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _spans(text: str, hits: list[tuple[int, int]], start: int, end: int) -> tuple[Span, ...]:
    inside = [(max(one, start), min(other, end)) for one, other in hits if one < end and other > start]
    edges = sorted({start, end, *(edge for hit in inside for edge in hit)})
    starts = {one for one, _ in inside}
    pieces = ((one, text[one:other].replace("\n", " ")) for one, other in pairwise(edges))
    return tuple(Span(piece, one in starts) for one, piece in pieces if piece)
