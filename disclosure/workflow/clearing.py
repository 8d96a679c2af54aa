"""Whether a published document still holds: amended, repealed or lapsed, warned of in time, looked through in clean-ups."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from portal.clocks import keeper
from portal.clocks.models import Clock, Ended
from portal.clocks.terms import months_after
from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import people, roles
from portal.organisation.models import Body, User
from portal.refusal import Refusal
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import Lead, Term, Unit
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking

from .. import finding
from ..models import CleanUp, CleanUpItem, Document, StandingChange, register
from ..rules import Refused, normative
from ..told import vouch
from ..vocabulary import CleanUpState, Conclusion, State, Validity
from .scanning import judge_said
from .steps import STEPS

REVIEW = "validity_review"
ENDED = (Validity.REPEALED, Validity.LAPSED)
HOLDS = (Validity.IN_FORCE, Validity.AMENDED)


# --- acts on one document ---------------------------------------------------------------------------------------------


@transaction.atomic
def repeal(
    document: Document,
    *,
    basis: Document,
    since: date,
    successor: Document | None = None,
    note: str = "",
    by: User,
    at: datetime,
) -> StandingChange:
    """Another document says that this one no longer holds from a day on; `successor` is what stands in its place."""
    judge(STEPS, "repeal", document, by=by, at=at)
    _judge_basis(document, basis)
    if successor is not None:
        _judge_basis(document, successor)
    facts = {"successor": successor} if successor is not None else {}
    return _change(
        document, "repeal", Validity.REPEALED, since=since, basis=basis, note=note, facts=facts, by=by, at=at
    )


@transaction.atomic
def mark_amended(
    document: Document,
    *,
    basis: Document,
    since: date,
    successor: Document | None = None,
    note: str = "",
    by: people.Actor,
    at: datetime,
) -> StandingChange:
    """Another document has changed parts of this one, which otherwise holds; `successor` is the whole text as it reads since.
    `by` is staff, or the system for texts of one law that a collection brings.
    """
    judge(STEPS, "mark_amended", document, by=by, at=at)
    _judge_basis(document, basis)
    facts = {"successor": successor} if successor is not None else {}
    return _change(
        document, "mark_amended", Validity.AMENDED, since=since, basis=basis, note=note, facts=facts, by=by, at=at
    )


@transaction.atomic
def lapse(
    document: Document,
    *,
    since: date,
    basis: Document | None = None,
    note: str = "",
    by: people.Actor,
    at: datetime,
) -> StandingChange:
    """The document has run out, or is declared to have. `by` is the system at the end of its validity, or staff."""
    judge(STEPS, "lapse", document, by=by, at=at)
    if basis is not None:
        _judge_basis(document, basis)
    return _change(document, "lapse", Validity.LAPSED, since=since, basis=basis, note=note, facts={}, by=by, at=at)


def _change(
    document: Document,
    verb: str,
    validity: Validity,
    *,
    since: date,
    basis: Document | None,
    note: str,
    facts: dict[str, object],
    by: people.Actor,
    at: datetime,
) -> StandingChange:
    ended = StandingChange.objects.filter(document=document, validity__in=ENDED).exists()
    if document.public_id is None:
        raise Refused("本件还没有公开，不存在修改、废止或者失效的问题。")
    judge_said(document.body, note)
    normative.may_end(since=since, known_from=document.formed_on, ended=ended or document.validity in ENDED)
    if since <= local_date(at):
        facts |= {"validity": validity}
    with taking(STEPS, verb, document, by=by, at=at, facts=facts) as told:
        told |= {"since": since.isoformat(), "basis": basis.number if basis is not None else "有效期届满"}
        made = StandingChange.objects.create(
            document=document,
            validity=validity,
            since=since,
            basis=basis,
            note=note.strip(),
            made_by=people.user_of(by),
            made_at=at,
        )
        vouch(told, verb, made, *((document,) if verb in ("repeal", "mark_amended") else ()))
        if validity in ENDED:
            _stop_review(document, as_=Ended.LAPSED if validity == Validity.LAPSED else None, at=at)
        finding.refresh([document.pk])
    return made


def _judge_basis(document: Document, basis: Document) -> None:
    if basis.pk == document.pk:
        raise Refused("不能以本件自身为依据，请选择宣布修改、废止或者失效的另一份文件。")
    if not Document.objects.public().filter(pk=basis.pk).exists():
        raise Refused("所依据的文件还没有公开。请先公开该文件，再办理本件。")


# --- by itself --------------------------------------------------------------------------------------------------------


def lapse_expired(*, at: datetime) -> dict[str, int]:
    """Let lapse what has run out, put into effect what was announced for a day that has come, and call for reviews.

    Finds by state: run twice, or days late, it does the same. What somebody is working on at the moment waits for the next run.
    """
    today = local_date(at)
    standing = Document.objects.filter(public__isnull=False, withdrawn_at__isnull=True, validity__in=HOLDS)
    for validity in (Validity.AMENDED, *ENDED):
        due = standing.exclude(validity=validity).filter(
            standing_changes__validity=validity, standing_changes__since__lte=today
        )
        keys = list(due.values_list("pk", flat=True))
        due.update(validity=validity, edition=F("edition") + 1)
        finding.refresh(keys)
    announced = StandingChange.objects.filter(validity__in=ENDED)
    ending = standing.filter(_ends(expires_on__lt=today)).exclude(pk__in=announced.values("document"))
    ends = (
        (document, document.card.expires_on)
        for document in ending.select_related("body", "public__document").order_by("pk")
    )
    over = [(document, last_day) for document, last_day in ends if last_day is not None and last_day < today]
    lapsed = sum(_lapsed(document, last_day, at=at) for document, last_day in over)
    return {"lapsed": lapsed, "called": _call_for_reviews(at=at)}


def _ends(**when: date) -> Q:
    """Documents that may end then: what is being changed has the end of its next version, so the public one is to be asked."""
    return Q(**when) | ~Q(state=State.PUBLISHED)


def _lapsed(document: Document, last_day: date, *, at: datetime) -> bool:
    try:
        lapse(document, since=last_day + timedelta(days=1), by=people.SYSTEM, at=at)
    except Refusal:
        return False
    return True


@applies("lead validity_review")
def _call_for_reviews(*, at: datetime) -> int:
    """Start the clock of every document in force that will run out within the lead its body's law gives."""
    today, called = local_date(at), 0
    for body in Body.objects.order_by("pk"):
        lead = library.profile(body.profile, today).leads.get(REVIEW)
        if lead is None:
            continue
        ahead = Document.objects.filter(body=body, public__isnull=False, withdrawn_at__isnull=True, validity__in=HOLDS)
        last = months_after(today, lead.amount)
        ahead = ahead.filter(_ends(expires_on__gte=today, expires_on__lte=last))
        for document in ahead.select_related("body", "department", "public").order_by("pk"):
            ends = document.card.expires_on
            called += ends is not None and today <= ends <= last and _called(document, ends, lead, at=at)
    return called


