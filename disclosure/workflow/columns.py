"""The columns of each body's platform as its profile lays them out, for a site that starts without any."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from portal.moment import local_date
from portal.organisation.models import Body
from portal.regulations import library, publishing
from portal.regulations.registry import applies

from ..models import Column


@applies("column *")
@transaction.atomic
def load_columns(*, at: datetime) -> None:
    """Create what is missing; what the office has renamed or reordered since is left alone. Safe to repeat."""
    for body in Body.objects.order_by("pk"):
        laid_out = library.profile(body.profile, local_date(at)).columns
        known = {column.code: column for column in body.columns.all()}
        for order, column in enumerate(laid_out.values()):
            _load(body, column, laid_out, known, order)


def _load(
    body: Body,
    column: publishing.Column,
    laid_out: Mapping[str, publishing.Column],
    known: dict[str, Column],
    order: int,
) -> Column:
    """The row of a column, made after the one it lies below."""
    if column.code in known:
        return known[column.code]
    parent = _load(body, laid_out[column.parent], laid_out, known, order) if column.parent else None
    made = Column.objects.create(
        body=body, code=column.code, name=column.label, parent=parent, order=order, key_area=column.key_area
    )
    made.owners.set(body.departments.filter(code__in=column.owners))
    known[column.code] = made
    return made
