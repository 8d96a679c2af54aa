"""When and by whom live and die together, and the database says so."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, F, Model, Q

# Pairs that are not bound together, each with its reason.
APART = {
    "workdays.Notice.imported_at": "what ships with the portal is imported by nobody",
    "letters.Letter.composed_at": "a letter may be composed by the portal itself, when an applicant acts",
    "letters.Delivery.recorded_at": "the portal itself records what it delivers electronically",
}


def pairs() -> Iterator[tuple[type[Model], str, str]]:
    """Every `x_at` or `x_on` with a sibling `x_by` in a model of ours."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields() if field.concrete}
        ours = model.__module__.split(".")[0] in {"portal", "requests_ogi"} and not hasattr(model, "instance_type")
        for name in sorted(names) if ours else ():
            for moment in ("_at", "_on"):
                if name.endswith(moment) and (by := name.removesuffix(moment) + "_by") in names:
                    yield model, name, by


def named(condition: Any) -> set[str]:
    """The columns a condition speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in named(child)}
    if isinstance(condition, tuple):
        return {condition[0].split("__")[0]}
    return {condition.name} if isinstance(condition, F) else set()


def bound(model: type[Model], first: str, second: str) -> bool:
    """Whether both columns are always filled, or a constraint speaks of both."""
    if not any(model._meta.get_field(name).null for name in (first, second)):
        return True
    checks = [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return any({first, second} <= named(one.condition) for one in checks)


PAIRS = {f"{model._meta.label}.{at}": (model, at, by) for model, at, by in pairs()}


@pytest.mark.parametrize("pair", PAIRS)
def test_when_and_by_whom_are_bound_together(pair: str) -> None:
    model, at, by = PAIRS[pair]

    assert bound(model, at, by) or pair in APART


def test_there_are_pairs_and_no_reason_is_left_over() -> None:
    assert PAIRS
    assert set(APART) <= set(PAIRS)
    assert not [pair for pair in APART if bound(*PAIRS[pair])]
