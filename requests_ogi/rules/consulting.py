"""Asking others before the decision: three kinds in one table, what may be found of their word, and when one may decide.

条例第十七条（主管部门、保密行政管理部门）、第三十二条（第三方）、第三十四条（共同制作机关）。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from portal.moment import chinese_date
from portal.regulations.registry import carries

from ..vocabulary import KEPT_BACK, OF_OBJECTIONS, OF_SILENCE, Asked, Opinion, Outcome, Weighed
from .refusal import Refused


@dataclass(frozen=True)
class Asking:
    """One kind of being asked. `term` is how long they have; `cause` is why the limit of the answer waits, empty: it does not.

    `from_receipt`: their time runs from the day they received the letter, not from the day it was sent.
    `linked`: they may answer on a page of their own, without an account.
    """

    kind: Asked
    verb: str
    term: str
    cause: str
    label: str
    from_receipt: bool = True
    linked: bool = False


ASKING = {
    one.kind: one
    for one in (
        Asking(Asked.THIRD_PARTY, "consult", "third_party_reply", "third_party", "征求第三方意见", linked=True),
        Asking(Asked.CO_MAKER, "consult_organ", "co_maker_reply", "other_organ", "征求共同制作机关意见"),
        Asking(Asked.AUTHORITY, "refer", "authority_reply", "", "报请主管部门确定", from_receipt=False),
    )
}


@dataclass(frozen=True)
class Word:
    """How one asked party stands: by when it may speak, what it said, what the body found."""

    kind: str
    sent_on: date
    served: bool
    limit_on: date
    opinion: str | None = None
    finding: str | None = None

    @property
    def named(self) -> str:
        """The party in a sentence, without its name."""
        return f"{Asked(self.kind).label}（{chinese_date(self.sent_on)}发函）"


@dataclass(frozen=True)
class Choices:
    """What the body's law says of silence and of public interest, by the options of its profile."""

    silence: str = "organ_decides"
    organ_silence: str = "consent"
    override: bool = True


class Stand(Enum):
    """Whether what concerns a party may be released: it still has time, the body owes its finding, open, or closed."""

    WAITING = "waiting"
    OWED = "owed"
    OPEN = "open"
    CLOSED = "closed"


@carries("REG-32", "REG-34", "LD-A8-9-5b", "LD-A8-9-6")
def stand_of(word: Word, choices: Choices, *, today: date) -> Stand:
    """Where a party's word leaves the matter. Silence of a co-maker is consent, of a third party the body decides; a body
    whose own law is obeyed may count the silence of a third party as refusal, that of a co-maker as nothing.
    """
    if word.opinion == Opinion.AGREES:
        return Stand.OPEN
    if word.opinion is None and (not word.served or today <= word.limit_on):
        return Stand.WAITING
    if word.kind == Asked.AUTHORITY:
        return Stand.CLOSED if word.opinion else Stand.WAITING
    if word.finding is not None:
        return Stand.CLOSED if word.finding in KEPT_BACK else Stand.OPEN
    if word.opinion is None and word.kind == Asked.CO_MAKER and choices.organ_silence == "consent":
        return Stand.OPEN
    if word.opinion is None and word.kind == Asked.THIRD_PARTY and choices.silence == "refuse":
        return Stand.CLOSED
    return Stand.OWED


@carries("REG-15", "REG-32", "LD-A8-9-5b", "YQ-S1-7b")
def may_weigh(word: Word, finding: str, choices: Choices, *, today: date) -> None:
    """Whether a finding may be made of a party's word, or of its silence. Raises Refused."""
    if word.kind == Asked.AUTHORITY:
        raise Refused("主管部门、保密行政管理部门的认定意见应当执行，不需要审查。")
    if word.opinion == Opinion.AGREES:
        raise Refused("对方同意公开，不需要审查其意见。")
    if word.opinion is None:
        _silence_is_settled(word, finding, choices, today=today)
    elif finding not in OF_OBJECTIONS:
        raise Refused("对方已经反馈意见，请就其不同意公开的理由是否合理作出审查结论。")
    elif finding == Weighed.OVERRIDE and word.kind != Asked.THIRD_PARTY:
        raise Refused("因公共利益决定公开，只适用于第三方不同意公开的情形。请就共同制作机关的意见另选审查结论。")
    elif finding == Weighed.OVERRIDE and not choices.override:
        raise Refused("本机关适用的规定只允许在第三方同意时公开，没有因公共利益决定公开的办法。请另选审查结论。")


