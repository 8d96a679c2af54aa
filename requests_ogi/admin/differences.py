"""What changed from one version of an answer to the next, clause by clause."""

from collections.abc import Mapping
from typing import Any

from portal.texts.comparing import pieces

from ..models import DraftAnswer, WithheldPart
from ..rules import TREE
from ..wording.withheld import ground_words, part_line

FIELDS = (
    "outcome",
    "finding",
    "provision",
    "query_method",
    "query_address",
    "ground",
    "parts",
    "reason",
    "harm",
    "severability",
    "organ_name",
    "organ_contact",
    "organ_unknown",
    "legal_channel",
    "earlier_answer",
    "explanation",
)
Lines = Mapping[int, str]
"""What is said of a withheld part, by its id."""


def versions(drafts: list[DraftAnswer]) -> list[dict[str, Any]]:
    """The versions, the newest first, each with its texts and what it changed in the one before it."""
    ordered = sorted(drafts, key=lambda draft: draft.version)
    lines = part_lines(ordered)
    pairs = zip([None, *ordered], ordered, strict=False)
    return [
        {
            "draft": draft,
            "texts": texts(draft, lines),
            "steps": steps(draft),
            "changes": changes(former, draft, lines) if former else [],
        }
        for former, draft in pairs
    ][::-1]


def part_lines(drafts: list[DraftAnswer]) -> dict[int, str]:
    """What the versions say of each withheld part, by its id: one query for all of them."""
    keys = {key for draft in drafts for key in draft.parts}
    if not keys:
        return {}
    parts = WithheldPart.objects.filter(pk__in=keys).select_related("material")
    return {part.pk: part_line(drafts[0].request, part) for part in parts}


def texts(draft: DraftAnswer, lines: Lines) -> list[dict[str, str]]:
    """What a version says, field by field; nothing empty."""
    rows = [{"label": _label(draft, name), "text": _text(draft, name, lines)} for name in FIELDS]
    return [row for row in rows if row["text"]]


def steps(draft: DraftAnswer) -> list[dict[str, str]]:
    """The answers to the seven steps in words."""
    found = []
    for question in TREE:
        chosen = next((one.label for one in question.branches if one.code == draft.decided.get(question.code)), "")
        if chosen:
            found.append({"label": question.title, "text": chosen})
    return found


def changes(old: DraftAnswer, new: DraftAnswer, lines: Lines) -> list[dict[str, Any]]:
    """The fields that differ, each as pieces ("same" | "gone" | "new", text)."""
    return [
        {"label": _label(new, name), "pieces": pieces(_text(old, name, lines), _text(new, name, lines))}
        for name in FIELDS
        if _text(old, name, lines) != _text(new, name, lines)
    ]


def _label(draft: DraftAnswer, name: str) -> str:
    return str(draft._meta.get_field(name).verbose_name)


def _text(draft: DraftAnswer, name: str, lines: Lines) -> str:
    if name == "parts":
        return "\n".join(lines[key] for key in draft.parts)
    if name == "ground":
        return ground_words(draft.request, draft.ground) if draft.ground else ""
    display = getattr(draft, f"get_{name}_display", None)
    value = display() if display else getattr(draft, name)
    return ("是" if value else "") if isinstance(value, bool) else str(value or "")
