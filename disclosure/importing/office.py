"""The office's own imports: files are kept, looked at, and then carried out slice by slice, so that a run may stop anywhere."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from portal.archive import service as archive
from portal.celery import app as queue
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.refusal import Refusal
from portal.regulations import library
from portal.scanning.scanner import scan
from portal.scanning.vocabulary import PERSONAL, Finding
from portal.texts import extracting
from portal.texts.pieces import Piece

from .. import workflow
from ..models import TAKE_IN, Column, Document, ImportFile, ImportRow, ImportRun
from ..rules import Refused, attribute
from ..vocabulary import Fate, ImportKind, State
from ..workflow import Arrival, Particulars, Text, Upload
from . import table
from .running import office_of
from .table import Row

AT_A_TIME = 25
TASK = "disclosure.tasks.carry_on_import"
_NEVER = PERSONAL | {Finding.CLASSIFIED}


@transaction.atomic
def receive(
    body: Body, *, sheet: Upload, attachments: Sequence[Upload], lawful_origin: str, by: User, at: datetime
) -> ImportRun:
    """Keep a table and its attachments for a look. With a `lawful_origin` the rows are public already. Raises a Refusal."""
    if not roles.may(by, TAKE_IN, body, at=at):
        raise Refused("批量导入由政务公开办公室办理，请联系本单位公开办。")
    if archive.sniff(sheet.name, sheet.data) is not archive.Kind.XLSX:
        raise Refused("登记表应当是 xlsx 表格。请下载登记表模板填写，或者把原表另存为 xlsx。")
    _judge_names([sheet, *attachments])
    table.judge(sheet.data)
    run = ImportRun.objects.create(
        body=body,
        kind=ImportKind.TABLE,
        name=archive.clean_name(sheet.name),
        digest=_digest(sheet, attachments, lawful_origin),
        is_public=bool(lawful_origin.strip()),
        lawful_origin=lawful_origin.strip(),
        made_by=by,
        made_at=at,
    )
    for upload in (sheet, *attachments):
        _keep(run, upload, is_table=upload is sheet, by=by, at=at)
    rows = look(run, at=at)
    ImportRun.objects.filter(pk=run.pk).update(total=len(rows))
    run.refresh_from_db()
    return run


def look(run: ImportRun, *, at: datetime) -> list[Row]:
    """The rows of a kept table, each with what is wrong with it."""
    today = local_date(at)
    law = library.profile(run.body.profile, today)
    taken = ImportRow.objects.filter(body=run.body, kind=ImportKind.TABLE, document__isnull=False).values("document")
    numbers = Document.objects.filter(body=run.body).exclude(document_number="").exclude(state=State.DISCARDED)
    known = table.Known(
        law=law,
        issuer=run.body.name,
        columns=set(Column.objects.filter(body=run.body).values_list("name", flat=True)),
        numbers=set(numbers.exclude(pk__in=taken).values_list("document_number", flat=True)),
        files=set(run.files.filter(is_table=False).values_list("name", flat=True)),
        today=today,
    )
    rows = table.read(archive.open_bytes(run.files.get(is_table=True).file), known)
    return [_judged_as_public(row, run, known) if run.is_public else row for row in rows]


@transaction.atomic
def start(run: ImportRun, *, by: User, at: datetime) -> None:
    """Begin, or carry on what was broken off; the work is done by a worker."""
    if not roles.may(by, TAKE_IN, run.body, at=at):
        raise Refused("批量导入由政务公开办公室办理，请联系本单位公开办。")
    if run.kind != ImportKind.TABLE or run.finished_at is not None:
        raise Refused("这次导入已经完成，不需要再办理。要导入其他文件，请重新上传登记表。")
    ImportRun.objects.filter(pk=run.pk).update(started_at=run.started_at or at, touched_at=at)
    call(run)


def call(run: ImportRun) -> None:
    """Ask a worker to go on with a run. Without a worker the page offers the button again after a while."""

    def send() -> None:
        queue.send_task(TASK, args=(run.pk,), retry=False, ignore_result=True)

    transaction.on_commit(send, robust=True)


@transaction.atomic
def carry_on(run: ImportRun, *, at: datetime) -> bool:
    """Do the next slice of a run that was started; returns whether rows are left."""
    held = ImportRun.objects.select_for_update(of=("self",)).select_related("body", "made_by").get(pk=run.pk)
    if held.started_at is None or held.finished_at is not None:
        return False
    rows = look(held, at=at)[held.position :]
    for row in rows[:AT_A_TIME]:
        fate = _settle(held, row, at=at)
        held.position += 1
        setattr(held, fate.value, getattr(held, fate.value) + 1)
    held.touched_at = at
    held.finished_at = at if len(rows) <= AT_A_TIME else None
    held.save()
    return held.finished_at is None


def _settle(run: ImportRun, row: Row, *, at: datetime) -> Fate:
    kept = ImportRow.objects.filter(body=run.body, kind=run.kind, key=row.key).first()
    kept = kept or ImportRow(body=run.body, kind=run.kind, key=row.key)
    digest = hashlib.sha256(repr((row.title, row.text, row.particulars, row.files)).encode()).hexdigest()
    kept.run, kept.number, kept.said = run, row.number, ""
    if row.problems:
        kept.fate, kept.said = Fate.REFUSED, "；".join(row.problems)[:499] + "。"
    elif kept.document is not None:
        same = kept.digest == digest
        kept.fate = Fate.SAME if same else Fate.REFUSED
        kept.said = "" if same else f"以前已经导入（索引号 {kept.document.number}），表中内容有变化，请在该文件中修改。"
    else:
        _take(kept, run, row, at=at)
    kept.digest = kept.digest if kept.fate == Fate.REFUSED and kept.digest else digest
    kept.save()
    return Fate(kept.fate)


def _take(kept: ImportRow, run: ImportRun, row: Row, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            kept.document, kept.fate = _document(run, row, at=at), Fate.TAKEN
    except Refusal as refusal:
        kept.document, kept.fate, kept.said = None, Fate.REFUSED, str(refusal)[:500]


def _document(run: ImportRun, row: Row, *, at: datetime) -> Document:
    """The document of a row: public at once where it was public before, otherwise a draft on its way through the review."""
    if row.particulars is None or row.text is None or run.made_by is None:
        raise Refused("这一行的内容不完整，请改正后重新导入。")
    columns = tuple(Column.objects.filter(body=run.body, name__in=row.columns))
    said = replace(row.particulars, columns=columns)
    files = list(run.files.filter(name__in=row.files).select_related("file"))
    if run.is_public:
        for one in files:
            _judge_file(one)
        arrival = Arrival(
            text=row.text,
            particulars=replace(said, source=said.source or run.lawful_origin),
            files=tuple((one.file, one.name.rpartition(".")[0]) for one in files),
        )
        office = office_of(run.body)
        return workflow.take_in(run.body, department=office, arrivals=[arrival], run=run, by=run.made_by, at=at)[0]
    uploads = [Upload(one.name, archive.open_bytes(one.file)) for one in files]
    return workflow.draft(
        run.body,
        department=office_of(run.body),
        text=row.text,
        particulars=said,
        uploads=uploads,
        by=run.made_by,
        at=at,
    )


def _judged_as_public(row: Row, run: ImportRun, known: table.Known) -> Row:
    """What goes out at once must be open, and must not hold what nobody may read."""
    if row.particulars is None or row.text is None:
        return row
    problems = []
    if not attribute.goes_out(known.law.attributes[row.particulars.attribute or ""].core):
        problems.append("“公开属性”不是主动公开，不能作为已经公开过的文件收录，请作为草稿另行导入")
    if found := _never_out(Piece("", said) for said in _said(row.text, row.particulars)):
        problems.append(f"“正文”等栏中有{found}，请作为草稿导入，经审查处理后再公开")
    return Row(row.number, row.key, row.title, tuple(problems)) if problems else row


def _said(text: Text, particulars: Particulars) -> tuple[str, ...]:
    """All the words of a row that the public would read."""
    names = (*particulars.keywords, particulars.topic, particulars.issuer, particulars.source)
    return (text.title, text.summary, text.text, "\n".join(names))


def _never_out(pieces: Iterable[Piece]) -> str:
    """The kinds of thing nobody may read that surely are in these pieces, in words; empty where there are none."""
    return "、".join(sorted({one.kind.label for one in scan(pieces) if one.certain and one.kind in _NEVER}))


def _judge_file(one: ImportFile) -> None:
    """Refuse an attachment that says what nobody may read, or that cannot be opened. Raises Refused."""
    data = archive.open_bytes(one.file)
    if found := _never_out(extracting.extract(archive.Kind(one.file.kind), data).pieces):
        raise Refused(f"附件“{one.name}”中有{found}，请作为草稿导入，经审查处理后再公开。")


def _judge_names(uploads: Sequence[Upload]) -> None:
    names = [archive.clean_name(one.name) for one in uploads]
    for name in names:
        if names.count(name) > 1:
            raise Refused(f"文件“{name}”上传了两次。同名的文件只能上传一个，请改名后重新上传。")


def _keep(run: ImportRun, upload: Upload, *, is_table: bool, by: User, at: datetime) -> None:
    kind = archive.sniff(upload.name, upload.data)
    name = archive.clean_name(upload.name)
    stored = archive.store(upload.name, upload.data, body=run.body, kind=kind, by=by, at=at)
    ImportFile.objects.create(run=run, file=stored, name=name, is_table=is_table)


def _digest(sheet: Upload, attachments: Sequence[Upload], lawful_origin: str) -> str:
    found = hashlib.sha256(lawful_origin.encode())
    for one in (sheet, *attachments):
        found.update(one.name.encode() + hashlib.sha256(one.data).digest())
    return found.hexdigest()
