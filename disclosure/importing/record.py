"""What every reader hands over: a row of its source as a document to be taken in, or the sentence why it cannot be."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.refusal import Refusal

from ..workflow import Arrival


class Unreadable(Refusal):
    """A source or a row of it that cannot be read; the text says what to do."""


@dataclass(frozen=True)
class Record:
    """One row. `key` names it in its source for ever; `column` is the name of the column it belongs in; with a `problem`
    there is no arrival.
    """

    key: str
    arrival: Arrival | None
    column: str = ""
    problem: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that would be public of the row."""
        said = "\x1f".join(map(_plain, _values(self.arrival))) if self.arrival else self.problem
        return hashlib.sha256(said.encode()).hexdigest()


def _values(arrival: Arrival) -> Iterator[Any]:
    """What an arrival says and anybody would read."""
    yield from (arrival.text.title, arrival.text.html, arrival.validity)
    said = arrival.particulars
    yield from (said.issuer, said.document_number, said.formed_on, said.effective_on, said.expires_on, said.source)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
