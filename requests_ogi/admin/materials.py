"""Materials in the workplace: the panel of a case, pages to draw on, and copies to look at before they leave.

Materials do not show who asked: whoever sees the case may see them. The original file itself is not handed out here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from portal.archive import service as archive
from portal.web.telling import size_in_words

from .. import redacting
from ..models import InformationRequest, WithheldPart
from ..vocabulary import Scope, State
from ..wording.withheld import grounds_of, place_words
from ..workflow.withholding import copy_of
from . import downloads, story

FINE = 10_000
"""The grid on which boxes are laid over the picture of a page."""


def panel(case: InformationRequest, *, may: bool = False) -> dict[str, Any]:
    """The materials of a case with their parts, for `_materials.html`; `may`: whether to offer changing them. Two queries."""
    grounds = grounds_of(case)
    rows: dict[int | None, list[dict[str, Any]]] = {}
    for part in case.withheld.standing().select_related("material").order_by("page", "pk"):
        ground = grounds.get(part.ground)
        rows.setdefault(part.material_id, []).append(
            {
                "part": part,
                "place": place_words(part),
                "ground": f"{ground.article}（{ground.label}）" if ground else part.ground,
                "strength": ground.strength if ground else "",
            }
        )
    may = may and case.state == State.ASSIGNED
    found = []
    for material in case.materials.standing().select_related("original", "released__file").order_by("pk"):
        own = rows.get(material.pk, [])
        copy = getattr(material, "released", None)
        found.append(
            {
                "material": material,
                "parts": own,
                "whole": any(row["part"].scope == Scope.MATERIAL for row in own),
                "copy_url": story.url("material_copy", case, material.pk),
                "size": size_in_words(copy.file.size) if copy else "",
                "fixed": copy is not None,
                "draw_url": f"{story.url('withhold', case)}?{urlencode({'material': material.pk})}" if may else "",
                "page_urls": [story.url("material_page", case, material.pk, n + 1) for n in range(material.pages)],
            }
        )
    return {
        "materials": found,
        "elsewhere": rows.get(None, []),
        "may": may,
        "restore_url": story.url("restore", case),
        "any": bool(found or rows),
    }


# --- pages ----------------------------------------------------------------------------------------------------------------


def page_image(
    page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime, pk: int, number: int
) -> HttpResponseBase:
    """One page of a material as a picture, to look at and to draw on."""
    material = get_object_or_404(case.materials.select_related("original"), pk=pk)
    if not 1 <= number <= material.pages:
        raise Http404(f"material {pk} has no page {number}")
    data = archive.open_bytes(material.original)
    response = HttpResponse(redacting.page_picture(data, material.original.kind, number), content_type="image/jpeg")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def copy(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime, pk: int) -> HttpResponseBase:
    """The copy of a material: as it was fixed, or as it would be with the parts registered now."""
    material = get_object_or_404(case.materials.standing().select_related("original", "released__file"), pk=pk)
    fixed = getattr(material, "released", None)
    if fixed is not None:
        return archive.as_attachment(fixed.file)
    made = copy_of(material, case.withheld.standing())
    if made is None:
        messages.info(request, f"《{material.title}》整份不予公开，没有可以提供的副本。")
        return redirect(page.page_url(case))
    return downloads.pdf(made.data, f"预览 {made.name}")


# --- drawing ------------------------------------------------------------------------------------------------------------


def options(case: InformationRequest, verb: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the forms of these acts take from the address (or from the form itself, once sent)."""
    if verb == "withhold":
        standing = case.materials.standing().order_by("pk")
        key = _number(asked.get("material"))
        material = (standing.filter(pk=key).first() if key else None) or standing.first()
        most = material.pages if material else 1
        return {"material": material, "page": min(max(_number(asked.get("page")) or 1, 1), most)}
    if verb == "restore":
        key = _number(asked.get("part"))
        return {"part": case.withheld.standing().filter(pk=key).first() if key else None}
    return {}


def _number(text: Any) -> int:
    plain = str(text or "")[:9]
    return int(plain) if plain.isascii() and plain.isdigit() else 0


def drawing(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    """What the page of `withhold` shows beside its form: the page, what is covered on it already, and the list of parts."""
    material, number = form.shown, form.shown_page
    shown: dict[str, Any] = {"panel": panel(case, may=True), "material": material, "number": number}
    latest = case.withheld.standing().order_by("-pk").first()
    if latest is not None and not form.is_bound:
        form.initial["ground"] = latest.ground
    if material is None:
        return shown
    here = [part for part in material.withheld.standing().order_by("pk") if part.page == number]
    return shown | {
        "picture_url": story.url("material_page", case, material.pk, number),
        "covered": [area for part in here for area in areas(part)],
        "fine": FINE,
        "tabs": [
            {"title": one.title, "url": f"?{urlencode({'material': one.pk})}", "now": one.pk == material.pk}
            for one in case.materials.standing().order_by("pk")
        ],
        "pages": [
            {"number": n, "url": f"?{urlencode({'material': material.pk, 'page': n})}", "now": n == number}
            for n in range(1, material.pages + 1)
        ],
    }


def areas(part: WithheldPart) -> list[dict[str, int]]:
    """The boxes of a part on the grid of the drawing page; the whole page where all of it is withheld."""
    boxes = part.boxes if part.scope == Scope.AREA else [(0, 0, 1, 1)]
    return [
        dict(zip(("x", "y", "width", "height"), (round(side * FINE) for side in box), strict=True)) for box in boxes
    ]
