"""Deciding what a search came upon: by a named person who did not write it, with a reason, and never a mark of secrecy away.

And what is searched for: which words may come on the list, and leave it.
"""

from collections.abc import Collection

from portal.regulations.registry import carries
from portal.scanning.folding import letters
from portal.scanning.scanner import SHORTEST_WORD
from portal.scanning.vocabulary import PERSONAL
from portal.scanning.vocabulary import Finding as Kind

from ..vocabulary import Decision
from .refusal import Refused

NEVER_AT_ONCE = PERSONAL | {Kind.CLASSIFIED, Kind.INTERNAL, Kind.WORD}
"""What no note to the public holds: nobody else looks at it before it is read."""


@carries("NX-19-1a", "LD-A1-9", "LD-A1-3", "YQ-S3-7", "YQ-S3-11")
def judge_decision(kind: str, decision: str, reason: str, *, decider: int, authors: Collection[int]) -> None:
    """Whether somebody may decide this of a finding. Raises Refused.

    What bears 绝密、机密 or 秘密 is never allowed out as it stands: it is no such mark at all, or it is declassified first,
    which removes the mark and makes a new text.
    """
    if decider in authors:
        raise Refused("您参与了本件的起草或者修改，不能处理本件检查发现的内容，请由其他同志办理。")
    if not reason.strip():
        raise Refused("请写明理由，例如：电话为对外公布的办公电话。")
    if kind == Kind.CLASSIFIED and decision == Decision.ALLOWED:
        raise Refused(
            "带有密级标志的内容不能公开。确已解密的，请先办理解密手续，删去密级标志后重新送审；不是密级标志的，请选择“不属于所提示的内容”。"
        )


@carries("NX-19-1a", "LD-A1-3")
def judge_said(kinds: Collection[str]) -> None:
    """Whether something may be said to everybody at once, without a second look, `kinds` being what the search came upon in it.
    Raises Refused.
    """
    barred = [Kind(kind).label for kind in dict.fromkeys(kinds) if kind in NEVER_AT_ONCE]
    if barred:
        raise Refused(f"说明中有{'、'.join(barred)}。说明会立即向社会公开，请改写后再提交。")


def judge_word(word: str, reason: str, *, listed: bool) -> None:
    """Whether a word may be put on the list: long enough to mean something, not on it already, and for a reason. Raises Refused."""
    if len(letters(word).text) < SHORTEST_WORD:
        raise Refused("敏感词至少两个字。只有一个字的，请连同前后文写成词语。")
    if not reason.strip():
        raise Refused("请写明列入的理由，例如依据哪一份文件、曾经出现过什么问题。")
    if listed:
        raise Refused(f"“{word.strip()}”已经在列表中，不需要重复添加。")


def judge_end(reason: str) -> None:
    """Whether a word may be taken out of use: for a reason. Raises Refused."""
    if not reason.strip():
        raise Refused("请写明停用的理由。")
