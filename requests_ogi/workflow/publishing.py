"""Publication of an answer (条例第四十四条): proposed in words that name nobody, checked by a second person, withdrawn if need be."""

from datetime import datetime

from django.db import transaction

from portal.ledger.words import Words
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from .. import finding
from ..models import InformationRequest, PublishedAnswer
from ..rules import Refused
from ..rules.privacy import SHORTEST_TAIL, Found, Secret, may_check, may_publish, scan
from ..told import fingerprint_of
from .steps import STEPS

FIELDS = {"title": "标题", "question": "问题", "answer": "答复要点"}


def prefilled(case: InformationRequest) -> dict[str, str]:
    """A first wording: the title, the description, and what the letter decides, without its opening and addressee."""
    answer = getattr(case, "answer", None)
    blocks = answer.letter.content.blocks[1:] if answer else ()
    paragraphs = [text for block in blocks for text in (block.get("items") or [block.get("text", "")]) if text]
    return {"title": case.title, "question": case.description or case.title, "answer": "\n".join(paragraphs)}


def findings(case: InformationRequest, texts: dict[str, str]) -> list[Found]:
    """What in the texts (by the names of FIELDS) says who asked or who else is concerned."""
    return scan({FIELDS[name]: text for name, text in texts.items()}, _secrets(case))


@transaction.atomic
def propose_publication(
    case: InformationRequest, *, title: str, question: str, answer: str, by: User, at: datetime
) -> PublishedAnswer:
    """Put up a wording of question and answer for publication; a proposal that nobody checked yet is replaced.

    Raises Refused when the text says who somebody is, naming what was found and where.
    """
    judge(STEPS, "propose_publication", case, by=by, at=at)
    if case.answered_on is None:
        raise Refused("本件没有答复（申请人已撤回），没有可以公开的内容。")
    known = PublishedAnswer.objects.filter(request=case).first()
    if known is not None and known.checked_at is not None:
        raise Refused("本件的答复已经公开过，不能重复提出。内容需要更正的，请撤下后由本机关主动公开更正后的信息。")
    texts = {"title": title, "question": question, "answer": answer}
    may_publish(findings(case, texts))
    with taking(STEPS, "propose_publication", case, by=by, at=at) as told:
        settled = case.answer
        facts = texts | {
            "outcome": settled.outcome,
            "article": settled.article,
            "proposed_by": by,
            "proposed_at": at,
        }
        if known is None:
            row = PublishedAnswer.objects.create(request=case, body=case.body, number=_number(case, at=at), **facts)
        else:
            PublishedAnswer.objects.filter(pk=known.pk).update(**facts)
            known.refresh_from_db()
            row = known
        told |= {"publication": row.number, "digest": fingerprint_of(row)}
    return row


@transaction.atomic
def check_privacy(case: InformationRequest, *, by: User, at: datetime) -> PublishedAnswer:
    """A second person has read the text: from now on everybody may read it. The text is searched once more."""
    judge(STEPS, "check_privacy", case, by=by, at=at)
    row = PublishedAnswer.objects.filter(request=case, checked_at__isnull=True).first()
    if row is None:
        raise Refused("本件没有待核对的公开文稿，请先由政务公开办公室提出。")
    authors = {person for draft in case.drafts.all() for person in draft.authors}
    may_check(checker=by.pk, proposer=row.proposed_by_id, authors=authors)
    may_publish(findings(case, {name: getattr(row, name) for name in FIELDS}))
    with taking(STEPS, "check_privacy", case, by=by, at=at) as told:
        row.checked_by, row.checked_at, row.published_on = by, at, local_date(at)
        row.save(update_fields=("checked_by", "checked_at", "published_on"))
        finding.put(row)
        told |= {"publication": row.number, "published_on": row.published_on.isoformat()}
    return row


@transaction.atomic
def withdraw_publication(case: InformationRequest, *, why: str, by: User, at: datetime) -> PublishedAnswer:
    """Take a published answer down for good; its address says that it was withdrawn."""
    judge(STEPS, "withdraw_publication", case, by=by, at=at)
    if not why.strip():
        raise Refused("请写明撤下的理由。")
    row = PublishedAnswer.objects.public().filter(request=case).first()
    if row is None:
        raise Refused("本件没有正在公开的答复，不需要撤下。")
    with taking(STEPS, "withdraw_publication", case, by=by, at=at) as told:
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_why = by, at, why.strip()
        row.save(update_fields=("withdrawn_by", "withdrawn_at", "withdrawn_why"))
        finding.drop(row)
        told |= {"publication": row.number, "why": Words(row.withdrawn_why)}
    return row


def _number(case: InformationRequest, *, at: datetime) -> str:
    year = local_date(at).year
    serial = Series.issue(body=case.body, year=year, code="published_answer")
    return f"{case.body.code.upper()}-WD-{year}-{serial:04d}"


def _secrets(case: InformationRequest) -> list[Secret]:
    """Who asked, who acted for them, and who else was asked about the information."""
    person = case.applicant
    address = person.address or ""
    known = [
        Secret("申请人姓名（名称）", person.name),
        Secret("申请人证件号码", person.identity_number),
        Secret("法定代表人或者负责人姓名", person.representative or ""),
        Secret("申请人联系电话", person.phone),
        Secret("申请人电子邮箱", person.email or ""),
        Secret("申请人通信地址", address),
        Secret("代理人姓名", person.agent_name or ""),
        Secret("代理人证件号码", person.agent_identity_number or ""),
        Secret("代理人联系电话", person.agent_phone or ""),
        Secret("申请编号", case.number),
    ]
    tail = address[-SHORTEST_TAIL * 2 :]
    if len(tail) >= SHORTEST_TAIL:
        known.append(Secret("申请人通信地址", tail))
    parties = [asked for asked in case.consultations.all() if asked.kind == "third_party"]
    known += [Secret("第三方名称", asked.party) for asked in parties]
    known += [Secret("第三方联系方式", asked.contact) for asked in parties if asked.contact]
    return known
