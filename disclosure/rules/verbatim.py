"""The public reads what was signed, word for word; what explains it is a document of its own (YQ-S1-5b)."""

import re
from collections.abc import Iterator

from portal.regulations.registry import applies, carries


@carries("YQ-S1-5b")
def altered(*, signed: str, now: str) -> Iterator[str]:
    """What is wrong with a text whose digest is not the one that was `signed`; "" stands for a text nobody signed."""
    if signed != now:
        yield "正文或者附件与签发的文本不一致，应当按签发的原文公开（请退回起草人核对后重新送审）"


@applies("option publish.verbatim")
@carries("YQ-S1-5b")
def paraphrased(summary: str, text: str, *, demanded: bool) -> Iterator[str]:
    """What is wrong with a summary that says something in other words than the text, where the body forbids it."""
    if demanded and _squeezed(summary) not in _squeezed(text):
        yield "内容概述不是正文中的原句。本机关规定以原文、原条款、原词句公开，请摘录原文或者留空；需要说明的，另行编制解读材料"


def _squeezed(words: str) -> str:
    """Without blanks and line ends."""
    return re.sub(r"\s", "", words)
