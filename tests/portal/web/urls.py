"""The real addresses, and a few pages that misbehave in ways real pages must not."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as real
from portal.web.access import personal, public
from portal.web.limits import at_most

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@public
def write(request: HttpRequest) -> HttpResponse:
    Group.objects.create(name="written")
    return HttpResponse("written")


@public
def stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        yield b"first"
        Group.objects.create(name="written")
        yield b"second"

    return StreamingHttpResponse(parts())


@public
def cut_off(request: HttpRequest) -> HttpResponse:
    """Ends its own connection, as a restart of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("unreachable")


@public
def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("deadlock detected")


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for staff")


@public
@at_most(2, seconds=60, scope="tests")
def knock(request: HttpRequest) -> HttpResponse:
    return HttpResponse("come in")


@public
@personal
def mine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("mine")


@public
def sandbox(request: HttpRequest) -> HttpResponse:
    return HttpResponse("handed in", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})


@public
def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("secret detail")


urlpatterns: list[Any] = [
    *real,
    path("try/write/", write),
    path("try/stream/", stream),
    path("try/cut-off/", cut_off),
    path("try/locked/", locked),
    path("try/unmarked/", unmarked),
    path("try/knock/", knock),
    path("try/mine/", mine),
    path("try/sandbox/", sandbox),
    path("try/broken/", broken),
]
