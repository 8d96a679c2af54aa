"""What a browser keeps: the key to the form being filled in, and the pass to a request whose code was given."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .. import filing_drafts
from ..models import FilingDraft
from ..models.filing_draft import LIFETIME

FORM, FORM_SALT, FORM_PATH = "filing", "requests_ogi.filing", "/requests/"
PASS, PASS_SALT = "following", "requests_ogi.following"
PASS_SECONDS = 30 * 60


def give_form(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Let this browser come back to its form for a day."""
    response.set_signed_cookie(
        FORM,
        key,
        salt=FORM_SALT,
        max_age=int(LIFETIME.total_seconds()),
        path=FORM_PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def form_of(request: HttpRequest, *, at: datetime) -> FilingDraft | None:
    """The form this browser is filling in, or has just sent."""
    return filing_drafts.find(request.get_signed_cookie(FORM, default=None, salt=FORM_SALT), at=at)


def take_form(response: HttpResponse) -> None:
    """Make this browser forget its form."""
    response.delete_cookie(FORM, path=FORM_PATH)


def let_in(request: HttpRequest, response: HttpResponse, number: str) -> HttpResponse:
    """Let this browser see this request for half an hour. The cookie is sent to the request's own pages only."""
    response.set_signed_cookie(
        PASS,
        number,
        salt=PASS_SALT,
        max_age=PASS_SECONDS,
        path=reverse("requests_ogi:follow", args=[number]),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def is_let_in(request: HttpRequest, number: str) -> bool:
    """Whether this browser gave the code of this request within the last half hour."""
    return request.get_signed_cookie(PASS, default="", salt=PASS_SALT, max_age=PASS_SECONDS) == number


def let_out(response: HttpResponse, number: str) -> None:
    """Make this browser forget the request."""
    response.delete_cookie(PASS, path=reverse("requests_ogi:follow", args=[number]))
