"""What is put on file of a policy before it is signed, and what is missing of it: clauses, social risk, the meeting."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from portal.moment import local_date
from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from ..models import Deliberation, Document, InterpretationPlan, RiskAssessment, Version
from ..rules import Refused, policies
from ..rules.attribute import goes_out
from ..told import vouch
from ..vocabulary import Content, Genre, MeetingOutcome, RiskLevel
from .common import law_of, said
from .steps import STEPS

_OWN = (Content.OWN, Content.GOVERNMENT)


def enterprise_points(document: Document) -> tuple[str, ...]:
    """The points a policy on enterprises must fix in its text; empty where the body's document asks for none."""
    return said(law_of(document), "policy.enterprise_clauses")


def meeting_of(document: Document) -> str:
    """The meeting that important policies of the body go to; empty where its document names none."""
    return str(law_of(document).option("policy.meeting"))


def media_of(document: Document) -> tuple[str, ...]:
    """The kinds of media through which major matters are released; empty where the body's document names none."""
    return said(law_of(document), "release.media")


def risk_demanded(document: Document) -> bool:
    """Whether this is a policy of the body's own whose social risk must be assessed."""
    own = document.is_policy and document.content in _OWN and document.genre != Genre.INTERPRETATION
    return own and law_of(document).option("policy.risk_assessment") is True


# --- acts -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def assess_risk(
    document: Document, *, level: RiskLevel, conclusion: str, organ: str, assessed_on: date, by: User, at: datetime
) -> RiskAssessment:
    """Put the assessment of a policy's social risk on file; may be written anew until the draft is sent up."""
    judge(STEPS, "assess_risk", document, by=by, at=at)
    if not document.is_policy:
        raise Refused("本件没有标明为政策性文件，不需要社会风险评估。确属政策性文件的，请先修改文件信息。")
    policies.judge_risk(conclusion=conclusion, organ=organ, assessed_on=assessed_on, today=local_date(at))
    values = {"level": RiskLevel(level), "conclusion": conclusion.strip(), "organ": organ.strip()}
    with taking(STEPS, "assess_risk", document, by=by, at=at) as told:
        told |= {"level": RiskLevel(level).label, "organ": organ.strip()}
        made, _new = RiskAssessment.objects.update_or_create(
            document=document,
            defaults=values | {"assessed_on": assessed_on, "recorded_by": by, "recorded_at": at},
        )
        vouch(told, "assess_risk", made)
    return made


@transaction.atomic
def record_deliberation(
    document: Document, *, held_on: date, outcome: MeetingOutcome, note: str = "", by: User, at: datetime
) -> Deliberation:
    """Put on file what the meeting said of a policy. The plan of its interpretation went along, and is kept as it lay there."""
    judge(STEPS, "record_deliberation", document, by=by, at=at)
    meeting = meeting_of(document)
    if not document.for_meeting or not meeting:
        raise Refused("本件没有标明提请会议审议，不需要登记。确需提请审议的，请退回起草人修改文件信息。")
    plan = InterpretationPlan.objects.filter(document=document).first()
    policies.judge_deliberation(
        meeting=meeting,
        plan=plan.fields if plan else {},
        planned_on=local_date(plan.made_at) if plan else None,
        held_on=held_on,
        outcome=outcome,
        note=note,
        today=local_date(at),
    )
    with taking(STEPS, "record_deliberation", document, by=by, at=at) as told:
        told |= {"meeting": meeting, "held_on": held_on.isoformat(), "outcome": MeetingOutcome(outcome).label}
        made = Deliberation.objects.create(
            document=document,
            meeting=meeting,
            held_on=held_on,
            outcome=MeetingOutcome(outcome),
            note=note.strip(),
            plan=plan.fields if plan else {},
            recorded_by=by,
            recorded_at=at,
        )
        vouch(told, "record_deliberation", made)
    return made


# --- gates ------------------------------------------------------------------------------------------------------------


def enterprise_clauses_fixed(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A policy on enterprises fixes in its own text who opens what, how, by when, and who answers for it."""
    if document.is_enterprise_policy:
        yield from policies.unfixed(document.enterprise_clauses, enterprise_points(document), text=version.text)


def risk_assessed(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A policy is sent up with its social risk assessed, where the body's document asks for it."""
    assessed = RiskAssessment.objects.filter(document=document).exists()
    yield from policies.missing_risk(demanded=risk_demanded(document), assessed=assessed)


def planned_for_the_meeting(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """What goes to the meeting is sent up with the plan of its interpretation, whatever its attribute."""
    if document.for_meeting and (meeting := meeting_of(document)):
        planned = InterpretationPlan.objects.filter(document=document, exempt_reason="").exists()
        yield from policies.missing_plan(meeting=meeting, planned=planned)


def deliberated(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """What goes to the meeting is signed after the meeting agreed."""
    if document.for_meeting and (meeting := meeting_of(document)):
        last = Deliberation.objects.filter(document=document).order_by("-pk").first()
        yield from policies.missing_deliberation(meeting=meeting, outcome=last.outcome if last else None)


def media_arranged(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A major decision that goes out is released through all kinds of media that the body's document names."""
    if document.is_major_decision and goes_out(document.openness) and document.content in _OWN:
        yield from policies.missing_media(document.media, media_of(document))
