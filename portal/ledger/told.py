"""What an entry may be told: plain values, and nothing that looks like personal data."""

import re
import unicodedata
from typing import Any

# Letters and digits next to the pattern make it part of a longer code: a registered-mail number is not a mobile number.
PERSONAL = (
    ("居民身份证号码", re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?![0-9A-Za-z])")),
    ("手机号码", re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")),
    ("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
)
_MAX_DEPTH = 6


class NotForTheLedger(ValueError):
    """A value that must not be written into a record that can never be corrected."""


def judged(told: dict[str, Any] | None) -> dict[str, Any]:
    """`told` itself (an empty dict for None) if every value is a str, int, bool, None, list or dict and none looks personal.

    Raises NotForTheLedger, naming the key. This is the second line of defence: who writes an act leaves personal data out,
    because an append-only record could not honour the person's right to have it corrected or deleted (个人信息保护法 46, 47).
    """
    told = {} if told is None else told
    if not isinstance(told, dict):
        raise NotForTheLedger(f"told must be a dict, not {type(told).__name__}")
    _judge(told, "told", 0)
    return told


def _judge(value: Any, where: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise NotForTheLedger(f"{where} is nested too deeply")
    match value:
        case None | bool():
            return
        case str() | int():
            _judge_text(str(value), where)
        case list():
            for index, item in enumerate(value):
                _judge(item, f"{where}[{index}]", depth + 1)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise NotForTheLedger(f"{where} has the key {key!r}, which is not text")
                _judge_text(key, where)
                _judge(item, f"{where}.{key}", depth + 1)
        case _:
            raise NotForTheLedger(
                f"{where} is a {type(value).__name__}; the ledger holds text, whole numbers, yes/no, lists and dicts"
            )


def _judge_text(text: str, where: str) -> None:
    if any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in text):
        raise NotForTheLedger(f"{where} holds a character the database cannot store")
    plain = unicodedata.normalize("NFKC", text)
    for kind, pattern in PERSONAL:
        if pattern.search(plain):
            raise NotForTheLedger(
                f"{where} looks like personal data ({kind}): the ledger holds only codes, dates, numbers and ids"
            )
