"""Policy interpretation: its plan, its material, what is published together, and the limits that watch over it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.clocks import keeper
from portal.clocks.models import Clock, Ended
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.regulations.registry import applies, carries
from portal.regulations.schema import Profile, Term
from portal.workflow.engine import judge, taking

from ..models import Document, Identification, InterpretationPlan, Pairing, Version
from ..rules import Refused, interpreting
from ..rules.attribute import goes_out
from ..told import vouch
from ..vocabulary import VISUAL, Content, Genre, InterpretationForm, State
from .common import law_of, newest
from .steps import STEPS

INTERPRETATION, MEDIA, POLICY = "interpretation", "interpretation_media", "policy_publication"
_GONE = (State.DISCARDED, State.WITHDRAWN)


@transaction.atomic
def plan_interpretation(
    document: Document,
    *,
    fields: Mapping[str, str],
    important: bool = False,
    exempt_reason: str = "",
    by: User,
    at: datetime,
) -> InterpretationPlan:
    """Write down how the policy will be interpreted, or why it will not; may be written anew until it is sent up."""
    judge(STEPS, "plan_interpretation", document, by=by, at=at)
    if not document.is_policy:
        raise Refused("本件没有标明为政策性文件，不需要解读方案。确属政策性文件的，请先修改文件信息。")
    said = {name: fields.get(name, "").strip() for name in plan_fields(document)}
    if exempt_reason.strip():
        said = {}
        interpreting.may_exempt(_option(document, "interpretation.exemption"), listed=_listed(document, important))
    elif left := interpreting.unsaid(said, plan_fields(document)):
        raise Refused(f"解读方案还没有写明：{'、'.join(left)}。请补充后再保存。")
    with taking(STEPS, "plan_interpretation", document, by=by, at=at) as told:
        told |= {"plan": "说明不解读的理由" if exempt_reason.strip() else "编制解读方案"}
        values = {"fields": said, "important": important, "exempt_reason": exempt_reason.strip()}
        plan, _made = InterpretationPlan.objects.update_or_create(
            document=document, defaults=values | {"made_by": by, "made_at": at}
        )
        vouch(told, "plan_interpretation", plan)
    return plan


@transaction.atomic
def pair(
    document: Document,
    *,
    interpretation: Document,
    form: str,
    elements: Sequence[str] = (),
    details: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> Pairing:
    """Say that a document interprets this policy; from then on each is found on the other's page."""
    judge(STEPS, "pair", document, by=by, at=at)
    _judge_pair(document, interpretation)
    interpreting.judge_material(
        form=form, forms=offered_forms(document), said=elements, elements=_listing(document, "interpretation.elements")
    )
    wanted = _listing(document, "interpretation.released_with")
    with taking(STEPS, "pair", document, by=by, at=at) as told:
        told |= {"interpretation": interpretation.number, "form": InterpretationForm(form).label}
        made = Pairing.objects.create(
            policy=document,
            interpretation=interpretation,
            form=form,
            elements=list(elements),
            details={name: (details or {}).get(name, "").strip() for name in wanted},
            made_by=by,
            made_at=at,
        )
        _settle(document, at=at)
        vouch(told, "pair", made)
    return made


@transaction.atomic
def unpair(document: Document, *, interpretation: Document, by: User, at: datetime) -> Document:
    """Undo a pairing made by mistake, as long as the public has not read both together."""
    judge(STEPS, "unpair", document, by=by, at=at)
    made = Pairing.objects.filter(policy=document, interpretation=interpretation)
    if not made.exists():
        raise Refused("这份解读材料没有与本件关联，请刷新页面查看最新情况。")
    if document.public_id is not None and interpretation.public_id is not None:
        raise Refused("政策文件和解读材料都已经公开，不能解除关联。解读材料有误的，请修订或者撤下。")
    with taking(STEPS, "unpair", document, by=by, at=at) as told:
        told |= {"interpretation": interpretation.number}
        vouch(told, "unpair", *made)
        made.delete()
    return document


def _judge_pair(policy: Document, interpretation: Document) -> None:
    if interpretation.genre != Genre.INTERPRETATION or policy.genre == Genre.INTERPRETATION:
        raise Refused("只能把文种为“政策解读”的文件与它所解读的文件关联，请核对后重新选择。")
    if interpretation.body_id != policy.body_id or interpretation.state in _GONE:
        raise Refused("这份解读材料不是本机关正在办理或者已经公开的文件，请核对后重新选择。")
    if Pairing.objects.filter(policy=policy, interpretation=interpretation).exists():
        raise Refused("这份解读材料已经与本件关联，不需要重复办理。")


# --- what the body's document asks ------------------------------------------------------------------------------------


