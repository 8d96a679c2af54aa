"""How acts tell the ledger of the rows they write: the tables by which facts are compared with it afterwards.

Days, codes and numbers are told as they are; of what somebody wrote only a fingerprint is told.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

DIGEST = "digest"
"""The usual name of a fingerprint in what is told, and among the columns below."""

_NOTHING: tuple[object, ...] = ("", None, [], {})

Column = str | tuple[str, str]


def fingerprint(values: Iterable[Any]) -> str:
    """SHA-256, in hex, of a salt and what was written."""
    plain = json.dumps(list(values), default=str, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def seal(values: Iterable[Any]) -> str | None:
    """The fingerprint of what was written; None where nothing was, or where the salt, the first value, is gone."""
    salt, *words = values
    return fingerprint((salt, *words)) if salt and any(word not in _NOTHING for word in words) else None


@dataclass(frozen=True)
class Table:
    """How the rows of a model come about and change, told by the acts of the matter they belong to.

    `born` are the acts that make a row, `later` those that fill columns that are empty before, `gone` those that take a row
    away: verb → columns. A column is the name of a field, or (field, key it is told under), or the name of one of `digests`:
    the fingerprint of a salt and other columns. An act that is both in `born` and in `later` makes a row where it is not known.
    `signed` are the two columns that hold who took an act, and when. `key` tells the rows of one matter apart, with the key it
    is told under; without it there is one row at most. `within` leads to a list in `told` (a.b) of which each item speaks of
    one row. `spoken` columns are told by their label, `labels` name those that the model has no words for. `states`: the model
    has a state, which follows from the table of steps. `about` is the model of the matter, `way` the look-up to it, `only`
    what else narrows the rows, `computed` what the model has no column for.
    """

    model: type[models.Model]
    noun: str
    born: Mapping[str, tuple[Column, ...]]
    about: type[models.Model]
    later: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    signed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    way: str = "request"
    only: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, str] | None = None
    within: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    spoken: tuple[str, ...] = ()
    states: bool = False
    digests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The columns that are told when a row is made."""
        return _names(self.born.values())

    @cached_property
    def empty(self) -> tuple[str, ...]:
        """The columns that are empty in a new row."""
        later = (*_names(self.later.values()), *(name for names in self.signed.values() for name in names))
        return tuple(name for name in dict.fromkeys(later) if name not in self.first)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is compared, once."""
        return (*self.first, *self.empty, *(("state",) if self.states else ()))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The acts that speak of the rows."""
        return frozenset({*self.born, *self.later, *self.signed, *self.gone})

    def told_by(self, verb: str) -> tuple[tuple[str, str], ...]:
        """The columns an act tells, each with the key it is told under."""
        return tuple(map(pair, (*self.born.get(verb, ()), *self.later.get(verb, ()))))


def _names(acts: Iterable[tuple[Column, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pair(column)[0] for act in acts for column in act))


def pair(column: Column) -> tuple[str, str]:
    """The column and the key it is told under."""
    return (column, column) if isinstance(column, str) else column
