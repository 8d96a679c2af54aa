"""The catalogue of openness items: units apply, review and seal; the office alone adjusts, and the site shows it (LD-A7)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, Department, User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking, tell

from ..models import CatalogueChange, CatalogueItem
from ..rules import Refused, catalogue
from ..told import vouch
from ..vocabulary import Adjusting, Adjustment
from .common import said

CATALOGUE_CHANGE = "catalogue_change"
ORIGINS = "catalogue.origins"
_FILLED, _SEALED, _ADJUSTED = Adjusting.FILLED_IN, Adjusting.SEALED, Adjusting.ADJUSTED

CATALOGUE = Workflow(
    "catalogue",
    (
        Step(
            "apply", "申请调整", (), _FILLED,
            "条例第十二条", "填写变更信息申请表，经单位审核盖章后报送。",
            ("NX-14-1", "LD-A7-1", "LD-A7-5", "LD-A7-6", "LD-A7-7", "LD-A7-F"),
        ),
        Step("suggest", "提出调整建议", (), _SEALED, "条例第十二条", "单位没有及时申请的，由公开办提出，由另一名同志调整。", ("LD-A7-9",)),
        Step("seal", "审核盖章并报送", (_FILLED,), _SEALED, "条例第十二条", "报送公开办，报送期限就此停止计算。", ("LD-A7-8a", "LD-A7-8b")),
        Step("adjust", "调整目录", (_SEALED,), _ADJUSTED, "条例第十二条", "目录立即按申请调整并向社会公布，旧版保留。", ("LD-A7-8b", "LD-A7-10")),
        Step("decline", "退回", (_FILLED, _SEALED), Adjusting.DECLINED, "条例第十二条", "退回申请单位，理由记入办理经过。", ("LD-A7-8b",)),
        Step("report", "登记报上级", (_ADJUSTED,), None, "条例第十二条", "记下报上级部门的日期。", ("LD-A7-10",)),
    ),
    states=dict(Adjusting.choices),
    told=Told(department="apply", office="adjust", above="adjust"),
    duties=(CATALOGUE_CHANGE,),
    acts="disclosure.workflow.cataloguing",
)  # fmt: skip

_ABOUT = "disclosure.cataloguechange"
describe("apply", "申请{action}公开事项{item}", about=_ABOUT)
describe("suggest", "提出{action}公开事项{item}的建议", about=_ABOUT)
describe("seal", "单位审核盖章并报送", about=_ABOUT)
describe("adjust", "调整了目录：{action}{item}", about=_ABOUT)
describe("decline", "退回申请：{reason}", about=_ABOUT)
describe("report", "报上级部门，日期{reported_on}", about=_ABOUT)


@dataclass(frozen=True)
class Elements:
    """The ten elements of an item, its flow chart step by step, its policy card, and the list it was derived from."""

    title: str
    content: str
    renewal: str
    subject: str
    support: str
    channel: str
    column: str
    basis: str
    audience: str
    manner: str
    steps: tuple[str, ...]
    card: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Form:
    """变更信息申请表 without what the system knows itself. `code` names a new item; `item` the one to change or remove."""

    action: Adjustment
    cause: str
    cause_on: date
    basis: str
    detail: str
    phone: str
    code: str = ""
    item: CatalogueItem | None = None
    elements: Elements | None = None
    remark: str = ""


@applies("term catalogue_change")
@transaction.atomic
def apply(body: Body, *, department: Department, form: Form, by: User, at: datetime) -> CatalogueChange:
    """Fill in an application. The limit to hand it in runs from the cause, where the body's document sets one."""
    if not roles.reach(by, CATALOGUE.act(CATALOGUE["apply"]), at=at).covers(body.pk, department.pk):
        raise NotAllowed("您的岗位不能为这个单位申请调整公开事项。请由该单位的同志办理。")
    change = _create("apply", body, department, form, by=by, at=at)
    if term := library.profile(body.profile, local_date(at)).terms.get(CATALOGUE_CHANGE):
        keeper.start(change, term, weight="internal", started=form.cause_on, at=at, department=department)
    _record("apply", change, by=by, at=at)
    return change


@transaction.atomic
def suggest(body: Body, *, department: Department, form: Form, by: User, at: datetime) -> CatalogueChange:
    """The office proposes what a unit failed to apply for; somebody else of the office carries it out."""
    if not roles.may(by, CATALOGUE.act(CATALOGUE["suggest"]), body, at=at):
        raise NotAllowed("您的岗位不能提出调整建议，请由政务公开办公室办理。")
    change = _create("suggest", body, department, form, by=by, at=at)
    _record("suggest", change, by=by, at=at)
    return change


@transaction.atomic
def seal(change: CatalogueChange, *, opinion: str, by: User, at: datetime) -> CatalogueChange:
    """The unit's head agrees, seals the form and hands it in."""
    judge(CATALOGUE, "seal", change, by=by, at=at)
    catalogue.judge_seal(sealer=by.pk, filler=change.filler_id, opinion=opinion)
    facts = {"sealed_by": by, "sealed_at": at, "opinion": opinion.strip()}
    with taking(CATALOGUE, "seal", change, by=by, at=at, facts=facts) as told:
        _stop(change, at=at)
        vouch(told, "seal", change)
    return change


