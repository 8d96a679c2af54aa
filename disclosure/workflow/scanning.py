"""The search before the eye: a version and its files are searched when it is sent up and again when it goes out (NX-19-1a).

What is found is written down when a document is proposed, or when somebody asks for it; before publication everything is
searched once more, because words are added to the list and rules of searching grow.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from portal.archive import service as archive
from portal.ledger.service import Words
from portal.organisation.models import Body, User
from portal.regulations.registry import carries
from portal.scanning.scanner import Found, fingerprint, fingerprints
from portal.scanning.scanner import scan as search
from portal.texts import extracting
from portal.texts.cleaning import text_of
from portal.texts.pieces import Piece
from portal.workflow.engine import judge, taking

from ..models import Document, DocumentFile, Finding, SensitiveWord, Version
from ..rules import Refused, attribute
from ..rules import scanning as rules
from ..told import vouch
from ..vocabulary import Decision
from .common import newest
from .steps import STEPS

_PLACE = 200
_SAID_BY_TAGS = re.compile(r'(?:alt|href|title)="([^"]+)"')
Looked = tuple[DocumentFile | None, Found]


def scan_version(version: Version, *, at: datetime) -> list[Finding]:
    """Search a version and write down what is new in it; searching again changes nothing. Returns the new findings.

    What was decided of the same thing in an earlier version holds, unless whoever decided it has since become an author.
    """
    known = {(row.file_id, row.fingerprint) for row in version.findings.all()}
    decided = _decided(version)
    fresh: dict[tuple[int | None, str], Finding] = {}
    for file, found in look(version):
        prints = fingerprints(found)
        place = file.pk if file else None
        if any((place, one) in known for one in prints) or (place, prints[0]) in fresh:
            continue
        earlier = next((decided[one] for one in prints if one in decided), None)
        fresh[place, prints[0]] = _finding(version, file, found, earlier, at=at)
    return Finding.objects.bulk_create(list(fresh.values()))


def _decided(version: Version) -> dict[str, Finding]:
    """What was decided in any version of the document by somebody who is no author of this one, the latest of each."""
    rows = Finding.objects.filter(document=version.document_id).exclude(decision="").order_by("decided_at", "pk")
    return {row.fingerprint: row for row in rows if row.decided_by_id not in version.authors}


def _finding(
    version: Version, file: DocumentFile | None, found: Found, earlier: Finding | None, *, at: datetime
) -> Finding:
    made = Finding(
        document=version.document,
        version=version,
        file=file,
        kind=found.kind,
        place=found.place[:_PLACE],
        excerpt=found.excerpt,
        fingerprint=fingerprint(found),
        certain=found.certain,
        found_at=at,
    )
    if earlier is not None:
        made.decision, made.reason = earlier.decision, earlier.reason
        made.decided_by, made.decided_at = earlier.decided_by, earlier.decided_at
    return made


@carries("NX-19-1a", "LD-A1-1a", "LD-A1-9", "YQ-S3-7")
def look(version: Version) -> Iterator[Looked]:
    """Everything in a version that must be looked at: its words, what its links and pictures say, and every file of it."""
    body = version.document.body
    words, known = words_of(body), _own(body)
    pieces = [
        Piece("标题", version.title),
        Piece("内容概述", version.summary),
        Piece("正文", version.text),
        Piece("正文中的链接和图片说明", "\n".join(_SAID_BY_TAGS.findall(version.html))),
        Piece("变更说明", version.change_note),
        Piece("目录信息", "\n".join(_catalogued(version.document))),
    ]
    for found in search(pieces, words=words, known=known):
        yield None, found
    for file in version.files.select_related("file").order_by("order"):
        for found in search(_pieces_of(file), words=words, known=known):
            yield file, found


def judge_said(body: Body, note: str) -> None:
    """Raise Refused if the search comes upon something in a note that the public reads as soon as it is written."""
    rules.judge_said([found.kind for found in search(note, words=words_of(body), known=_own(body))])


def _catalogued(document: Document) -> Iterator[str]:
    """The words of the catalogue fields that somebody wrote freely and the public will read."""
    yield from (document.topic, document.issuer, document.document_number, document.source)
    yield from (*document.keywords, *document.joint_makers)


def _pieces_of(file: DocumentFile) -> tuple[Piece, ...]:
    """All that a file says. One that cannot be examined is itself something a person must look at."""
    title = Piece("附件名称", f"{file.title}\n{file.file.name}")
    typed = Piece("录入的文字", "\n".join((text_of(file.transcript), *_SAID_BY_TAGS.findall(file.transcript))))
    try:
        said = extracting.extract(archive.Kind(file.file.kind), archive.open_bytes(file.file))
    except (extracting.Refused, archive.CannotRead) as refusal:
        return title, typed, Piece("全文", str(refusal), unseen=True, mark=file.file.sha256)
    return title, typed, *said.pieces


def words_of(body: Body) -> list[str]:
    """The sensitive words that texts of a body are searched for."""
    return list(SensitiveWord.objects.in_use().filter(body=body).values_list("word", flat=True))


def _own(body: Body) -> list[str]:
    """What a body makes public about itself."""
    said = (body.phone, body.fax, body.email, body.office_address, body.postal_address)
    return [one for one in said if one]


@transaction.atomic
def scan(document: Document, *, by: User, at: datetime) -> list[Finding]:
    """Search the newest version again and write down what is new; for words that were added after it was sent up."""
    with taking(STEPS, "scan", document, by=by, at=at) as told:
        found = scan_version(newest(document), at=at)
        told |= {"found": len(found)}
        vouch(told, "scan", *found)
    return found


@transaction.atomic
def decide_finding(finding: Finding, *, decision: str, reason: str, by: User, at: datetime) -> Finding:
    """Decide, with a reason, what becomes of something that was found; the same thing elsewhere in the version is decided too.

    May be decided anew until the document is published.
    """
    document, version = finding.document, finding.version
    judge(STEPS, "decide_finding", document, by=by, at=at)
    if version != newest(document):
        raise Refused("这是以前的版本中发现的内容，请在最新的版本中处理。")
    rules.judge_decision(finding.kind, decision, reason, decider=by.pk, authors=version.authors)
    with taking(STEPS, "decide_finding", document, by=by, at=at) as told:
        version.findings.filter(fingerprint=finding.fingerprint).update(
            decision=Decision(decision), reason=reason.strip(), decided_by=by, decided_at=at
        )
        finding.refresh_from_db(fields=("decision", "reason", "decided_by", "decided_at"))
        told |= {
            "finding": finding.pk,
            "kind": finding.get_kind_display(),
            "decision": finding.get_decision_display(),
            "reason": Words(finding.reason),
        }
        vouch(told, "decide_finding", *version.findings.filter(fingerprint=finding.fingerprint))
    return finding


@carries("NX-19-1a", "NX-19-5", "LD-A1-3", "LD-A1-9", "LD-A1-10-0", "YQ-S3-3", "YQ-S3-7")
def findings_decided(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Whatever the search came upon in what goes out has been decided, and what was to be taken out is gone."""
    if not attribute.goes_out(document.openness):
        return
    standing = list(version.findings.standing())
    if undecided := sum(not row.decision for row in standing):
        yield f"发布前检查发现的{undecided}处内容还没有处理"
    if removed := len(standing) - undecided:
        yield f"有{removed}处内容应当删去，请退回起草人修改"


def nothing_new_found(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A last search finds nothing that was not decided: nothing is published on the strength of an older search."""
    cleared = {one for one, row in _decided(version).items() if row.decision in (Decision.HARMLESS, Decision.ALLOWED)}
    recorded = set(version.findings.values_list("fingerprint", flat=True))
    fresh = [found for _, found in look(version) if not (cleared | recorded).intersection(fingerprints(found))]
    if fresh:
        yield f"发布前复查又发现{len(fresh)}处需要处理的内容，请办理“重新检查”，逐项处理后再发布"
