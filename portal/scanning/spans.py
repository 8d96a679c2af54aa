"""A stretch of a text in which something was found."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from portal.scanning.vocabulary import Finding


@dataclass(frozen=True)
class Span:
    """[start, end) of a text. Not `certain`: it looks like it, and only a person can tell."""

    kind: Finding
    start: int
    end: int
    certain: bool = True


class Taken:
    """Stretches without a character in common: the first to come is kept."""

    def __init__(self) -> None:
        self._kept: list[Span] = []

    def meets(self, span: Span) -> bool:
        """Whether a stretch that is kept has a character in common with this one."""
        after = bisect_left(self._kept, span.start, key=lambda one: one.end - 1)
        return after < len(self._kept) and self._kept[after].start < span.end

    def take(self, spans: Iterable[Span]) -> list[Span]:
        """Keep those that meet none kept before; what is kept is given back."""
        fresh = []
        for span in spans:
            if not self.meets(span):
                self._kept.insert(bisect_left(self._kept, span.start, key=lambda one: one.start), span)
                fresh.append(span)
        return fresh
