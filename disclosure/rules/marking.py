"""What is printed on a document about its openness: a bracketed line below the date (NX-07-1a, LD-A4-6, YQ-S5-1.2a)."""

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
