"""The attribute of openness: proposed by the drafter, decided by the signer together with the document."""

from collections.abc import Collection, Iterator, Mapping

from portal.regulations.publishing import Attribute
from portal.regulations.registry import carries

from ..vocabulary import GOES_OUT, Content, Genre, Openness
from .refusal import Refused


@carries(
    *("NX-07-1a", "NX-07-1c", "LD-A4-1", "LD-A4-3-0", "LD-A4-4a", "LD-A4-5", "LD-A4-8"),
    *("WZ-6.3-1a", "WZ-6.3-1b", "WZ-6.3-1c", "WZ-6.3-4a", "YQ-S5-1.1a", "YQ-S5-1.1c", "YQ-S5-1.1d"),
)
def missing_of(attribute: Attribute | None, *, reason: str, basis: str, always: bool = False) -> Iterator[str]:
    """What a draft, of whatever kind, still owes of its attribute before anybody looks at it.

    `always`: this content needs a reason whatever the attribute is (YQ-S5-1.1d).
    """
    if attribute is None:
        yield "没有确定公开属性"
        return
    if (attribute.reason_required or always) and not reason.strip():
        yield f"公开属性为“{attribute.label}”，没有写明理由"
    if attribute.basis_required and not basis.strip():
        yield f"公开属性为“{attribute.label}”，没有写明法律、法规或者文件依据"


@carries("LD-A4-3-3")
def closed_within(openness: str, parts: Iterator[str]) -> Iterator[str]:
    """A document that goes out whole holds nothing of another attribute, attachments included. `parts` name what is closed."""
    if openness == Openness.OPEN:
        for part in parts:
            yield f"主动公开的文件中含有不公开的内容（{part}）"


@carries("YQ-S5-1.2b")
def goes_out(openness: str) -> bool:
    """Whether a document of this openness is published."""
    return openness in GOES_OUT


@carries("NX-03-1", "YC-1.1-1", "YC-5.4-1b", "WZ-6.3-5a")
def default_of(attributes: Mapping[str, Attribute], default: str) -> Attribute | None:
    """What a new draft bears until somebody says otherwise: openness is the rule, everything else its exception."""
    return attributes.get(default)


@carries("LD-A4-3-1a", "LD-A4-3-1b", "LD-A4-3-1c")
def suggested(signs: Collection[str], by_openness: Mapping[str, Collection[str]]) -> str:
    """The openness that a document's signs point to, or "" for none; the most closed one wins.

    `signs` are its genre, the kinds of what was found in it, and "policy"; `by_openness` which signs point where. Only a
    suggestion: the drafter proposes, the signer decides.
    """
    for openness in (Openness.CLOSED, Openness.ON_REQUEST, Openness.OPEN):
        if set(signs) & set(by_openness.get(openness, ())):
            return openness
    return ""


@carries("NX-19-5", "NX-18-3b", "LD-A1-5b")
def missing_origin(content: str, genre: str, *, source: str, reason: str, barred: Collection[str]) -> Iterator[str]:
    """What a document that goes out owes of where it comes from: a repost the public place it was taken from, and a kind of
    paper that is not for the platform the reason why this one is.
    """
    if content == Content.REPOST and not source.strip():
        yield "转载的信息没有写明来源，只能转载已经公开发布的信息"
    if genre in barred and not reason.strip():
        yield f"文种为“{Genre(genre).label}”，对上级机关的请示、报告和同级机关的往来函件不对外发布；确属面向社会的，没有写明理由"


def may_become(before: str, after: str) -> bool:
    """Whether what was reviewed with one openness may be signed with another: closed at the signature, never opened there."""
    return goes_out(before) or not goes_out(after)


@carries("LD-A4-4c", "NX-07-1b", "YQ-S5-1.1b", "WZ-6.3-1b")
def judge_final(before: str, after: str) -> None:
    """Whether the signer may decide this openness: what was reviewed as staying in may not go out unseen. Raises Refused."""
    if not may_become(before, after):
        raise Refused("本件没有按照对外发布的要求审核，不能在签发时改为主动公开。请退回起草人修改公开属性后重新送审。")


@carries("WZ-6.3-4c")
def missing_participation(kinds: Collection[str], note: str) -> Iterator[str]:
    """What a major decision owes of how others took part in it."""
    if not kinds or not note.strip():
        yield "重大行政决策文件没有体现公众参与情况（调研研究、咨询协商、专家论证、公众评议、部门会签、合法性审核）"
