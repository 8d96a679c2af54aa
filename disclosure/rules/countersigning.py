"""Asking the units concerned: written consent before release, and the office where they differ (YQ-S2-3)."""

from collections.abc import Collection, Iterator

from portal.regulations.registry import carries

from ..vocabulary import Purpose, Settlement, Word
from .refusal import Refused


def may_ask(*, own: bool, question: str, unit: str) -> None:
    """Whether a unit may be asked: another than the one that drafts, and about something. Raises Refused."""
    if own:
        raise Refused("本件由该机构起草，不需要向其征求意见，请选择涉及的其他机构或者机关。")
    if not unit.strip() or not question.strip():
        raise Refused("请写明征求意见的单位和涉及的内容。")


@carries("YQ-S2-3-1")
def judge_answer(word: str, *, opinion: str, basis: str, answerer: int, authors: Collection[int]) -> None:
    """Whether a written answer is complete: a disagreement with its opinion and basis, and not by an author. Raises Refused."""
    if answerer in authors:
        raise Refused("您参与了本件的起草或者修改，不能答复对本件的征求意见，请由其他同志办理。")
    if word == Word.DISAGREES and not (opinion.strip() and basis.strip()):
        raise Refused("不同意公开的，请写明意见和依据。")


@carries("YQ-S2-3-0", "YQ-S2-3-1", "YQ-S2-3-2", "YQ-S2-3-3", "YQ-S3-10", "LD-A5-7b")
def missing_of(unit: str, purpose: str, word: str, settlement: str, *, current: bool) -> Iterator[str]:
    """What still keeps a document from being signed because of one unit that was asked. `current`: it spoke of this version."""
    doubt = purpose == Purpose.CLASSIFICATION
    if not word:
        yield f"{unit}还没有书面答复是否属于国家秘密" if doubt else f"{unit}还没有书面答复是否同意公开"
    elif not current and settlement != Settlement.WITHHOLD:
        yield f"文稿在{unit}答复以后作了修改，没有重新征求意见"
    elif word == Word.DISAGREES and doubt:
        yield f"{unit}确定属于国家秘密，不能公开"
    elif word == Word.DISAGREES and not settlement:
        yield f"{unit}不同意公开，还没有协商解决"
    elif settlement == Settlement.WITHHOLD:
        yield f"与{unit}协商决定不予公开"


@carries("YQ-S3-9")
def missing_makers(makers: Collection[str], asked: Collection[str]) -> Iterator[str]:
    """Which joint makers were not even asked for their written consent."""
    for maker in makers:
        if maker not in asked:
            yield f"共同制作机关{maker}没有书面同意公开"


def may_settle(*, reason: str, settler: int, authors: Collection[int]) -> None:
    """Whether somebody may write down how a disagreement ended. Raises Refused."""
    if settler in authors:
        raise Refused("您参与了本件的起草或者修改，不能主持协商，请由政务公开工作机构的其他同志办理。")
    if not reason.strip():
        raise Refused("请写明协商的经过和结果。")