@transaction.atomic
def _called(document: Document, ends: date, lead: Lead, *, at: datetime) -> bool:
    started = months_after(ends, -lead.amount)
    if Clock.objects.of(document).filter(duty=REVIEW, started_on=started).exists():
        return False
    term = Term(lead.key, lead.amount, Unit(lead.unit), lead.event, lead.label, lead.rules)
    keeper.start(document, term, weight="internal", started=started, department=document.department, at=at)
    return True


def after_publication(document: Document, at: datetime) -> None:
    """A new text gave the document another end: the review that was called for has been held."""
    lead = library.profile(document.body.profile, local_date(at)).leads.get(REVIEW)
    for clock in keeper.locked(document, REVIEW) if lead is not None else ():
        ends = document.expires_on
        if ends is None or months_after(ends, -lead.amount) != clock.started_on:
            keeper.stop(clock, at=at, ended_on=local_date(at))


def drop_review(document: Document, at: datetime) -> None:
    """The document was taken off: nobody has to look at its validity any more."""
    _stop_review(document, as_=Ended.VOID, at=at)


def _stop_review(document: Document, *, as_: Ended | None, at: datetime) -> None:
    for clock in keeper.locked(document, REVIEW):
        keeper.stop(clock, at=at, ended_on=local_date(at), as_=as_)


# --- clean-ups --------------------------------------------------------------------------------------------------------

_OPEN = CleanUpState.OPEN
CLEAN_UPS = Workflow(
    "cleanups",
    (
        Step(
            "begin", "开始清理", (), _OPEN,
            "国办发〔2018〕37号", "列出本机关现行的全部规范性文件，逐件作出清理结论。", ("NX-08-4a", "YC-2.6-1d"),
        ),
        Step("conclude", "作出结论", (_OPEN,), None, "国办发〔2018〕37号", "记录这份文件的清理结论；公布结果之前可以修改。", ("NX-08-4a",)),
        Step(
            "announce", "公布清理结果", (_OPEN,), CleanUpState.PUBLISHED,
            "国办发〔2018〕37号", "清理结果向社会公布，废止、失效的文件在原页面标注。", ("NX-08-4a", "YC-2.6-1d"),
        ),
    ),
    states=dict(CleanUpState.choices),
    told=Told(department="conclude", office="begin", above="announce"),
    acts="disclosure.workflow.clearing",
)  # fmt: skip

