"""The law of each body on a day, resolved from the profile files.

`profile("wz", on)` is Wuzhou's document over national law as both stood on that day. Pure: no Django, no clock.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from portal.regulations import publishing, schema
from portal.regulations.making import chain, fee, guarded, organisation, plain, question, role, term
from portal.regulations.reading import TABLES, Entry, ProfileError, Shelf, elaborated, merged
from portal.regulations.schema import OWN, STATUTORY, Profile, Term, Unit

NATIONAL = "national"
BODIES = ("nx", "yc", "yq", "ld", "wz")
FOLDER = Path(__file__).parent / "profiles"
PLACE = "portal/regulations/profiles/"

_T = TypeVar("_T")
_deployed: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the catalogue: a rule id and where it belongs."""

    id: str
    app: str
    tier: int
    kind: str
    enforce: str


class Library:
    """All profiles under one folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self._shelves: dict[str, Shelf] = {}

    def shelf(self, code: str) -> Shelf:
        """The parsed files of one profile; KeyError for a code without a folder."""
        if code not in self._shelves:
            if not (self.folder / code).is_dir():
                raise KeyError(f"no profile {code!r}; known: {', '.join(self.codes())}")
            self._shelves[code] = Shelf(self.folder / code)
        return self._shelves[code]

    def codes(self) -> tuple[str, ...]:
        """Every profile there is, national law first, the bodies in the order of their source documents."""
        there = {path.name for path in self.folder.iterdir() if path.is_dir()}
        known = [code for code in (NATIONAL, *BODIES) if code in there]
        return (*known, *sorted(there - set(known)))

    def epoch(self, code: str, on: date) -> date:
        """The latest day up to `on` at which the law of a body changed: profiles of one epoch are equal."""
        shelves = {code, NATIONAL} & set(self.codes())
        days = [day for name in shelves for day in self.shelf(name).boundaries() if day <= on]
        return max(days, default=date.min)

    def resolve(self, code: str, on: date, precedence: str) -> Profile:
        """The profile of a body as it stood on a day, under a precedence."""
        if precedence not in {STATUTORY, OWN}:
            raise ValueError(f"precedence is {STATUTORY!r} or {OWN!r}, not {precedence!r}")
        return _Resolution(self, code, on, precedence).profile()


class _Resolution:
    """One profile being put together."""

    def __init__(self, library: Library, code: str, on: date, precedence: str) -> None:
        self.shelf = library.shelf(code)
        parent = self.shelf.head.get("inherits")
        self.parent = library.shelf(parent) if parent else None
        self.library, self.code, self.on, self.precedence = library, code, on, precedence

    def profile(self) -> Profile:
        head = self.shelf.head
        statutory = self._made("terms", term, inherited_only=True)
        terms, promises, overruled = self._limits(statutory)
        options = self._options()
        return Profile(
            code=self.code,
            title=head["title"],
            number=head.get("number", ""),
            version=self._version(),
            precedence=self.precedence,
            valid_from=head["valid_from"],
            valid_to=head.get("valid_to"),
            continued=head.get("continued", False),
            organisation=organisation(self.shelf.organisation),
            departments=self._made("departments", plain(schema.Department)),
            terms=terms,
            promises=promises,
            overruled=overruled,
            statutory=statutory,
            leads=self._made("leads", plain(schema.Lead)),
            recurrences=self._made("recurrences", plain(schema.Recurrence)),
            quotas=self._made("quotas", plain(schema.Quota)),
            fees=self._made("fees", fee),
            roles=self._made("roles", role),
            channels=self._made("channels", plain(schema.Channel)),
            grounds=self._made("grounds", plain(schema.Ground)),
            remedies=self._made("remedies", plain(schema.Remedy)),
            outcomes=self._made("outcomes", lambda entry: _outcome(entry, options)),
            options=options,
            articles=self._made("articles", self._article),
            thresholds=self._made("reminders", lambda entry: tuple(entry["thresholds"])),
            attributes=self._made("attributes", plain(publishing.Attribute)),
            chains=self._made("chains", chain),
            categories=self._made("categories", plain(publishing.Category)),
            columns=self._made("columns", plain(publishing.Column)),
            questions=self._made("questions", question),
        )

    def _above(self, table: str) -> dict[str, Entry]:
        return self.parent.standing(table, self.on) if self.parent else {}

    def _made(self, table: str, make: Callable[[Entry], _T], *, inherited_only: bool = False) -> Mapping[str, _T]:
        own = self.shelf.standing(table, self.on)
        entries = self._above(table) if inherited_only and self.parent else elaborated(self._above(table), own)
        return MappingProxyType({name: guarded(make, table, name, entry) for name, entry in entries.items()})

    def _limits(self, statutory: Mapping[str, Term]) -> tuple[Mapping[str, Term], ...]:
        """Hard limits, promises, and own limits that the law overrules because they reach further.

        An own entry without an amount only adds its citations to the limit above.
        """
        terms, promises, overruled = dict(statutory), dict[str, Term](), dict[str, Term]()
        above = self._above("terms")
        own_entries = self.shelf.standing("terms", self.on) if self.parent else {}
        for key, entry in own_entries.items():
            if key not in above:
                terms[key] = guarded(term, "terms", key, entry)
                continue
            if "amount" not in entry and entry.keys() - {"key", "rules", "source"}:
                raise ProfileError(f"{entry['source']}: terms {key!r}: an entry without an amount only cites rules")
            if "amount" not in entry or _same_limit(above[key], entry):
                terms[key] = guarded(term, "terms", key, _confirmed(above[key], entry))
                continue
            own = guarded(term, "terms", key, _unextended(above[key]) | entry)
            if longer(own, statutory[key]):
                overruled[key] = own
            elif self.precedence == OWN:
                terms[key] = own
            else:
                promises[key] = own
        return MappingProxyType(terms), MappingProxyType(promises), MappingProxyType(overruled)

    def _options(self) -> Mapping[str, schema.Option]:
        """Options of the body over those above; one that higher law forbids counts only under its own precedence."""
        above = self._above("options")
        chosen = dict(above)
        for key, entry in self.shelf.standing("options", self.on).items():
            forbidden = not entry.get("obeyed", True)
            if forbidden and (entry.get("barred") or self.precedence == STATUTORY):
                continue
            chosen[key] = (merged(above[key], entry) if key in above else entry) | {"obeyed": True}
        make = plain(schema.Option)
        return MappingProxyType(
            {
                key: guarded(make, "options", key, {n: v for n, v in entry.items() if n != "barred"})
                for key, entry in chosen.items()
            }
        )

    def _article(self, entry: Entry) -> schema.Article:
        """An article; one that higher law forbids is obeyed only under its own precedence, a barred one never."""
        obeyed = entry.get("obeyed", True) or (self.precedence == OWN and not entry.get("barred", False))
        return plain(schema.Article)(entry | {"obeyed": obeyed, "source": PLACE + entry["source"]})

    def _version(self) -> str:
        """Which wording this is: the document's own version and the day national law last changed."""
        own = str(self.shelf.head["version"])
        if self.parent is None:
            return f"{own}@{self.library.epoch(self.code, self.on)}"
        changed = self.library.epoch(self.parent.code, self.on)
        mark = "+own" if self.precedence == OWN else ""
        return f"{own}+{self.parent.code}@{changed}{mark}"


