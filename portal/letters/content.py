"""What a letter says, as a value: plain strings in named places, never markup."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Block = dict[str, Any]
"""One piece of the text: {"kind": "p" | "heading" | "table" | "list", …}; made by the functions below."""

REMEDIES = ("R0", "R1", "R2")


def p(text: str) -> Block:
    """A paragraph. Line breaks in `text` begin new paragraphs on paper."""
    return {"kind": "p", "text": text}


def heading(text: str, level: int = 1) -> Block:
    """A heading without its number: level 1 becomes 一、二、…, level 2 （一）（二）…"""
    return {"kind": "heading", "text": text, "level": level}


def items(texts: Iterable[str]) -> Block:
    """A list, numbered 1．2．…"""
    return {"kind": "list", "items": list(texts)}


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", widths: Sequence[int] = ()
) -> Block:
    """A ruled table with a header row, e.g. the record of a search. `widths` are shares of the line, equal if left out."""
    return {
        "kind": "table",
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "caption": caption,
        "widths": list(widths) or [1] * len(columns),
    }


def slip(title: str, rows: Iterable[tuple[str, str, int]], *, note: str = "") -> Block:
    """A page of its own behind the letter, to be filled in and sent back: each row a label, what is printed beside it, and
    how many lines are kept free for handwriting.
    """
    return {"kind": "slip", "title": title, "rows": [list(row) for row in rows], "note": note}


@dataclass(frozen=True)
class Content:
    """All that the author of a letter decides; number, date, seal and layout come from composing it.

    `remedy` is the variant (R0, R1, R2) and `remedy_text` its sentence, from `remedies.text`. `title` replaces the kind's
    own title. `contact` is who answers questions (联系人, 联系电话); `copies_to` is 抄送. `slip` is a form to be sent back.
    """

    addressee: str
    blocks: tuple[Block, ...]
    remedy: str = "R0"
    remedy_text: str = ""
    attachments: tuple[str, ...] = ()
    contact: str = ""
    title: str = ""
    copies_to: str = ""
    slip: Block | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", tuple(self.blocks))
        object.__setattr__(self, "attachments", tuple(self.attachments))
        if self.remedy not in REMEDIES:
            raise ValueError(f"remedy must be one of {REMEDIES}, not {self.remedy!r}")
        if (self.remedy == "R0") != (self.remedy_text == ""):
            raise ValueError("R1 and R2 need their remedy text, R0 has none")
        for block in self.blocks:
            _check(block)

    def to_json(self) -> str:
        """The content as canonical JSON: the same content always gives the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Content":
        """The content that `to_json` wrote."""
        return cls(**json.loads(text))


_PARTS = {
    "p": {"text"},
    "heading": {"text", "level"},
    "list": {"items"},
    "table": {"columns", "rows", "caption", "widths"},
}


def _check(block: Block) -> None:
    parts = _PARTS.get(block.get("kind", ""))
    if parts is None or set(block) != parts | {"kind"}:
        raise ValueError(f"not a block of a letter: {sorted(block)} of kind {block.get('kind')!r}")
    if block["kind"] == "heading" and block["level"] not in (1, 2):
        raise ValueError("letters have headings of level 1 and 2")
    if block["kind"] == "table":
        wide = len(block["columns"])
        if len(block["widths"]) != wide or any(len(row) != wide for row in block["rows"]):
            raise ValueError("every row of a table, and its widths, must have as many cells as its header")
