"""What `manage.py check` asks of the profiles for this chapter: that the rules understand what the outcomes require."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.checks import CheckMessage, register

from portal.regulations import library
from portal.regulations.checks import Problem, as_errors
from portal.regulations.schema import OutcomeRule

from .rules import NEEDS


def unknown_needs(code: str, outcomes: Mapping[str, OutcomeRule]) -> Iterator[Problem]:
    """Words in the `requires` of a profile's outcomes that no rule could ever ask for."""
    for outcome in outcomes.values():
        for word in sorted(set(outcome.requires) - NEEDS):
            yield Problem(
                "E015",
                code,
                f"答复结果 {outcome.code} 的 requires 中有不认识的“{word}”。",
                f"改为其中之一：{'、'.join(sorted(NEEDS))}，或者在 requests_ogi/rules/deciding.py 中加上这一项。",
            )


def requirements_are_understood(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The check over national law and all bodies, as their files stand after every dated change."""
    return as_errors(
        [
            problem
            for code in (library.NATIONAL, *library.bodies())
            for problem in unknown_needs(code, library.profile(code, date.max).outcomes)
        ]
    )


def start() -> None:
    """Make it part of `manage.py check`."""
    register(requirements_are_understood, "regulations")
