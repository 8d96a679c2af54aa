"""Forgetting who asked once the term of keeping is over: one person puts it up, another carries it out (个人信息保护法)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from portal.clocks import keeper
from portal.clocks.terms import months_after
from portal.ledger import service as ledger
from portal.moment import local_date, midnight_after
from portal.organisation.models import Body, User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import Unit
from portal.workflow.engine import judge, taking

from .. import forgetting
from ..models import Anonymisation, Challenge, InformationRequest
from ..rules import Refused, retention
from ..vocabulary import State
from .common import last_day_of, stop_clocks
from .steps import STEPS

RETENTION = "retention"


@applies("term retention")
def kept_until(case: InformationRequest, *, on: date) -> date:
    """The last day on which the data of a closed request must still be kept, under the law of the day `on`."""
    term = library.profile(case.profile, on).term(RETENTION)
    return last_day_of(case, term, local_date(case.closed_at or case.changed_at), on=on)


def due_for_anonymity(body: Body, *, at: datetime) -> QuerySet[InformationRequest]:
    """Closed requests of a body whose term of keeping is over and that nobody has made anonymous."""
    today = local_date(at)
    term = library.profile(body.profile, today).term(RETENTION)
    first_kept = months_after(today, -(term.amount * 12 if term.unit is Unit.YEAR else term.amount))
    closed = InformationRequest.objects.filter(body=body, state=State.CLOSED, anonymisation__done_at__isnull=True)
    return closed.filter(closed_at__lt=midnight_after(first_kept - timedelta(1)))


@transaction.atomic
def nominate(case: InformationRequest, *, by: User, at: datetime) -> Anonymisation:
    """Put a closed request up for anonymity: its term of keeping is over and nobody is at law about it."""
    judge(STEPS, "nominate", case, by=by, at=at)
    last_day = kept_until(case, on=local_date(at))
    retention.may_nominate(
        last_day=last_day,
        today=local_date(at),
        challenged=_challenged(case),
        already=Anonymisation.objects.filter(request=case).exists(),
    )
    with taking(STEPS, "nominate", case, by=by, at=at) as told:
        row = Anonymisation.objects.create(request=case, nominated_by=by, nominated_at=at)
        told["kept_until"] = last_day.isoformat()
    return row


@transaction.atomic
def anonymise(case: InformationRequest, *, by: User, at: datetime) -> Anonymisation:
    """Forget who asked and everything that was written: figures, days, numbers, outcome and hashes stay. For good."""
    judge(STEPS, "anonymise", case, by=by, at=at)
    row = Anonymisation.objects.select_for_update().filter(request=case).first()
    if row is None or row.done_at is not None:
        raise Refused("本件没有待审定的匿名化提请。请先由政务公开办公室提请；已经匿名化的不再办理。")
    retention.may_anonymise(nominated_by=row.nominated_by_id, by=by.pk, challenged=_challenged(case))
    with taking(STEPS, "anonymise", case, by=by, at=at) as told:
        if keeper.running(case).exists():
            stop_clocks(case, ended_on=local_date(at), as_="void", at=at)
        done = forgetting.forget(case, at=at)
        Anonymisation.objects.filter(pk=row.pk).update(done_by=by, done_at=at, texts=done.texts, files=done.files)
        for matter in forgetting.matters_beside(case):
            ledger.record("anonymise", matter, by=by, at=at, told={"texts": 0, "files": 0})
        told |= {"texts": done.texts, "files": done.files, "letters": done.letters, "words": done.words}
    case.refresh_from_db()
    row.refresh_from_db()
    return row


def _challenged(case: InformationRequest) -> bool:
    return Challenge.objects.unconcluded().filter(request=case).exists()
