"""Numbers and titles as official letters write them. Pure."""

import math

_DIGITS = "零一二三四五六七八九"
TITLE_LINE = 19  # characters of 二号 that look well on one line


def numeral(number: int) -> str:
    """1–99 in Chinese numerals, as headings count: 一, 十, 十二, 二十一. Larger numbers are a ValueError."""
    if not 1 <= number <= 99:
        raise ValueError(f"headings are counted from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


_GOOD_ENDS = ("关于", "的", "、", "》", "和", "与", "及", "公开", "申请")
_BAD_STARTS = "的、》）”，和与及"
_BAD_ENDS = "《（“"


def title_lines(title: str, width: int = TITLE_LINE) -> list[str]:
    """Break a title into lines of like length, where a reader would pause, and never inside 《》 if it can be helped.

    Line breaks that the author put are kept.
    """
    if "\n" in title:
        return [line for part in title.splitlines() if part.strip() for line in title_lines(part.strip(), width)]
    count = math.ceil(_breadth(title) / width)
    if count <= 1:
        return [title]
    aim = _breadth(title) / count
    fitting = [
        at for at in range(1, len(title)) if abs(_breadth(title[:at]) - aim) <= 5 and _breadth(title[:at]) <= width
    ]
    best = min(fitting, key=lambda at: _badness(title, at, aim), default=width)
    return [title[:best], *title_lines(title[best:], width)]


def _breadth(text: str) -> float:
    """How many Chinese characters wide a text is: Latin letters and figures take half."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _badness(title: str, at: int, aim: float) -> float:
    head, tail = title[:at], title[at:]
    bad = abs(_breadth(head) - aim)
    bad -= 3 if head.endswith(_GOOD_ENDS) or tail.startswith("《") else 0
    bad += 20 if tail[0] in _BAD_STARTS or head[-1] in _BAD_ENDS else 0
    bad += 20 if head[-1].isascii() and tail[0].isascii() else 0
    bad += 6 if head.count("《") > head.count("》") else 0
    return bad
