"""Values and matters for stories: what a citizen hands in, and requests brought to a given state by their acts."""

from datetime import date, datetime, time
from typing import Any

from portal.moment import SHANGHAI
from portal.organisation.models import Body
from requests_ogi import secrets, workflow
from requests_ogi.filing import Arrival, Filing, Person, Upload, Wanted
from requests_ogi.models import InformationRequest
from requests_ogi.rules.secrecy import RELEASING
from requests_ogi.vocabulary import ApplicantKind, Channel, Form, IdentityDocument, Manner

from .cast import Cast

# A made-up number with a right check digit (district 000000 does not exist).
RESIDENT_ID = "000000199001010018"
CREDIT_CODE = "91000000MA0000000N"


# The smallest picture there is: one white point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
)


def at(day: str | date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of a day, ten in the morning unless told."""
    return datetime.combine(date.fromisoformat(str(day)), time(hour, minute), SHANGHAI)


def person(**changes: Any) -> Person:
    """Applicant 王, a natural person."""
    values: dict[str, Any] = {
        "kind": ApplicantKind.NATURAL,
        "name": "王小明",
        "identity_document": IdentityDocument.RESIDENT_ID,
        "identity_number": RESIDENT_ID,
        "phone": "13800000000",
        "email": "wang@example.test",
        "address": "某市某区某路1号",
        "postcode": "750000",
    }
    return Person(**values | changes)


def wanted(**changes: Any) -> Wanted:
    values: dict[str, Any] = {
        "title": "2025年度技术改造专项资金项目安排表",
        "form": Form.ELECTRONIC,
        "manner": Manner.ONLINE,
        "description": "含项目名称、承担单位和补助金额",
    }
    return Wanted(**values | changes)


def filing(
    *,
    arrival: Arrival | None = None,
    uploads: tuple[Upload, ...] = (),
    person_: Person | None = None,
    **changes: Any,
) -> Filing:
    """A request as handed in; `changes` go to what is wanted."""
    return Filing(
        person=person_ or person(),
        wanted=wanted(**changes),
        arrival=arrival or Arrival(Channel.ONLINE, date(2025, 3, 3)),
        uploads=uploads,
    )


def applied(body: Body, day: str | date, **changes: Any) -> InformationRequest:
    """A request filed online on a day."""
    return workflow.apply(body=body, filing=filing(**changes), submission_key=secrets.new_key(), at=at(day, 9))


def assigned(cast: Cast, day: str | date, **changes: Any) -> InformationRequest:
    """A request filed and given to the cast's department the same day."""
    case = applied(cast.body, day, **changes)
    return workflow.assign(case, department=cast.department, by=cast.chen, at=at(day, 11))


GRANT = {"clear": "clear", "kind": "information", "whose": "ours", "held": "held", "give": "grant"}
GRANT_TEXTS = {
    "finding": "经检索，本机关制作并保存有该信息。",
    "provision": "自本答复书送达之日起，可在本网站凭查询码下载。",
}


def review(case: InformationRequest, cast: Cast, moment: datetime) -> None:
    """The review before release of the newest version, where it releases anything: by 周, who has not written it."""
    if case.drafts.order_by("-version").values_list("outcome", flat=True)[0] in RELEASING:
        workflow.review_secrecy(case, finding="open", opinion="不涉及国家秘密，可以公开。", by=cast.zhou, at=moment)


def submitted(
    cast: Cast,
    day: str | date,
    *,
    decided: Any = None,
    texts: Any = None,
    materials: tuple[Upload, ...] = (),
    **changes: Any,
) -> InformationRequest:
    """A request with a drafted answer that waits for approval; `materials` are what is to be given."""
    case = assigned(cast, day, **changes)
    for place, upload in enumerate(materials, start=1):
        workflow.enclose(case, title=f"材料{place}", upload=upload, by=cast.li, at=at(day, 13))
    workflow.draft(case, decided=decided or GRANT, texts=texts or GRANT_TEXTS, by=cast.li, at=at(day, 14))
    review(case, cast, at(day, 14, 30))
    return workflow.submit(case, by=cast.li, at=at(day, 15))


def approved(cast: Cast, day: str | date, **changes: Any) -> InformationRequest:
    """A request whose letter waits to be served."""
    case = submitted(cast, day, **changes)
    workflow.approve(case, by=cast.ma, at=at(day, 16))
    return case


def served(cast: Cast, day: str | date, **changes: Any) -> InformationRequest:
    """A request answered electronically the same day."""
    case = approved(cast, day, **changes)
    return workflow.serve(case, manner="electronic", sent_on=date.fromisoformat(str(day)), by=cast.chen, at=at(day, 17))
