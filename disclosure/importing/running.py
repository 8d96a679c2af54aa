"""A run over a source: batch by batch, each in one transaction with the place reached, so that it may stop anywhere."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import F

from portal.organisation import people
from portal.organisation.models import Body, Department
from portal.refusal import Refusal

from .. import workflow
from ..models import Column, ImportRow, ImportRun
from ..vocabulary import Fate, ImportKind
from ..workflow import Arrival
from . import editions
from .record import Record, Unreadable

AT_A_TIME = 200
_COLUMNS = {"法律法规": "laws", "政务公开制度": "openness-rules"}
"""Columns that imports fill, and the codes they get where a body has none of that name."""


def digest_of(*paths: Path) -> str:
    """The SHA-256 of a source, read bit by bit."""
    found = hashlib.sha256()
    for path in paths:
        with path.open("rb") as source:
            while part := source.read(1 << 20):
                found.update(part)
    return found.hexdigest()


def begin(body: Body, *, kind: ImportKind, name: str, digest: str, lawful_origin: str, at: datetime) -> ImportRun:
    """The run of a source for a body: the one that was broken off, or a new one."""
    run, _ = ImportRun.objects.get_or_create(
        body=body,
        kind=kind,
        digest=digest,
        finished_at=None,
        defaults={
            "name": name[:200],
            "is_public": True,
            "lawful_origin": lawful_origin,
            "made_at": at,
            "started_at": at,
            "touched_at": at,
        },
    )
    return run


def carry_on(run: ImportRun, records: Iterable[Record], *, by: people.Actor, at: datetime) -> Iterator[ImportRun]:
    """Go on behind the rows that are done; yields the run after each batch. Ends with the texts of one law
    linked to each other and the run finished.

    Raises Unreadable when somebody else carries on the same run.
    """
    rest = islice(records, run.position, None)
    while batch := list(islice(rest, AT_A_TIME)):
        _take(run, batch, by=by, at=at)
        yield run
    if run.kind == ImportKind.LAWS:
        editions.link(run.body, by=people.SYSTEM, at=at)
    ImportRun.objects.filter(pk=run.pk).update(finished_at=at, touched_at=at, total=F("position"))
    run.refresh_from_db()
    yield run


@transaction.atomic
def _take(run: ImportRun, batch: Sequence[Record], *, by: people.Actor, at: datetime) -> None:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.position != run.position or held.finished_at is not None:
        raise Unreadable("这一来源正由另一个进程导入。请等它完成，或者停止它之后再继续。")
    rows = _rows_of(run, batch)
    fresh = [record for record in _once(batch) if _is_new(record, rows)]
    taken = _take_in(run, fresh, by=by, at=at)
    counts = dict.fromkeys(Fate, 0)
    done = []
    for number, record in enumerate(batch, run.position + 1):
        row = rows.get(record.key) or ImportRow(body_id=run.body_id, kind=run.kind, key=record.key)
        rows[record.key] = row
        _settle(row, record, taken.pop(record.key, None), run=run, number=number, by=by, at=at)
        counts[Fate(row.fate)] += 1
        done.append(row)
    _keep(done)
    _count(run, held, counts, len(batch), at=at)


def _rows_of(run: ImportRun, batch: Sequence[Record]) -> dict[str, ImportRow]:
    """What is known of these rows from earlier runs, by their keys."""
    known = ImportRow.objects.filter(body_id=run.body_id, kind=run.kind, key__in=[record.key for record in batch])
    return {row.key: row for row in known.select_related("document")}


def _once(batch: Sequence[Record]) -> Iterable[Record]:
    """Each key once: a source that says the same row twice gives one document."""
    return {record.key: record for record in reversed(batch)}.values()


def _is_new(record: Record, rows: dict[str, ImportRow]) -> bool:
    row = rows.get(record.key)
    return record.arrival is not None and (row is None or row.document_id is None)


def _take_in(run: ImportRun, records: Sequence[Record], *, by: people.Actor, at: datetime) -> dict[str, object]:
    """Take new rows in all together; documents by their keys."""
    records = list(reversed(records))
    if not records:
        return {}
    columns = {name: column_named(run.body, name) for name in {record.column for record in records if record.column}}
    arrivals = [_filed(record, columns) for record in records]
    documents = workflow.take_in(run.body, department=office_of(run.body), arrivals=arrivals, run=run, by=by, at=at)
    return {record.key: document for record, document in zip(records, documents, strict=True)}


def _settle(
    row: ImportRow, record: Record, document: object, *, run: ImportRun, number: int, by: people.Actor, at: datetime
) -> None:
    """Write down what became of a row; a changed text of a document that is here already becomes its next version."""
    row.run, row.number, row.said = run, number, ""
    if record.arrival is None:
        row.fate, row.said = Fate.REFUSED, record.problem
        row.digest = row.digest or record.digest
        return
    if document is not None:
        row.fate, row.document, row.digest = Fate.TAKEN, document, record.digest
    elif row.digest == record.digest:
        row.fate = Fate.SAME
    else:
        _renew(row, record.arrival, record.digest, run=run, by=by, at=at)


def _renew(row: ImportRow, arrival: Arrival, digest: str, *, run: ImportRun, by: people.Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            workflow.renew(row.document, text=arrival.text, run=run, by=by, at=at)
    except Refusal as refusal:
        row.fate, row.said = Fate.REFUSED, str(refusal)[:500]
    else:
        row.fate, row.digest = Fate.RENEWED, digest


def _keep(rows: Sequence[ImportRow]) -> None:
    fields = ("run", "number", "said", "fate", "digest", "document")
    unique = list({id(row): row for row in rows}.values())
    ImportRow.objects.bulk_create([row for row in unique if row.pk is None])
    ImportRow.objects.bulk_update([row for row in unique if row.pk is not None], fields)


def _count(run: ImportRun, held: ImportRun, counts: dict[Fate, int], read: int, *, at: datetime) -> None:
    held.position += read
    held.taken += counts[Fate.TAKEN]
    held.renewed += counts[Fate.RENEWED]
    held.same += counts[Fate.SAME]
    held.refused += counts[Fate.REFUSED]
    held.touched_at = at
    held.save(update_fields=("position", "taken", "renewed", "same", "refused", "touched_at"))
    run.refresh_from_db()


def _filed(record: Record, columns: dict[str, Column]) -> Arrival:
    """The arrival with its column."""
    if record.arrival is None:
        raise ValueError("a record with a problem is not taken in")
    found = (columns[record.column],) if record.column else ()
    return replace(record.arrival, particulars=replace(record.arrival.particulars, columns=found))


def office_of(body: Body) -> Department:
    """Under which department imported documents stand: the one that keeps the portal."""
    departments = body.departments.order_by("-is_openness_office", "order", "pk")
    if (first := departments.first()) is None:
        raise Unreadable(f"“{body.name}”还没有机构，不能导入文件。请先办理机构和人员的登记。")
    return first


def column_named(body: Body, name: str) -> Column:
    """The column of a body by its name; made where the body has none."""
    found = Column.objects.filter(body=body, name=name).first()
    return found or Column.objects.get_or_create(body=body, code=_COLUMNS[name], defaults={"name": name})[0]
