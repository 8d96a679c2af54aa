"""A choice that a profile offers is one that some code reads: no switch is connected to nothing."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from portal.regulations import library
from portal.regulations.schema import OutcomeRule

PROFILES = settings.BASE_DIR / "portal" / "regulations" / "profiles"


def keys() -> list[str]:
    """Every option key of every profile file, whatever body and day it is for."""
    found = set()
    for file in PROFILES.rglob("*.toml"):
        found |= set(re.findall(r'^\[\[options\]\]\nkey = "([^"]+)"', file.read_text("utf-8"), re.M))
    return sorted(found)


def sources() -> Iterator[str]:
    for place in ("portal", "disclosure", "requests_ogi"):
        for file in Path(settings.BASE_DIR / place).rglob("*.py"):
            if "migrations" not in file.parts:
                yield file.read_text("utf-8")


@pytest.fixture(scope="module")
def code() -> str:
    return "\n".join(sources())


@pytest.mark.parametrize("key", keys())
def test_an_option_is_read_by_code_or_decides_the_remedy_of_an_outcome(key: str, code: str) -> None:
    disputed = {outcome.remedy_option for body in library.bodies() for outcome in _outcomes(body)}

    assert f'"{key}"' in code or key in disputed


def _outcomes(body: str) -> list[OutcomeRule]:
    return list(library.profile(body, date.max).outcomes.values())
