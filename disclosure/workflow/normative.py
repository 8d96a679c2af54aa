"""Normative documents on their way out: identified by the questionnaire, their legality reviewed, and only then numbered."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import transaction

from portal.archive import service as archive
from portal.archive.models import StoredFile
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation.models import User
from portal.regulations.publishing import Question
from portal.regulations.registry import applies, carries
from portal.workflow.engine import judge, taking

from ..models import Document, Identification, LegalityReview, Pairing, Version
from ..rules import Refused, normative
from ..rules.attribute import goes_out
from ..told import FOUND, vouch
from ..vocabulary import Content, Genre, Verdict
from .common import law_of, newest
from .drafting import Upload
from .inviting import LEGALITY
from .steps import STEPS

SERIES = "document"
_OWN = (Content.OWN, Content.GOVERNMENT)
UNNUMBERED = (Genre.LAW, Genre.INTERPRETATION, Genre.INFORMATION)


def standard_of(document: Document) -> tuple[Question, ...]:
    """The questions of the standard by which the document is judged, in their order."""
    return normative.ordered(law_of(document).questions.values())


def identification_of(version: Version) -> Identification | None:
    """The last word on whether this version is a normative document."""
    return Identification.objects.standing().filter(version=version).first()


def is_normative(version: Version) -> bool:
    """Whether this version has been identified as a normative document."""
    found = identification_of(version)
    return found is not None and found.is_normative


# --- acts -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def identify(document: Document, *, answers: Mapping[str, str], by: User, at: datetime) -> Identification:
    """Answer the questionnaire for the newest text. An earlier finding on the same text stays on record, replaced."""
    judge(STEPS, "identify", document, by=by, at=at)
    standard, version = standard_of(document), newest(document)
    _judge_public(document, version)
    given = {one.code: answers[one.code] for one in standard if not one.taken_from and answers.get(one.code)}
    given |= {one.code: str(getattr(document, one.taken_from)) for one in standard if one.taken_from}
    finding = normative.judge(given, standard)
    with taking(STEPS, "identify", document, by=by, at=at) as told:
        told |= {"version": version.number, "finding": finding_words(finding.is_normative)}
        former = identification_of(version)
        version.identifications.standing().update(replaced_at=at)
        made = Identification.objects.create(
            version=version,
            answers=given,
            is_normative=finding.is_normative,
            reasons=list(finding.because),
            advice=finding.advice,
            made_by=by,
            made_at=at,
        )
        vouch(told, "identify", made)
        vouch(told, "identify", former, without=FOUND)
    return made


def _judge_public(document: Document, version: Version) -> None:
    """What is in the register leaves it by a new text through the whole chain, never by one person's second answer."""
    if document.public_id == version.pk and version.identifications.confirmed().exists():
        raise Refused("公开的文本已经认定并且复核，不能直接重新认定。认定有误的，请办理“修订”，对新的文本重新认定。")


@transaction.atomic
def confirm_identification(document: Document, *, by: User, at: datetime) -> Identification:
    """Somebody else agrees with the finding on the newest text."""
    judge(STEPS, "confirm_identification", document, by=by, at=at)
    found = identification_of(newest(document))
    if found is None:
        raise Refused("本件现在的文本还没有认定，请先办理“规范性文件认定”。")
    if found.confirmed_at is not None:
        raise Refused("本件的认定结论已经复核，不需要重复办理。")
    if found.made_by_id == by.pk:
        raise Refused("认定结论应当由其他人员复核，不能由认定人本人复核。")
    with taking(STEPS, "confirm_identification", document, by=by, at=at) as told:
        told |= {"finding": finding_words(found.is_normative)}
        found.confirmed_by, found.confirmed_at = by, at
        found.save(update_fields=("confirmed_by", "confirmed_at"))
        vouch(told, "confirm_identification", found)
    return found


@transaction.atomic
def record_legality(
    document: Document,
    *,
    organ: str,
    passed: bool,
    opinion: str,
    reviewed_on: date,
    upload: Upload | None = None,
    by: User,
    at: datetime,
) -> LegalityReview:
    """Write down what the legal organ said of the newest text; a later text needs a review of its own."""
    judge(STEPS, "record_legality", document, by=by, at=at)
    if not organ.strip() or not opinion.strip():
        raise Refused("请填写审核机构和审核意见。")
    version = newest(document)
    normative.may_record_legality(recorder=by.pk, authors=version.authors)
    if not local_date(version.made_at) <= reviewed_on <= local_date(at):
        raise Refused("审核日期应当在本稿形成之后、今天以前。正文修改后，应当对修改后的文本重新审核。")
    file = _kept(upload, document, by=by, at=at) if upload is not None else None
    with taking(STEPS, "record_legality", document, by=by, at=at) as told:
        told |= {"organ": organ.strip(), "verdict": "通过" if passed else "未通过", "version": version.number}
        made = LegalityReview.objects.create(
            version=version,
            organ=organ.strip(),
            passed=passed,
            opinion=opinion.strip(),
            reviewed_on=reviewed_on,
            file=file,
            recorded_by=by,
            recorded_at=at,
        )
        vouch(told, "record_legality", made)
    return made


