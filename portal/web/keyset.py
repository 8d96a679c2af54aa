"""Pages of a long list by key, not by offset: page 4,000 costs what page 1 costs, and a new row shifts nothing."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

M = TypeVar("M", bound=Model)

SIZE = 50


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page, with the tokens that lead to its neighbours; an empty token means there is none."""

    rows: list[M]
    next: str
    previous: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def cut(queryset: QuerySet[M], *, order: Sequence[str], after: str = "", before: str = "", size: int = SIZE) -> Page[M]:
    """The page of `size` rows after or before a token, or the first page.

    `order` names columns that are never null and together unique, all ascending or all descending (`-opened_at`, `-pk`);
    an index over them in this order serves every page. A token that cannot be read counts as none: the first page.
    """
    descending = order[0].startswith("-")
    if any(name.startswith("-") != descending for name in order):
        raise ValueError("a keyset runs in one direction: all columns ascending or all descending")
    names = [name.lstrip("-") for name in order]
    back = bool(before)
    place = _read(queryset, names, before or after)
    if place is None:
        back = False
    rows = queryset.order_by(*(_turned(order) if back else order))
    if place is not None:
        comparison = TupleGreaterThan if descending == back else TupleLessThan
        rows = rows.filter(comparison(Tuple(*(F(name) for name in names)), place))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    first, last = (_token(found[0], names), _token(found[-1], names)) if found else ("", "")
    return Page(
        found,
        next=last if found and (back or more) else "",
        previous=first if found and (more if back else place is not None) else "",
    )


def _turned(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _token(row: Model, names: Sequence[str]) -> str:
    values = [getattr(row, name) for name in names]
    return urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode().rstrip("=")


def _read(queryset: QuerySet[Any], names: Sequence[str], token: str) -> tuple[Any, ...] | None:
    if not token:
        return None
    try:
        values = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(values, list) or len(values) != len(names) or None in values:
            return None
        meta = queryset.model._meta
        fields = [meta.pk if name == "pk" else meta.get_field(name) for name in names]
        return tuple(field.to_python(value) for field, value in zip(fields, values, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return None
