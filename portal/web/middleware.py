"""What every request passes through: headers, outages, default deny, and reading that never writes."""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from portal.web import problems
from portal.web.access import is_public

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]

# `default-src 'none'` forbids whatever the later entries do not allow again: nothing from elsewhere, nothing inline.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
FIXED_HEADERS = {
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}


def content_security_policy(get_response: Handler) -> Handler:
    """Give the request its nonce and its reference number, and every answer the headers that fence it in."""

    def fence(request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]
        request.reference = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = get_response(request)
        # A view may fence its answer in more narrowly: files that people handed in stay in their sandbox.
        response.setdefault("Content-Security-Policy", POLICY.format(nonce=request.csp_nonce))  # type: ignore[attr-defined]
        response["X-Request-Id"] = request.reference  # type: ignore[attr-defined]
        for name, value in FIXED_HEADERS.items():
            response.setdefault(name, value)
        return response

    return fence


_upload_page = re.compile("|".join(settings.UPLOAD_PAGES))


def too_large(get_response: Handler) -> Handler:
    """Refuse a body by its announced length before a byte of it is read: large only where files are handed in.

    A body that announces no length is read as empty by Django, so nothing gets past by keeping silent.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        most = settings.UPLOAD_PAGE_LIMIT if _upload_page.match(request.path_info) else settings.PAGE_LIMIT
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > most:
            return problems.page(request, 413)
        return get_response(request)

    return answer


def outage(get_response: Handler) -> Handler:
    """Answer a lost database with a page that says so and that nothing was saved.

    Covers what views raise; what other middleware raises reaches `problems.server_error`, which knows the
    same two exceptions.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("database out of reach at %s", request.path, exc_info=exception)
        return problems.out_of_service(request)

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer


def strangers_find_nothing(get_response: Handler) -> Handler:
    """Default deny: without `@public` a page does not exist for a stranger.

    Only the workplace admits that it exists, and sends strangers to its login whatever they asked of it.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        in_workplace = match is not None and "admin" in match.app_names
        if is_public(view) or (in_workplace and match is not None and match.url_name in {"login", "logout"}):
            return None
        if request.user.is_authenticated:
            return None
        if in_workplace:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        raise Http404("not for strangers")

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# The first word of statements that leave the data as they are.
READING_WORDS = frozenset(
    (
        *("SELECT", "VALUES", "TABLE", "SHOW", "EXPLAIN", "SET", "RESET", "DECLARE", "FETCH", "CLOSE"),
        *("BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"),
    )
)
_first_word = re.compile(r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*([A-Za-z]+)", re.DOTALL)
_writing_word = re.compile(r"\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|MERGE\s+INTO)\b", re.IGNORECASE)
_quoted = re.compile(r"'(?:[^']|'')*'")
_copy_out = re.compile(r"\bTO\s+STDOUT\b", re.IGNORECASE)


class ReadingWrote(RuntimeError):
    """A page that only shows something tried to change the database: a defect of the page, never of its reader."""


def reads_only(statement: str) -> bool:
    """Whether an SQL statement leaves the data as they are; what is not recognised counts as writing."""
    found = _first_word.match(statement)
    word = found.group(1).upper() if found else ""
    if word in READING_WORDS:
        return not (word == "EXPLAIN" and _writing_word.search(statement))
    bare = _quoted.sub("''", statement)
    if word == "WITH":
        return not _writing_word.search(bare)
    return word == "COPY" and bool(_copy_out.search(bare))


def _refuse_writing(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    statement = sql if isinstance(sql, str) else sql.as_string(context["cursor"].cursor)
    if not reads_only(statement):
        logger.error("a reading request tried to write: %s", statement[:120])
        raise ReadingWrote(f"reading never writes: {statement[:120]}")
    return execute(sql, params, many, context)


def _reading() -> AbstractContextManager[None]:
    return connection.execute_wrapper(_refuse_writing)


def _stream(parts: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with _reading():
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part


def _is_plain_file(response: StreamingHttpResponse) -> bool:
    return getattr(response, "file_to_stream", None) is not None


def reading_never_writes(get_response: Handler) -> Handler:
    """Refuse every writing statement while a GET, HEAD or OPTIONS is answered, streamed downloads included.

    Sessions are saved outside this middleware, so a message that was shown may still be forgotten.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in READING_METHODS:
            return get_response(request)
        with _reading():
            response = get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async and not _is_plain_file(response):
            response.streaming_content = _stream(iter(response.streaming_content))  # type: ignore[arg-type]
        return response

    return answer
