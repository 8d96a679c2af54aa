"""What scraping did to pages of bodies, undone line by line: pure, and every repair that adds or changes a word is told."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import opencc

from .setting import tidy

SHORTEST_REPEAT = 3
"""Lines in a row that are printed again before they count as a block printed twice."""
_LOST = (
    (re.compile(r"^(20\d\d)(9)(10)$"), r"\1年\2月\3日"),
    (re.compile(r"(?<!\d)51日前"), "5月1日前"),
    (re.compile(r"〔(20\d\d)(\d{1,3})号"), r"〔\1〕\2号"),
)
"""Characters that the scrape of one page lost: 2020910, 51日, 〔201661号."""
_OF_TAIWAN = {
    "网际网路十": "互联网+",
    "网际网路": "互联网",
    "网路": "网络",
    "程式": "程序",
    "最佳化": "优化",
    "入口网站": "门户网站",
    "许可权": "权限",
    "智慧财产权": "知识产权",
    "视窗": "窗口",
    "政府相关档案": "政府相关文件",
    "﹝": "〔",
    "﹞": "〕",
}
"""Words that a machine had put in the place of the document's own when it turned the page into traditional characters."""


def lines_of(page: str) -> list[str]:
    """The lines of a page that say something."""
    return [words for one in page.splitlines() if (words := tidy(one))]


def between(lines: Sequence[str], first: str, last: str) -> list[str]:
    """The lines from the one that begins with `first` up to, and without, the one that begins with `last` (empty: to the end)."""
    begin = next((place for place, one in enumerate(lines) if one.startswith(first)), 0)
    rest = lines[begin:]
    end = next((place for place, one in enumerate(rest) if last and one.startswith(last)), len(rest))
    return list(rest[:end])


def once(lines: Sequence[str]) -> list[str]:
    """Without blocks of lines that are printed a second time. Single lines may come again: `第一章 总则` of each annex."""
    kept: list[str] = []
    place = 0
    while place < len(lines):
        repeated = max((_alike(lines, place, kept, start) for start in _starts(kept, lines[place])), default=0)
        if repeated >= SHORTEST_REPEAT:
            place += repeated
        else:
            kept.append(lines[place])
            place += 1
    return kept


def _starts(kept: Sequence[str], words: str) -> Iterable[int]:
    return (place for place, one in enumerate(kept) if one == words)


def _alike(lines: Sequence[str], place: int, kept: Sequence[str], start: int) -> int:
    """How many lines from `place` on are those from `start` on in what is kept."""
    most = min(len(lines) - place, len(kept) - start)
    return next((count for count in range(most) if lines[place + count] != kept[start + count]), most)


def simplified(lines: Iterable[str]) -> list[str]:
    """In simplified characters, and in the words the document had."""
    converter, out = _converter(), []
    for one in lines:
        words = converter.convert(one)
        for theirs, ours in _OF_TAIWAN.items():
            words = words.replace(theirs, ours)
        out.append(words)
    return out


def restored(lines: Iterable[str]) -> list[str]:
    """With the characters back that were lost in dates and document numbers."""
    out = []
    for one in lines:
        words = one
        for lost, whole in _LOST:
            words = lost.sub(whole, words)
        out.append(words)
    return out


def joined(lines: Sequence[str], *pairs: tuple[str, str]) -> list[str]:
    """Titles that were broken over two lines in one again."""
    out: list[str] = []
    for one in lines:
        if out and (out[-1], one) in pairs:
            out[-1] += one
        else:
            out.append(one)
    return out


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
