"""The shapes a duty can have. The numbers are in the profiles; code knows only these shapes.

Everything here is a frozen value without behaviour beyond reading itself, and nothing here knows Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar

from portal.regulations.publishing import Attribute, Category, Chain, Column, Question

_T = TypeVar("_T")

Value: TypeAlias = str | int | bool | date | tuple[str, ...]
"""What an option or a parameter of an article may hold."""

STATUTORY = "statutory"
OWN = "own"


class Unit(StrEnum):
    """The unit a limit is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    IMMEDIATE = "immediate"

    @property
    def label(self) -> str:
        """The unit as a Chinese document writes it after a number."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.WORKING_DAY: "个工作日",
    Unit.CALENDAR_DAY: "日",
    Unit.HOUR: "小时",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.IMMEDIATE: "即时",
}


@dataclass(frozen=True, slots=True)
class Extension:
    """How a limit may be lengthened: at most `amount` units, `times` times, by whom, with what notice.

    `notice` is "written" or "any" (the form is free, the notice is not).
    """

    amount: int
    unit: Unit
    approver_role: str
    times: int = 1
    notice: str = "written"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """At most `amount` units after `event`.

    `rolls`: an end on a closed day moves to the next working day (民法典第二百零三条).
    `excludes`: causes whose time does not count. `minimum`/`maximum` bound a period that is set case by case.
    """

    key: str
    amount: int
    unit: Unit
    event: str
    label: str
    rules: tuple[str, ...]
    rolls: bool = False
    excludes: tuple[str, ...] = ()
    extension: Extension | None = None
    minimum: int | None = None
    maximum: int | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """The limit as people read it, e.g. 20个工作日."""
        return self.unit.label if self.unit is Unit.IMMEDIATE else f"{self.amount}{self.unit.label}"


@dataclass(frozen=True, slots=True)
class Lead:
    """At least `amount` units before `event`."""

    key: str
    amount: int
    unit: Unit
    event: str
    label: str
    rules: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """By a date in every period. `period`: week, ten_days, month, quarter or year; `month` only for a year."""

    key: str
    period: str
    label: str
    rules: tuple[str, ...]
    month: int | None = None
    day: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `minimum` and at most `maximum` per period; `target` is what a document wishes beyond its minimum."""

    key: str
    per: str
    label: str
    rules: tuple[str, ...]
    minimum: int | None = None
    maximum: int | None = None
    target: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeeBracket:
    """From the piece numbered `first` on, each piece costs `price` yuan; with `every`, each further so many cost `rise` more."""

    first: int
    price: int
    every: int | None = None
    rise: int = 0


