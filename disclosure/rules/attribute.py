"""The attribute of openness: proposed by the drafter, decided by the signer together with the document."""

from collections.abc import Iterator

from portal.regulations.publishing import Attribute
from portal.regulations.registry import carries

from ..vocabulary import GOES_OUT, Openness


@carries(
    "NX-07-1a", "NX-07-1c", "LD-A4-4a", "LD-A4-5", "WZ-6.3-1b", "WZ-6.3-1c", "WZ-6.3-4a", "YQ-S5-1.1a", "YQ-S5-1.1c"
)
def missing_of(attribute: Attribute | None, *, reason: str, basis: str) -> Iterator[str]:
    """What a draft still owes of its attribute before anybody looks at it."""
    if attribute is None:
        yield "没有确定公开属性"
        return
    if attribute.reason_required and not reason.strip():
        yield f"公开属性为“{attribute.label}”，没有写明理由"
    if attribute.basis_required and not basis.strip():
        yield f"公开属性为“{attribute.label}”，没有写明法律、法规或者文件依据"


@carries("LD-A4-3-3")
def closed_within(openness: str, parts: Iterator[str]) -> Iterator[str]:
    """A document that goes out whole holds nothing of another attribute, attachments included. `parts` name what is closed."""
    if openness == Openness.OPEN:
        for part in parts:
            yield f"主动公开的文件中含有不公开的内容（{part}）"


def goes_out(openness: str) -> bool:
    """Whether a document of this openness is published."""
    return openness in GOES_OUT
