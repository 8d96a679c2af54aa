"""The workplace at ten o'clock of an ordinary day, with the cast of Ningxia logged in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from disclosure.models import Document
from disclosure.workflow.reviewing import stage_of
from portal import moment
from tests.cast import Cast
from tests.factories import at

DAY = "2026-03-03"


@pytest.fixture
def now() -> Iterator[datetime]:
    with moment.rehearsing(at(DAY)):
        yield at(DAY)


@pytest.fixture
def browser(nx: Cast, now: datetime, files: Any) -> Callable[[str], Client]:
    """A browser in which one of the cast is logged in."""

    def opened(name: str) -> Client:
        client = Client()
        client.force_login(getattr(nx, name))
        return client

    return opened


def page(document: Document, tail: str = "") -> str:
    """The address of a page of a document."""
    return f"/admin/documents/{document.number}/{tail}"


def press(client: Client, document: Document, verb: str, **data: Any) -> Any:
    """Fill in an act's form as it was shown, with every point of a list ticked and the attribute as proposed, and send it."""
    document = Document.objects.get(pk=document.pk)
    if verb == "pass_stage":
        data.setdefault("checked", stage_of(document).checks)
    if verb == "sign":
        data = {"attribute": document.attribute, "reason": document.reason, "legal_basis": document.legal_basis} | data
    return client.post(page(document, f"{verb}/"), {"edition": document.edition, **data})


def now_of(document: Document) -> Document:
    """The document as it is now."""
    return Document.objects.get(pk=document.pk)
