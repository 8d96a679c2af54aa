"""What changed between two versions of a text or of its files, side by side; pure, and bounded for long texts."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from portal.texts.cleaning import text_of

Kind = Literal["same", "changed", "added", "removed"]
_CLAUSE = re.compile(r"[^，。；：、！？\n]*[，。；：、！？\n]?")
_ALIKE = 0.4  # of two paragraphs' pairs of characters: from there on one is a new wording of the other
_MOST_PAIRS = 2_500  # of paragraphs in one changed stretch that are looked at one by one
_LONGEST = 300  # characters of a stretch that is compared character by character
_MOST_CLOSELY = (
    60_000  # changed characters in all of which new wordings are looked at closely; else paragraphs as a whole
)
_ISLAND = 2  # unchanged characters between two changes that are too few to be read on their own


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph, and whether the other side says it differently."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph on both sides. `added` has nothing on the left, `removed` nothing on the right."""

    kind: Kind
    left: tuple[Span, ...]
    right: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Unchanged rows that may be folded away; templates tell it from a row by its kind."""

    rows: tuple[Row, ...]
    kind: Literal["folded"] = "folded"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file of one version: its title, and the SHA-256 of its content."""

    title: str
    sha256: str


FileKind = Literal["same", "added", "removed", "replaced", "renamed"]
# How a file is found again in the new version, the surest way first.
_ALIKE_FILES: dict[FileKind, Callable[[FileRef, FileRef], bool]] = {
    "same": lambda old, new: old == new,
    "replaced": lambda old, new: old.title == new.title,
    "renamed": lambda old, new: old.sha256 == new.sha256,
}


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of a file; `renamed` has the same content under another title."""

    kind: FileKind
    old: FileRef | None
    new: FileRef | None


def compare(old: str, new: str) -> list[Row]:
    """Two plain texts, paragraph (line) by paragraph. The left spans joined line by line are `old`, the right ones `new`."""
    before, after = old.split("\n"), new.split("\n")
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    rows = [_same(line) for line in before[:head]]
    middle = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail])
    codes = middle.get_opcodes()
    stretches = [(kind, before[head + a : head + b], after[head + c : head + d]) for kind, a, b, c, d in codes]
    touched = sum(len(line) + 1 for kind, *both in stretches if kind != "equal" for side in both for line in side)
    for kind, gone, came in stretches:
        rows += map(_same, gone) if kind == "equal" else _changed(gone, came, closely=touched <= _MOST_CLOSELY)
    return rows + [_same(line) for line in before[len(before) - tail :]]


def compare_html(old: str, new: str) -> list[Row]:
    """The words of two HTML texts, block by block."""
    return compare(text_of(old), text_of(new))


def folded(rows: Sequence[Row], *, around: int = 2) -> list[Row | Fold]:
    """The rows with long unchanged stretches folded; `around` rows stay before and after each change."""
    near: set[int] = set()
    for place, row in enumerate(rows):
        if row.kind != "same":
            near.update(range(place - around, place + around + 1))
    out: list[Row | Fold] = []
    hidden: list[Row] = []
    for place, row in enumerate(rows):
        if place in near:
            out += _fold(hidden)
            hidden = []
            out.append(row)
        else:
            hidden.append(row)
    return out + _fold(hidden)


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """`new` against `old` by clauses, as Chinese is read: a changed word marks its clause, not scattered characters.

    Each piece is ("same" | "gone" | "new", text).
    """
    before, after = _clauses(old), _clauses(new)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        found += [(what, text) for what, text in (("gone", "".join(before[a:b])), ("new", "".join(after[c:d]))) if text]
    return found


def compare_files(old: Sequence[FileRef], new: Sequence[FileRef]) -> list[FileChange]:
    """What became of each file, in the order of the new version, the removed ones last."""
    left = list(old)
    found: dict[int, FileChange] = {}
    for kind, alike in _ALIKE_FILES.items():
        for place, one in enumerate(new):
            former = next((other for other in left if alike(other, one)), None)
            if place not in found and former is not None:
                left.remove(former)
                found[place] = FileChange(kind, former, one)
    there = [found.get(place) or FileChange("added", None, one) for place, one in enumerate(new)]
    return there + [FileChange("removed", one, None) for one in left]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _same(line: str) -> Row:
    spans = (Span(line, False),)
    return Row("same", spans, spans)


def _fold(rows: list[Row]) -> list[Row | Fold]:
    return [Fold(tuple(rows))] if len(rows) > 1 else list(rows)


def _changed(before: list[str], after: list[str], *, closely: bool) -> list[Row]:
    """A stretch that differs: new wordings beside the old ones, and the rest added or removed."""
    rows: list[Row] = []
    a = c = 0
    for b, d in [*_pairs(before, after), (len(before), len(after))]:
        rows += [Row("removed", (Span(line, True),), ()) for line in before[a:b]]
        rows += [Row("added", (), (Span(line, True),)) for line in after[c:d]]
        if b < len(before) and d < len(after):
            old, new = before[b], after[d]
            spans = _spans(old, new) if closely else ((Span(old, True),), (Span(new, True),))
            rows.append(Row("changed", *spans))
        a, c = b + 1, d + 1
    return rows


def _pairs(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Which paragraphs are new wordings of which, in order on both sides: the most alike in sum.

    In very long stretches, those that stand at the same place.
    """
    if len(before) * len(after) > _MOST_PAIRS:
        return [(place, place) for place in range(min(len(before), len(after)))]
    left, right = [_pairs_of_characters(line) for line in before], [_pairs_of_characters(line) for line in after]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    likeness = [[_likeness(one, other) for other in right] for one in left]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_walk(best, likeness))


def _walk(best: list[list[float]], likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(likeness) and j < len(likeness[i]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _pairs_of_characters(line: str) -> Counter[str]:
    return Counter(line[at : at + 2] for at in range(max(len(line) - 1, 1)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _spans(old: str, new: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """A paragraph against its new wording: first clause by clause, then by characters within changed clauses."""
    before, after = _clauses(old), _clauses(new)
    left: list[Span] = []
    right: list[Span] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        one, other = "".join(before[a:b]), "".join(after[c:d])
        for gone, came, changed in [(one, other, False)] if kind == "equal" else _characters(one, other):
            left += [Span(gone, changed)] if gone else []
            right += [Span(came, changed)] if came else []
    return _merged(left), _merged(right)


def _characters(one: str, other: str) -> Iterator[tuple[str, str, bool]]:
    """Stretches of two short texts side by side, and whether they differ."""
    if max(len(one), len(other)) > _LONGEST or not (one and other):
        yield one, other, True
        return
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(codes):
        island = kind == "equal" and b - a < _ISLAND and 0 < place < len(codes) - 1
        yield one[a:b], other[c:d], kind != "equal" or island


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in spans:
        if out and out[-1].changed == span.changed:
            span = Span(out.pop().text + span.text, span.changed)  # noqa: PLW2901 # grown by its neighbour
        out.append(span)
    return tuple(out)


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.findall(text) if clause]
