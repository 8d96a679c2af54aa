"""A body's 公开指南 as its pages show it: contacts from the organisation, every number from the regulation in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.organisation.models import Body
from portal.regulations import library
from portal.regulations.registry import carries
from portal.regulations.schema import Fee, Profile, Term


@dataclass(frozen=True)
class Limit:
    """One time limit as a citizen reads it: what for, how long, what else to know, and the body's own limit beside it."""

    label: str
    words: str
    remark: str = ""
    promise: str = ""


@dataclass(frozen=True)
class Card:
    """A body on the home page: its six contact fields and the limit it answers within."""

    body: Body
    contacts: tuple[tuple[str, str], ...]
    answer: Limit


@carries("LD-A8-3", "YC-5.2-4")
def contacts(body: Body) -> tuple[tuple[str, str], ...]:
    """The six fields by which a body's intake office is found; one that is not there is said to be not there."""
    return (
        ("机构名称", body.office_name),
        ("办公地址", body.office_address),
        ("办公时间", body.office_hours),
        ("联系电话", body.phone),
        ("传真号码", body.fax or "未开通"),
        ("电子邮箱", body.email or "未开通"),
    )


def card(body: Body, *, on: date) -> Card:
    """What the home page says of a body on a day."""
    return Card(body, contacts(body), answer_limit(library.profile(body.profile, on)))


def answer_limit(profile: Profile) -> Limit:
    """The limit to answer in, with the body's own stricter promise and the lawful extension."""
    term, promise = profile.term("answer"), profile.promise("answer")
    remarks = []
    longest = profile.longest_extension("answer")
    if longest:
        extension = f"{longest.amount}{longest.unit.label}"
        remarks.append(f"需要延长的，经{profile.extension_consent}同意并告知申请人，最长再延长{extension}")
    return Limit("答复申请", f"收到申请之日起{term.words}内", "；".join(remarks), promise.words if promise else "")


@dataclass(frozen=True)
class Oversight:
    """Where one may complain about a body (条例第四十七条、第五十一条)."""

    body: Body
    authority: str
    phone: str


@carries("REG-47", "REG-51", "LD-A5-14")
def oversight(body: Body, profile: Profile) -> Oversight:
    """Who watches over a body's openness: the office of the government above it, which is the competent department
    (条例第三条), and the department above it where it has one; and the body's own number for complaints.
    """
    unit = profile.organisation
    authority = f"{body.reconsideration_authority}办公厅（室）"
    if unit and unit.superior_department:
        authority += f"或者{unit.superior_department}"
    return Oversight(body, authority, unit.contact.supervision_phone if unit else "")


def limits(profile: Profile) -> tuple[Limit, ...]:
    """All limits a citizen should know, in the order in which they may meet them."""

    def words(key: str) -> str:
        return profile.term(key).words

    return (
        answer_limit(profile),
        Limit(
            "要求补正",
            f"收到申请之日起{words('completion_notice')}内",
            "只要求一次；答复期限自收到补正后的申请之日起重新计算",
        ),
        Limit(
            "您补正申请",
            _period(profile.term("completion_reply")),
            "以补正告知书写明的期限为准；无正当理由逾期不补正的，视为放弃申请",
        ),
        Limit(
            "征求第三方意见",
            f"第三方收到征求意见书之日起{words('third_party_reply')}内",
            "征求第三方和其他机关意见所需时间不计算在答复期限内",
        ),
        Limit(
            "缴纳信息处理费", f"收到收费通知次日起{words('fee_payment')}内", "仅在申请数量、频次明显超过合理范围时收取"
        ),
    )


def _period(term: Term) -> str:
    if term.minimum is not None and term.maximum is not None:
        return f"一般{term.minimum}至{term.maximum}{term.unit.label}"
    return f"一般{term.words}"


@dataclass(frozen=True)
class WayIn:
    """A way to hand in a request, and which day then counts as received (条例第三十一条)."""

    label: str
    receipt: str
    evidence: str


RECEIPTS = {
    "submission": "当面提交之日",
    "signing": "受理机构签收之日",
    "confirmation": "受理机构与您双方确认之日",
}


@carries("YQ-S1-3b", "YC-5.2-4")
@dataclass(frozen=True)
class Guide:
    """Everything on a body's guide page."""

    body: Body
    profile: Profile
    contacts: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...]
    channels: tuple[WayIn, ...]
    fees: tuple[Fee, ...]
    remedies: Mapping[str, str]
    oversight: Oversight

    @classmethod
    def of(cls, body: Body, *, on: date) -> "Guide":
        """The guide of a body as the law stands on a day."""
        profile = library.profile(body.profile, on)
        return cls(
            body=body,
            profile=profile,
            contacts=contacts(body),
            limits=limits(profile),
            channels=tuple(
                WayIn(channel.label, RECEIPTS[channel.receipt], channel.evidence)
                for channel in profile.channels.values()
            ),
            fees=tuple(profile.fees.values()) if profile.option("fee.charged_from") != "never" else (),
            remedies={
                "review": profile.term("reconsideration").words,
                "suit": profile.term("litigation_direct").words,
                "after_review": profile.term("litigation_after_review").words,
            },
            oversight=oversight(body, profile),
        )