def _silence_is_settled(word: Word, finding: str, choices: Choices, *, today: date) -> None:
    if not word.served:
        raise Refused("还没有登记对方收到征求意见书的日期，反馈期限无从届满。请先办理“登记对方收到”。")
    if today <= word.limit_on:
        raise Refused(
            f"对方的反馈期限至{chinese_date(word.limit_on)}届满，届满前不能按逾期未反馈处理。请等待对方反馈意见。"
        )
    if finding not in OF_SILENCE:
        raise Refused("对方没有反馈意见，请按逾期未提出意见作出决定。")
    if word.kind == Asked.THIRD_PARTY and choices.silence == "refuse" and finding == Weighed.SILENCE_OPEN:
        raise Refused("按本机关适用的规定，第三方逾期未反馈的视为不同意公开，不能决定公开。")


TURNS_ON_CONTENT = frozenset({Outcome.GRANTED, Outcome.PARTIAL, Outcome.THIRD_PARTY_RIGHTS})
"""Outcomes that stand or fall with what the asked parties said."""


@carries("REG-15", "REG-17", "REG-32", "REG-34", "LD-A8-8c", "LD-A8-9-6", "YQ-S1-7b")
def may_decide(words: Iterable[Word], outcome: str, choices: Choices, *, today: date) -> None:
    """Whether a draft may become the decision, as far as the asked parties are concerned. Raises Refused with what is owed."""
    stands = [(word, stand_of(word, choices, today=today)) for word in words]
    for word, stand in stands:
        if stand is Stand.WAITING and word.kind != Asked.AUTHORITY:
            raise Refused(_wait_for(word))
    if outcome not in TURNS_ON_CONTENT:
        return
    for word, stand in stands:
        if stand is Stand.OWED:
            said = "不同意公开" if word.opinion else "逾期未反馈意见"
            raise Refused(f"{word.named}{said}，本机关还没有作出审查结论。请先由负责人办理“审查意见”。")
    if outcome == Outcome.THIRD_PARTY_RIGHTS:
        _rights_were_claimed(stands)
    elif outcome == Outcome.GRANTED:
        _nothing_is_closed(stands)
    elif any(stand is Stand.WAITING and today <= word.limit_on for word, stand in stands):
        raise Refused("已报请主管部门或者保密行政管理部门确定，尚未答复。请等待认定意见后再决定公开哪些内容。")


def _wait_for(word: Word) -> str:
    if not word.served:
        return (
            f"还没有登记{word.named}收到征求意见书的日期，其反馈期限还没有届满。"
            "请先办理“登记对方收到”；对方已经反馈的，请办理“登记反馈意见”。"
        )
    return (
        f"{word.named}还在反馈期限内（至{chinese_date(word.limit_on)}），尚未反馈意见，不能作出决定。"
        "请等待对方反馈，或者在期限届满后办理。"
    )


def _rights_were_claimed(stands: Iterable[tuple[Word, Stand]]) -> None:
    third = [stand for word, stand in stands if word.kind == Asked.THIRD_PARTY]
    if not third:
        raise Refused("以保护第三方合法权益为由不予公开的，应当先书面征求第三方意见。请先办理“征求第三方意见”。")
    if Stand.CLOSED not in third:
        raise Refused(
            "被征求意见的第三方同意公开，或者本机关已经认定可以公开，不能再以保护第三方合法权益为由不予公开。请修改拟办意见。"
        )


def _nothing_is_closed(stands: Iterable[tuple[Word, Stand]]) -> None:
    for word, stand in stands:
        if stand is Stand.WAITING:
            raise Refused(
                "已报请主管部门或者保密行政管理部门确定是否可以公开，尚未答复，不能全部公开。请等待认定意见，或者作区分处理。"
            )
        if stand is Stand.CLOSED:
            why = "认定不得公开" if word.kind == Asked.AUTHORITY else "不同意公开，且本机关认定不予公开"
            raise Refused(f"{word.named}{why}，不能全部公开。请改为部分公开（不提供该部分内容）或者不予公开。")


@carries("LD-A8-9-5a", "REG-32")
def working_days_for(asked: int | None, *, statutory: int, per_case: bool) -> int:
    """How many working days a party has: the law's, or, where the body's own law sets them case by case, at most as many."""
    if asked is None or asked == statutory:
        return statutory
    if not per_case:
        raise Refused(f"征求意见的反馈期限由法律规定为{statutory}个工作日，不能另行确定。")
    if not 1 <= asked <= statutory:
        raise Refused(f"反馈期限应当为1至{statutory}个工作日，请重新填写。")
    return asked


@carries("REG-32", "LD-A8-9-5c")
def may_serve(*, untold: int) -> None:
    """Whether an answer that releases something may be served: every third party it goes against was told in writing first."""
    if untold:
        raise Refused(
            f"有{untold}个第三方不同意公开而本机关决定公开，还没有书面告知其公开的内容和理由。请先办理“告知第三方”，再送达答复。"
        )
