"""Bringing a request through its consultations, for stories: asked, heard, weighed, drafted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from portal.clocks.models import Clock
from portal.regulations import library
from portal.regulations.schema import OWN
from requests_ogi import workflow
from requests_ogi.models import Consultation, InformationRequest
from requests_ogi.vocabulary import Opinion
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, assigned, at, review

OURS = {key: GRANT[key] for key in ("clear", "kind", "whose", "held")}
WITHHELD = OURS | {"give": "third_party", "sever": "inseverable"}
ELSEWHERE = {"clear": "clear", "kind": "petition"}
GROUND = {
    "finding": "经检索，本机关保存有该信息。",
    "reason": "属于未公开的商业信息。",
    "ground": "trade_secret",
    "harm": "公开后会损害其竞争地位。",
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def consulted(
    cast: Cast, case: InformationRequest, *, sent: str, served: str | None, by: str = "consult", **changes: Any
) -> Consultation:
    """Somebody asked by post, whose receipt is registered the day it came (None: not yet)."""
    values = {"party": "某某公司", "content": "成本数据"} | changes
    how = {"manner": "post", "sent_on": day(sent), "proof_number": "X1"}
    asked = getattr(workflow, by)(case, **values, **how, by=cast.he, at=at(sent))
    if served is None:
        return asked
    return workflow.serve_party(asked, served_on=day(served), by=cast.chen, at=at(served, 14))


def again(asked: Consultation) -> Consultation:
    """The consultation with its request, as the database has them."""
    return Consultation.objects.select_related("request").get(pk=asked.pk)


def heard(cast: Cast, asked: Consultation, on: str, opinion: str = Opinion.AGREES, reasons: str = "") -> Consultation:
    return workflow.hear(
        again(asked), opinion=opinion, reasons=reasons, replied_on=day(on), by=cast.chen, at=at(on, 16)
    )


def objecting(cast: Cast, *, filed: str = "2025-03-03") -> tuple[InformationRequest, Consultation]:
    """A request in hand whose third party objects on the third day."""
    case = assigned(cast, filed)
    asked = consulted(cast, case, sent="2025-03-04", served="2025-03-04")
    asked = heard(cast, asked, "2025-03-05", Opinion.OBJECTS, "属于商业秘密")
    return asked.request, asked


def weighed(cast: Cast, asked: Consultation, on: str, finding: str, reasons: str = "理由充分") -> Consultation:
    return workflow.weigh(again(asked), finding=finding, reasons=reasons, by=cast.he, at=at(on))


def drafted(cast: Cast, case: InformationRequest, on: str, decided: Any = GRANT, texts: Any = GRANT_TEXTS) -> Any:
    """A draft, reviewed, ready to be submitted."""
    case = InformationRequest.objects.get(pk=case.pk)
    workflow.draft(case, decided=decided, texts=texts, by=cast.li, at=at(on, 11))
    review(case, cast, at(on, 12))
    return case


def last_day(case: InformationRequest, weight: str = "statutory") -> date:
    return Clock.objects.of(case).running().get(duty="answer", weight=weight).last_day


@contextmanager
def own_law(code: str) -> Iterator[None]:
    """The body's own document goes before national law, as a deployment may set it."""
    library.deploy({code: OWN})
    try:
        yield
    finally:
        library.deploy({})


def submits(cast: Cast, case: InformationRequest, on: str, decided: Any = GRANT, texts: Any = GRANT_TEXTS) -> Any:
    return workflow.submit(drafted(cast, case, on, decided, texts), by=cast.li, at=at(on, 15))


def approves(cast: Cast, case: InformationRequest, on: str) -> InformationRequest:
    workflow.approve(case, by=cast.ma, at=at(on, 16))
    return case


def silent(cast: Cast, *, by: str = "consult") -> tuple[InformationRequest, Consultation]:
    """Asked and served on 4 March 2025; nothing came back."""
    case = assigned(cast, "2025-03-03")
    asked = consulted(cast, case, sent="2025-03-04", served="2025-03-04", by=by)
    return asked.request, asked
