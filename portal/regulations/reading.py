"""Profile files into raw entries: which tables exist, which entry stood on which day, what a child changes."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Entry = dict[str, Any]

# Table of a profile file → the field that names an entry.
TABLES = {
    "departments": "code",
    "terms": "key",
    "leads": "key",
    "recurrences": "key",
    "quotas": "key",
    "fees": "key",
    "roles": "code",
    "channels": "code",
    "grounds": "code",
    "remedies": "code",
    "outcomes": "code",
    "options": "key",
    "articles": "id",
    "reminders": "key",
    "attributes": "code",
    "chains": "code",
    "categories": "code",
    "columns": "code",
    "questions": "code",
}
# These belong to the document and begin with it; the others belong to the body and have no date.
LAW = {
    "terms",
    "leads",
    "recurrences",
    "quotas",
    "fees",
    "channels",
    "outcomes",
    "options",
    "grounds",
    "remedies",
    "roles",
    "attributes",
    "chains",
    "categories",
    "questions",
}
JOINED = {"rules", "requires"}


class ProfileError(ValueError):
    """A profile file that cannot be read as law; the message names file and entry."""


class Shelf:
    """All files of one profile folder, parsed once."""

    def __init__(self, folder: Path) -> None:
        self.code = folder.name
        self.head: Entry = {}
        self.organisation: Entry = {}
        self.tables: dict[str, list[Entry]] = {table: [] for table in TABLES}
        for file in sorted(folder.glob("*.toml")):
            self._read(file)
        if not self.head:
            raise ProfileError(f"{folder}: no file holds a [profile] table")

    def _read(self, file: Path) -> None:
        try:
            content = tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ProfileError(f"{file}: {error}") from error
        self.head |= content.pop("profile", {})
        self.organisation |= content.pop("organisation", {})
        for table, entries in content.items():
            if table not in TABLES:
                raise ProfileError(f"{file}: unknown table {table!r}; known: {', '.join(sorted(TABLES))}")
            for entry in entries:
                if TABLES[table] not in entry:
                    raise ProfileError(f"{file}: an entry of {table} has no {TABLES[table]!r}")
                self.tables[table].append(entry | {"source": f"{self.code}/{file.name}"})

    def boundaries(self) -> Iterator[date]:
        """Every day on which something in this folder begins or ceases to apply."""
        if start := self.head.get("valid_from"):
            yield start
        if self._lapses():
            yield self.head["valid_to"] + timedelta(days=1)
        for entries in self.tables.values():
            for entry in entries:
                yield from (entry[name] for name in ("since", "until") if name in entry)
                yield from (patch["until"] for patch in entry.get("earlier", ()))

    def standing(self, table: str, on: date) -> dict[str, Entry]:
        """The entries of a table that applied on a day, by name; two of one name on one day are an error."""
        if table in LAW and not self._in_force(on):
            return {}
        found: dict[str, Entry] = {}
        for entry in self.tables[table]:
            if on < entry.get("since", date.min) or ("until" in entry and on >= entry["until"]):
                continue
            name = entry[TABLES[table]]
            if name in found:
                raise ProfileError(f"{entry['source']}: {table} {name!r} is declared twice for {on}")
            found[name] = as_it_stood(entry, on)
        return found

    def _in_force(self, on: date) -> bool:
        begun = self.head.get("valid_from", date.min) <= on
        return begun and not (self._lapses() and on > self.head["valid_to"])

    def _lapses(self) -> bool:
        return "valid_to" in self.head and not self.head.get("continued", False)


def as_it_stood(entry: Entry, on: date) -> Entry:
    """The entry with the first of its `earlier` wordings that still applied on the day."""
    stood = {name: value for name, value in entry.items() if name not in {"since", "until", "earlier"}}
    patches = sorted(entry.get("earlier", ()), key=lambda patch: patch["until"])
    patch: Entry = next((patch for patch in patches if on < patch["until"]), {})
    return stood | {name: value for name, value in patch.items() if name != "until"}


def elaborated(parent: Mapping[str, Entry], child: Mapping[str, Entry]) -> dict[str, Entry]:
    """The parent's entries as the child elaborates them: fields replaced, citations and requirements added."""
    result = dict(parent)
    for name, entry in child.items():
        result[name] = merged(parent[name], entry) if name in parent else entry
    return result


def merged(above: Entry, below: Entry) -> Entry:
    """One entry over another; lists of citations and requirements are joined without repetition."""
    joined = {
        field: [*above.get(field, ()), *(item for item in below.get(field, ()) if item not in above.get(field, ()))]
        for field in JOINED & (above.keys() | below.keys())
    }
    return above | below | joined
