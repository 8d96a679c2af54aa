"""The reading version of a file as a page, the same for the public and for those who review it, and the pictures on it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from portal.archive import service as archive
from portal.refusal import Refusal
from portal.texts.picturing import picture_of
from portal.texts.showing import Shown, show

from .models import DocumentFile

KEPT = "private, max-age=3600"
"""For how long a browser keeps a picture: it never changes, but what is withdrawn shall be gone."""
_PICTURES = "../pictures/"


@dataclass(frozen=True, slots=True)
class Page:
    """`shown` is what was made of the file, `typed` what somebody typed of it; `where` are the pages without words."""

    shown: Shown
    typed: Shown | None
    where: str


def page_of(one: DocumentFile) -> Page:
    """The page of a file, which lies beside its pictures. Raises Http404 for one of which there is nothing to read."""
    if not one.reading_html and not one.transcript:
        raise Http404("this file has no reading version")
    typed = show(one.transcript, anchors="typed") if one.transcript else None
    return Page(show(one.reading_html, pictures=_PICTURES), typed, where_silent(one))


def where_silent(one: DocumentFile) -> str:
    """“第1、3—5页” of the pages that have no words; nothing where that is all of them, or none."""
    if not one.silent or one.reading_html.count("data-page=") == len(one.silent):
        return ""
    runs: list[list[int]] = []
    for page in one.silent:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return f"第{'、'.join('—'.join(map(str, run)) for run in runs)}页"


def picture(request: HttpRequest, one: DocumentFile, name: str) -> HttpResponse:
    """A picture of the file, drawn when it is asked for. Raises Http404."""
    etag = f'"{one.file.sha256[:32]}-{name}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    try:
        drawn = picture_of(archive.Kind(one.file.kind), archive.open_bytes(one.file), name)
    except (Refusal, archive.CannotRead) as fault:
        raise Http404("this picture cannot be drawn") from fault
    if drawn is None:
        raise Http404("no such picture in this file")
    return HttpResponse(drawn, content_type="image/jpeg", headers={"Cache-Control": KEPT, "ETag": etag})
