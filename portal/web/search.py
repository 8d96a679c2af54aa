"""The search page: what is public, by words and filters. Everything on it is a link or a plain form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.organisation.models import Body
from portal.search import service
from portal.search.service import Page, Query
from portal.search.terms import MOST_CHARACTERS
from portal.web import limits, problems
from portal.web.access import public
from portal.web.problems import Problem

FILTERS = {"body": "发布单位", "kind": "类别", "column": "栏目", "topic": "主题", "year": "年份", "validity": "效力"}
CHOICES = 8
"""How many values of a filter are offered: more than that nobody reads, and words narrow better."""
MOST, SECONDS = 120, 60
TOO_MANY = Problem(
    "查找过于频繁",
    "短时间内从您的网络发来的查找过多，已暂停片刻，以免影响其他人使用。",
    ("请过一分钟再试。", "也可以从首页进入各单位的公开指南，或者直接提出政府信息公开申请。"),
)


@dataclass(frozen=True)
class Choice:
    """A value one may narrow the search by, or a filter that is on: its words, its count, and where its link leads."""

    label: str
    url: str
    count: int = 0
    filter: str = ""


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Words narrow, filters narrow further; where nothing is found, what to leave out and where to ask."""
    if limits.limited(f"search:{limits.address(request)}", limit=MOST, seconds=SECONDS):
        return _too_many(request)
    asked = _asked(request)
    page = service.query(asked) if asked.words or asked.filtered else Page()
    bodies = {body.code: body.name for body in Body.objects.order_by("pk")}
    context: dict[str, Any] = {
        "asked": asked,
        "page": page,
        "searched": bool(asked.words or asked.filtered),
        "hidden": [(name, value) for name, value in _given(asked).items() if name in FILTERS],
        "chosen": _chosen(asked, bodies),
        "facets": _facets(asked, page, bodies),
        "results": [(result, bodies.get(result.body, "")) for result in page.results],
        "suggestions": _suggestions(asked, page),
        "likely": _likely(asked, page, bodies),
        "previous_url": _url(replace(asked, page=page.page - 1)) if 1 < page.page <= page.pages else "",
        "next_url": _url(replace(asked, page=page.page + 1)) if page.page < page.pages else "",
        "nav": "search",
    }
    response = render(request, "web/search.html", context)
    patch_vary_headers(response, ("Cookie",))
    if asked.staff_of:
        response["Cache-Control"] = "no-store, private"
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    response = problems.page(request, 429, TOO_MANY)
    response["Retry-After"] = str(SECONDS)
    return response


def _asked(request: HttpRequest) -> Query:
    """The question in an address; what cannot be read in it asks nothing."""
    given = {name: request.GET.get(name, "").replace("\0", "").strip() for name in FILTERS}
    year, page = given.pop("year"), request.GET.get("page", "")
    return Query(
        words=request.GET.get("q", "").strip()[: MOST_CHARACTERS + 1],
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        page=int(page) if page.isdecimal() and len(page) < 4 else 1,
        staff_of=_house_of(request),
        **given,
    )


def _house_of(request: HttpRequest) -> str:
    """The code of the body whose staff is asking: they also find what is open to them alone; empty for everybody else."""
    user = request.user
    if not user.is_authenticated or not user.is_active or user.home is None:
        return ""
    return str(user.home.code)


def _given(asked: Query) -> dict[str, Any]:
    """What is asked as an address has it, without what is empty."""
    values = {"q": asked.words} | {name: getattr(asked, name) for name in FILTERS}
    return {name: value for name, value in values.items() if value}


def _url(asked: Query) -> str:
    return "?" + urlencode(_given(asked) | ({"page": asked.page} if asked.page > 1 else {}))


def _chosen(asked: Query, bodies: Mapping[str, str]) -> list[Choice]:
    """The filters that are on, each with the address without it."""
    return [
        Choice(
            _words(name, value, bodies),
            _url(replace(asked, **{name: None if name == "year" else ""}, page=1)),
            0,
            title,
        )
        for name, title in FILTERS.items()
        if (value := getattr(asked, name))
    ]


def _facets(asked: Query, page: Page, bodies: Mapping[str, str]) -> list[tuple[str, list[Choice]]]:
    """The filters that would narrow what was found, each with its commonest values."""
    offered = []
    for name, title in FILTERS.items():
        values = page.facets.get(name, ())
        if getattr(asked, name) or len(values) < 2:
            continue
        choices = [
            Choice(_words(name, value, bodies), _url(replace(asked, **{name: value}, page=1)), count)
            for value, count in values[:CHOICES]
        ]
        offered.append((title, choices))
    return offered


def _suggestions(asked: Query, page: Page) -> list[tuple[str, int, str]]:
    """What was left out, how much is found then, and where: nothing left out means that the filters were."""
    return [
        (one.dropped, one.total, _url(replace(asked if one.dropped else asked.unfiltered(), words=one.words, page=1)))
        for one in page.suggestions
    ]


def _likely(asked: Query, page: Page, bodies: Mapping[str, str]) -> list[tuple[service.Result, str]]:
    """Where nothing holds all the words, what holds the rarest of them."""
    if page.total or not page.words:
        return []
    found = service.likely(asked.words, body=asked.body or None)
    return [(result, bodies.get(result.body, "")) for result in found]


def _words(name: str, value: Any, bodies: Mapping[str, str]) -> str:
    if name == "body":
        return bodies.get(value, value)
    return f"{value}年" if name == "year" else str(value)
