"""Raw entries into values of the schema; an unknown or missing field is refused with its name."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from portal.regulations import publishing, schema
from portal.regulations.reading import Entry, ProfileError

_T = TypeVar("_T")


def plain(kind: type[_T]) -> Callable[[Entry], _T]:
    """A maker of one dataclass: lists become tuples, tables read-only mappings, unit names units."""
    anything: Any = kind
    known, needed = _shape(anything)

    def make(entry: Entry) -> _T:
        given = {name: _value(name, value) for name, value in entry.items() if name in known or name != "source"}
        if unknown := sorted(given.keys() - known):
            raise ProfileError(f"unknown field {', '.join(unknown)}")
        if missing := [name for name in needed if name not in given]:
            raise ProfileError(f"missing field {', '.join(missing)}")
        if "rules" in known:
            given.setdefault("rules", ())
        return kind(**given)

    return make


@lru_cache(maxsize=32)
def _shape(kind: type[Any]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The fields of a dataclass, and those an entry must give; citations may be left out everywhere."""
    known = fields(kind)
    needed = (field.name for field in known if field.default is MISSING and field.name != "rules")
    return frozenset(field.name for field in known), tuple(needed)


def term(entry: Entry) -> schema.Term:
    """A term with its extension."""
    extension = entry.get("extension")
    made = plain(schema.Extension)(extension) if extension else None
    return plain(schema.Term)(entry | {"extension": made})


def fee(entry: Entry) -> schema.Fee:
    """A price list with its brackets, in the order in which they stand."""
    brackets = tuple(plain(schema.FeeBracket)(bracket) for bracket in entry.get("brackets", ()))
    return plain(schema.Fee)(entry | {"brackets": brackets})


def chain(entry: Entry) -> publishing.Chain:
    """A review chain with its stages, in the order in which they stand, and the last look after the signing, if it has one."""
    stages = tuple(plain(publishing.Stage)(stage) for stage in entry.get("stages", ()))
    again = entry.get("recheck")
    recheck = plain(publishing.Stage)(again) if again else None
    return plain(publishing.Chain)(entry | {"stages": stages, "recheck": recheck})


def role(entry: Entry) -> schema.Role:
    """A role. A body that gives it a few acts more (`further`) or fewer (`without`) than the law above need not list them all."""
    acts = [act for act in (*entry.get("acts", ()), *entry.get("further", ())) if act not in entry.get("without", ())]
    rest = {name: value for name, value in entry.items() if name not in {"further", "without"}}
    return plain(schema.Role)(rest | {"acts": acts})


def question(entry: Entry) -> publishing.Question:
    """A question with its answers; what its answers cite, it cites."""
    choices = tuple(plain(publishing.Choice)(choice) for choice in entry.get("choices", ()))
    rules = dict.fromkeys((*entry.get("rules", ()), *(rule for choice in choices for rule in choice.rules)))
    return plain(publishing.Question)(entry | {"choices": choices, "rules": tuple(rules)})


def organisation(entry: Entry) -> schema.Organisation | None:
    """The body itself with its contact; None where a profile is law only."""
    if not entry:
        return None
    contact = plain(schema.Contact)(entry.get("contact", {}))
    return plain(schema.Organisation)(entry | {"contact": contact})


def guarded(make: Callable[[Entry], _T], table: str, name: str, entry: Entry) -> _T:
    """The made value, or an error that names the file, the table and the entry."""
    try:
        return make(entry)
    except (TypeError, ValueError, KeyError) as error:
        raise ProfileError(f"{entry.get('source', '?')}: {table} {name!r}: {error}") from error


def _value(name: str, value: Any) -> Any:
    if name == "unit":
        return schema.Unit(value)
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return MappingProxyType({key: _value(key if key != "unit" else "", item) for key, item in value.items()})
    return value
