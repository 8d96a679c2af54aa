"""How official documents show their structure without styles: 一、 and （一） before a short line of its own."""

import re

_FIRST = re.compile(r"(?:第[一二三四五六七八九十百零〇]{1,6}[编章]|[一二三四五六七八九十]{1,3}、)")
_SECOND = re.compile(r"(?:第[一二三四五六七八九十百零〇]{1,6}节|[（(][一二三四五六七八九十]{1,3}[）)])")
_SHORT = 40  # characters; a longer paragraph is text, whatever it is set in
_ENDS_A_SENTENCE = "。；，：,;:!！?？"
_NAMED = re.compile(r"<(/?)h([2-5])\b")


def level_of(text: str) -> int:
    """3 for a line that begins like 一、 or 第一章, 4 for one like （一）; 0 for what is too long or ends like a sentence."""
    line = text.strip()
    if not line or len(line) > _SHORT or line[-1] in _ENDS_A_SENTENCE:
        return 0
    return 3 if _FIRST.match(line) else 4 if _SECOND.match(line) else 0


def in_order(html: str) -> str:
    """The headings of a text moved up so that they begin with h2 and skip no level on the way down."""
    used = sorted({int(found[2]) for found in _NAMED.finditer(html)})
    rank = {level: place + 2 for place, level in enumerate(used)}
    last = 1
    current: list[int] = []

    def renamed(found: re.Match[str]) -> str:
        nonlocal last
        if found[1]:
            return f"</h{current.pop() if current else 2}"
        last = min(rank[int(found[2])], last + 1)
        current.append(last)
        return f"<h{last}"

    return _NAMED.sub(renamed, html)
