"""Whether a text that is to be published says who somebody is. Pure: text and names in, findings out."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from portal.regulations.registry import carries
from portal.scanning.folding import letters, occurrences
from portal.scanning.scanner import around
from portal.scanning.scanner import scan as scan_text
from portal.scanning.vocabulary import PERSONAL

from .refusal import Refused

SHORTEST_NAME = 2
SHORTEST_TAIL = 4


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
    looks like an identity number, a bank card, a mobile number, an e-mail address or a home whoever it belongs to.
    """
    known = [(secret.what, letters(secret.text).text) for secret in secrets]
    wanted = [(what, text) for what, text in known if len(text) >= SHORTEST_NAME]
    found = []
    for where, text in texts.items():
        plain = letters(text)
        for what, secret in wanted:
            for start, end in occurrences(plain.text, secret)[:1]:
                found.append(Found(where, what, around(text, *plain.span(start, end))))
        found += [
            Found(where, str(one.kind.label), around(text, one.start, one.end))
            for one in scan_text(text)
            if one.kind in PERSONAL
        ]
    return list(dict.fromkeys(found))


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
