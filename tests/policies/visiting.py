"""Who may come to a door, which doors there are, and how a door answers: what the access policy is checked with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.cast import Cast

VISITORS = ("访", "赵", "李", "吴", "陈", "何", "马", "纪", "外")
"""访 anonymous; 赵 an account without a post; 李 liaison of the department that has the case, 吴 of another; 陈 the office;
何 its director; 马 the leader in charge; 纪 discipline; 外 the office of another body."""

_PINYIN = {"赵": "zhao", "李": "li", "吴": "wu", "陈": "chen", "何": "he", "马": "ma", "纪": "ji", "外": "chen"}


def doors(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address the site answers, as a path with <words> where values go."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, path)
        else:
            yield path


def _readable(route: str) -> str:
    plain = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route.replace("([^/]+)", "<pk>"))
    return re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", plain).replace("^", "").replace("$", "")


def browsers(nx: Cast, wz: Cast) -> dict[str, Client]:
    """A browser for each visitor, logged in where the visitor has an account."""
    opened = {name: Client() for name in VISITORS}
    for name, pinyin in _PINYIN.items():
        opened[name].force_login(getattr(wz if name == "外" else nx, pinyin))
    return opened


def word_for(answer: HttpResponseBase) -> str:
    """An answer in one word: its status; `login` or `away` for the way there; `code` for the question after the code."""
    context = getattr(answer, "context", None)
    if context is not None and context.get("again"):
        return "code"
    if answer.status_code in {301, 302}:
        return "login" if answer["Location"].startswith("/admin/login/") else "away"
    return str(answer.status_code)


def rows(table: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table: the first word, then the others."""
    lines = (line.split() for line in table.splitlines() if line.strip() and not line.startswith("#"))
    return {first: tuple(rest) for first, *rest in lines}


def cells(row: tuple[str, ...]) -> dict[str, str]:
    """A row of one word holds for everybody; of two for strangers and for all with an account; else for each visitor."""
    spread = {1: row * 9, 2: row[:1] + row[1:] * 8}.get(len(row), row)
    return dict(zip(VISITORS, spread, strict=True))


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
