"""Whether a text that is to be published says who somebody is. Pure: text and names in, findings out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from portal.ledger.told import PERSONAL
from portal.regulations.registry import carries

from .refusal import Refused

SHORTEST_NAME = 2
SHORTEST_TAIL = 4
_AROUND = 6
_DIGITS = re.compile(r"\d")
# A house, a flat: what a street is followed by where people live. 楼 alone stands in many a plan and in many a permit.
_HOME = re.compile(r"\d+号?(?:楼|幢|栋|弄|院)\d*(?:单元|门)?\d*(?:室|户|号)|\d+单元\d+")
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by their category, and nothing to be seen
_PATTERNS = (*PERSONAL, ("住址门牌", _HOME))


@dataclass(frozen=True)
class Secret:
    """Something that must not appear: what it is in words, and the text itself."""

    what: str
    text: str


@dataclass(frozen=True)
class Found:
    """What was found and in which field; `around` is the place with the thing itself blacked out."""

    where: str
    what: str
    around: str

    @property
    def sentence(self) -> str:
        return f"“{self.where}”中有{self.what}：……{self.around}……"


def scan(texts: Mapping[str, str], secrets: Iterable[Secret]) -> list[Found]:
    """Everything in the texts (by the name of their field) that says who somebody is.

    Looked for are the secrets of the case, letter by letter after width, blanks and separators are evened out, and what
    looks like an identity number, a mobile number, an e-mail address or a home whoever it belongs to.
    """
    known = [(secret.what, _even(secret.text)) for secret in secrets]
    wanted = [(what, text) for what, text in known if len(text) >= SHORTEST_NAME]
    found = []
    for where, text in texts.items():
        plain = _even(text)
        found += [
            Found(where, what, _around(plain, place, len(secret)))
            for what, secret in wanted
            if (place := plain.find(secret)) >= 0
        ]
        wide = unicodedata.normalize("NFKC", _visible(text))
        found += [
            Found(where, what, _around(wide, match.start(), match.end() - match.start()))
            for what, pattern in _PATTERNS
            for match in pattern.finditer(wide)
        ]
    return list(dict.fromkeys(found))


def _visible(text: str) -> str:
    """Without characters that have no width or no ink: they only serve to hide something from a search."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf" and char not in _FILLERS)


def _even(text: str) -> str:
    """Letters, digits and signs of writing only, narrow and small."""
    narrow = unicodedata.normalize("NFKC", _visible(text)).casefold()
    return "".join(char for char in narrow if unicodedata.category(char)[0] in "LN")


def _around(text: str, place: int, length: int) -> str:
    before, after = text[max(place - _AROUND, 0) : place], text[place + length : place + length + _AROUND]
    return f"{_DIGITS.sub('*', before)}■■■{_DIGITS.sub('*', after)}".replace("\n", " ")


@carries("REG-44")
def may_publish(found: Iterable[Found]) -> None:
    """An answer is published only when nothing in it says who asked, or who else is concerned (条例第十五条)."""
    sentences = [one.sentence for one in found]
    if sentences:
        raise Refused(
            "公开的文字中不能出现能够识别个人或者申请人的内容，请改写后再提交。" + "；".join(sentences) + "。"
        )


def may_check(*, checker: int, proposer: int, authors: Set[int]) -> None:
    """The check belongs to a second person: neither who proposed the text nor who drafted the answer. User ids."""
    if checker == proposer:
        raise Refused("公开前的隐私核对不能由提出人自己办理，请由其他有此职责的同志核对。")
    if checker in authors:
        raise Refused("您参与了本件答复的拟写，不能办理公开前的隐私核对，请由其他有此职责的同志核对。")
