"""Drafting: a document is born with its index number, and every change of its text is a new version (条例第十条)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from portal.archive import service as archive
from portal.letters.models import Series
from portal.moment import chinese_date, local_date
from portal.organisation import roles
from portal.organisation.models import Body, Department, User
from portal.regulations import library
from portal.regulations.publishing import Attribute
from portal.regulations.registry import carries
from portal.regulations.schema import Profile
from portal.search.folding import document_number
from portal.texts.reading import Reading
from portal.workflow.engine import NotAllowed, judge, taking, tell

from ..models import Column, Document, DocumentFile, NegativeItem, Version
from ..rules import Refused, correcting
from ..rules import attribute as attribute_rules
from ..told import vouch
from ..vocabulary import Audience, Content, Genre, Phase, State
from .common import newest, next_number
from .reading_versions import fill, read
from .steps import STEPS
from .timing import drop_publishing

_TITLE = 200
_FIRST_DAY = date(1949, 10, 1)


@dataclass(frozen=True)
class Text:
    """What people read. `html` is clean already (`portal.texts.cleaning`); `text` is the same in plain words."""

    title: str
    html: str
    text: str
    summary: str = ""
    change_note: str = ""


@dataclass(frozen=True)
class Particulars:
    """What is said about a document; the fields mean what the columns of `Document` mean.

    An `attribute` that is None is the default of the body's law; an empty one is not determined yet, and is returned (退文).
    """

    genre: Genre
    phase: Phase
    topic: str
    issuer: str
    formed_on: date
    content: Content = Content.OWN
    keywords: tuple[str, ...] = ()
    joint_makers: tuple[str, ...] = ()
    document_number: str = ""
    source: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    is_policy: bool = False
    is_major_decision: bool = False
    is_enterprise_policy: bool = False
    enterprise_clauses: Mapping[str, str] = field(default_factory=dict)
    for_meeting: bool = False
    media: tuple[str, ...] = ()
    service_class: str = ""
    service_stage: str = ""
    participation: tuple[str, ...] = ()
    participation_note: str = ""
    attribute: str | None = None
    reason: str = ""
    legal_basis: str = ""
    negative_item: NegativeItem | None = None
    statistics: bool = False
    statistics_approval: str = ""
    statistics_due_on: date | None = None
    audience: Audience = Audience.PUBLIC
    forwards: Document | None = None
    columns: tuple[Column, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Upload:
    """A file as it arrived, with the name the public reads; `openness` where it is another than the document's."""

    name: str
    data: bytes
    title: str = ""
    openness: str = ""


@dataclass(frozen=True)
class Arrived:
    """A file that can be read, about to be kept."""

    upload: Upload
    kind: archive.Kind
    title: str
    reading: Reading


@transaction.atomic
def draft(
    body: Body,
    *,
    department: Department,
    text: Text,
    particulars: Particulars,
    uploads: Sequence[Upload] = (),
    by: User,
    at: datetime,
) -> Document:
    """Open a document. Its index number is given now and never changes."""
    if not roles.reach(by, STEPS.act(STEPS["draft"]), at=at).covers(body.pk, department.pk):
        raise NotAllowed("您的岗位不能在这个机构起草文件。请由有此职责的同志办理。")
    today = local_date(at)
    profile = library.profile(body.profile, today)
    _judge(text, particulars, today=today)
    _judge_number(particulars.document_number, body)
    arrived = [_arrived(upload) for upload in uploads]
    document = Document(
        number=index_number(body, department, today),
        body=body,
        department=department,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        **facts_of(particulars, profile.code, today=today),
    )
    document.save(force_insert=True)
    version = write_version(document, text, columns=particulars.columns, authors=[by.pk], files=arrived, by=by, at=at)
    told = {"title": text.title, "genre": Genre(particulars.genre).value}
    vouch(told, "draft", document, version, *version.files.all())
    tell("draft", document, by=by, at=at, told=told)
    return document


@transaction.atomic
def revise(
    document: Document,
    *,
    text: Text,
    particulars: Particulars,
    uploads: Sequence[Upload] = (),
    keep: Sequence[int] | None = None,
    by: User,
    at: datetime,
) -> Version:
    """Save a new version. `keep` are the primary keys of the files that stay (None: all); `uploads` come after them."""
    judge(STEPS, "revise", document, by=by, at=at)
    today = local_date(at)
    facts = facts_of(particulars, document.profile, today=today)
    if document.public_id is not None:
        correcting.may_change_reach(
            openness=str(facts["openness"]), same_audience=particulars.audience == document.audience
        )
    _judge(text, particulars, today=today)
    _judge_number(particulars.document_number, document.body, but=document)
    arrived = [_arrived(upload) for upload in uploads]
    former = newest(document)
    kept = [one for one in former.files.order_by("order") if keep is None or one.pk in keep]
    with taking(STEPS, "revise", document, by=by, at=at, facts=facts) as told:
        authors, files = sorted({*former.authors, by.pk}), [*kept, *arrived]
        version = write_version(document, text, columns=particulars.columns, authors=authors, files=files, by=by, at=at)
        told |= {"version": version.number}
        vouch(told, "revise", document, version, *version.files.all())
    return version


@transaction.atomic
def discard(document: Document, *, by: User, at: datetime) -> Document:
    """Give up a draft that never was public; what was written stays on record."""
    judge(STEPS, "discard", document, by=by, at=at)
    if document.public_id is not None:
        raise Refused("本件已经公开过，不能作废。不再公开的，请办理“撤下”并说明原因。")
    with taking(STEPS, "discard", document, by=by, at=at):
        drop_publishing(document, at=at)
    return document