def plan_fields(document: Document) -> tuple[str, ...]:
    """The points a plan must speak of, as the body's document names them."""
    return _listing(document, "interpretation.plan_fields")


def offered_forms(document: Document) -> tuple[str, ...]:
    """The codes of the forms an interpretation may take."""
    return _listing(document, "interpretation.forms")


def offered_elements(document: Document) -> tuple[str, ...]:
    """The elements of content that are ticked off, empty where the body names none."""
    return _listing(document, "interpretation.elements")


def wanted_details(document: Document) -> tuple[str, ...]:
    """What is published together with an interpretation."""
    return _listing(document, "interpretation.released_with")


def exempt(document: Document) -> bool:
    """Whether the reason for not interpreting this policy is on record."""
    plan = InterpretationPlan.objects.filter(document=document).first()
    return plan is not None and bool(plan.exempt_reason)


def owes(document: Document) -> bool:
    """Whether this document is a policy that will be public and is to be interpreted."""
    return _is_public_policy(document) and not exempt(document)


def public_material(document: Document) -> QuerySet[Pairing]:
    """What the public may read in explanation of this policy: pairings with their documents, in the order they came."""
    shown = Pairing.objects.filter(policy=document, interpretation__in=Document.objects.public())
    return shown.select_related("interpretation__public", "interpretation__body").order_by("pk")


def interpreted_policies(interpretation: Document) -> QuerySet[Pairing]:
    """The policies this document explains, as far as the public may read them, in the order they were paired."""
    shown = Pairing.objects.filter(interpretation=interpretation, policy__in=Document.objects.public())
    return shown.select_related("policy__public", "policy__body", "interpretation__public").order_by("pk")


def pairing_rate(body: Body, year: int) -> interpreting.Rate:
    """Of the policies of a body first published in a year and to be interpreted: how many have an interpretation."""
    policies = Document.objects.public().filter(
        Q(interpretation_plan__isnull=True) | Q(interpretation_plan__exempt_reason=""),
        body=body,
        is_policy=True,
        published_at__year=year,
    )
    material = Pairing.objects.filter(policy=OuterRef("pk"), interpretation__in=Document.objects.public())
    return interpreting.Rate(paired=policies.filter(Exists(material)).count(), of=policies.count())


def _option(document: Document, key: str) -> str:
    return str(law_of(document).option(key))


def _listing(document: Document, key: str) -> tuple[str, ...]:
    value = law_of(document).option(key)
    return value if isinstance(value, tuple) else ()


def _is_public_policy(document: Document) -> bool:
    return document.is_policy and goes_out(document.openness) and document.genre != Genre.INTERPRETATION


def _listed(document: Document, important: bool) -> bool:
    normative = Identification.objects.standing().filter(version=newest(document), is_normative=True)
    return important or normative.exists()


def _together(document: Document) -> bool:
    plan = InterpretationPlan.objects.filter(document=document).first()
    mode = _option(document, "interpretation.release")
    return owes(document) and interpreting.together(mode, important=plan is not None and plan.important)


# --- gates ------------------------------------------------------------------------------------------------------------


