"""Which code carries which rule: written where the code is, read by `manage.py rules`."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any, TypeVar

_Carrier = TypeVar("_Carrier", bound=Callable[..., Any])

_places: dict[str, list[str]] = {}
_appliers: list[tuple[str, str]] = []


def carries(*ids: str) -> Callable[[_Carrier], _Carrier]:
    """Mark a function or class as what enforces the given rules; the object itself is not changed or wrapped."""

    def mark(carrier: _Carrier) -> _Carrier:
        cite(f"{carrier.__module__}.{carrier.__qualname__}", *ids)
        return carrier

    return mark


def cite(name: str, *ids: str) -> None:
    """Say that something with a dotted name (a step, a constraint, a template tag) enforces the given rules."""
    if not ids:
        raise ValueError(f"{name} must cite at least one rule")
    for rule in ids:
        places = _places.setdefault(rule, [])
        if name not in places:
            places.append(name)


def applies(*entries: str) -> Callable[[_Carrier], _Carrier]:
    """Mark a function or class as what puts profile entries into effect, and so every rule those entries cite.

    Entries are named as `checks.entries_citing` names them; * stands for any text: "term answer", "role *".
    """

    def mark(carrier: _Carrier) -> _Carrier:
        _appliers.extend((entry, f"{carrier.__module__}.{carrier.__qualname__}") for entry in entries)
        return carrier

    return mark


def appliers(entry: str) -> tuple[str, ...]:
    """The dotted names of what puts a profile entry into effect, sorted."""
    return tuple(sorted({name for pattern, name in _appliers if fnmatchcase(entry, pattern)}))


def enforcers(rule: str) -> tuple[str, ...]:
    """The dotted names of what enforces a rule, sorted."""
    return tuple(sorted(_places.get(rule, ())))


def cited() -> frozenset[str]:
    """Every rule id that some code cites."""
    return frozenset(_places)