def changes(code: str, *, until: date) -> tuple[date, ...]:
    """The days, up to `until`, on which the law of a body changed: one for every version of its profile."""
    shelves = {code, NATIONAL}
    days = {day for name in shelves for day in _library.shelf(name).boundaries() if day <= until}
    return tuple(sorted(days))


def longer(own: Term, statutory: Term) -> bool:
    """Whether an own limit could ever end after the statutory one: then it may not take its place.

    Calendar days never outlast as many working days; other units are compared only with themselves.
    """
    comparable = own.unit is statutory.unit or (own.unit, statutory.unit) == (Unit.CALENDAR_DAY, Unit.WORKING_DAY)
    return not comparable or own.amount > statutory.amount


def _same_limit(above: Entry, own: Entry) -> bool:
    return bool(
        above["amount"] == own["amount"]
        and above["unit"] == own.get("unit", above["unit"])
        and above["event"] == own.get("event", above["event"])
    )


def _confirmed(above: Entry, own: Entry) -> Entry:
    """The limit above, cited by the body too; its own way of extending counts if it does not reach further."""
    confirmed = above | {"rules": merged(above, own)["rules"]}
    extension = own.get("extension")
    if extension and "extension" in above and extension["amount"] <= above["extension"]["amount"]:
        confirmed["extension"] = merged(above["extension"], extension)
    return confirmed


def _unextended(above: Entry) -> Entry:
    """What an own limit takes over from the one above: everything but the extension and the bounds of a period."""
    return {name: value for name, value in above.items() if name not in {"extension", "minimum", "maximum", "rules"}}


def _outcome(entry: Entry, options: Mapping[str, schema.Option]) -> schema.OutcomeRule:
    """An outcome; where the remedy is disputed the sign-off option decides it."""
    outcome = plain(schema.OutcomeRule)(entry)
    if not outcome.remedy_option:
        return outcome
    return replace(outcome, remedy=str(options[outcome.remedy_option].value))


_library = Library()


@lru_cache(maxsize=256)
def _profile(code: str, epoch: date, precedence: str) -> Profile:
    return _library.resolve(code, epoch, precedence)


@lru_cache(maxsize=4096)
def profile(code: str, on: date, *, precedence: str | None = None) -> Profile:
    """The law of a body as it stood on `on`.

    `precedence` is "statutory" (national limits are hard, own ones are promises) or "own" (an own limit that is not
    longer takes the hard place, forbidden clauses are obeyed unless barred); None means what `deploy` set for the
    body, statutory by default. KeyError for an unknown code, ProfileError for a file that is not law.
    """
    return _profile(code, _library.epoch(code, on), precedence or _deployed.get(code, STATUTORY))


def in_force(code: str, on: date) -> Profile:
    """The law of a body on a day under the precedence of this deployment."""
    return profile(code, on)


def national(on: date) -> Profile:
    """National law as it stood on a day."""
    return profile(NATIONAL, on)


def file_of(code: str, table: str, name: str) -> str | None:
    """The file in which a body, or national law for it, declares an entry, e.g. ("nx", "terms", "answer")."""
    for folder in (code, NATIONAL):
        for entry in _library.shelf(folder).tables[table]:
            if entry[TABLES[table]] == name:
                return f"{PLACE}{entry['source']}"
    return None


def bodies() -> tuple[str, ...]:
    """The codes of the five bodies."""
    return BODIES


def deploy(precedences: Mapping[str, str]) -> None:
    """Set the precedence of single profiles for this process; called once, when the site starts."""
    for code, precedence in precedences.items():
        if code not in BODIES or precedence not in {STATUTORY, OWN}:
            raise ValueError(f"REGULATION_PRECEDENCE holds {code}:{precedence}; write e.g. wz:own")
    _deployed.clear()
    _deployed.update(precedences)
    profile.cache_clear()


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Listed]:
    """Every rule id drawn from the five source documents, declared in a profile yet or not."""
    with (FOLDER / "catalogue.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return MappingProxyType(
            {row["id"]: Listed(row["id"], row["app"], int(row["tier"]), row["kind"], row["enforce"]) for row in rows}
        )
