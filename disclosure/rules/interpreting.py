"""Policy interpretation: what a plan must say, who may go without, and what is published together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.regulations.registry import applies, carries

from .refusal import Refused

NEVER, UNLISTED = "never", "unlisted"
SIMULTANEOUS, IF_IMPORTANT = "simultaneous", "simultaneous_if_important"


@applies("option interpretation.plan_fields")
@carries("YC-3.1-1a", "YQ-S5-1.3c", "LD-A2-4-1")
def unsaid(fields: Mapping[str, str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The points of the body's plan that the plan does not speak of."""
    return tuple(name for name in wanted if not fields.get(name, "").strip())


@applies("option interpretation.exemption")
@carries("LD-A2-1", "YQ-S5-1.3a", "WZ-6.3-4b")
def may_exempt(mode: str, *, listed: bool) -> None:
    """Whether a policy document may go without interpretation, its reason given. Raises Refused.

    `listed`: it is one the body's document names as to be interpreted (a normative document, an important policy).
    """
    if mode == NEVER:
        raise Refused("本机关规定政策性文件一律附解读方案，不能免予解读。请填写解读方案。")
    if mode == UNLISTED and listed:
        raise Refused("行政规范性文件和重要政策文件应当解读，不能免予解读。请填写解读方案。")


@applies("option interpretation.release")
@carries("LD-A1-10-1d", "YQ-S5-1.3d", "WZ-6.3-1d", "WZ-6.3-1e")
def together(mode: str, *, important: bool) -> bool:
    """Whether the policy waits for its interpretation and both become public in one act."""
    return mode == SIMULTANEOUS or (mode == IF_IMPORTANT and important)


@applies("option interpretation.forms", "option interpretation.elements")
@carries("LD-A2-2", "LD-A2-3")
def judge_material(*, form: str, forms: Collection[str], said: Collection[str], elements: Collection[str]) -> None:
    """Whether the form of an interpretation and the elements of content it is said to hold are ones the body knows."""
    if form not in forms:
        raise Refused("本机关的规定中没有这种解读形式，请从所列形式中选择。")
    if unknown := [element for element in said if element not in elements]:
        raise Refused(f"解读内容要素“{'、'.join(unknown)}”不在规定的要素中，请重新勾选。")


@applies("option interpretation.released_with")
@carries("YC-3.1-1d")
def not_released(details: Mapping[str, str], wanted: Sequence[str]) -> Iterator[str]:
    """What is to be made public together with an interpretation and is not there."""
    for name in wanted:
        if not details.get(name, "").strip():
            yield f"解读材料没有同时公布{name}"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of so many policies have their interpretation."""

    paired: int
    of: int

    @property
    def percent(self) -> int | None:
        """In whole per cent, never rounded up to a hundred; None where there was nothing to interpret."""
        return self.paired * 100 // self.of if self.of else None
