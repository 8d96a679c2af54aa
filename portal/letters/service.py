"""Composing, delivering and voiding letters. Everything happens inside the caller's act; the ledger is told by that act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.archive import service as archive
from portal.archive.models import StoredFile
from portal.moment import local_date
from portal.organisation import people
from portal.organisation.models import Body

from . import paper, service_rules
from .content import Content
from .kinds import LetterKind
from .models import Delivery, Letter, Series
from .paper import Row
from .refusal import LetterRefused
from .service_rules import Manner

__all__ = [
    "Content",
    "LetterRefused",
    "Manner",
    "Row",
    "compose",
    "deliver",
    "forget",
    "receipt_pdf",
    "render_copy",
    "render_preview",
    "service_proof_pdf",
    "take_back",
    "void",
]

FORGOTTEN = "（内容已按档案保管期限销毁）"


@transaction.atomic
def compose(subject: Any, kind: LetterKind, *, content: Content, at: datetime, by: people.Actor) -> Letter:
    """Number, print and store a letter in one matter; it is dated the day of `at` and cannot be changed afterwards.

    `subject` has `.pk`, `.body` and `.number`. The number comes from the kind's series of the body and year, without gaps;
    a kind without a series bears the number of the matter. Raises LetterRefused if the remedy statement does not fit.
    """
    _check_remedy(kind, content)
    body, dated = subject.body, local_date(at)
    serial = Series.issue(body=body, year=dated.year, code=kind.series) if kind.numbered else None
    number = number_of(body, kind, dated.year, serial) if kind.numbered else subject.number
    title = content.title or kind.title
    pdf = paper.letter_pdf(body, title=title, number=number, content=content, dated=dated)
    return Letter.objects.create(
        body=body,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_number=subject.number,
        kind=kind.code,
        title=" ".join(title.split("\n")),
        series=kind.series,
        year=dated.year,
        serial=serial,
        number=number,
        addressee=content.addressee,
        sealed=content.to_json(),
        remedy=content.remedy,
        dated=dated,
        composed_at=at,
        composed_by=people.user_of(by),
        file=archive.store(f"{number}.pdf", pdf, body=body, kind=archive.Kind.PDF, purpose="letter", by=by, at=at),
    )


def number_of(body: Body, kind: LetterKind, year: int, serial: int | None) -> str:
    """A 文号 as GB/T 9704 writes it: 机关代字, year in 〔〕, the number without noughts or 第; blank for a draft."""
    return f"{body.number_stem}{kind.suffix}〔{year}〕{serial or '　'}号"


def render_preview(body: Body, kind: LetterKind, *, content: Content, on: date, number: str = "") -> bytes:
    """The letter as it would look, stamped 草稿. It takes no number; a kind without a series shows `number`."""
    shown = number_of(body, kind, on.year, None) if kind.numbered else number
    return paper.letter_pdf(
        body, title=content.title or kind.title, number=shown, content=content, dated=on, mark=paper.DRAFT
    )


def render_copy(letter: Letter, *, addressee: str, without: str = "") -> bytes:
    """A letter for reading inside the house: marked 查阅件, without the seal, and addressed to the name given (masked).

    `without` is left out wherever it stands: a secret that the letter tells its addressee alone.
    """
    sealed = letter.sealed.replace(without, "（略）") if without else letter.sealed
    content = replace(Content.from_json(sealed), addressee=addressee)
    return paper.letter_pdf(
        letter.body, title=letter.title, number=letter.number, content=content, dated=letter.dated, mark=paper.COPY
    )


def _check_remedy(kind: LetterKind, content: Content) -> None:
    if kind.needs_remedy and content.remedy == "R0":
        raise LetterRefused(f"《{kind.title}》应当告知救济途径和期限。请先确定办理结果对应的救济告知，再制发文书。")
    if not kind.needs_remedy and content.remedy != "R0":
        raise LetterRefused(f"《{kind.title}》属于程序性告知，不应附救济告知。请删除后再制发文书。")


@transaction.atomic
def deliver(
    letter: Letter,
    *,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    proof_file: StoredFile | None = None,
    by: people.Actor,
    at: datetime,
) -> Delivery:
    """Record that a letter was sent, and settle the day that counts (LET235-4).

    Raises LetterRefused if the letter is void or already served, or if the service cannot be true or proved.
    """
    letter = _held(letter)
    if letter.voided_at is not None:
        raise LetterRefused(f"文书{letter.number}已经作废，不能送达。请送达重新制发的文书。")
    if letter.deliveries.effective().exists():
        raise LetterRefused(f"文书{letter.number}已经登记送达。如果邮件被退回，请先登记退回情况，再重新送达。")
    service_rules.check_service(
        manner,
        dated=letter.dated,
        sent_on=sent_on,
        served_on=served_on,
        proof_number=proof_number,
        today=local_date(at),
    )
    return Delivery.objects.create(
        letter=letter,
        manner=manner,
        sent_on=sent_on,
        served_on=served_on,
        counts_on=service_rules.counts_on(manner, sent_on, served_on),
        proof_number=proof_number,
        proof_file=proof_file,
        recorded_at=at,
        recorded_by=people.user_of(by),
    )


def _held(letter: Letter) -> Letter:
    """The letter, locked until the transaction ends: two people neither serve it twice nor void what is being served."""
    return Letter.objects.select_for_update().get(pk=letter.pk)


def take_back(delivery: Delivery, *, returned_on: date, reason: str, at: datetime) -> None:
    """Record that a sending came back (退件): it no longer counts, and the letter may be sent again."""
    if not reason.strip():
        raise LetterRefused("请填写退回原因（例如：收件地址不详、拒收）。")
    if not delivery.sent_on <= returned_on <= local_date(at):
        raise LetterRefused("退回日期应当在发出日期和今天之间。请核对后重新填写。")
    effective = Delivery.objects.effective().filter(pk=delivery.pk)
    if not effective.update(returned_on=returned_on, returned_why=reason.strip()):
        raise LetterRefused("这次送达已经登记为退回，不需要重复登记。")
    delivery.refresh_from_db()


@transaction.atomic
def void(letter: Letter, *, reason: str, at: datetime) -> None:
    """Void a letter that was composed wrongly. Its number stays used. A letter already served cannot be voided here."""
    if not reason.strip():
        raise LetterRefused("请填写作废原因。")
    _held(letter)
    if Delivery.objects.effective().filter(letter=letter).exists():
        raise LetterRefused(f"文书{letter.number}已经送达，不能作废。确有错误的，请制发更正文书。")
    if not Letter.objects.standing().filter(pk=letter.pk).update(voided_at=at, voided_why=reason.strip()):
        raise LetterRefused(f"文书{letter.number}已经作废，不需要重复办理。")
    letter.refresh_from_db()


@transaction.atomic
def forget(subject: Any, *, at: datetime) -> int:
    """Forget what the letters in one matter say and to whom, with their papers and proofs of service, for good.

    Kind, number, date, remedy and service stay. Returns how many letters were not forgotten before.
    """
    found = Letter.objects.about(subject).filter(forgotten_at__isnull=True)
    proofs = Delivery.objects.filter(letter__in=found, proof_file__isnull=False).select_related("proof_file")
    papers = [letter.file for letter in found.select_related("file")]
    papers += [one.proof_file for one in proofs if one.proof_file is not None]
    archive.forget(papers, at=at)
    nothing = Content(addressee=FORGOTTEN, blocks=()).to_json()
    return found.update(addressee=FORGOTTEN, sealed=nothing, forgotten_at=at)


def receipt_pdf(body: Body, *, title: str, number: str, rows: Sequence[Row], notes: Sequence[str], on: date) -> bytes:
    """A receipt of registration (登记回执) that bears the number of its matter. It is printed on demand and not stored,
    because it shows the secret code, which is nowhere kept in the clear."""
    return paper.form_pdf(
        body, title=title, number=f"回执号：{number}", rows=rows, notes_heading="说明：", notes=notes, dated=on
    )


def service_proof_pdf(letter: Letter, *, on: date) -> bytes:
    """An empty proof of service (送达回证) for a letter, to be signed on delivery and kept."""
    rows = (
        Row("送达文书", f"《{letter.title}》"),
        Row("文书文号", letter.number),
        Row("受送达人", letter.addressee),
        Row("送达地点", lines=2),
        Row("送达方式", "□直接送达　□委托其他机关送达　□邮寄送达"),
        Row("受送达人签名或者盖章", lines=3),
        Row("收到日期", "　　　　年　　　月　　　日　　　时"),
        Row("代收人签名及代收理由", lines=3),
        Row("送达人签名", lines=2),
        Row("备注", lines=2),
    )
    number = f"事项编号：{letter.subject_number}"
    return paper.form_pdf(letter.body, title="送达回证", number=number, rows=rows, dated=on, signed=False)
