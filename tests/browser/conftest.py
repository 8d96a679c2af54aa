"""A real browser against the real site: `make test-browser`. Without a browser these tests fail; they are never left out.

One standing site serves all of them: nothing is emptied between two tests, so that each costs only its own pages. A test
finds the five bodies with their people, and looks for nothing but the cases it made itself.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright

from portal import moment
from tests.browser.stage import Clock
from tests.cast import Cast, assemble
from tests.conftest import TODAY, make_ready

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 860}
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Django's ORM refuses to run where an event loop runs, and Playwright's synchronous interface keeps one in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
PATIENCE = 15_000  # milliseconds that a busy machine may take
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def standing_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Cast]]:
    """The five bodies with their people, in the database itself; emptied after the last browser test."""
    from portal.organisation.models import Body

    with django_db_blocker.unblock():
        yield {body.code: assemble(body, today=TODAY) for body in Body.objects.order_by("pk")}
        call_command("flush", verbosity=0, interactive=False)
        make_ready()
        connections.close_all()  # Playwright's loop has connections of its own, which nobody closes after it


@pytest.fixture
def transactional_db(standing_site: dict[str, Cast], django_db_blocker: Any) -> Iterator[None]:
    """The standing site instead of an emptied database."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def db(transactional_db: None) -> None:
    """The same: what a test writes must be seen by the server."""


@pytest.fixture
def cast_of(transactional_db: None, standing_site: dict[str, Cast]) -> Callable[[str], Cast]:
    """The people of a body by its code."""
    return standing_site.__getitem__


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """What the site takes for the present moment, in all its threads: a working day that has a calendar, whenever this runs."""
    clock = Clock()
    monkeypatch.setattr(moment, "now", clock.now)
    return clock


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium: $CHROMIUM, or the first one in the PATH."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "Chromium is missing: install it (Debian: apt-get install chromium) or set CHROMIUM"
    browser = _playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--headless=new"])
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browsers of a test complained about on their consoles."""
    return []


@pytest.fixture
def open_browser(browser: Browser, live_server: Any, complaints: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Another person's browser: own cookies; `viewport` PHONE or DESK, `java_script_enabled` and other context options."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> BrowserContext:
        options = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: note(message.type, message.text))
        context.on("weberror", lambda error: note("error", str(error.error)))
        contexts.append(context)
        return context

    def note(kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            complaints.append(text)

    yield opened
    for context in contexts:
        context.close()
    assert complaints == [], "the browser's console is not empty"


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    """A page of one visitor at a desk."""
    return open_browser().new_page()


@pytest.fixture
def axe(complaints: list[str]) -> Callable[[Page], None]:
    """Judge a page by axe: no violation at all. What axe itself makes the console say is not the page's doing."""

    def judge(page: Page) -> None:
        before = len(complaints)
        found = Axe().run(page).response["violations"]
        page.wait_for_timeout(50)
        del complaints[before:]
        faults = [f"{fault['id']}: {[node['html'] for node in fault['nodes']]}" for fault in found]
        assert faults == [], f"{page.url}: {faults}"

    return judge


@pytest.fixture
def picture(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Page, str], None]:
    """Keep a picture of the whole page for people to look at: under $SCREENSHOTS, or in the test run's own folder."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.getbasetemp() / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)

    def taken(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return taken


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
