"""Marks that say a paper is not for everybody: grades of secrecy, internal use. Pure; texts are folded before."""

import re
from collections.abc import Iterator

from portal.scanning.spans import Span
from portal.scanning.vocabulary import Finding


def _spaced(words: str) -> str:
    """The words with blanks allowed between their characters, as headings are set."""
    return "|".join(r"[ \t]{0,4}".join(word) for word in words.split("|"))


_LEVEL = f"(?:{_spaced('绝密|机密|秘密')})"
_STAR = "[★☆⭐✩✪✭✮✯✰🌟]"
_BLANK = r"[ \t]{0,4}"
_TERM = rf"(?:(?:[0-9]{{1,2}}|[一二三五十]{{1,3}}){_BLANK}(?:年|个月|天)|长期)"
_OPEN, _CLOSE = r"[【\[(〔<《]", r"[】\])〕>》]"
_NOT_KIND = r"(?<![业家作商])(?<!个人)"  # 商业秘密, 国家秘密, 工作秘密 are what the law speaks of

_SURE = (
    (Finding.CLASSIFIED, rf"(?:{_LEVEL}|{_spaced('商密')}){_BLANK}级?{_BLANK}{_STAR}{_BLANK}{_TERM}?"),
    (Finding.CLASSIFIED, rf"{_NOT_KIND}{_LEVEL}{_BLANK}[·•・⋅.*:\-—–/]{{1,2}}{_BLANK}{_TERM}"),
    (Finding.CLASSIFIED, rf"(?:密{_BLANK}级(?:标志)?|秘密等级|涉密等级|定密等级){_BLANK}[::]{_BLANK}{_LEVEL}"),
    (
        Finding.INTERNAL,
        r"内\s?部\s?(?:资\s?料|文\s?件|材\s?料|参\s?考|刊\s?物)\s?[,。、;!:\-— ()]{0,3}\s?"
        r"(?:请?注意(?:保存|保管|保密)|请?妥善保[存管]|(?:不得|严禁|请勿|切勿|禁止)(?:外传|外泄|扩散|翻印|复制|转发|公开))",
    ),
    (
        Finding.INTERNAL,
        r"(?:仅供|仅限|只限|限)(?:本)?(?:单位|部门|机关|系统)?内部(?:使用|参考|传阅|交流|学习|工作|掌握|阅读|办公|人员)",
    ),
    (
        Finding.INTERNAL,
        r"(?<![“「\"])(?:此件|本件|该件|本文件|此文)\s?(?:不予公开|不公开|不得公开|不宜公开|依申请公开|删减后公开)",
    ),
    (
        Finding.INTERNAL,
        rf"(?m)^[ \t]*{_OPEN}?{_BLANK}内{_BLANK}部{_BLANK}(?:资{_BLANK}料|文{_BLANK}件|材{_BLANK}料|传{_BLANK}阅){_BLANK}{_CLOSE}?[ \t]*$",
    ),
    (Finding.INTERNAL, rf"{_OPEN}内部(?:资料|文件|材料|传阅|使用|掌握){_CLOSE}"),
)
_PERHAPS = (
    (Finding.CLASSIFIED, rf"{_NOT_KIND}{_LEVEL}{_BLANK}{_TERM}"),
    (Finding.CLASSIFIED, rf"(?m)^[ \t]*{_OPEN}?{_BLANK}{_LEVEL}{_BLANK}{_CLOSE}?[ \t]*$"),
    (Finding.CLASSIFIED, rf"[【\[(]{_LEVEL}级?[】\])]"),
    (Finding.INTERNAL, r"(?:不得|严禁|请勿|切勿|禁止)(?:对外)?(?:外传|外泄|扩散)"),
    (Finding.INTERNAL, r"发至[县处厅司局乡科地市省军师团]{1,4}级"),
    (Finding.INTERNAL, r"(?:内部掌握|内部明电|内部发行|注意保密|请?阅后(?:即焚|销毁|收回))"),
)
_ALL = [
    (kind, re.compile(pattern), certain)
    for group, certain in ((_SURE, True), (_PERHAPS, False))
    for kind, pattern in group
]
_POSITION = re.compile(r"拍摄位置:[北南]纬[0-9.]+,[东西]经[0-9.]+")


def marks(text: str) -> Iterator[Span]:
    """Marks of secrecy and of internal use, the surest first, and the place where a picture was taken."""
    for kind, pattern, certain in _ALL:
        for match in pattern.finditer(text):
            yield Span(kind, *match.span(), certain=certain)
    for match in _POSITION.finditer(text):
        yield Span(Finding.LOCATION, *match.span())
