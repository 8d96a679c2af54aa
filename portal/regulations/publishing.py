"""The shapes of what a body's law says of publishing: attributes, review chains, the negative list, columns.

Frozen values like those of `schema`, kept apart so that both files can be read in one sitting.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of openness as the body's document names it. `core`: open, partial, on_request or closed.

    `mark` is what is printed in the document's note; `reason_required` and `basis_required` what a proposal must hold.
    `item_required`: it must rest on an item of the negative list that is in force.
    """

    code: str
    label: str
    core: str
    rules: tuple[str, ...]
    mark: str = ""
    reason_required: bool = False
    basis_required: bool = False
    item_required: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a review chain: who looks (`role`), at what (`checks`, points that are ticked one by one).

    `kind`: review, secrecy (within the term secrecy_review), legal (may be done by a reviewer without an account), or
    sign, which is the last and decides the attribute together with the document. `others` are further roles that may do it;
    `asks` is what the reviewer must write, where a bare consent is not enough.
    """

    key: str
    label: str
    role: str
    kind: str = "review"
    checks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    asks: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role that may do this step."""
        return (self.role, *self.others)


@dataclass(frozen=True, slots=True)
class Chain:
    """Who reviews a kind of content, in order. `code` names the content; "own" stands for what has no chain of its own.

    `recheck` is a last look between the signing and the publication; `distinct` says that the document counts persons, so that
    nobody may do two steps of one round.
    """

    code: str
    label: str
    stages: tuple[Stage, ...]
    rules: tuple[str, ...]
    recheck: Stage | None = None
    distinct: bool = False
    note: str = ""

    @property
    def signing(self) -> Stage:
        """The stage that decides."""
        return self.stages[-1]

    def after(self, passed: int) -> Stage | None:
        """The stage that is next when so many have been passed, or None when all have."""
        return self.stages[passed] if passed < len(self.stages) else None


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a body's negative list. `force`: mandatory or discretionary; `grounds`: the national grounds it rests
    on, by their codes. A category without any is unlawful as a ground: it is shown and flagged, and cannot be cited.
    """

    code: str
    number: int
    label: str
    force: str
    grounds: tuple[str, ...]
    rules: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the site. `owners` are codes of the departments that keep it, `rhythm` a recurrence it must keep up with.

    `key_area`: a sub-column of 重点领域; `statutory`: which item of 条例第二十条 it serves, empty for none.
    """

    code: str
    label: str
    rules: tuple[str, ...]
    owners: tuple[str, ...] = ()
    parent: str = ""
    rhythm: str = ""
    statutory: str = ""
    key_area: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question. `verdict`: on (nothing decided yet), no (not a normative document), yes (one, whatever the
    standards of content say) or remake (not one in this form, and its content asks for one). `because` is what is kept on record.
    """

    code: str
    label: str
    verdict: str
    because: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question on whether a document is a 行政规范性文件. Questions are put in the order of `step`, under their `group`.

    `standard`: one of the standards of content, which a decisive yes elsewhere settles. `taken_from` names the column of the
    document that holds the answer; such a question is not put to anybody, and what is not among its choices decides nothing.
    """

    code: str
    step: int
    group: str
    label: str
    choices: tuple[Choice, ...]
    rules: tuple[str, ...]
    help: str = ""
    standard: bool = False
    taken_from: str = ""
