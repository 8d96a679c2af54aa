"""Marks that views carry: who may see a page, and who may keep a copy of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Open a page to everybody; a view without this mark answers only people who are logged in."""
    view.open_to_strangers = True  # type: ignore[attr-defined]
    return view


def is_public(view: Any) -> bool:
    """Whether a view carries the mark of `public`."""
    return getattr(view, "open_to_strangers", False) is True


def personal(view: View) -> View:
    """Forbid every copy of a page that shows somebody's data: no browser, proxy or back button keeps it."""

    @wraps(view)
    def uncopied(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return uncopied
