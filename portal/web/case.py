"""Base of staff pages that tell a matter's story: facts are shown, acts are offered, and nothing is edited in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal import moment
from portal.web.looking import LookOnly
from portal.workflow.engine import Step

MAIN = "主要办理"
"""The heading above the acts that carry a matter on; their buttons are the prominent ones."""


@dataclass(frozen=True)
class Act:
    """An act button and the page behind it: what it does in one sentence, and the article it rests on.

    Acts of one `group` stand together in a story, under that heading.
    """

    verb: str
    label: str
    url: str
    consequence: str
    article: str
    grave: bool = False
    group: str = MAIN

    @classmethod
    def of(cls, step: Step, url: str, *, grave: bool = False, group: str = MAIN) -> "Act":
        """The button of a step of the workflow table."""
        return cls(step.verb, step.label, url, step.consequence, step.article, grave, group)

    @property
    def leads(self) -> bool:
        """Whether it carries the matter on, rather than turning it aside."""
        return self.group == MAIN


@dataclass(frozen=True)
class Story:
    """A case page from top to bottom. Each list holds plain dicts, described at the head of templates/admin/case/_*.html."""

    number: str
    title: str
    state: str
    urgency: str = "neutral"
    track: Sequence[dict[str, Any]] = ()
    clocks: Sequence[dict[str, Any]] = ()
    acts: Sequence[Act] = ()
    letters: Sequence[dict[str, Any]] = ()
    files: Sequence[dict[str, Any]] = ()
    timeline: Sequence[dict[str, Any]] = ()
    facts: Sequence[dict[str, Any]] = ()
    warnings: Sequence[str] = ()
    downloads: Sequence[dict[str, str]] = ()


class CasePage(LookOnly):
    """Staff pages of a matter, mounted under one short word: /admin/<mount>/ is the queue, below it each case by its number.

    Nobody adds, changes or deletes a matter here: what changes it is an act of its workflow, on a page of its own.
    """

    mount = ""

    def visible_to(self, request: HttpRequest, *, at: datetime) -> QuerySet[Any]:
        """The matters this person may see at the moment; everything else does not exist for them."""
        raise NotImplementedError

    def page_url(self, matter: Any) -> str:
        """The address of a matter's story."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.visible_to(request, at=moment.now())

    def _context(self, request: HttpRequest, matter: Any, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "matter": matter,
            "page_url": self.page_url(matter),
        }
