"""Policies with their plan, finding and interpretation, brought to where a story begins."""

from typing import Any

from disclosure import workflow
from disclosure.models import Document
from disclosure.vocabulary import Genre, State
from disclosure.workflow import Text, interpreting, normative, policies
from tests.cast import Cast
from tests.factories import at

from .making import HOLDERS, chain_of, drafted, reviewed

ORDINARY = {
    "maker": "department",
    "rule": "no",
    "excluded": "none",
    "special": "none",
    "administrative": "yes",
    "external": "yes",
    "bears": "yes",
    "general": "yes",
}
"""A paper of the body that binds everybody, by the long standard; the short one asks for three of these."""
MATERIAL = Text(title="《通知》政策解读", html="<p>一、背景依据。</p>", text="一、背景依据。", summary="解读。")


def answers(document: Document, **changes: str) -> dict[str, str]:
    """Answers that make a normative document by the standard of the document's body, with changes."""
    known = {one.code for one in normative.standard_of(document)}
    short = {} if "special" in known else {"maker": "authority"}
    return {code: answer for code, answer in (ORDINARY | short | changes).items() if code in known}


def policy(cast: Cast, day: str, **changes: Any) -> Document:
    """The draft of a policy by 李."""
    return drafted(cast, day, **{"is_policy": True} | changes)


def planned(cast: Cast, document: Document, day: str, **changes: Any) -> Document:
    """With the plan its body asks for, and its risk assessed where the body asks for that."""
    fields = dict.fromkeys(interpreting.plan_fields(document), "已明确")
    facts: dict[str, Any] = {"fields": fields, "by": cast.li, "at": at(day, 9)} | changes
    interpreting.plan_interpretation(document, **facts)
    if policies.risk_demanded(document):
        assessed(cast, document, day)
    return document


def assessed(cast: Cast, document: Document, day: str, **changes: Any) -> Document:
    """Its social risk assessed by the department that drafts it."""
    said: dict[str, Any] = {"level": "low", "conclusion": "风险较低，可以出台。", "organ": "市司法局"}
    workflow.assess_risk(document, **said | {"assessed_on": at(day).date()} | changes, by=cast.li, at=at(day, 9))
    return document


def found(cast: Cast, document: Document, day: str, *, normative_: bool = False) -> Document:
    """Identified by 李 and confirmed by the office."""
    said = answers(document) if normative_ else answers(document, bears="no")
    normative.identify(document, answers=said, by=cast.li, at=at(day, 9))
    normative.confirm_identification(document, by=cast.chen, at=at(day, 9, 30))
    return document


def judged(cast: Cast, document: Document, day: str) -> Document:
    """Its legality reviewed by the legal organ."""
    facts: dict[str, Any] = {"organ": "司法局", "opinion": "符合法定权限和程序。", "reviewed_on": at(day).date()}
    normative.record_legality(document, passed=True, **facts, by=cast.chen, at=at(day, 9, 40))
    return document


def material(cast: Cast, policy_: Document, day: str, *, form: str = "text", **changes: Any) -> Document:
    """The draft of an interpretation by 李, paired with its policy."""
    made = drafted(cast, day, text=MATERIAL, genre=Genre.INTERPRETATION)
    details = dict.fromkeys(interpreting.wanted_details(policy_), "0951-5550101")
    facts: dict[str, Any] = {"form": form, "details": details, "by": cast.li, "at": at(day, 9)} | changes
    interpreting.pair(policy_, interpretation=made, **facts)
    return made


def issue(cast: Cast, document: Document, day: str) -> Document:
    """Sent up, reviewed and signed."""
    document.refresh_from_db()
    if document.state == State.DRAFT:
        workflow.propose(document, by=cast.li, at=at(day, 10))
    return sign_off(cast, document, day)


def sign_off(cast: Cast, document: Document, day: str) -> Document:
    """Reviewed and signed, having been sent up."""
    reviewed(cast, document, day)
    workflow.sign(document, by=getattr(cast, HOLDERS[chain_of(document).signing.role]), at=at(day, 15))
    if again := chain_of(document).recheck:
        workflow.recheck(document, checked=again.checks, by=getattr(cast, HOLDERS[again.role]), at=at(day, 15))
    return document


def ready(cast: Cast, day: str, **changes: Any) -> Document:
    """A policy with all that any body asks of a draft, its material still a draft."""
    document = found(cast, planned(cast, policy(cast, day, **changes), day), day)
    material(cast, document, day)
    document.refresh_from_db()
    return document
