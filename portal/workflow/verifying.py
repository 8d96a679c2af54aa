"""Whether matters still say what their acts told the ledger: finds facts that were changed past the acts.

The chain of the ledger proves itself (`verify_ledger`); this compares with it what the tables say today.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import CharField, Model
from django.db.models.functions import Cast

from portal.ledger.models import Entry
from portal.organisation.models import Body

from . import comparing
from .engine import Step
from .telling import Table

CHUNK = 500
Check = Callable[[Body], Iterator["Difference"]]
_checks: list[Check] = []


@dataclass(frozen=True)
class Difference:
    """One fact of a matter that is not what the ledger was told. `number` is the matter's."""

    number: str
    sentence: str


def register(check: Check) -> None:
    """Name what finds the differences of a chapter. Called once, when the chapter's app is ready."""
    _checks.append(check)


def differences(body: Body) -> Iterator[Difference]:
    """Every difference of a body, chapter by chapter."""
    for check in _checks:
        yield from check(body)


Beside = Callable[[Any, Sequence[Entry]], Iterable[str]]
"""Given a matter and its acts: sentences on what differs."""


def _nothing(case: Any, acts: Sequence[Entry]) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class Matters:
    """One kind of matter: the acts of its steps are told of its own row and of the rows beside it.

    `beside`, given the keys of many matters, finds what no table of `tables` can say. `read` are the columns it needs.
    """

    model: type[Model]
    noun: str
    steps: Mapping[str, Step]
    tables: tuple[Table, ...]
    read: tuple[str, ...] = ("number",)
    beside: Callable[[list[int]], Beside] = lambda keys: _nothing

    def differences(self, body: Body) -> Iterator[Difference]:
        """Every difference of a body's matters of this kind, also matters nobody told of and acts on those that are gone:
        a few queries for each CHUNK of them.
        """
        subject, known = self.model._meta.label_lower, self.model._base_manager.filter(body=body)
        for cases in _in_chunks(known.order_by("pk").only(*self.read).iterator(CHUNK)):
            keys = [case.pk for case in cases]
            entries = Entry.objects.filter(body=body.code, subject_type=subject, subject_id__in=map(str, keys))
            acts = by(entries.order_by("subject_id", "seq"), "subject_id")
            yield from self._compared(cases, acts)
        there = known.values_list(Cast("pk", CharField()))
        gone = Entry.objects.filter(body=body.code, subject_type=subject).exclude(subject_id__in=there)
        for number in gone.order_by("subject_number").values_list("subject_number", flat=True).distinct():
            yield Difference(number, f"台账记有本件的办理记录，{self.noun}却不存在：{self.noun}被删除。")

    def _compared(self, cases: list[Any], acts: Mapping[str, list[Entry]]) -> Iterator[Difference]:
        keys = [case.pk for case in cases]
        targets = {verb: step.target for verb, step in self.steps.items()}
        labels = {verb: step.label for verb, step in self.steps.items()}
        tables = [(table, comparing.facts(table, **{f"{table.way}__in": keys})) for table in self.tables]
        beside = self.beside(keys)
        for case in cases:
            found = acts.get(str(case.pk))
            if not found:
                yield Difference(case.number, f"台账中没有本件的任何办理记录：{self.noun}不是经办理程序立件的。")
                continue
            for sentence in beside(case, found):
                yield Difference(case.number, sentence)
            for table, rows in tables:
                said = comparing.told(table, found, targets)
                for sentence in comparing.compare(table, rows.get(case.pk, {}), said, labels):
                    yield Difference(case.number, sentence)


def by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    """Rows that are in the order of a column, grouped by it."""
    return {key: list(group) for key, group in groupby(rows, key=lambda row: getattr(row, name))}


def _in_chunks(cases: Iterable[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for case in cases:
        chunk.append(case)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