def facts_of(particulars: Particulars, profile: str, *, today: date) -> dict[str, object]:
    """The columns of a document that its particulars fill."""
    law = library.profile(profile, today)
    particulars = inherited(particulars, law.attributes)
    attribute = _attribute_of(law, particulars.attribute)
    said = {name: getattr(particulars, name) for name in particulars.__dataclass_fields__ if name != "columns"}
    for name in ("keywords", "joint_makers", "participation", "media"):
        said[name] = list(said[name])
    said["enterprise_clauses"] = dict(particulars.enterprise_clauses)
    return said | {"attribute": attribute.code if attribute else "", "openness": attribute.core if attribute else ""}


def _attribute_of(law: Profile, chosen: str | None) -> Attribute | None:
    """The attribute that was chosen; the body's default where nothing was (NX-03-1)."""
    if chosen is None:
        return attribute_rules.default_of(law.attributes, str(law.option("attribute.default")))
    return law.attributes.get(chosen)


@carries("LD-A4-3-2")
def inherited(particulars: Particulars, attributes: Mapping[str, Attribute]) -> Particulars:
    """A forwarding document takes the attribute of what it forwards, if that has one (LD-A4-3-2); between two bodies, the one
    that comes down to the same.
    """
    forwarded = particulars.forwards
    if forwarded is None or not forwarded.attribute:
        return particulars
    same = [one.code for one in attributes.values() if one.core == forwarded.openness]
    if not same:
        return particulars
    code = forwarded.attribute if forwarded.attribute in same else same[0]
    return replace(
        particulars,
        attribute=code,
        reason=particulars.reason or forwarded.reason,
        legal_basis=particulars.legal_basis or forwarded.legal_basis,
    )


def _judge(text: Text, particulars: Particulars, *, today: date) -> None:
    if not text.title.strip() or not text.text.strip():
        raise Refused("请填写标题和正文。只公开附件的，正文写明附件的名称和内容概述。")
    if particulars.formed_on > today:
        raise Refused("成文日期不能晚于今天，请核对后重新填写。")
    if (particulars.is_enterprise_policy or particulars.for_meeting) and not particulars.is_policy:
        raise Refused("涉企政策文件和提请常务会议审议的政策文件，应当同时勾选“政策性文件”。")
    if particulars.formed_on < _FIRST_DAY:
        raise Refused(f"成文日期早于{chinese_date(_FIRST_DAY)}，年份可能写错了，请核对后重新填写。")
    begun, ended = particulars.effective_on, particulars.expires_on
    if ended and ended < particulars.formed_on:
        raise Refused("有效期截止日期不能早于成文日期，请核对后重新填写。")
    if begun and ended and ended < begun:
        raise Refused("有效期截止日期不能早于施行日期，请核对后重新填写。")


def _judge_number(number: str, body: Body, *, but: Document | None = None) -> None:
    """A 文号 stands on one document of its body, in whatever brackets it is written."""
    key = document_number(number)
    others = Document.objects.filter(body=body).exclude(document_number="").exclude(state=State.DISCARDED)
    others = others.exclude(pk=but.pk) if but is not None else others
    if number and others.filter(document_number=number).exists():
        raise Refused(f"本机关已有发文字号为{number}的文件，请核对后重新填写。")
    alike = others.filter(document_number__contains=key.partition("〔")[2][:4]) if key else others.none()
    for other in alike.values_list("document_number", flat=True):
        if document_number(other) == key:
            raise Refused(f"本机关已有发文字号为{other}的文件，请核对后重新填写。")


def _arrived(upload: Upload) -> Arrived:
    """A file recognised and read, but not kept yet: what is refused leaves nothing behind."""
    kind = archive.sniff(upload.name, upload.data)
    title = upload.title.strip() or archive.clean_name(upload.name).rpartition(".")[0]
    return Arrived(upload, kind, title[:_TITLE], read(title, kind, upload.data))


def write_version(
    document: Document,
    text: Text,
    *,
    columns: Iterable[Column],
    authors: list[int],
    files: Sequence[DocumentFile | Arrived],
    by: User,
    at: datetime,
) -> Version:
    """Write the next version of a document, with files taken over from another one (`DocumentFile`) or just arrived."""
    version = Version.objects.create(
        document=document,
        number=next_number(document),
        title=text.title.strip(),
        summary=text.summary.strip(),
        html=text.html,
        text=text.text,
        change_note=text.change_note.strip(),
        made_by=by,
        made_at=at,
        authors=authors,
    )
    version.columns.set(columns)
    for order, one in enumerate(files, 1):
        made = _taken_over(one) if isinstance(one, DocumentFile) else _kept(one, document.body, by=by, at=at)
        made.version, made.order = version, order
        made.save(force_insert=True)
    return version


def _taken_over(former: DocumentFile) -> DocumentFile:
    """The same file for the next version, with all that was made and typed of it."""
    names = ("file", "title", "openness", "reading_html", "reading_notes", "silent", "transcript")
    return DocumentFile(**{name: getattr(former, name) for name in names})


def _kept(one: Arrived, body: Body, *, by: User, at: datetime) -> DocumentFile:
    stored = archive.store(one.upload.name, one.upload.data, body=body, kind=one.kind, by=by, at=at)
    made = DocumentFile(file=stored, title=one.title, openness=one.upload.openness)
    fill(made, one.reading)
    return made


def index_number(body: Body, department: Department, today: date) -> str:
    """索引号: body, department, year and running number. Whoever takes it makes all others of the body wait."""
    running = Series.issue(body=body, year=today.year, code="index")
    return f"{body.code.upper()}-{department.code.upper()}-{today.year}-{running:05d}"
