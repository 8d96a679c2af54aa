"""The platform of a body, its negative list and its catalogue in a browser: outside, and in the workplace."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from disclosure.models import CatalogueItem, ContentEntry, NegativeEdition
from disclosure.vocabulary import Adjustment
from disclosure.workflow import listing
from tests.browser.conftest import DESK, PHONE, fits
from tests.browser.test_pages import log_in
from tests.cast import Cast
from tests.disclosure.listed import ELEMENTS, catalogued, filed, listed
from tests.disclosure.test_contents import confirmed
from tests.factories import at

Open = Callable[..., BrowserContext]
Judge = Callable[[Page], None]
Picture = Callable[[Page, str], None]
DAY = "2026-09-14"

PUBLIC = {
    "platform": "/disclosure/nx/",
    "documents": "/disclosure/nx/documents/?phase=decision",
    "negative-list": "/disclosure/nx/negative-list/",
    "negative-edition": "/disclosure/nx/negative-list/2/",
    "catalogue": "/disclosure/nx/catalogue/",
    "catalogue-item": "/disclosure/nx/catalogue/CZ-2026-01/",
    "contents": "/disclosure/nx/contents/",
    "units": "/disclosure/ld/units/",
    "unit": "/disclosure/ld/units/yz/",
}
STAFF = {
    "negative": "/admin/negative/",
    "negative-file": "/admin/negative/file/",
    "weighings": "/admin/weighings/",
    "catalogue-staff": "/admin/catalogue/",
    "catalogue-apply": "/admin/catalogue/apply/",
    "statutory": "/admin/statutory/",
    "contents-staff": "/admin/contents/",
    "contents-enter": "/admin/contents/enter/",
}


@pytest.fixture
def laid_out(nx: Cast) -> Cast:
    """Two editions of the list, one item in the catalogue and one application."""
    if not NegativeEdition.objects.exists():
        item = listed(nx, DAY)
        listing.publish(nx.body, by=nx.chen, at=at(DAY, 12))
        listing.accept(
            filed(nx, "2026-09-15", replaces=item, title="项目评审会议讨论记录和表决情况"),
            by=nx.chen,
            at=at("2026-09-15", 11),
        )
        listing.publish(nx.body, note="细化事项名称", by=nx.chen, at=at("2026-09-15", 12))
    if not CatalogueItem.objects.exists():
        made = catalogued(nx, DAY)
        catalogued(nx, "2026-09-15", action=Adjustment.CHANGE, item=made, elements=ELEMENTS)
    if not ContentEntry.objects.exists():
        confirmed(nx, DAY)
    return nx


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_public_pages_are_accessible_and_fit(
    laid_out: Cast, open_browser: Open, axe: Judge, picture: Picture, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK, java_script_enabled=True).new_page()

    for name, path in PUBLIC.items():
        page.goto(path)
        axe(page)
        assert fits(page), path
        picture(page, f"{name}-{width}")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_staff_pages_are_accessible_and_fit(
    laid_out: Cast, open_browser: Open, axe: Judge, picture: Picture, width: str
) -> None:
    page = open_browser(viewport=PHONE if width == "phone" else DESK).new_page()
    log_in(page, "nx-li")

    for name, path in STAFF.items():
        page.goto(path)
        axe(page)
        assert fits(page), path
        picture(page, f"staff-{name}-{width}")
    page.goto("/admin/negative/")
    page.locator(".queue-what a").first.click()
    axe(page)
    picture(page, f"staff-negative-item-{width}")