describe("begin", "开始{year}年规范性文件清理", about="disclosure.cleanup")
describe("conclude", "{document}：{conclusion}", about="disclosure.cleanup")
describe("announce", "公布清理结果，共{count}件", about="disclosure.cleanup")


@transaction.atomic
def begin(body: Body, *, year: int, by: User, at: datetime) -> CleanUp:
    """Open a clean-up of all normative documents of a body that hold."""
    if not roles.reach(by, CLEAN_UPS.act(CLEAN_UPS["begin"]), at=at).covers(body.pk, None):
        raise NotAllowed("您的岗位不能组织规范性文件清理，请由有此职责的同志办理。")
    if CleanUp.objects.filter(body=body, state=_OPEN).exists():
        raise Refused("本机关有一次清理正在进行，请先公布该次清理的结果。")
    today = local_date(at)
    profile = library.profile(body.profile, today)
    serial = Series.issue(body=body, year=today.year, code="clean_up")
    made = CleanUp.objects.create(
        number=f"{body.code.upper()}-QL-{today.year}-{serial:02d}",
        body=body,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        year=year,
    )
    told = {"year": year}
    vouch(told, "begin", made)
    ledger.record("begin", made, by=by, at=at, told=told)
    return made


@transaction.atomic
def conclude(
    clean_up: CleanUp, *, document: Document, conclusion: Conclusion, note: str = "", by: User, at: datetime
) -> CleanUpItem:
    """Say what is to become of one document; may be said anew until the result is announced."""
    judge(CLEAN_UPS, "conclude", clean_up, by=by, at=at)
    if not to_clean(clean_up).filter(pk=document.pk).exists():
        raise Refused("这份文件不是本机关现行的规范性文件，不在清理范围内。")
    with taking(CLEAN_UPS, "conclude", clean_up, by=by, at=at) as told:
        told |= {"document": document.number, "conclusion": Conclusion(conclusion).label}
        values = {"conclusion": conclusion, "note": note.strip(), "decided_by": by, "decided_at": at}
        item, _made = CleanUpItem.objects.update_or_create(clean_up=clean_up, document=document, defaults=values)
        vouch(told, "conclude", item)
    return item


@transaction.atomic
def announce(clean_up: CleanUp, *, decision: Document | None, by: User, at: datetime) -> CleanUp:
    """Publish the result, by the decision that declares it where anything ends (NX-AX-4-6), and carry it out."""
    judge(CLEAN_UPS, "announce", clean_up, by=by, at=at)
    items = list(clean_up.items.select_related("document").order_by("pk"))
    left = to_clean(clean_up).exclude(pk__in=[item.document_id for item in items]).count()
    if left:
        raise Refused(f"还有{left}件规范性文件没有清理结论，请逐件作出结论后再公布。")
    ending = [item for item in items if item.conclusion in (Conclusion.REPEAL, Conclusion.LAPSED)]
    if ending and decision is None:
        raise Refused("有文件要废止或者宣布失效，请选择已经公开的清理决定作为依据。")
    if busy := [item.document.number for item in ending if item.document.state != State.PUBLISHED]:
        raise Refused(f"下列文件正在修订，请先办结修订再公布：{'、'.join(busy)}。")
    today = local_date(at)
    facts = {"decision": decision, "published_on": today}
    with taking(CLEAN_UPS, "announce", clean_up, by=by, at=at, facts=facts) as told:
        told |= {"count": len(items)}
        for item in items:
            _carry_out(item, decision, by=by, at=at)
        vouch(told, "announce", clean_up)
    return clean_up


def to_clean(clean_up: CleanUp) -> QuerySet[Document]:
    """The normative documents of the body that hold and were public when the clean-up began."""
    return register().filter(body=clean_up.body, validity__in=HOLDS, published_at__lte=clean_up.opened_at)


def _carry_out(item: CleanUpItem, decision: Document | None, *, by: User, at: datetime) -> None:
    today = local_date(at)
    if item.document.validity in ENDED:
        return
    if item.conclusion == Conclusion.REPEAL and decision is not None:
        repeal(item.document, basis=decision, since=today, note=item.note, by=by, at=at)
    elif item.conclusion == Conclusion.LAPSED:
        lapse(item.document, since=today, basis=decision, note=item.note, by=by, at=at)
    else:
        _stop_review(item.document, as_=None, at=at)
