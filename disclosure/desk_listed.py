"""What the first page of the workplace shows of the negative list, the second looks, the catalogue and the statutory content."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from portal.organisation import roles
from portal.organisation.models import Body
from portal.organisation.roles import NOWHERE
from portal.web.todo import Queue, Warning, register_queue, register_warning

from . import statutory
from .models import VIEW, CatalogueChange, NegativeItem, Reassessment
from .vocabulary import Adjusting, Listed, Weighing

QUEUES: tuple[tuple[str, Any, str, str], ...] = (
    ("negative.accept", NegativeItem, Listed.FILED, "负面清单：待列入"),
    ("negative.remove", NegativeItem, Listed.LEAVING, "负面清单：待清除"),
    ("weighings.reassess", Reassessment, Weighing.OPEN, "待重新衡量"),
    ("catalogue.seal", CatalogueChange, Adjusting.FILLED_IN, "公开事项：待审核盖章"),
    ("catalogue.adjust", CatalogueChange, Adjusting.SEALED, "公开事项：待调整"),
)
"""Whose act, on what, in which state, under which label."""


@register_queue
def queues(user: Any, at: datetime) -> Iterable[Queue]:
    """What waits for an act of this person's; nothing that waits for nobody is shown."""
    reaches = roles.reaches(user, at=at)
    for act, model, state, label in QUEUES:
        reach = reaches.get(act, NOWHERE)
        mine = Q(body__in=reach.bodies) | Q(department__in=reach.departments)
        count = model.objects.filter(mine, state=state).count() if act in reaches else 0
        if count:
            home = reverse(f"admin:disclosure_{model._meta.model_name}_changelist")
            yield Queue(label, f"{home}?{urlencode({'state': state})}", count)


@register_warning
def warnings(user: Any, at: datetime) -> Iterable[Warning]:
    """Columns that have fallen behind their rhythm: to the office for its body, to whoever keeps the column."""
    reach = roles.reaches(user, at=at).get(VIEW, NOWHERE)
    for body in Body.objects.filter(Q(pk__in=reach.bodies) | Q(departments__in=reach.departments)).distinct():
        for entry in statutory.behind(body, at=at):
            keeps = entry.column.owners.filter(pk__in=reach.departments).exists()
            if body.pk in reach.bodies or keeps:
                text = f"{body.short_name}的“{entry.column.name}”栏目应当{entry.rhythm}更新，已经超过周期没有更新。"
                yield Warning(text, reverse("admin:disclosure_column_changelist"), "查看")
