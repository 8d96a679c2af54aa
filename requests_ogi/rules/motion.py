"""Decisions on corrections, suggestions and complaints, and which requests ask for the same thing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from portal.regulations.registry import carries

from ..vocabulary import OUTCOMES_OF, MotionKind, MotionOutcome
from .refusal import Refused

_FILLERS = re.compile(
    r"关于|有关|相关|全部|所有|申请|公开|信息|资料|材料|文件|复印件|扫描件|电子版|及其|以及|的|之|和|与|及"
)
_NOT_WORDS = re.compile(r"[\W_]+")


@carries("REG-41", "YQ-S1-11")
def may_apply_for_correction(*, signed: bool, identity_proofs: int, evidence: int) -> None:
    """A correction concerns one's own records and is applied for with a proof of identity and evidence of the error."""
    if not signed:
        raise Refused("申请更正与自身相关的政府信息，应当写明申请人的姓名或者名称、证件号码和联系电话。")
    if not identity_proofs:
        raise Refused("请上传申请人的身份证明：只能申请更正与本人（本单位）相关的记录。")
    if not evidence:
        raise Refused("请上传能够证明记录不准确的材料，例如证件、登记表、判决书的照片或者扫描件。")


@dataclass(frozen=True)
class Verdict:
    """A decision on a motion, as it is put to `judge_verdict`."""

    outcome: MotionOutcome
    finding: str
    organ_name: str = ""
    organ_contact: str = ""
    measure: str = ""
    mending_days: int | None = None
    title: str = ""
    """For what is to be published: the name under which it will be."""


@carries("REG-41", "REG-44", "REG-51", "YQ-S1-11")
def judge_verdict(kind: MotionKind, verdict: Verdict, *, shortest: int, longest: int) -> None:
    """Whether a decision says all it must. `shortest` and `longest` bound the working days given for mending."""
    if verdict.outcome not in OUTCOMES_OF[kind]:
        raise Refused("所选的处理结果与事项种类不符，请重新选择。")
    if not verdict.finding.strip():
        raise Refused("请写明核实的情况和理由，告知书中要写。")
    elsewhere = verdict.outcome in {MotionOutcome.TRANSFERRED, MotionOutcome.NOT_OURS}
    if elsewhere and not (verdict.organ_name.strip() and verdict.organ_contact.strip()):
        raise Refused("不属于本机关处理的，请写明有权处理的机关名称和联系方式，以便告知对方。")
    if verdict.outcome is MotionOutcome.UPHELD:
        if not verdict.measure.strip():
            raise Refused("责令改正的，请写明要求改正什么。")
        if verdict.mending_days is None or not shortest <= verdict.mending_days <= longest:
            raise Refused(f"请填写改正期限：{shortest}至{longest}个工作日。")
    if verdict.outcome is MotionOutcome.PUBLISH and not verdict.title.strip():
        raise Refused("转为主动公开的，请写明将要公开的信息名称。")


def may_decide_complaint(*, decider: int, handlers: set[int]) -> None:
    """Nobody judges a complaint about a request they handled themselves. Values are user ids."""
    if decider in handlers:
        raise Refused("您办理过所涉及的申请，应当回避。请由其他负责监督的同志处理。")


@dataclass(frozen=True)
class Asked:
    """One request as the comparison needs it: what was asked, by whom (a digest), and what became of it."""

    title: str
    applicant: str
    outcome: str = ""


@dataclass(frozen=True)
class Demand:
    """Information that many have asked for."""

    gist: str
    title: str
    applicants: int
    requests: int
    granted: int


def gist(title: str) -> str:
    """A title without what does not tell one piece of information from another: punctuation, blanks, width, set phrases.

    Years and numbers stay: other years are other information.
    """
    plain = _NOT_WORDS.sub("", unicodedata.normalize("NFKC", title)).lower()
    return _FILLERS.sub("", plain)[:200] or plain[:200]


@carries("REG-44")
def many_asked(requests: Iterable[Asked], *, least: int) -> list[Demand]:
    """What at least `least` different applicants asked for, the most wanted first (条例第四十四条第一款)."""
    groups: dict[str, list[Asked]] = {}
    for one in requests:
        groups.setdefault(gist(one.title), []).append(one)
    found = [
        Demand(
            gist=key,
            title=ones[0].title,
            applicants=len({one.applicant for one in ones}),
            requests=len(ones),
            granted=sum(one.outcome in {"granted", "partial"} for one in ones),
        )
        for key, ones in groups.items()
    ]
    return sorted(
        (one for one in found if one.applicants >= least), key=lambda one: (-one.applicants, -one.requests, one.gist)
    )
