"""A real browser against the real site: `make test-browser`. Without a browser these tests fail; they are never left out."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 860}
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Django's ORM refuses to run where an event loop runs, and Playwright's synchronous interface keeps one in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


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
        context.set_default_timeout(15_000)
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
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page under screenshots/ (not in git) for people to look at."""

    def taken(page: Page, name: str) -> None:
        folder = Path(os.environ.get("SCREENSHOTS", "screenshots"))
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return taken


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
