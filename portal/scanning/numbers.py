"""Numbers that belong to somebody: identity cards, bank cards, telephones, and mailboxes. Pure; texts are folded before."""

import re
from collections.abc import Iterator
from datetime import date

from portal.scanning.spans import Span
from portal.scanning.vocabulary import Finding

_GAP = r"[ \-.·•・_/—–]{0,2}(?:\n ?)?"  # within a number, also at the end of a line
_PROVINCES = frozenset(
    [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECKS = "10X98765432"
_OLDEST = 1900
_CODES_BEGIN = 2010
"""A wrong check digit before this year of birth is a slip of the pen; later ones are item numbers of area, day and serial."""
_ID_18 = re.compile(rf"(?<![0-9])(?=([1-8](?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx])(?![0-9A-Za-z]))")
_ID_15 = re.compile(r"(?<![0-9A-Za-z])[1-8][0-9]{5}[ \-]?[0-9]{6}[ \-]?[0-9]{3}(?![0-9A-Za-z])")
_ID_WORDS = re.compile(r"身份|证件|公民")
_CODE_WORDS = re.compile(
    r"(?:编号|代码|编码|文号|单号|订单号?|流水号?|条码|案号|批号|识别号|税号|合同号|项目号|备案号|许可证号?|登记号|证书号|序列号"
    r"|受理号|查询码|追溯码|信用码|ISBN|ISSN|统编号|标识码|文书号|号码牌)[^0-9A-Za-z\u4e00-\u9fff]{0,4}(?:[0-9A-Za-z]{1,12}-){0,3}$",
    re.IGNORECASE,
)
_LOOKED_BACK = 24
_AMOUNT = re.compile(r" ?(?:[万亿]?元|万|亿|吨|千瓦|度(?!假)|平方|立方|人次|股|公斤|千克|kW|m)")
_AMOUNT_WORDS = re.compile(
    r"(?:金额|投资|[价税]款?|限价|产值|收入|支出|资产|总额|费用?)[^0-9A-Za-z\u4e00-\u9fff]{0,2}(?:[万亿]?元)?[^0-9A-Za-z\u4e00-\u9fff]{0,3}$"
)
_DASH = r"[ \-.·•・_—–]"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:\+|00)?86{_DASH}{{0,2}})?(1(?:{_DASH}{{0,2}}[0-9]){{10}})(?![0-9A-Za-z])(?!\.[0-9])"
)
_MOBILE_GROUPS = {(11,), (3, 4, 4), (4, 3, 4), (3, 3, 5), (4, 4, 3), (5, 6), (3, 8), (7, 4), (3, 2, 2, 2, 2), (1,) * 11}
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z\-])\(?(?:\+?86[ \-])?{_AREA}\)?[ \-—–]{{0,3}}[2-8][0-9]{{2,3}}[ \-]?[0-9]{{4}}"
    r"(?:(?:转|-)[0-9]{1,5})?(?![0-9A-Za-z])"
)
_LOCAL = r"[2-8][0-9]{2,3}[ \-]?[0-9]{4}(?![0-9A-Za-z])"
_LABELLED = re.compile(
    rf"(?:电话|传真|座机|宅电|Tel|Fax)(?:\([^)\n]{{1,8}}\))?[^0-9\n]{{0,4}}((?:{_AREA}[ \-—–]?)?"
    rf"(?:{_LOCAL}[、,/;或和 ]{{1,2}})*{_LOCAL})",
    re.IGNORECASE,
)
_LOCAL_ONE = re.compile(_LOCAL)
_CARD = {
    length: re.compile(rf"(?<![0-9A-Za-z])(?=([2-9](?:{_GAP}[0-9]){{{length - 1}}})(?![0-9A-Za-z]))")
    for length in range(16, 20)
}
_CARD_PREFIX = re.compile(r"62|9558|9559|60138|3568")
_CARD_ABROAD = re.compile(r"[45]")
_CARD_WORDS = re.compile(r"卡号|银行|账号|帐号|账户|帐户|开户|收款|储蓄|工资卡|一卡通|社保卡")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63} ?@ ?(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,12}(?![A-Za-z0-9])"
)
_EMAIL_VEILED = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._+\-]{2,63} ?(?:#|\[at\]|\(at\)|【at】|\{at\}|艾特) ?"
    r"(?:[A-Za-z0-9\-]{2,20}\.){1,3}(?:com|net|cn|org)(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Span]:
    """Everything of these kinds, the surest first: what comes later and overlaps is not a second thing."""
    yield from _identities(text)
    yield from _cards(text)
    yield from _mobiles(text)
    yield from _landlines(text)
    for match in _EMAIL.finditer(text):
        yield Span(Finding.EMAIL, *match.span(), certain=not match[0].lower().endswith(".gov.cn"))
    for match in _EMAIL_VEILED.finditer(text):
        yield Span(Finding.EMAIL, *match.span(), certain=False)


def checked(number: str) -> bool:
    """Whether the last of 18 characters is the check digit of the others (GB 11643)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECKS[total % 11] == number[17].upper()


def luhn(number: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


def _identities(text: str) -> Iterator[Span]:
    for match in _ID_18.finditer(text):
        number = re.sub(r"[^0-9Xx]", "", match[1])
        born = _born(number[6:14])
        if born is None or int(number[:2]) not in _PROVINCES:
            continue
        named = _called(text, match.start(), _ID_WORDS)
        slip = born.year < _CODES_BEGIN and match[1].isalnum() and not _is_code(text, match.start())
        if checked(number) or named or slip:
            yield Span(Finding.ID_NUMBER, *match.span(1), certain=checked(number))
    for match in _ID_15.finditer(text):
        number = re.sub(r"[^0-9]", "", match[0])
        if int(number[:2]) in _PROVINCES and _born(f"19{number[6:12]}") and not _is_code(text, match.start()):
            yield Span(Finding.ID_NUMBER, *match.span(), certain=_called(text, match.start(), _ID_WORDS))


def _born(digits: str) -> date | None:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if _OLDEST <= born.year < _OLDEST + 200 else None


def _cards(text: str) -> Iterator[Span]:
    for length, pattern in sorted(_CARD.items(), reverse=True):
        for match in pattern.finditer(text):
            number = re.sub(r"[^0-9]", "", match[1])
            named = _called(text, match.start(), _CARD_WORDS)
            prefixed = _CARD_PREFIX.match(number) or (named and length == 16 and _CARD_ABROAD.match(number))
            if prefixed and luhn(number) and _in_fours(match[1]) and (named or not _is_code(text, match.start())):
                yield Span(Finding.BANK_CARD, *match.span(1), certain=named)


def _in_fours(written: str) -> bool:
    groups = _groups(written)
    return len(groups) == 1 or len(groups) == 2 or set(groups[:-1]) == {4} or set(groups) == {1}


def _mobiles(text: str) -> Iterator[Span]:
    for match in _MOBILE.finditer(text):
        number = re.sub(r"[^0-9]", "", match[1])
        groups = _groups(match[1])
        before = text[max(0, match.start() - _LOOKED_BACK) : match.start()]
        amount = len(groups) == 1 and (_AMOUNT.match(text, match.end()) or _AMOUNT_WORDS.search(before))
        if number[1] in "012" or groups not in _MOBILE_GROUPS or amount or _is_code(text, match.start()):
            continue
        row_of_a_table = len(groups) > 1 and (" " in match[1] or "." in match[1]) and number[3:5] in {"19", "20"}
        yield Span(Finding.MOBILE, *match.span(), certain=not row_of_a_table)


def _landlines(text: str) -> Iterator[Span]:
    for match in _LANDLINE.finditer(text):
        if not _is_code(text, match.start()):
            yield Span(Finding.LANDLINE, *match.span(), certain=False)
    for match in _LABELLED.finditer(text):
        for one in _LOCAL_ONE.finditer(text, *match.span(1)):
            yield Span(Finding.LANDLINE, *one.span(), certain=False)


def _groups(written: str) -> tuple[int, ...]:
    return tuple(len(run) for run in re.findall(r"[0-9]+", written))


def _called(text: str, start: int, words: re.Pattern[str]) -> bool:
    """Whether one of the words stands shortly before, in the same line."""
    return bool(words.search(text[max(0, start - _LOOKED_BACK) : start].rpartition("\n")[2]))


def _is_code(text: str, start: int) -> bool:
    """Whether the number is called a code, an order or a serial by the words right before it."""
    return bool(_CODE_WORDS.search(text[max(0, start - _LOOKED_BACK) : start]))
