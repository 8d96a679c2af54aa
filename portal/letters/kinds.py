"""The kinds of letter. Chapters register theirs; letters only need to know how each is numbered and closed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter.

    `series` is the number series it draws from, per body and year; kinds that share a series share its numbers. An empty
    series means that the letter bears the number of its matter and takes none of its own (登记回执).
    `suffix` is what the kind adds to the body's 发文机关代字, e.g. 告 答 补 延. `needs_remedy`: the law wants a remedy
    statement in it (行政复议法第二十三条); a kind without one is a procedural act and must carry none.
    """

    code: str
    title: str
    series: str = ""
    suffix: str = ""
    needs_remedy: bool = False

    @property
    def numbered(self) -> bool:
        """Whether letters of this kind take a number of their own."""
        return bool(self.series)


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> LetterKind:
    """Make a kind known. Repeating the same kind is harmless; a different kind under a known code is a ValueError."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"letter kind {kind.code!r} is already registered as {_kinds[kind.code].title}")
    suffixes = {other.suffix for other in _kinds.values() if kind.series and other.series == kind.series}
    if len(suffixes) > 1:
        del _kinds[kind.code]
        raise ValueError(f"letter kinds of series {kind.series!r} must share one suffix, not {sorted(suffixes)}")
    return kind


def kind_of(code: str) -> LetterKind:
    """The registered kind of a code; KeyError names the known ones."""
    try:
        return _kinds[code]
    except KeyError:
        raise KeyError(f"no letter kind {code!r}; registered: {', '.join(sorted(_kinds))}") from None
