"""How a page of a document is given out: to whom it may be, gone where it was withdrawn, kept by nobody where it is internal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from portal.regulations.registry import carries

from ..models import Document
from ..standing import successor_of
from ..vocabulary import Audience


@carries("WZ-3-2", "WZ-4-5", "WZ-5-3")
def shown(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Hand the view the document of an index number, if it was ever put before this reader.

    What was withdrawn answers 410 with the reason, at every address it had. What is open to the staff of a body is not there
    for anybody else, and no copy of it is kept on the way.
    """

    @wraps(view)
    def given(request: HttpRequest, body: str, number: str, **kwargs: Any) -> HttpResponseBase:
        found = Document.objects.for_reader(request.user).select_related("body", "public", "public__document")
        document = found.filter(body__code=body, number=number).first()
        if document is None:
            raise Http404("nothing of this number is open to this reader")
        response = _gone(request, document) if document.withdrawn_at else view(request, document, **kwargs)
        patch_vary_headers(response, ("Cookie",))
        if document.audience == Audience.STAFF or document.withdrawn_at:
            response["Cache-Control"] = "no-store, private"
        return response

    return given


def _gone(request: HttpRequest, document: Document) -> HttpResponseBase:
    """The reason in place of the content; not even the title is said, which may be what had to go."""
    context = {"document": document, "body": document.body, "successor": successor_of(document), "nav": "disclosure"}
    return render(request, "disclosure/gone.html", context, status=410)