@dataclass(frozen=True, slots=True)
class Fee:
    """A super-progressive price list: each bracket prices its own pieces only. `measure` is what is counted (件, 页)."""

    key: str
    label: str
    measure: str
    brackets: tuple[FeeBracket, ...]
    rules: tuple[str, ...]
    note: str = ""

    @property
    def free(self) -> int:
        """How many pieces cost nothing."""
        return next((bracket.first - 1 for bracket in self.brackets if bracket.price), 0)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The list as people read it: which pieces, at which price each."""
        ends = [bracket.first - 1 for bracket in self.brackets[1:]]
        found = []
        for bracket, end in zip(self.brackets, [*ends, None], strict=True):
            price = f"每{self.measure}{bracket.price}元" if bracket.price else "免费"
            if bracket.every is not None:
                price += f"；每{bracket.every}{self.measure}为一档，每增加一档，每{self.measure}提高{bracket.rise}元"
            span = f"第{bracket.first}{self.measure}以上" if end is None else f"第{bracket.first}至{end}{self.measure}"
            found.append((span, price))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Role:
    """What the holder of a post may do. `scope` says on what: the whole body or one department.

    `post` is the office the role is bound to (ex officio) and is empty where the body appoints freely;
    `minimum` is how many holders each body or department must have.
    """

    code: str
    name: str
    scope: str
    acts: tuple[str, ...]
    rules: tuple[str, ...] = ()
    post: str = ""
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in for a request, and which day counts as received (条例第三十一条).

    `receipt`: submission, signing or confirmation. `assisted`: staff fill in the form for the applicant.
    `evidence` says in Chinese what proves the day.
    """

    code: str
    label: str
    receipt: str
    evidence: str
    rules: tuple[str, ...]
    assisted: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """A lawful reason to withhold. `strength`: must or may; `outcome` is the outcome it leads to."""

    code: str
    label: str
    article: str
    strength: str
    outcome: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """One remedy statement. `text` is a template; `review_first`: reconsideration must precede a suit."""

    code: str
    label: str
    review_first: bool
    authority: str
    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """What an outcome fixes together: article, annual-report row, letter and remedy.

    `requires` names what the draft must hold. `remedy_option` names the sign-off option that decided the
    remedy where the law is disputed, and is empty where it is not.
    """

    code: str
    label: str
    article: str
    report_row: str
    letter_kind: str
    remedy: str
    requires: tuple[str, ...]
    rules: tuple[str, ...]
    remedy_option: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One clause of a document, with what it asks of the software.

    `tier`: 1 hard, 2 structural, 3 record only. A clause that higher law forbids names the forbidding article in
    `conflicts_with`, the one obeyed instead in `prevails`, and says why; `obeyed` is already resolved for the
    precedence the profile was opened with: a clause that conflicts and is obeyed all the same is carried out in the
    form that the prevailing article allows. `barred` clauses are not obeyed under any precedence.

    `checked` says how sure the wording is: text (compared with the full text), cited (read in a reliable quotation)
    or memory (to be compared before it is quoted to anybody).
    """

    id: str
    app: str
    tier: int
    kind: str
    text: str
    quote: str
    enforce: str
    source: str
    conflicts_with: str | None = None
    prevails: str | None = None
    obeyed: bool = True
    barred: bool = False
    why: str = ""
    checked: str = "text"
    params: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """A named choice of a body that is not a number of days. `values` lists what may be chosen, if limited."""

    key: str
    value: Value
    label: str
    rules: tuple[str, ...]
    values: tuple[str, ...] = ()
    obeyed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """An internal unit of a body. `kind`: office, division, institution, enterprise, bureau, township or discipline.

    `openness_office`: this unit is, or houses, the body's 政府信息公开工作机构. `service`: a public institution or enterprise
    (公共企事业单位) that serves the public, "institution" or "enterprise"; `supervisor` is the unit above it in its sector.
    """

    code: str
    name: str
    kind: str
    rules: tuple[str, ...] = ()
    openness_office: bool = False
    service: str = ""
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where requests are handed in (LD-A8-3; 条例第十二条)."""

    name: str
    address: str
    hours: str
    phone: str
    fax: str
    email: str
    postal_address: str
    postcode: str
    supervision_phone: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body as its letters name it. `level`: department (of a government) or government.

    `court_direct` is the court for a suit without reconsideration, `court_after_review` after one; both are
    settings that the body's legal section confirms (`courts_confirmed`).
    """

    name: str
    short_name: str
    red_head: str
    seal_name: str
    number_stem: str
    document_stem: str
    region: str
    level: str
    openness_office: str
    interpreter: str
    reconsideration_authority: str
    superior_department: str
    reconsideration_url: str
    court_direct: str
    court_after_review: str
    courts_confirmed: bool
    contact: Contact


@dataclass(frozen=True, slots=True)
class Profile:
    """The law of one body as it stood on a day: its own document over national law.

    `terms` are the hard limits, `promises` the body's own shorter limits beside them, `statutory` the national limits
    whatever the precedence, `overruled` own limits that reach further than the law allows and are never counted.
    `continued`: an expired document the body goes on working by; it is still shown as expired.
    """

    code: str
    title: str
    number: str
    version: str
    precedence: str
    valid_from: date
    valid_to: date | None
    continued: bool
    organisation: Organisation | None
    departments: Mapping[str, Department]
    terms: Mapping[str, Term]
    promises: Mapping[str, Term]
    overruled: Mapping[str, Term]
    statutory: Mapping[str, Term]
    leads: Mapping[str, Lead]
    recurrences: Mapping[str, Recurrence]
    quotas: Mapping[str, Quota]
    fees: Mapping[str, Fee]
    roles: Mapping[str, Role]
    channels: Mapping[str, Channel]
    grounds: Mapping[str, Ground]
    remedies: Mapping[str, Remedy]
    outcomes: Mapping[str, OutcomeRule]
    options: Mapping[str, Option]
    articles: Mapping[str, Article]
    thresholds: Mapping[str, tuple[int, ...]]
    attributes: Mapping[str, Attribute]
    chains: Mapping[str, Chain]
    categories: Mapping[str, Category]
    columns: Mapping[str, Column]
    questions: Mapping[str, Question]

    def term(self, key: str) -> Term:
        """The hard limit of a duty; KeyError names the duties this profile knows."""
        return _found(self.terms, key, f"profile {self.code} has no term")

    def promise(self, key: str) -> Term | None:
        """The body's own shorter limit for a duty, kept beside the hard one, or None."""
        return self.promises.get(key)

    def option(self, key: str) -> Value:
        """The value of a named choice; KeyError names the choices this profile knows."""
        return _found(self.options, key, f"profile {self.code} has no option").value

    def outcome(self, code: str) -> OutcomeRule:
        """What an outcome fixes; KeyError names the outcomes this profile knows."""
        return _found(self.outcomes, code, f"profile {self.code} has no outcome")

    def chain(self, content: str) -> Chain:
        """Who reviews a kind of content: its own chain, or the one for everything that has none."""
        return self.chains.get(content) or _found(self.chains, "own", f"profile {self.code} has no chain")

    def reminders(self, key: str) -> tuple[int, ...]:
        """Working days left at which a duty is called to mind, largest first; the general list if it has none."""
        return self.thresholds.get(key, self.thresholds["*"])

    def holders(self, act: str) -> tuple[Role, ...]:
        """The roles that may do an act."""
        return tuple(role for role in self.roles.values() if act in role.acts)

    def conflicts(self) -> tuple[Article, ...]:
        """The clauses that higher law contradicts, obeyed or not."""
        return tuple(article for article in self.articles.values() if article.conflicts_with)

    def longest_extension(self, key: str) -> Extension | None:
        """By how much a limit may be lengthened: the stricter of the statutory extension and the body's own, in the statutory
        unit; None where it may not be.
        """
        statutory, own = self.term(key).extension, self.promise(key)
        if statutory is None or own is None or own.extension is None:
            return statutory
        return replace(statutory, amount=min(statutory.amount, own.extension.amount))

    @property
    def extension_consent(self) -> str:
        """Who agrees to an extension (条例第三十三条), as notice and guide say it: in the law's own words, or as the body's
        document names them.
        """
        role = self.roles[str(self.option("extend.approver_role"))]
        return "本机关政府信息公开工作机构负责人" if role.code == "openness_director" else role.name

    @property
    def consents_as_a_group(self) -> bool:
        """Whether it is the leading group as a whole that agrees to an extension: its record is needed, not one signature."""
        return self.option("extend.approver_role") == "leading_group_head"

    def expired_on(self, on: date) -> bool:
        """Whether the body's document had run out by its own words on a day (NX-50-1)."""
        return self.valid_to is not None and on > self.valid_to

    @property
    def region(self) -> str:
        """The calendar region of the body, CN for national law itself."""
        return self.organisation.region if self.organisation else "CN"


def _found(entries: Mapping[str, _T], key: str, complaint: str) -> _T:
    try:
        return entries[key]
    except KeyError:
        raise KeyError(f"{complaint} {key!r}; it knows: {', '.join(sorted(entries))}") from None
