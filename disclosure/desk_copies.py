"""What the first page of the workplace shows of papers once they are public: which reading places have not got them, and that
nobody keeps the register.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.organisation.roles import NOWHERE
from portal.regulations.registry import carries
from portal.web.todo import Todo, Warning, register_todo, register_warning

from .keeping import keepers_of, wants_keeper
from .workflow import copying

MOST = 100
"""The rest comes up as these are done."""


@register_todo
@carries("LD-A4-7b", "LD-A6-5-2")
def todo(user: Any, at: datetime) -> Iterable[Todo]:
    """For who hands texts over: each public paper that a place has not got, the oldest first. One query a body."""
    reach = roles.reaches(user, at=at).get("disclosure.deliver", NOWHERE)
    for body in Body.objects.filter(pk__in=reach.bodies).order_by("pk"):
        if not copying.places_of(body, on=local_date(at)):
            continue
        papers = copying.owed(body, on=local_date(at)).select_related("public")
        for document in papers.order_by("published_at", "pk")[:MOST]:
            yield Todo(
                number=document.number,
                title=document.public.title if document.public else document.number,
                url=reverse("admin:disclosure_document_change", args=(document.number,)),
                label="送交查阅场所",
                last_day=None,
                days_left=None,
                weight="internal",
                body=body.short_name,
                state=document.get_state_display(),
                provisional=False,
            )


@register_warning
@carries("LD-A1-10-1c")
def warnings(user: Any, at: datetime) -> Iterable[Warning]:
    """To the office: that its body's document wants a named person to keep the register, and there is none."""
    reach = roles.reaches(user, at=at).get("disclosure.deliver", NOWHERE)
    for body in Body.objects.filter(pk__in=reach.bodies).order_by("pk"):
        if wants_keeper(body, on=local_date(at)) and not keepers_of(body, on=local_date(at)):
            text = f"{body.short_name}还没有确定造册登记公开文件的专人。"
            yield Warning(text, reverse("admin:documents_register"), "查看登记簿")
