"""A reading version as it is shown: with anchors to go to, tables that scroll by themselves, and pictures at their address.

Wants HTML that `cleaning.clean` has let through, and changes nothing of what it says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from portal.texts.cleaning import text_of

MOST_LINKS = 300
"""Headings or pages that a table of contents lists; a longer one is no help."""
_HEADING = re.compile(r"<h([2-5])((?: class=\"[^\"]*\")?)>(.*?)</h\1>", re.DOTALL)
_PAGE = re.compile(r'<section id="(page-(\d+))"')
_TABLE = re.compile(r"<(/?)table\b")
_PICTURE = re.compile(r'<img([^>]*?) data-file="([0-9A-Za-z-]+)"([^>]*?)>')


@dataclass(frozen=True, slots=True)
class Link:
    """A place of the text to go to: the anchor, what it is called, and how deep it lies (0: a chapter or page, 1: below)."""

    anchor: str
    words: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML ready for a page, and the way through it: its pages if it has several, else its headings."""

    html: str
    links: tuple[Link, ...] = ()
    by_page: bool = False


def show(html: str, *, pictures: str = "", anchors: str = "part") -> Shown:
    """A clean text made ready. `pictures` is the address under which its pictures are found by their names; `anchors` is how
    the anchors of its headings begin, so that two texts may stand on one page.
    """
    headings: list[Link] = []
    numbers = count(1)

    def marked(found: re.Match[str]) -> str:
        anchor, words = f"{anchors}-{next(numbers)}", text_of(found[3]).replace("\n", " ")
        headings.append(Link(anchor, words, int(found[1])))
        return f'<h{found[1]} id="{anchor}"{found[2]}>{found[3]}</h{found[1]}>'

    ready = _framed(_HEADING.sub(marked, html))
    ready = _PICTURE.sub(partial(_linked, pictures), ready)
    pages = [Link(one[1], f"第{one[2]}页") for one in _PAGE.finditer(html)]
    if len(pages) > 1:
        return Shown(ready, tuple(pages[:MOST_LINKS]), by_page=True)
    return Shown(ready, tuple(_outline(headings)))


def _linked(pictures: str, found: re.Match[str]) -> str:
    """A picture that opens by itself when it is chosen, for whoever has to look closely."""
    address = f"{pictures}{found[2]}/"
    return f'<a href="{address}"><img{found[1]} src="{address}" loading="lazy"{found[3]}></a>'


def _outline(headings: list[Link]) -> Iterator[Link]:
    """The upper two levels of headings, without a title that stands alone at the top; nothing for fewer than three."""
    rest = headings[1:] if headings and [one.depth for one in headings].count(headings[0].depth) == 1 else headings
    levels = sorted({one.depth for one in rest})[:2]
    listed = [Link(one.anchor, one.words, levels.index(one.depth)) for one in rest if one.depth in levels]
    if 2 < len(listed) <= MOST_LINKS:
        yield from listed


def _framed(html: str) -> str:
    """Every outermost table in a frame that scrolls and that a keyboard reaches."""
    depth, numbers = 0, count(1)

    def frame(found: re.Match[str]) -> str:
        nonlocal depth
        if found[1]:
            depth = max(depth - 1, 0)
            return found[0]
        depth += 1
        if depth > 1:
            return found[0]
        return f'<div class="table-frame" role="region" aria-label="表格{next(numbers)}" tabindex="0">{found[0]}'

    opened = _TABLE.sub(frame, html)
    if "table-frame" not in opened:
        return html
    return _closed(opened)


def _closed(html: str) -> str:
    depth = 0

    def close(found: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if found[1] else 1
        return f"{found[0]}</div>" if found[1] and depth == 0 else found[0]

    return re.sub(r"<(/?)table\b[^>]*>", close, html)
