"""A document before the public: its text with everything that belongs to it, its versions, and what changed between two."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import moment
from portal.moment import chinese_date, local_date
from portal.regulations.registry import carries
from portal.texts import comparing
from portal.texts.comparing import FileRef
from portal.web.access import public

from ..finding import words_of
from ..models import Card, Column, Document, Version
from ..rules.marking import foot_of
from ..standing import standing_of, successor_of
from ..vocabulary import Audience, Genre, Phase, Validity
from ..workflow import interpreting
from .shown import shown

WITHOUT_VALIDITY = (Genre.INFORMATION.label, Genre.INTERPRETATION.label)
"""What is not in force or out of it, but simply there."""
TONES = {Validity.IN_FORCE: "done", Validity.AMENDED: "soon"}
CARD_WORDS = {
    "genre": "文种",
    "topic": "主题分类",
    "keywords": "主题词",
    "issuer": "发文机关",
    "joint_makers": "联合制作机关",
    "document_number": "发文字号",
    "source": "来源",
    "attribute": "公开属性",
    "formed_on": "成文日期",
    "effective_on": "施行日期",
    "expires_on": "有效期至",
}


@public
@require_safe
@shown
@carries("NX-19-2", "NX-07-1a", "LD-A4-6", "YC-3.1-1d")
def document(request: HttpRequest, document: Document) -> HttpResponse:
    """The text the public reads, with its eight catalogue fields, its mark, its validity and its interpretation."""
    version = _public(document)
    card = Card.shown_with(version)
    columns = list(document.columns.order_by("order", "pk"))
    context = {
        "document": document,
        "version": version,
        "card": card,
        "foot": foot_of(card.mark, card.formed_on, version.text),
        "phase": next((one for one in Phase if one.label == card.phase), ""),
        "body": document.body,
        "columns": columns,
        "trail": _trail(document, columns),
        "validity": _validity(document),
        "successor": successor_of(document),
        "earlier": Document.objects.public()
        .filter(successor=document)
        .select_related("public", "body")
        .order_by("-formed_on", "-pk"),
        "interpretations": interpreting.public_material(document),
        "policies": interpreting.interpreted_policies(document),
        "files": version.files.select_related("file").order_by("order"),
        "notes": _published(document).exclude(change_note="").order_by("-number"),
        "has_versions": version.number > 1 and _published(document).count() > 1,
        "reading_places": _reading_places(version),
        "internal": document.audience == Audience.STAFF,
        "nav": "disclosure",
        **_neighbours(document, columns),
    }
    return render(request, "disclosure/document.html", context)


@public
@require_safe
@shown
def versions(request: HttpRequest, document: Document) -> HttpResponse:
    """Every version the public has read, the newest first, each with its note of what changed."""
    rows = list(_published(document).order_by("-number"))
    pairs = [{"version": one, "former": former} for one, former in zip(rows, [*rows[1:], None], strict=True)]
    context = _context(document) | {"pairs": pairs, "skipped": rows[0].number > len(rows)}
    return render(request, "disclosure/versions.html", context)


@public
@require_safe
@shown
def version(request: HttpRequest, document: Document, version: int) -> HttpResponse:
    """The text as it was at one time. Its files are named; they are given out only with the present version."""
    one = _of(document, version)
    card = Card.shown_with(one)
    context = _context(document) | {
        "version": one,
        "card": card,
        "foot": foot_of(card.mark, card.formed_on, one.text),
        "current": one.pk == document.public_id,
        "files": one.files.select_related("file").order_by("order"),
    }
    return render(request, "disclosure/version.html", context)


@public
@require_safe
@shown
@carries("NX-10-1b")
def compare(request: HttpRequest, document: Document, old: int, new: int) -> HttpResponse:
    """Two versions side by side: text, catalogue fields and files."""
    if old >= new:
        raise Http404("versions are compared from the older to the newer")
    before, after = _of(document, old), _of(document, new)
    rows = comparing.compare(f"{before.title}\n{words_of(before)}", f"{after.title}\n{words_of(after)}")
    context = _context(document) | {
        "before": before,
        "after": after,
        "rows": comparing.folded(rows),
        "changed": any(row.kind != "same" for row in rows),
        "fields": _changed_fields(Card.shown_with(before), Card.shown_with(after)),
        "file_changes": comparing.compare_files(_refs(before), _refs(after)),
    }
    return render(request, "disclosure/compare.html", context)


def _public(document: Document) -> Version:
    if document.public is None:
        raise Http404("nothing of it is public")
    return document.public


def _published(document: Document) -> Any:
    """The versions the public has read."""
    return document.versions.filter(published_at__isnull=False)


def _of(document: Document, number: int) -> Version:
    one = _published(document).filter(number=number).select_related("document").first()
    if one is None:
        raise Http404("the public has read no such version")
    return one  # type: ignore[no-any-return]  # a row of the related manager


def _context(document: Document) -> dict[str, Any]:
    trail = [*_trail(document, []), {"title": _public(document).title, "url": document.get_absolute_url()}]
    return {
        "document": document,
        "shown": _public(document),
        "body": document.body,
        "trail": trail,
        "nav": "disclosure",
    }


def _trail(document: Document, columns: list[Column]) -> list[dict[str, str]]:
    """The way here: the body's columns, and the first column of the document."""
    code = document.body.code
    steps = [{"title": f"{document.body.short_name}主动公开", "url": reverse("disclosure:platform", args=(code,))}]
    first = columns[:1]
    return steps + [{"title": one.name, "url": reverse("disclosure:column", args=(code, one.code))} for one in first]


def _validity(document: Document) -> dict[str, str] | None:
    """The word on whether it holds today, with its tone and what is to be said of it; None for what neither holds nor not."""
    standing = standing_of(document, local_date(moment.now()))
    if document.card.genre in WITHOUT_VALIDITY and standing.validity == Validity.IN_FORCE:
        return None
    return {
        "word": standing.label,
        "tone": TONES.get(standing.validity, "late"),
        "holds": "yes" if standing.validity == Validity.IN_FORCE else "",
        "words": standing.words,
    }


def _reading_places(version: Version) -> list[str]:
    """Where this text lies on paper for everybody to read."""
    return list(dict.fromkeys(version.paper_copies.order_by("pk").values_list("place", flat=True)))


def _neighbours(document: Document, columns: list[Column]) -> dict[str, Any]:
    """The next newer and the next older document of the first column."""
    if not columns or document.published_at is None or document.audience != Audience.PUBLIC:
        return {"newer": None, "older": None}
    others = Document.objects.public().filter(columns=columns[0]).select_related("body", "public")
    moment, key = document.published_at, document.pk
    newer = others.filter(Q(published_at__gt=moment) | Q(published_at=moment, pk__gt=key))
    older = others.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=key))
    return {
        "newer": newer.order_by("published_at", "pk").first(),
        "older": older.order_by("-published_at", "-pk").first(),
    }


def _changed_fields(before: Card, after: Card) -> list[dict[str, str]]:
    """The catalogue fields that differ, in words."""
    return [
        {"label": label, "old": _words(getattr(before, name)), "new": _words(getattr(after, name))}
        for name, label in CARD_WORDS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value) or "无"
    if isinstance(value, date):
        return chinese_date(value)
    return str(value) if value else "无"


def _refs(version: Version) -> list[FileRef]:
    return [FileRef(one.title, one.file.sha256) for one in version.files.select_related("file").order_by("order")]
