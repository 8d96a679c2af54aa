"""Everything the index of rules is made of: profiles, the code that cites them and the tests that prove them."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.apps import apps
from django.conf import settings

from portal import moment
from portal.regulations import checks, library, proofs, registry
from portal.regulations.schema import Article

NOT_CARRIERS = {"migrations", "management", "tests"}


@dataclass(frozen=True, slots=True)
class Answer:
    """All there is to say of one rule. `declared` is None for a rule no profile holds yet.

    `enforced` names the code that cites the rule, and the code that puts the profile `entries` citing it into effect.
    """

    id: str
    app: str
    tier: int
    declared: str | None
    enforced: tuple[str, ...]
    tests: tuple[str, ...]
    entries: tuple[str, ...]
    article: Article | None

    def as_json(self) -> dict[str, object]:
        """The row of `manage.py rules --json`."""
        return {
            "id": self.id,
            "app": self.app,
            "tier": self.tier,
            "declared": self.declared,
            "enforced": list(self.enforced),
            "tests": list(self.tests),
        }


def import_all() -> None:
    """Import every module of our own apps, so that whatever cites a rule has said so."""
    for config in apps.get_app_configs():
        if not Path(config.path).is_relative_to(settings.BASE_DIR) or "site-packages" in config.path:
            continue
        for found in pkgutil.walk_packages([config.path], f"{config.name}."):
            if not NOT_CARRIERS & set(found.name.split(".")):
                importlib.import_module(found.name)


@lru_cache(maxsize=1)
def articles() -> Mapping[str, Article]:
    """Every declared article of every profile, national law first."""
    today = moment.today()
    found: dict[str, Article] = {}
    for code in (library.NATIONAL, *library.bodies()):
        found |= {key: article for key, article in library.profile(code, today).articles.items() if key not in found}
    return MappingProxyType(found)


def index(ids: tuple[str, ...]) -> list[Answer]:
    """The answers for some rule ids, in the order given. Ids in neither catalogue nor profiles are left out."""
    import_all()
    tests = proofs.proofs(settings.BASE_DIR / "tests", root=settings.BASE_DIR)
    today = moment.today()
    return [answer for rule in ids if (answer := _answer(rule, tuple(tests.get(rule, ())), today)) is not None]


def _answer(rule: str, tests: tuple[str, ...], today: date) -> Answer | None:
    article, listed = articles().get(rule), library.catalogue().get(rule)
    facts = article or listed
    if facts is None:
        return None
    citing = entries(rule, today)
    applied = {name for entry in citing for name in registry.appliers(entry.partition(": ")[2])}
    return Answer(
        id=rule,
        app=facts.app,
        tier=facts.tier,
        declared=article.source if article else None,
        enforced=tuple(sorted({*registry.enforcers(rule), *applied})),
        tests=tests,
        entries=citing,
        article=article,
    )


def entries(rule: str, today: date) -> tuple[str, ...]:
    """The profile entries that cite a rule, e.g. "wz: promise answer"; those of national law are named once."""
    national = checks.entries_citing(library.national(today), rule)
    found = [f"{library.NATIONAL}: {entry}" for entry in national]
    for code in library.bodies():
        profile = library.profile(code, today)
        found += [f"{code}: {entry}" for entry in checks.entries_citing(profile, rule) if entry not in national]
    return tuple(found)


def file_of(entry: str) -> str | None:
    """The file that holds an entry of `Answer.entries`: "wz: promise answer" stands in that body's requests.toml."""
    code, _, named = entry.partition(": ")
    kind, _, name = named.partition(" ")
    return library.file_of(
        code,
        {"promise": "terms", "overruled": "terms", "remedy": "remedies", "category": "categories"}.get(
            kind, f"{kind}s"
        ),
        name,
    )


def full_id(text: str) -> str:
    """The rule id a person means: any case, and a bare number is an article of the 条例 (29 → REG-29)."""
    text = text.strip()
    if text.isdigit():
        return f"REG-{text}"
    known = {rule.lower(): rule for rule in (*library.catalogue(), *articles())}
    return known.get(text.lower(), text)
