"""What is printed on a document about its openness: a bracketed line below the date (NX-07-1a, LD-A4-6, YQ-S5-1.2a)."""

import re
from dataclasses import dataclass
from datetime import date

from portal.moment import chinese_date
from portal.regulations.publishing import Attribute
from portal.regulations.registry import carries

from ..vocabulary import Content

MARKED = frozenset({Content.OWN, Content.GOVERNMENT, Content.EMERGENCY})
"""Papers of the body. What is taken over from elsewhere, and what is said in an interactive column, bears no mark of ours."""


@carries("NX-07-1a", "LD-A4-6", "YQ-S5-1.2a")
def mark_of(attribute: Attribute | None, content: str) -> str:
    """The mark for the line below the date, in its brackets, or "" where the body's document wants none."""
    if attribute is None or not attribute.mark or content not in MARKED:
        return ""
    return f"（{attribute.mark}）"


@dataclass(frozen=True, slots=True)
class Foot:
    """What a page adds under a text: the line of the date and, below it, the mark; either empty where the text has it."""

    day: str = ""
    mark: str = ""


@carries("LD-0-2", "LD-A4-6")
def foot_of(mark: str, formed_on: date, text: str) -> Foot:
    """The end of a paper: its mark stands below its date, once. A text that bears its own mark is left as it was written."""
    lines = {_plain(line) for line in text.splitlines()}
    if not mark or _plain(mark) in lines:
        return Foot()
    day = chinese_date(formed_on)
    return Foot("" if day in lines else day, mark)


def _plain(line: str) -> str:
    """Without blanks, brackets in full width."""
    return re.sub(r"\s", "", line).replace("(", "（").replace(")", "）")
