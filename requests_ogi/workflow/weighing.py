"""What the body makes of those it asked: the finding, the word to a third party that did not prevail, and the gates."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from portal.letters import service as letters
from portal.letters.models import Delivery, Letter
from portal.moment import local_date
from portal.organisation.models import User
from portal.workdays.calendar import Calendar
from portal.workflow.engine import judge, taking

from .. import wording
from ..models import Consultation, DraftAnswer, InformationRequest
from ..rules import Refused, consulting
from ..rules.consulting import Choices, Stand, Word
from ..rules.secrecy import RELEASING
from ..vocabulary import AGAINST_OBJECTION, Asked, Opinion, Weighed
from .common import law_of, printed
from .consulting import FINDING, limit_of
from .steps import STEPS


@transaction.atomic
def weigh(asked: Consultation, *, finding: str, reasons: str, by: User, at: datetime) -> Consultation:
    """Find whether an objection has reasonable grounds, or decide after silence. May be found anew until the decision."""
    case = asked.request
    judge(STEPS, "weigh", case, by=by, at=at)
    today = local_date(at)
    consulting.may_weigh(word_of(asked, on=today), finding, choices_of(case), today=today)
    if not reasons.strip():
        raise Refused("请写明作出审查结论的理由。")
    with taking(STEPS, "weigh", case, by=by, at=at) as told:
        asked.finding, asked.finding_reasons = Weighed(finding), reasons.strip()
        asked.weighed_by, asked.weighed_at = by, at
        asked.save(update_fields=FINDING)
        told |= {"consultation": asked.pk, "asked": asked.kind, "finding": Weighed(finding).value}
    return asked


@transaction.atomic
def notify_party(
    asked: Consultation,
    *,
    content: str,
    reasons: str,
    manner: str,
    sent_on: date,
    served_on: date | None = None,
    proof_number: str = "",
    by: User,
    at: datetime,
) -> Letter:
    """Tell a third party in writing what is released against its word, why, and how it may challenge that (条例第三十二条)."""
    case = asked.request
    judge(STEPS, "notify_party", case, by=by, at=at)
    if not untold(case).filter(pk=asked.pk).exists():
        raise Refused("该第三方不需要告知：没有违背其意见决定公开，或者已经书面告知。")
    if not content.strip() or not reasons.strip():
        raise Refused("请写明决定公开的内容和理由，二者都要书面告知第三方。")
    with taking(STEPS, "notify_party", case, by=by, at=at) as told:
        written = wording.party_notice(case, asked, content=content.strip(), reasons=reasons.strip(), on=local_date(at))
        letter = letters.compose(case, wording.PARTY_NOTICE, content=written, at=at, by=by)
        letters.deliver(
            letter, manner=manner, sent_on=sent_on, served_on=served_on, proof_number=proof_number, by=by, at=at
        )
        asked.notice = letter
        asked.save(update_fields=("notice",))
        told |= {
            **printed(letter),
            "consultation": asked.pk,
            "notice": letter.number,
            "sent_on": sent_on.isoformat(),
        }
    return letter


def word_of(asked: Consultation, *, on: date, calendar: Calendar | None = None) -> Word:
    """A consultation as the rules see it on a day. An authority's time runs from the letter, whenever it was received."""
    return Word(
        kind=asked.kind,
        sent_on=asked.sent_on,
        served=asked.served_on is not None or asked.kind == Asked.AUTHORITY,
        limit_on=limit_of(asked, on=on, calendar=calendar),
        opinion=asked.opinion,
        finding=asked.finding,
    )


def choices_of(case: InformationRequest) -> Choices:
    """What the law of the request says of silence and of public interest."""
    law = law_of(case)
    return Choices(
        silence=str(law.option("third_party.silence")),
        organ_silence=str(law.option("other_organ.silence")),
        override=bool(law.option("third_party.override")),
    )


def is_owed(asked: Consultation, *, at: datetime, calendar: Calendar | None = None) -> bool:
    """Whether the body has still to weigh this party's word, or its silence."""
    today = local_date(at)
    word = word_of(asked, on=today, calendar=calendar)
    stand = consulting.stand_of(word, choices_of(asked.request), today=today)
    return stand is Stand.OWED


def owed(case: InformationRequest, *, at: datetime) -> list[Consultation]:
    """Those whose word, or silence, the body has still to weigh."""
    return [asked for asked in case.consultations.select_related("request") if is_owed(asked, at=at)]


def weighable(case: InformationRequest, *, at: datetime) -> QuerySet[Consultation]:
    """Those of whom a finding may be made, or made anew: who objected, and who was silent past their limit."""
    asked = case.consultations.exclude(kind=Asked.AUTHORITY)
    served = asked.unanswered().filter(served_on__isnull=False).select_related("request__body")
    silent = [one.pk for one in served if limit_of(one, on=local_date(at)) < local_date(at)]
    found = asked.filter(Q(opinion=Opinion.OBJECTS) | Q(pk__in=silent))
    return found.order_by(F("finding").desc(nulls_first=True), "sent_on", "pk")


def untold(case: InformationRequest) -> QuerySet[Consultation]:
    """The third parties against whose word something is released, and whom no notice has reached yet."""
    if case.outcome not in RELEASING:
        return case.consultations.none()
    told = Delivery.objects.effective().filter(letter__subject_id=case.pk).values("letter")
    found = case.consultations.filter(kind=Asked.THIRD_PARTY, finding__in=AGAINST_OBJECTION)
    return found.exclude(notice__isnull=False, notice__in=told)


def heard(case: InformationRequest, draft: DraftAnswer, at: datetime) -> None:
    """A gate of the decision: those who were asked have spoken or let their time pass, and were weighed."""
    today = local_date(at)
    words = [word_of(asked, on=today) for asked in case.consultations.order_by("sent_on", "pk")]
    consulting.may_decide(words, draft.outcome, choices_of(case), today=today)


def parties_told(case: InformationRequest, at: datetime) -> None:
    """A gate of the service: nothing is released against a third party's word before it was told in writing."""
    consulting.may_serve(untold=untold(case).count())
