"""What changed from one version of an answer to the next, clause by clause."""

import re
from difflib import SequenceMatcher
from typing import Any

from ..models import DraftAnswer
from ..rules import TREE

FIELDS = (
    "outcome",
    "finding",
    "provision",
    "query_method",
    "query_address",
    "withheld",
    "ground",
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
_CLAUSE = re.compile(r"[^，。；：、！？\n]*[，。；：、！？\n]?")


def versions(drafts: list[DraftAnswer]) -> list[dict[str, Any]]:
    """The versions, the newest first, each with its texts and what it changed in the one before it."""
    ordered = sorted(drafts, key=lambda draft: draft.version)
    pairs = zip([None, *ordered], ordered, strict=False)
    return [
        {
            "draft": draft,
            "texts": texts(draft),
            "steps": steps(draft),
            "changes": changes(former, draft) if former else [],
        }
        for former, draft in pairs
    ][::-1]


def texts(draft: DraftAnswer) -> list[dict[str, str]]:
    """What a version says, field by field; nothing empty."""
    rows = [{"label": _label(draft, name), "text": _text(draft, name)} for name in FIELDS]
    return [row for row in rows if row["text"]]


def steps(draft: DraftAnswer) -> list[dict[str, str]]:
    """The answers to the seven steps in words."""
    found = []
    for question in TREE:
        chosen = next((one.label for one in question.branches if one.code == draft.decided.get(question.code)), "")
        if chosen:
            found.append({"label": question.title, "text": chosen})
    return found


def changes(old: DraftAnswer, new: DraftAnswer) -> list[dict[str, Any]]:
    """The fields that differ, each as pieces ("same" | "gone" | "new", text)."""
    return [
        {"label": _label(new, name), "pieces": pieces(_text(old, name), _text(new, name))}
        for name in FIELDS
        if _text(old, name) != _text(new, name)
    ]


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """`new` against `old` by clauses, as Chinese is read: a changed word marks its clause, not scattered characters."""
    before, after = _clauses(old), _clauses(new)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[a:b])))
            continue
        found += [(what, text) for what, text in (("gone", "".join(before[a:b])), ("new", "".join(after[c:d]))) if text]
    return found


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.findall(text) if clause]


def _label(draft: DraftAnswer, name: str) -> str:
    return str(draft._meta.get_field(name).verbose_name)


def _text(draft: DraftAnswer, name: str) -> str:
    display = getattr(draft, f"get_{name}_display", None)
    value = display() if display else getattr(draft, name)
    return ("是" if value else "") if isinstance(value, bool) else str(value or "")
