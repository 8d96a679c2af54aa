"""What a rule says when it refuses."""

from collections.abc import Iterable

from portal.refusal import Refusal


class Refused(Refusal):
    """A verdict against an act or a value: one full Chinese sentence with the way on."""


class Returned(Refused):
    """退文: the draft goes back with everything that is missing, all at once (WZ-6.3-4). `missing` are the single points."""

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        super().__init__("本件缺少下列内容，请补正后再送审：" + "；".join(self.missing) + "。")

    @property
    def points(self) -> tuple[str, ...]:
        """Every single point that is missing, as a sentence."""
        return tuple(f"{point}。" for point in self.missing)
