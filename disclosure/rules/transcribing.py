"""What may be typed of files that can only be looked at."""

from collections.abc import Mapping

from .refusal import Refused


def judge_texts(texts: Mapping[int, str], known: Mapping[int, str]) -> None:
    """Whether these texts may be given: `known` are the present ones of all files that lack words. Raises Refused."""
    if not texts.keys() <= known.keys():
        raise Refused("所录入的附件已经不在本件中，或者本身就有文字，不需要录入。请返回本件核对后重新办理。")
    if all(text == known[key] for key, text in texts.items()):
        raise Refused("没有录入或者修改文字。请对照附件的页面图像录入后再保存。")
