"""Where what can be found comes from: each chapter names what it makes public, so that the index can be made anew.

The index itself is written by the acts that publish and withdraw; a source is asked only to rebuild and to compare.
"""

from collections.abc import Callable, Collection, Iterable

from .item import Item

Source = Callable[[Collection[str] | None], Iterable[Item]]
"""Given keys (`subject_id`), the items of those that may be found now; given None, all of them, read bit by bit."""

_SOURCES: dict[str, Source] = {}


def register(subject_type: str, source: Source) -> None:
    """Name what makes things of one type public, as `disclosure.document`. Called once, when the chapter's app is ready."""
    _SOURCES[subject_type] = source


def sources() -> dict[str, Source]:
    """The registered sources by their type, in a fixed order."""
    return dict(sorted(_SOURCES.items()))