@transaction.atomic
def adjust(change: CatalogueChange, *, by: User, at: datetime) -> CatalogueItem:
    """Carry an application out: the item is added, changed or removed, and its page says so at once."""
    judge(CATALOGUE, "adjust", change, by=by, at=at)
    if change.filler_id == by.pk:
        raise Refused("本人填写的申请或者建议不能由本人调整目录，请由其他同志办理。")
    item = _written(change, at=at)
    with taking(CATALOGUE, "adjust", change, by=by, at=at, facts={"item": item}) as told:
        told |= {"action": Adjustment(change.action).label, "item": item.code}
        vouch(told, "adjust", change, item)
    return item


@transaction.atomic
def decline(change: CatalogueChange, *, reason: str, by: User, at: datetime) -> CatalogueChange:
    """Send an application back with the reason."""
    judge(CATALOGUE, "decline", change, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明退回的理由。")
    with taking(CATALOGUE, "decline", change, by=by, at=at) as told:
        for clock in keeper.running(change, CATALOGUE_CHANGE):
            keeper.stop(clock, ended_on=local_date(at), at=at, as_="void")
        told["reason"] = ledger.Words(reason.strip())
    return change


@transaction.atomic
def report(change: CatalogueChange, *, reported_on: date, by: User, at: datetime) -> CatalogueChange:
    """The day the adjusted catalogue was reported to the department above."""
    judge(CATALOGUE, "report", change, by=by, at=at)
    if not local_date(change.changed_at) <= reported_on <= local_date(at):
        raise Refused("报上级部门的日期应在调整目录之日和今天之间，请核对后重新填写。")
    with taking(CATALOGUE, "report", change, by=by, at=at, facts={"reported_on": reported_on}) as told:
        told["reported_on"] = reported_on.isoformat()
        vouch(told, "report", change)
    return change


def _create(verb: str, body: Body, department: Department, form: Form, *, by: User, at: datetime) -> CatalogueChange:
    today = local_date(at)
    profile = library.profile(body.profile, today)
    item = _judged(body, form, today=today)
    elements = asdict(form.elements) if form.elements else {}
    code = item.code if item else form.code.strip().upper()
    return CatalogueChange.objects.create(
        number=f"{body.code.upper()}-ML-{today.year}-{Series.issue(body=body, year=today.year, code='catalogue'):04d}",
        body=body,
        department=department,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        state=CATALOGUE[verb].target,
        action=form.action,
        item=item,
        elements=elements | {"code": code, "steps": list(elements.get("steps", ()))},
        item_name=item.title if item and form.action == Adjustment.REMOVE else str(elements.get("title", "")),
        cause=form.cause.strip(),
        cause_on=form.cause_on,
        basis=form.basis.strip(),
        detail=form.detail.strip(),
        remark=form.remark.strip(),
        filler=by,
        phone=form.phone.strip(),
        suggested=verb == "suggest",
    )


def _judged(body: Body, form: Form, *, today: date) -> CatalogueItem | None:
    catalogue.judge_form(
        cause=form.cause, cause_on=form.cause_on, basis=form.basis, detail=form.detail, phone=form.phone, today=today
    )
    elements = asdict(form.elements) if form.elements else {}
    item = form.item if form.action != Adjustment.ADD else None
    code = item.code if item else form.code.strip().upper()
    steps: Sequence[str] = elements.get("steps", ())
    catalogue.judge_elements(form.action, elements, list(steps), code=code)
    origins = said(library.profile(body.profile, today), ORIGINS)
    catalogue.judge_origin(form.action, str(elements.get("origin", "")), origins)
    _judge_item(body, form.action, item, code)
    return item


def _judge_item(body: Body, action: str, item: CatalogueItem | None, code: str) -> None:
    if action == Adjustment.ADD:
        if CatalogueItem.objects.filter(body=body, code=code).exists():
            raise Refused(f"本机关已有编码为{code}的事项，请核对编码；要改动该事项的，请申请变更。")
        return
    if item is None or item.body_id != body.pk or item.removed_on is not None:
        raise Refused("要变更或者清除的事项不在现行目录中，请刷新目录后重新选择。")
    if item.changes.filter(state__in=(_FILLED, _SEALED)).exists():
        raise Refused("这一事项已有正在办理的调整申请，请等办结后再申请。")


def _written(change: CatalogueChange, *, at: datetime) -> CatalogueItem:
    """The item as the application wants it; its history tells when and by which application."""
    today = local_date(at)
    if change.item is None:
        _judge_item(change.body, change.action, None, change.elements["code"])
    item = change.item or CatalogueItem(body=change.body, since=today)
    if change.action == Adjustment.REMOVE:
        item.steps, item.removed_on = [], today
    else:
        item.department = change.department  # type: ignore[assignment]  # an application always has its unit
        for name, value in change.elements.items():
            setattr(item, name, value)
    # django-simple-history reads these two
    item._change_reason = change.number  # type: ignore[attr-defined]
    item._history_date = at  # type: ignore[attr-defined]
    item.save()
    return item


def _stop(change: CatalogueChange, *, at: datetime) -> None:
    for clock in keeper.running(change, CATALOGUE_CHANGE):
        keeper.stop(clock, ended_on=local_date(at), at=at)


def _record(verb: str, change: CatalogueChange, *, by: User, at: datetime) -> None:
    told = {"action": Adjustment(change.action).label, "item": change.elements["code"]}
    vouch(told, verb, change)
    tell(verb, change, by=by, at=at, told=told)
