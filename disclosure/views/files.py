"""The files of a document: they follow its visibility, and only those of the present version are given out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.archive import service as archive
from portal.web.access import public

from .. import reading
from ..models import Document, DocumentFile
from ..reading import page_of
from .shown import shown


@public
@require_safe
@shown
def file(request: HttpRequest, document: Document, pk: int) -> HttpResponse:
    """The file itself, as a download."""
    return archive.as_attachment(_of(document, pk).file)


@public
@require_safe
@shown
def read(request: HttpRequest, document: Document, pk: int) -> HttpResponse:
    """Its text as a page, for screen readers, phones and everybody without the program that wrote it."""
    one = _of(document, pk)
    version = one.version
    trail = [{"title": version.title, "url": document.get_absolute_url()}]
    context = {"document": document, "version": version, "one": one, "body": document.body, "trail": trail}
    return render(request, "disclosure/reading.html", context | {"page": page_of(one), "nav": "disclosure"})


@public
@require_safe
@shown
def picture(request: HttpRequest, document: Document, pk: int, name: str) -> HttpResponse:
    """A picture of the reading version: a page of a scan, or one within a document."""
    return reading.picture(request, _of(document, pk), name)


def _of(document: Document, pk: int) -> DocumentFile:
    one = DocumentFile.objects.select_related("file", "version").filter(pk=pk, version=document.public_id).first()
    if one is None:
        raise Http404("no such file in the public version")
    return one
