"""The workplace in a test: a rehearsed day, one browser for each of the cast, and pressing a button on a page."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from portal import moment
from requests_ogi.models import InformationRequest
from tests.cast import Cast
from tests.factories import at

DAY = "2025-03-05"


@pytest.fixture
def now() -> Iterator[datetime]:
    """Wednesday 5 March 2025, ten in the morning."""
    with moment.rehearsing(at(DAY)):
        yield at(DAY)


@pytest.fixture
def browser(nx: Cast, now: datetime, files: Any) -> Callable[[str], Client]:
    """The browser of one of the cast, logged in."""

    def opened(name: str) -> Client:
        client = Client()
        client.force_login(getattr(nx, name))
        return client

    return opened


def page(case: InformationRequest, tail: str = "") -> str:
    """The address of a case's page, or of something below it."""
    return f"/admin/requests/{case.number}/{tail}"


def press(client: Client, case: InformationRequest, verb: str, **data: Any) -> Any:
    """Fill in the form of an act, as the page shows it now, and press the button."""
    edition = InformationRequest.objects.values_list("edition", flat=True).get(pk=case.pk)
    return client.post(page(case, f"{verb}/"), {"edition": edition, **data})


def now_of(case: InformationRequest) -> InformationRequest:
    """The case as the database has it."""
    return InformationRequest.objects.get(pk=case.pk)


def offered(client: Client, case: InformationRequest) -> set[str]:
    """The acts a case's page offers, by verb."""
    return {act.verb for act in client.get(page(case)).context["story"].acts}


def text_of(response: Any) -> str:
    return response.content.decode()
