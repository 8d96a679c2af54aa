"""A body's own choices that national law does not know: used only while the legal affairs office stands behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from portal.ledger import service as ledger
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.regulations import library
from portal.regulations.schema import OWN, Value
from portal.workflow.engine import NotAllowed

from ..models import InformationRequest, SignOff
from ..rules import Refused

POSTPONED, UNDISCLOSED, CAUSES = "answer.postponed", "answer.neither_confirm_nor_deny", "pause.causes"
SIGNABLE = (POSTPONED, UNDISCLOSED, CAUSES)
ACT = "requests_ogi.sign_off"

ledger.describe("sign_off", "登记法制机构审核意见（{number}），自{since}起适用")
ledger.describe("revoke_sign_off", "撤销法制机构审核意见（{number}）")


@dataclass(frozen=True)
class Choice:
    """One choice of a body's own document that needs a sign-off, and whether it has one."""

    option: str
    label: str
    note: str
    clauses: tuple[str, ...]
    signoff: SignOff | None


def choices(body: Body, *, on: date) -> Iterator[Choice]:
    """The choices of a body that need a sign-off. Two queries at most."""
    wanted = [option for option in SIGNABLE if _differs(body, option, on=on)]
    standing = {one.option: one for one in SignOff.objects.filter(body=body, revoked_at__isnull=True)}
    own = library.profile(body.profile, on, precedence=OWN)
    for option in wanted:
        entry = own.options[option]
        clauses = tuple(own.articles[rule].text for rule in entry.rules if own.articles[rule].conflicts_with)
        yield Choice(option, entry.label, entry.note, clauses, standing.get(option))


def chosen(case: InformationRequest, option: str, *, on: date) -> Value:
    """The value of an option for a case on a day: the body's own where the law allows it or a sign-off stands, else the law's."""
    opened = local_date(case.opened_at)
    if _differs(case.body, option, on=opened) and _stands(case.body, option, on=on):
        return library.profile(case.profile, opened, precedence=OWN).option(option)
    return library.profile(case.profile, opened).option(option)


def named_by(case: InformationRequest, option: str) -> Value:
    """What the body's own document says of an option, signed off or not: for the page that says what is missing."""
    return library.profile(case.profile, local_date(case.opened_at), precedence=OWN).option(option)


def _differs(body: Body, option: str, *, on: date) -> bool:
    """Whether the body's document goes beyond what the law in force for it allows."""
    law, own = (library.profile(body.profile, on, **how).option(option) for how in ({}, {"precedence": OWN}))
    if isinstance(law, tuple) and isinstance(own, tuple):
        return bool(set(own) - set(law))
    return law != own


def _stands(body: Body, option: str, *, on: date) -> bool:
    return SignOff.objects.filter(body=body, option=option, revoked_at__isnull=True, since__lte=on).exists()


@transaction.atomic
def sign_off(
    body: Body, *, option: str, said: str, document_number: str, since: date, by: User, at: datetime
) -> SignOff:
    """Write down that the legal affairs office agrees to one choice of the body. Raises NotAllowed, Refused."""
    _judge(body, by, at=at)
    if option not in SIGNABLE or not _differs(body, option, on=local_date(at)):
        raise Refused("本机关的规定没有需要法制机构审核的这一事项，请核对后重新选择。")
    if not said.strip() or not document_number.strip():
        raise Refused("请写明法制机构的意见和意见文号。")
    if SignOff.objects.filter(body=body, option=option, revoked_at__isnull=True).exists():
        raise Refused("这一事项的审核意见仍然有效，不能重复登记。意见有变化的，请先撤销原意见。")
    made = SignOff.objects.create(
        body=body,
        option=option,
        said=said.strip(),
        document_number=document_number.strip(),
        since=since,
        signed_by=by,
        signed_at=at,
    )
    ledger.record(
        "sign_off", made, by=by, at=at, told={"number": made.number, "option": option, "since": since.isoformat()}
    )
    return made


@transaction.atomic
def revoke_sign_off(signoff: SignOff, *, why: str, by: User, at: datetime) -> SignOff:
    """Take a sign-off back: from now on the body's choice is not used any more; what was done under it stands."""
    _judge(signoff.body, by, at=at)
    if not why.strip():
        raise Refused("请写明撤销的理由。")
    standing = SignOff.objects.filter(pk=signoff.pk, revoked_at__isnull=True)
    if not standing.update(revoked_by=by, revoked_at=at, revoked_why=why.strip()):
        raise Refused("这条审核意见已经撤销，不需要重复撤销。")
    signoff.refresh_from_db()
    ledger.record("revoke_sign_off", signoff, by=by, at=at, told={"number": signoff.number, "option": signoff.option})
    return signoff


def _judge(body: Body, by: User, *, at: datetime) -> None:
    if not roles.may(by, ACT, body, at=at):
        raise NotAllowed("只有分管领导可以登记和撤销法制机构的审核意见。")