@transaction.atomic
def number_document(document: Document, *, by: User, at: datetime) -> Document:
    """Give the document the next number of its body's series. Nothing is numbered before its legality review."""
    judge(STEPS, "number_document", document, by=by, at=at)
    if document.document_number:
        raise Refused(f"本件已有发文字号（{document.document_number}），不能重复编号。")
    if document.genre in UNNUMBERED:
        raise Refused(f"“{document.get_genre_display()}”不编发文字号。")
    if left := list(_legality_owed(document, newest(document))):
        raise Refused(f"本件{left[0]}，不予编号。")
    with taking(STEPS, "number_document", document, by=by, at=at) as told:
        told |= {"document_number": _assign(document, at=at)}
        vouch(told, "number_document", document)
    return document


def number_on_signing(document: Document, *, at: datetime) -> bool:
    """A policy or a major decision that its drafter left without a number gets one with the signature; returns whether this
    one did. Gates came before.
    """
    named = document.is_policy or document.is_major_decision
    owed = named and not document.document_number and document.content in _OWN and document.genre not in UNNUMBERED
    if owed:
        _assign(document, at=at)
    return owed


def finding_words(yes: bool) -> str:
    """A finding as people say it."""
    return "属于行政规范性文件" if yes else "不属于行政规范性文件"


def _assign(document: Document, *, at: datetime) -> str:
    """Take the next number nobody wrote on a paper by hand. The matter's row is locked by the step that calls."""
    year, body = local_date(at).year, document.body
    while True:
        number = f"{body.document_stem}〔{year}〕{Series.issue(body=body, year=year, code=SERIES)}号"
        if not Document.objects.filter(body=body, document_number=number).exists():
            break
    Document.objects.filter(pk=document.pk).update(document_number=number)
    document.document_number = number
    return number


def _kept(upload: Upload, document: Document, *, by: User, at: datetime) -> StoredFile:
    kind = archive.sniff(upload.name, upload.data)
    return archive.store(
        upload.name, upload.data, body=document.body, kind=kind, by=by, at=at, purpose="合法性审核意见"
    )


# --- gates ------------------------------------------------------------------------------------------------------------


def identified(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """The body's own policy papers have been put to the questionnaire, in the wording that is sent up."""
    if document.is_policy and document.content in _OWN and identification_of(version) is None:
        yield "没有认定是否属于行政规范性文件（正文修改后应当重新认定）"


def identification_confirmed(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Before the signature, somebody else has agreed with the finding."""
    found = identification_of(version)
    if found is not None and found.confirmed_at is None:
        yield "规范性文件认定结论没有复核"


@applies("option normative.column")
@carries("NX-AX-3", "NX-AX-2.1b", "YC-2.6-1a")
def normative_in_its_place(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A normative document is open to everybody; what is not one does not stand in the column of normative documents."""
    found = is_normative(version)
    if found and not goes_out(document.openness):
        yield "行政规范性文件应当主动公开，公开属性需要修改"
    column = law_of(document).option("normative.column")
    if not found and version.columns.filter(code=column).exists():
        yield "规范性文件栏目只收经认定的行政规范性文件，请调整栏目或者先办理认定"


def legality_reviewed(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """Normative documents and major decisions are signed only in a wording whose legality was reviewed."""
    yield from _legality_owed(document, version)


@applies("option interpretation.legality_review")
@carries("LD-A2-6-3")
def _needs_legality(document: Document, version: Version) -> bool:
    if document.is_major_decision or is_normative(version):
        return True
    if document.genre != Genre.INTERPRETATION or law_of(document).option("interpretation.legality_review") is not True:
        return False
    pairings = Pairing.objects.filter(interpretation=document).select_related("policy")
    return any(is_normative(newest(made.policy)) for made in pairings)


def _legality_owed(document: Document, version: Version) -> Iterator[str]:
    needed = _needs_legality(document, version)
    yield from normative.legality_missing(needed=needed, passed=_legality_of(version))


@carries("LD-A2-4-3")
def _legality_of(version: Version) -> bool | None:
    """Whether this wording passed its legality review: the last word, recorded here or said by whoever was invited to look."""
    words = [(one.recorded_at, one.passed) for one in version.legality_reviews.all()]
    invited = version.reviews.filter(invitation__label=LEGALITY)
    words += [(one.at, one.verdict == Verdict.PASSED) for one in invited]
    return max(words)[1] if words else None
