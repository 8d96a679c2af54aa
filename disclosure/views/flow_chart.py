"""A list of steps laid out as a chart of boxes and arrows from top to bottom; the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LINE, PADDING, GAP = 320, 22, 14, 34
PER_LINE = 17
"""Characters of a line inside a box."""


@dataclass(frozen=True)
class Line:
    """A line of words and how high it stands."""

    text: str
    y: int


@dataclass(frozen=True)
class Box:
    """One step: its box, its words, and where the arrow to the next one begins and ends (None below the last)."""

    top: int
    height: int
    lines: tuple[Line, ...]
    arrow: tuple[int, int] | None


@dataclass(frozen=True)
class Chart:
    """The whole drawing in its own units."""

    height: int
    boxes: tuple[Box, ...]
    width: int = WIDTH


def chart_of(steps: Sequence[str]) -> Chart:
    """The boxes of these steps one below the other."""
    boxes, top = [], 2
    for number, step in enumerate(steps, 1):
        words = f"{number}. {step}"
        parts = [words[start : start + PER_LINE] for start in range(0, len(words), PER_LINE)]
        height = 2 * PADDING + LINE * len(parts)
        lines = tuple(Line(part, top + PADDING + LINE * index + 16) for index, part in enumerate(parts))
        last = number == len(steps)
        boxes.append(Box(top, height, lines, None if last else (top + height, top + height + GAP - 8)))
        top += height + (0 if last else GAP)
    return Chart(top + 2, tuple(boxes))
