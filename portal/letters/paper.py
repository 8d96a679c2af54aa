"""Putting letters and forms on paper: from plain values to PDF/A through Typst. Same values, same bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst

from portal.moment import chinese_date
from portal.organisation.models import Body

from . import chinese, glyphs
from .content import Block, Content

TEMPLATES = Path(__file__).parent / "typst"


DRAFT, COPY = "草　稿", "查阅件"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form: what it is about, what it says, and how many lines are kept free for handwriting."""

    label: str
    value: str = ""
    lines: int = 1


def letter_pdf(body: Body, *, title: str, number: str, content: Content, dated: date, mark: str = "") -> bytes:
    """A letter in the form of GB/T 9704. `mark` (DRAFT, COPY) is stamped over every page; only a letter without one has the seal."""
    blocks, closing = _closing(_numbered(content.blocks), content.remedy_text)
    return _render(
        "letter.typ",
        _common(body, title, number, dated, mark)
        | {
            "organ_mark": body.seal_name,
            "addressee": content.addressee,
            "blocks": blocks,
            "closing": closing,
            "attachments": list(content.attachments),
            "contact": content.contact,
            "copies_to": content.copies_to,
            "slip": content.slip,
            "office": body.office_name,
            "seal": not mark,
        },
    )


def form_pdf(
    body: Body,
    *,
    title: str,
    number: str,
    rows: Sequence[Row],
    dated: date,
    notes_heading: str = "",
    notes: Sequence[str] = (),
    signed: bool = True,
) -> bytes:
    """A paper that is a table of facts. `signed`: it ends with the body's name, the date and the seal's place."""
    return _render(
        "form.typ",
        _common(body, title, number, dated, "")
        | {
            "rows": [{"label": row.label, "value": row.value, "lines": row.lines} for row in rows],
            "notes_heading": notes_heading,
            "notes": list(notes),
            "signed": signed,
            "seal": True,
        },
    )


def _common(body: Body, title: str, number: str, dated: date, mark: str) -> dict[str, Any]:
    return {
        "mark": mark,
        "title": title,
        "number": number,
        "organ": body.name,
        "date": [dated.year, dated.month, dated.day],
        "date_text": chinese_date(dated),
    }


def _closing(blocks: list[Block], remedy_text: str) -> tuple[list[Block], str]:
    """The blocks, and the last paragraph, which the signature holds on to: the remedy statement or else the last block."""
    if remedy_text or not blocks or blocks[-1]["kind"] != "p":
        return blocks, remedy_text
    return blocks[:-1], blocks[-1]["text"]


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the numbers of their headings and lists written out, and each line of text its own paragraph.

    A heading that stands alone takes no number: there is no 一 without 二.
    """
    out: list[Block] = []
    many = sum(block["kind"] == "heading" and block["level"] == 1 for block in blocks) > 1
    first = second = 0
    for block in blocks:
        if block["kind"] == "p":
            out += [{"kind": "p", "text": line} for line in block["text"].splitlines() if line.strip()]
        elif block["kind"] == "heading" and block["level"] == 1:
            first, second = first + 1, 0
            out.append({**block, "text": f"{chinese.numeral(first)}、{block['text']}"} if many else block)
        elif block["kind"] == "heading":
            second += 1
            out.append({**block, "text": f"（{chinese.numeral(second)}）{block['text']}"})
        elif block["kind"] == "list":
            out.append({**block, "items": [f"{n}．{text}" for n, text in enumerate(block["items"], 1)]})
        else:
            out.append(block)
    return out


def _render(template: str, data: dict[str, Any]) -> bytes:
    missing: list[str] = []
    data = _printable(data, missing)
    data["title_lines"] = chinese.title_lines(data["title"])
    data["note"] = _note(missing)
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=glyphs.fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        format="pdf",
        pdf_standards=["a-2b"],
    )


def _printable(value: Any, missing: list[str]) -> Any:
    if isinstance(value, str):
        text, lost = glyphs.printable(value)
        missing += [char for char in lost if char not in missing]
        return text
    if isinstance(value, dict):
        return {key: _printable(inner, missing) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner, missing) for inner in value]
    return value


def _note(missing: list[str]) -> str:
    if not missing:
        return ""
    codes = "、".join(f"U+{ord(char):04X}" for char in missing)
    return f"注：文中“{glyphs.MISSING}”代替字库未收的字，依次为统一码{codes}，请以手写补正。"
