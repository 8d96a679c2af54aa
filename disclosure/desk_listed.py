"""What the first page of the workplace shows of the negative list, the second looks, the catalogue, the content lists
and the statutory content.
"""

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

from . import content_lists, statutory, unit_catalogues
from .models import (
    VIEW,
    VIEW_CONTENTS,
    VIEW_UNITS,
    CatalogueChange,
    CleanUp,
    ContentEntry,
    NegativeItem,
    Reassessment,
    UnitCatalogue,
)
from .vocabulary import Adjusting, CleanUpState, Entered, Filing, Listed, Period, Weighing

QUEUES: tuple[tuple[str, Any, str, str], ...] = (
    ("negative.accept", NegativeItem, Listed.FILED, "负面清单：待列入"),
    ("negative.remove", NegativeItem, Listed.LEAVING, "负面清单：待清除"),
    ("weighings.reassess", Reassessment, Weighing.OPEN, "待重新衡量"),
    ("catalogue.seal", CatalogueChange, Adjusting.FILLED_IN, "公开事项：待审核盖章"),
    ("cleanups.conclude", CleanUp, CleanUpState.OPEN, "规范性文件清理：进行中"),
    ("cleanups.announce", CleanUp, CleanUpState.OPEN, "规范性文件清理：待公布"),
    ("catalogue.adjust", CatalogueChange, Adjusting.SEALED, "公开事项：待调整"),
    ("contents.confirm", ContentEntry, Entered.REPORTED, "内容清单：待确认"),
    ("units.publish", UnitCatalogue, Filing.COMPILED, "公共企事业单位目录：待公布"),
    ("units.accept", UnitCatalogue, Filing.FILED, "公共企事业单位目录：待审查"),
    ("units.correct", UnitCatalogue, Filing.ORDERED, "公共企事业单位目录：待改正"),
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


@register_warning
def content_warnings(user: Any, at: datetime) -> Iterable[Warning]:
    """Periodic content that is late, to the department and the office; departments without a list, to the office."""
    reach = roles.reaches(user, at=at).get(VIEW_CONTENTS, NOWHERE)
    places = Body.objects.filter(Q(pk__in=reach.bodies) | Q(departments__in=reach.departments)).distinct()
    page = reverse("admin:disclosure_contententry_changelist")
    for body in places.order_by("pk"):
        for one in content_lists.late(body, at=at):
            entry = one.entry
            if reach.covers(body.pk, entry.department_id) and entry.department is not None:
                period = Period(entry.period).label
                text = f"{entry.department.name}的“{entry.category}”应当{period}发布，已经超过周期没有发布。"
                yield Warning(text, page, "查看")
        lacking = content_lists.without_list(body, at=at) if body.pk in reach.bodies else []
        if lacking:
            names = "、".join(department.name for department in lacking)
            yield Warning(f"{body.short_name}还没有信息发布内容清单的单位：{names}。请督促填报。", page, "查看")


@register_warning
def unit_warnings(user: Any, at: datetime) -> Iterable[Warning]:
    """Public units whose catalogue is missing or says what no longer holds: to the unit, its supervisor and the office."""
    reach = roles.reaches(user, at=at).get(VIEW_UNITS, NOWHERE)
    places = Body.objects.filter(Q(pk__in=reach.bodies) | Q(departments__in=reach.departments)).distinct()
    page = reverse("admin:disclosure_unitcatalogue_changelist")
    for body in places.order_by("pk"):
        for one in unit_catalogues.behind(body):
            if reach.covers(body.pk, one.unit.pk) or one.unit.supervisor_id in reach.departments:
                why = "公开事项已经变化，目录没有更新" if one.edition else "还没有公布信息公开标准规范目录"
                yield Warning(f"{one.unit.name}{why}。", page, "查看")