@applies("option interpretation.material")
@carries("WZ-6.3-4b", "LD-A2-4-2c", "YC-3.1-1b")
def interpretation_planned(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A policy comes with the plan of its interpretation, and with the material where the body asks for it."""
    if not _is_public_policy(document):
        return
    plan = InterpretationPlan.objects.filter(document=document).first()
    if plan is None:
        yield "政策性文件没有解读方案"
    elif plan.exempt_reason and _barred(document, plan):
        yield "行政规范性文件和重要政策文件应当解读，没有解读方案"
    elif not _approved(document, plan, at=at):
        yield "以政府名义印发的政策文件，解读方案没有经本部门负责人审定（由其核对后重新保存）"
    if law_of(document).option("interpretation.material") is True and not exempt(document) and not _pairings(document):
        yield "政策性文件没有附解读材料"


@carries("LD-A2-4-0", "YQ-S5-1.3b", "WZ-6.3-1e")
def material_sent_up(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """同步审签: a policy is not signed while the interpretation that came with it is still a draft."""
    if owes(document) and law_of(document).option("interpretation.material") is True:
        for made in _pairings(document):
            if made.interpretation.state == State.DRAFT and made.interpretation.public_id is None:
                yield f"解读材料（{made.interpretation.number}）还没有送审，应当与文件同步审签"


@carries("YQ-S5-1.3d", "LD-A1-10-1d", "WZ-6.3-1d")
def material_signed(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A policy that goes out together with its interpretation waits until that is signed."""
    if not _together(document):
        return
    pairings = _pairings(document)
    if not pairings:
        yield "没有关联解读材料，本机关规定政策文件与解读材料同步发布"
    for made in pairings:
        if made.interpretation.public_id is None and made.interpretation.state != State.SIGNED:
            yield f"解读材料（{made.interpretation.number}）还没有签发，应当与政策文件同步发布"


def interpretation_paired(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """An interpretation says which document it explains, and what is to be made public along with it."""
    if document.genre != Genre.INTERPRETATION:
        return
    made = list(Pairing.objects.filter(interpretation=document))
    if not made:
        yield "没有与所解读的文件关联"
    for one in made[:1]:
        yield from interpreting.not_released(one.details, wanted_details(document))


def policy_is_public(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """An interpretation does not become public before the document it explains."""
    if document.genre == Genre.INTERPRETATION:
        policies = Pairing.objects.filter(interpretation=document)
        if not policies.filter(policy__in=Document.objects.public()).exists():
            yield "所解读的文件还没有公开，应当与该文件同时或者在其后发布"


def _barred(document: Document, plan: InterpretationPlan) -> bool:
    try:
        interpreting.may_exempt(_option(document, "interpretation.exemption"), listed=_listed(document, plan.important))
    except Refused:
        return True
    return False


@applies("option interpretation.plan_approver")
@carries("LD-A2-4-2a")
def _approved(document: Document, plan: InterpretationPlan, *, at: datetime) -> bool:
    """What goes out in the government's name comes with a plan that was last saved by whoever must approve it."""
    role = _option(document, "interpretation.plan_approver")
    if not role or document.content != Content.GOVERNMENT:
        return True
    return roles.holds(plan.made_by, role, body=document.body, department=document.department, at=at)


def _pairings(document: Document) -> list[Pairing]:
    found = Pairing.objects.filter(policy=document).exclude(interpretation__state__in=_GONE)
    return list(found.select_related("interpretation").order_by("pk"))


def companions(document: Document) -> list[Document]:
    """The signed interpretations that become public in the same act as this policy."""
    if not _together(document):
        return []
    return [made.interpretation for made in _pairings(document) if made.interpretation.state == State.SIGNED]


# --- limits -----------------------------------------------------------------------------------------------------------


def after_signing(document: Document, at: datetime) -> None:
    """A policy has been issued: the limits that run from there begin."""
    _start(document, "issued", at=at)


def drop_limits(document: Document, at: datetime) -> None:
    """The signature was taken back, or the document was taken off: what ran from it binds nobody any more."""
    for clock in keeper.locked(document, INTERPRETATION, MEDIA, POLICY):
        keeper.stop(clock, at=at, ended_on=local_date(at), as_=Ended.VOID)


def after_publication(document: Document, at: datetime) -> None:
    """A policy or an interpretation became public: what runs from there begins, what is met is stopped."""
    _start(document, "published", at=at)
    _settle(document, at=at)
    for made in Pairing.objects.filter(interpretation=document).select_related("policy"):
        _settle(made.policy, at=at)


@applies("term interpretation", "promise interpretation", "term interpretation_media", "term policy_publication")
@carries("NX-08-3a", "NX-08-3b", "YC-3.1-1c", "LD-A2-4-4", "IMP80")
def _start(document: Document, event: str, *, at: datetime) -> None:
    if not _is_public_policy(document):
        return
    law = law_of(document)
    for duty in (POLICY,) if exempt(document) else (INTERPRETATION, MEDIA, POLICY):
        for term, weight in _limits(law, duty):
            ran = Clock.objects.of(document).filter(duty=duty, weight=weight).exclude(ended_as=Ended.VOID)
            if term.event == event and not ran.exists():
                keeper.start(
                    document, term, weight=weight, started=local_date(at), department=document.department, at=at
                )


def _limits(law: Profile, duty: str) -> Iterator[tuple[Term, str]]:
    """The limits of a duty with their weight: what only the body's own document sets is its promise."""
    if duty in law.terms:
        yield law.terms[duty], "statutory" if duty in law.statutory else "promise"
    promise = law.promise(duty)
    if promise is not None:
        yield promise, "promise"


def _settle(policy: Document, *, at: datetime) -> None:
    """Stop the limits of a policy that have been met."""
    material = public_material(policy)
    met = {
        INTERPRETATION: material.exists(),
        MEDIA: material.filter(form__in=VISUAL).exists(),
        POLICY: Document.objects.public().filter(pk=policy.pk).exists(),
    }
    for clock in keeper.locked(policy, *(duty for duty, done in met.items() if done)) if any(met.values()) else ():
        keeper.stop(clock, at=at, ended_on=local_date(at))
