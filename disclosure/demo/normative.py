"""Normative documents of the demonstration: one that took another's place, a clean-up, and one about to get its number."""

from datetime import datetime, timedelta

from .. import workflow
from ..models import Document
from ..vocabulary import Conclusion
from ..workflow import clearing
from .office import Life, Office, of_a_normative_document


def normative(office: Office) -> Life:
    """A provisional document; then the one that replaces it, explained, looked at by the legal section, in force for five years."""
    yield (at := office.ago(72, 9))
    former = _drafted(office, "former", at, number=2)
    material = office.draft("former_explained", at)
    office.explain(former, material, at)
    yield from _made_public(office, former, material, 72)
    yield (at := office.ago(44, 9))
    ends = at.date().replace(year=at.year + 5, day=1) - timedelta(days=1)
    paper = _drafted(office, "normative", at, number=3, effective_on=at.date(), expires_on=ends)
    explained = office.draft("explained", at)
    office.explain(paper, explained, at)
    yield from _made_public(office, paper, explained, 44)
    yield (at := office.ago(41, 16))
    note = "新办法施行，暂行办法同时废止。"
    clearing.repeal(former, basis=paper, successor=paper, since=at.date(), note=note, by=office.office, at=at)


def clean_up(office: Office) -> Life:
    """All normative documents that hold, looked through one by one; the result is before the public."""
    yield (at := office.ago(22, 10))
    found = clearing.begin(office.body, year=at.year, by=office.office, at=at)
    yield (at := office.ago(20, 10))
    for document in clearing.to_clean(found):
        note = "内容符合现行规定，继续施行。"
        clearing.conclude(found, document=document, conclusion=Conclusion.KEEP, note=note, by=office.office, at=at)
    yield (at := office.ago(18, 10))
    clearing.announce(found, decision=None, by=office.people["openness_director"], at=at)


def numbered(office: Office) -> Life:
    """In review: the legal section has agreed, and the document has its number."""
    yield (at := office.ago(6, 9))
    paper = _drafted(office, "numbering", at, number=None)
    material = office.draft("pledge_explained", at)
    office.explain(paper, material, at)
    office.identify(paper, answers=of_a_normative_document(paper), at=at)
    yield (at := office.ago(4, 10))
    _found_lawful(office, paper, at)
    office.propose(paper, at)
    yield (at := office.ago(2, 15))
    workflow.number_document(paper, by=office.office, at=at)


def _drafted(office: Office, name: str, at: datetime, *, number: int | None, **changes: object) -> Document:
    numbered = f"{office.subject.mark}规〔{at.year}〕{number}号" if number else ""
    return office.draft(name, at, is_policy=True, document_number=numbered, **changes)


def _found_lawful(office: Office, document: Document, at: datetime) -> None:
    opinion = "制定权限、程序和内容符合法律法规规定，没有减损公民、法人和其他组织合法权益或者增加其义务的内容。"
    workflow.record_legality(
        document,
        organ=f"{office.body.short_name}法制机构",
        passed=True,
        opinion=opinion,
        reviewed_on=at.date(),
        by=office.people["department_head"],
        at=at,
    )


def _made_public(office: Office, paper: Document, material: Document, days: int) -> Life:
    """The way of a normative document and its interpretation: identified, found lawful, sent up, signed and published together."""
    office.identify(paper, answers=of_a_normative_document(paper), at=office.ago(days, 9))
    yield (at := office.ago(days - 1, 10))
    for one in (paper, material):
        _found_lawful(office, one, at)
        office.propose(one, at)
        office.review(one, at)
    yield (at := office.ago(days - 2, 10))
    office.sign(material, at)
    office.sign(paper, at)
    yield (at := office.ago(days - 2, 15))
    office.publish_both(paper, material, at)
