"""The stage of all tests: a site made ready once, and the cast of each body. The servers come from `tests.servers`."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string

from .cast import Cast, assemble
from .factories import at

pytest_plugins = ("tests.portal.ledger.emptying",)

TODAY = date(2026, 11, 20)


def make_ready() -> None:
    """What `manage.py prepare` does, unless it has been done."""
    from portal.organisation.models import Body

    if not Body.objects.exists():
        for name in settings.PREPARATIONS:
            import_string(name)(at=at(TODAY))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        make_ready()


@pytest.fixture(autouse=True)
def _ready_again_after_a_flush(request: pytest.FixtureRequest) -> None:
    """A test with real transactions empties the tables behind it; the next one finds them filled again."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"db", "transactional_db"} & set(request.fixturenames)
    if marker or asked:
        real = "transactional_db" in asked or bool(marker and marker.kwargs.get("transaction"))
        request.getfixturevalue("transactional_db" if real else "db")
        make_ready()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rate limits and other short memories do not leak from one story into the next."""
    cache.clear()


@pytest.fixture
def files(tmp_path: Any, settings: Any) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def cast_of(db: None) -> Callable[[str], Cast]:
    """The cast of a body by its code."""
    from portal.organisation.models import Body

    def assembled(code: str) -> Cast:
        return assemble(Body.objects.get(code=code), today=TODAY)

    return assembled


@pytest.fixture
def nx(cast_of: Callable[[str], Cast]) -> Cast:
    """宁夏回族自治区工业和信息化厅 with its people."""
    return cast_of("nx")


@pytest.fixture
def wz(cast_of: Callable[[str], Cast]) -> Cast:
    """梧州市投资促进局 with its people."""
    return cast_of("wz")
