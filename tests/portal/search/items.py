"""Things to be found, made up."""

from datetime import date
from itertools import count
from typing import Any

from portal.search import service as search
from portal.search.service import Item, Page, Query

_numbers = count(1)


def item(title: str, text: str = "", **changes: Any) -> Item:
    """Something that was published by 宁夏 on 1 March 2025, unless told otherwise."""
    key = str(next(_numbers))
    usual: dict[str, Any] = {
        "subject_type": "test.document",
        "subject_id": key,
        "body": "nx",
        "kind": "通知",
        "url": f"/documents/{key}/",
        "published_on": date(2025, 3, 1),
        "columns": ("通知公告",),
        "validity": "有效",
    }
    return Item(title=title, text=text, **(usual | changes))


def publish(title: str, text: str = "", **changes: Any) -> Item:
    """Put it into the index."""
    made = item(title, text, **changes)
    search.put(made)
    return made


def titles(page: Page) -> list[str]:
    return [result.plain_title for result in page.results]


def found(words: str, **filters: Any) -> list[str]:
    """The titles found, in their order."""
    return titles(search.query(Query(words, **filters)))
