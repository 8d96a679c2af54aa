"""What the acts of publishing tell the ledger of the rows they write (see `portal.workflow.telling`).

Every act tells of its own rows under `rows`, in the words of the database: codes, days and keys as they are, and of texts,
files and opinions the fingerprint. A published text that somebody changes past the acts, or an approval that somebody moves to
another day, is not what was told of it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from portal.workflow import comparing
from portal.workflow.telling import Table

from ..models import Document
from . import documents, listed
from .documents import DECIDED, FOUND
from .listed import ITEM
from .within import ROWS

__all__ = ["DECIDED", "FOUND", "ITEM", "TABLES", "said_of", "vouch", "vouch_each"]

TABLES: tuple[Table, ...] = (*documents.TABLES, *listed.TABLES)
_BY_MODEL: Mapping[type[models.Model], Table] = {table.model: table for table in TABLES}


def vouch(told: dict[str, Any], verb: str, *rows: models.Model | None, without: Collection[str] = ()) -> None:
    """Tell of rows that an act, `verb`, has just written, each as the database now holds it; None is left out.

    `without` names columns that the act left as they were this time: what it did not write it does not vouch for.
    """
    keys: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        if row is not None:
            keys.setdefault(type(row), []).append(row.pk)
    for model, theirs in keys.items():
        for said in said_of(model, verb, pk__in=theirs).values():
            _add(told, model, [{key: value for key, value in one.items() if key not in without} for one in said])


def vouch_each(verb: str, documents: Collection[Document], *kinds: type[models.Model]) -> dict[int, dict[str, Any]]:
    """What an act on many documents at once tells of all their rows, by primary key of the document."""
    told: dict[int, dict[str, Any]] = {document.pk: {} for document in documents}
    for model in kinds:
        for document, said in said_of(model, verb, **{f"{_BY_MODEL[model].way}__in": list(told)}).items():
            _add(told[document], model, said)
    return told


def said_of(model: type[models.Model], verb: str, **rows: Any) -> dict[int, list[dict[str, Any]]]:
    """What an act tells of some rows of a model, by matter."""
    return comparing.said_of(_BY_MODEL[model], verb, **rows)


def _add(told: dict[str, Any], model: type[models.Model], said: list[dict[str, Any]]) -> None:
    name = _BY_MODEL[model].within.removeprefix(f"{ROWS}.")
    told.setdefault(ROWS, {}).setdefault(name, []).extend(said)
