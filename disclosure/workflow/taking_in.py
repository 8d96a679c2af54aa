"""Taking in what was public before: without a review of this body, with its lawful origin instead (条例第十条)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.archive.models import StoredFile
from portal.ledger import service as ledger
from portal.moment import local_date
from portal.organisation import people, roles
from portal.organisation.models import Body, Department
from portal.regulations import library
from portal.workflow.engine import NotAllowed, fit_to_keep, judge, taking

from .. import finding
from ..models import Card, Document, DocumentFile, ImportRun, Version
from ..rules import Refused
from ..told import vouch, vouch_each
from ..vocabulary import Openness, State, Validity
from .common import newest, next_number
from .drafting import Particulars, Text, facts_of, index_number
from .reading_versions import make_reading_versions
from .steps import STEPS

RENEWED = "来源更新"


@dataclass(frozen=True)
class Arrival:
    """A document that is public elsewhere. `published_at`: since when; None where the source does not say, which means now.
    `files` are its attachments with the titles people read.
    """

    text: Text
    particulars: Particulars
    published_at: datetime | None = None
    validity: Validity = Validity.IN_FORCE
    files: tuple[tuple[StoredFile, str], ...] = ()


@transaction.atomic
def take_in(
    body: Body, *, department: Department, arrivals: Sequence[Arrival], run: ImportRun, by: people.Actor, at: datetime
) -> list[Document]:
    """Make documents public that are public already, many at once. Each names its source; nobody here signs them."""
    user = people.user_of(by)
    if user is not None and not roles.may(user, STEPS.act(STEPS["take_in"]), body, at=at):
        raise NotAllowed("您的岗位不能收录已经公开的文件。请由政务公开办公室办理。")
    if any(not arrival.particulars.source.strip() for arrival in arrivals):
        raise Refused("收录已经公开过的文件，应当写明来源。请在来源一栏写明公开该文件的机关或者网站。")
    opened = [_opened(arrival, body, department, run, at=at) for arrival in arrivals]
    documents = Document.objects.bulk_create(opened)
    versions = Version.objects.bulk_create(
        [_version(document, arrival.text, 1, at=at) for document, arrival in zip(documents, arrivals, strict=True)]
    )
    for document, arrival, version in zip(documents, arrivals, versions, strict=True):
        document.state, document.public = State.PUBLISHED, version
        document.published_at = arrival.published_at or at
    Document.objects.bulk_update(documents, ("state", "public", "published_at"))
    _file_in_columns(documents, versions, arrivals)
    _attach(versions, arrivals)
    for document in documents:
        finding.put(document)
    rows = vouch_each("take_in", documents, Document, Version, DocumentFile)
    deeds = [
        ledger.Deed(verb="take_in", subject=document, by=by, at=at, told=_told(arrival, run) | rows[document.pk])
        for document, arrival in zip(documents, arrivals, strict=True)
    ]
    with fit_to_keep():
        ledger.record_many(deeds)
    return documents


@transaction.atomic
def renew(document: Document, *, text: Text, run: ImportRun, by: people.Actor, at: datetime) -> Version:
    """Put the source's new text before the public; the old one stays as a version."""
    judge(STEPS, "renew", document, by=by, at=at)
    former = newest(document)
    if former.authors or document.public_id != former.pk:
        raise Refused("本件收录后已经在本站修改过，来源的新文本没有覆盖它。请核对来源后，在该文件中办理“修订”。")
    version = _version(document, replace(text, change_note=RENEWED), next_number(document), at=at)
    version.save(force_insert=True)
    version.columns.set(former.columns.all())
    with taking(STEPS, "renew", document, by=by, at=at, facts={"public": version, "import_run": run}) as told:
        finding.put(document)
        told |= {"version": version.number, "run": run.pk}
        vouch(told, "renew", document, version)
    return version


def _opened(arrival: Arrival, body: Body, department: Department, run: ImportRun, *, at: datetime) -> Document:
    today = local_date(at)
    profile = library.profile(body.profile, today)
    outright = next(one.code for one in profile.attributes.values() if one.core == Openness.OPEN)
    facts = facts_of(replace(arrival.particulars, attribute=outright), profile.code, today=today)
    return Document(
        number=index_number(body, department, today),
        body=body,
        department=department,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        import_run=run,
        validity=arrival.validity,
        **facts,
    )


def _version(document: Document, text: Text, number: int, *, at: datetime) -> Version:
    return Version(
        document=document,
        number=number,
        title=text.title.strip(),
        summary=text.summary.strip(),
        html=text.html,
        text=text.text,
        change_note=text.change_note,
        made_at=at,
        authors=[],
        published_at=at,
        card=Card.of(document).as_json(),
    )


def _file_in_columns(documents: Sequence[Document], versions: Sequence[Version], arrivals: Sequence[Arrival]) -> None:
    shown: Any = Document.columns.through
    chosen: Any = Version.columns.through
    filed = [
        (document.pk, version.pk, column.pk)
        for document, version, arrival in zip(documents, versions, arrivals, strict=True)
        for column in arrival.particulars.columns
    ]
    shown.objects.bulk_create(shown(document_id=document, column_id=column) for document, _, column in filed)
    chosen.objects.bulk_create(chosen(version_id=version, column_id=column) for _, version, column in filed)


def _attach(versions: Sequence[Version], arrivals: Sequence[Arrival]) -> None:
    for version, arrival in zip(versions, arrivals, strict=True):
        for order, (file, title) in enumerate(arrival.files, 1):
            DocumentFile.objects.create(version=version, file=file, title=title, order=order)
        if arrival.files:
            make_reading_versions(version)


def _told(arrival: Arrival, run: ImportRun) -> dict[str, Any]:
    return {
        "title": arrival.text.title,
        "source": arrival.particulars.source,
        "run": run.pk,
        "validity": arrival.validity.value,
    }
