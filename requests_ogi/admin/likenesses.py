"""What is like a case, beside it: possible repetitions, earlier answers whose words may be taken over, news on the way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portal.organisation import roles
from portal.workflow.engine import covers

from .. import precedents, similar
from ..models import DraftAnswer, InformationRequest, Postponement
from ..vocabulary import State
from ..wording.withheld import ground_words

LONGEST = 60


def panel(case: InformationRequest) -> dict[str, Any]:
    """Possible repetitions and the like: at most three queries. Nobody is named."""
    return {"likes": similar.like(case) if case.state != State.CLOSED else []}


def on_the_way(case: InformationRequest) -> dict[str, Any]:
    """What the applicant was told on the way, and post that came back: three queries."""
    return {
        "suspensions": list(case.suspensions.order_by("sent_on", "pk")),
        "postponement": Postponement.objects.filter(request=case).first(),
        "returns": list(case.returns.select_related("delivery").order_by("pk")),
    }


def taken_over(case: InformationRequest, asked: Mapping[str, Any]) -> dict[str, str]:
    """The texts of the earlier answer that the address names (?precedent=…), for the first values of a draft."""
    key = str(asked.get("precedent", ""))[:18]
    return precedents.texts_of(case, int(key)) if key.isascii() and key.isdigit() else {}


def precedents_page(page: Any, request: HttpRequest, case: InformationRequest, *, at: datetime) -> HttpResponse:
    """Earlier answers of this body to the like question, or to the words that were typed in."""
    words = " ".join(request.GET.get("words", "").split())[:LONGEST]
    reaches = roles.reaches(request.user, at=at)
    found = [
        {"draft": one.draft, "case": one.case, "letter": one.letter, "score": one.score, "rows": _rows(one)}
        for one in precedents.precedents_for(case, words=words)
    ]
    may_draft = case.state == State.ASSIGNED and covers(reaches, "requests_ogi.draft", case)
    context = page.context(request, case, "以往的答复") | {"precedents": found, "words": words, "may_draft": may_draft}
    return TemplateResponse(request, "admin/requests_ogi/precedents.html", context)


def _rows(one: precedents.Precedent) -> list[dict[str, str]]:
    texts = one.texts | ({"ground": ground_words(one.case, one.draft.ground)} if one.draft.ground else {})
    return [
        {"label": str(DraftAnswer._meta.get_field(name).verbose_name), "text": text} for name, text in texts.items()
    ]
