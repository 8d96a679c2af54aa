"""The standard catalogue of a public unit (LD-A5-10): compiled, published and filed, reviewed by its supervisor, corrected in time."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.notices import service as notices
from portal.organisation import roles
from portal.organisation.models import Department, User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import Term
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking

from ..models import CatalogueItem, UnitCatalogue
from ..rules import Refused, units
from ..rules.catalogue import ELEMENTS
from ..told import vouch
from ..vocabulary import Filing
from .timing import PROACTIVE

UNIT_CORRECTION = "unit_correction"
_COMPILED, _FILED, _ORDERED = Filing.COMPILED, Filing.FILED, Filing.ORDERED
_ARTICLE = "条例第五十五条"

UNITS = Workflow(
    "units",
    (
        Step("compile", "编制目录", (), _COMPILED, _ARTICLE, "按现行的公开事项编制新的一版，由单位负责人公布。", ("LD-A5-10a",)),
        Step("discard", "作废", (_COMPILED,), Filing.DISCARDED, _ARTICLE, "这一版不再公布，记录保留。"),
        Step(
            "publish", "公布并报备", (_COMPILED,), _FILED,
            _ARTICLE, "立即向社会公布，同时报主管部门备案审查。", ("LD-A5-10a", "LD-A5-10b"),
        ),
        Step("accept", "审查通过", (_FILED,), Filing.ACCEPTED, _ARTICLE, "备案审查就此办结。", ("LD-A5-10c",)),
        Step("order", "要求改正", (_FILED,), _ORDERED, _ARTICLE, "编制单位应当在您确定的期限内改正，逾期会提醒。", ("LD-A5-10c",)),
        Step(
            "correct", "公布改正后的目录", (_ORDERED,), Filing.CORRECTED,
            _ARTICLE, "公布编制好的新的一版并重新报备，改正期限停止计算。", ("LD-A5-10c",),
        ),
    ),
    states=dict(Filing.choices),
    told=Told(department="compile", office="view", above="view"),
    duties=(UNIT_CORRECTION,),
    acts="disclosure.workflow.units",
)  # fmt: skip

_ABOUT = "disclosure.unitcatalogue"
describe("compile", "编制目录第{issue}版，共{items}项", about=_ABOUT)
describe("discard", "作废", about=_ABOUT)
describe("publish", "公布目录第{issue}版，报{supervisor}备案", about=_ABOUT)
describe("accept", "备案审查通过", about=_ABOUT)
describe("order", "要求在{days}个工作日内改正：{opinion}", about=_ABOUT)
describe("correct", "公布改正后的第{issue}版", about=_ABOUT)


@transaction.atomic
def compile(unit: Department, *, promised_days: int | None = None, by: User, at: datetime) -> UnitCatalogue:
    """Make the next edition of what stands in the catalogue for a unit. Raises Refused when there is nothing new."""
    body, today = unit.body, local_date(at)
    if not roles.reach(by, UNITS.act(UNITS["compile"]), at=at).covers(body.pk, unit.pk):
        raise NotAllowed("您的岗位不能为这个单位编制目录。请由该单位的同志办理。")
    if unit.supervisor is None:
        raise Refused("只有公共企事业单位编制这一目录，其他单位请在“公开事项目录”申请调整事项。")
    profile = library.profile(body.profile, today)
    units.judge_promise(promised_days, statutory=profile.terms[PROACTIVE].amount)
    items, former = snapshot(unit), unit.unit_catalogues.exclude(state=Filing.DISCARDED).order_by("-issue").first()
    if former is not None and former.state == _COMPILED:
        raise Refused(f"第{former.issue}版已经编制好，等待公布。需要重新编制的，请先把它作废。")
    promised = former is not None and former.promised_days == promised_days
    units.judge_edition(items, former.items if former else None, same_promise=promised)
    made = UnitCatalogue.objects.create(
        number=f"{body.code.upper()}-MB-{today.year}-{Series.issue(body=body, year=today.year, code='units'):04d}",
        body=body,
        department=unit,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        unit=unit,
        supervisor=unit.supervisor,
        issue=unit.unit_catalogues.count() + 1,
        items=items,
        promised_days=promised_days,
        compiled_by=by,
    )
    told = {"issue": made.issue, "items": len(items)}
    vouch(told, "compile", made)
    ledger.record("compile", made, by=by, at=at, told=told)
    return made


@transaction.atomic
def discard(catalogue: UnitCatalogue, *, by: User, at: datetime) -> UnitCatalogue:
    """Give up an edition that was never published."""
    judge(UNITS, "discard", catalogue, by=by, at=at)
    with taking(UNITS, "discard", catalogue, by=by, at=at):
        pass
    return catalogue


@transaction.atomic
def publish(catalogue: UnitCatalogue, *, by: User, at: datetime) -> UnitCatalogue:
    """Put an edition before the public and file it with the unit's supervisor. Raises Refused."""
    judge(UNITS, "publish", catalogue, by=by, at=at)
    ordered = catalogue.unit.unit_catalogues.filter(state=_ORDERED).first()
    if ordered is not None:
        raise Refused(f"第{ordered.issue}版正在改正期限内，请在{ordered.number}上办理“公布改正后的目录”。")
    return _file(catalogue, by=by, at=at)


def _file(catalogue: UnitCatalogue, *, by: User, at: datetime) -> UnitCatalogue:
    units.judge_publisher(publisher=by.pk, compiler=catalogue.compiled_by_id)
    supervisor = catalogue.supervisor
    facts = {"published_by": by, "published_at": at, "department": supervisor}
    with taking(UNITS, "publish", catalogue, by=by, at=at, facts=facts) as told:
        for user in roles.holders("units.accept", body=catalogue.body, department=supervisor, at=at):
            notices.post(
                user,
                kind="unit_catalogue",
                subject_line=f"{catalogue.title_for_clock}报备，请审查",
                about=catalogue,
                link=f"/admin/units/{catalogue.number}/",
                key=f"{catalogue.number}:filed:{user.pk}",
                at=at,
            )
        told |= {"issue": catalogue.issue, "supervisor": supervisor.name}
        vouch(told, "publish", catalogue)
    return catalogue


@transaction.atomic
def accept(catalogue: UnitCatalogue, *, by: User, at: datetime) -> UnitCatalogue:
    """The supervisor finds nothing wrong with what was filed."""
    judge(UNITS, "accept", catalogue, by=by, at=at)
    with taking(UNITS, "accept", catalogue, by=by, at=at, facts={"department": catalogue.unit}) as told:
        vouch(told, "accept", catalogue)
    return catalogue


@applies("term unit_correction")
@transaction.atomic
def order(catalogue: UnitCatalogue, *, opinion: str, days: int | None, by: User, at: datetime) -> UnitCatalogue:
    """The supervisor orders what is unlawful or unreasonable to be corrected within the working days it sets."""
    judge(UNITS, "order", catalogue, by=by, at=at)
    term = _term(catalogue)
    units.judge_order(opinion, days, shortest=term.minimum or 1, longest=term.maximum or term.amount)
    facts = {"opinion": opinion.strip(), "correction_days": days, "department": catalogue.unit}
    with taking(UNITS, "order", catalogue, by=by, at=at, facts=facts) as told:
        limit: Any = replace(term, amount=days or term.amount)
        keeper.start(catalogue, limit, weight="internal", started=local_date(at), at=at, department=catalogue.unit)
        told |= {"days": days, "opinion": ledger.Words(opinion.strip())}
        vouch(told, "order", catalogue)
    return catalogue


@transaction.atomic
def correct(catalogue: UnitCatalogue, *, by: User, at: datetime) -> UnitCatalogue:
    """Publish the edition that was compiled anew in place of the one that had to be corrected; its limit stops. Raises Refused."""
    judge(UNITS, "correct", catalogue, by=by, at=at)
    mended = catalogue.unit.unit_catalogues.filter(state=_COMPILED).select_related("body", "unit", "supervisor").first()
    if mended is None:
        raise Refused("还没有改正后的目录。请先按审查意见调整公开事项，编制新的一版目录，再办理公布。")
    _file(mended, by=by, at=at)
    with taking(UNITS, "correct", catalogue, by=by, at=at) as told:
        for clock in keeper.locked(catalogue, UNIT_CORRECTION):
            keeper.stop(clock, ended_on=local_date(at), at=at)
        told["issue"] = mended.issue
    return catalogue


def snapshot(unit: Department) -> list[dict[str, str]]:
    """The items of a unit that stand in the catalogue now, with their ten elements, as an edition keeps them."""
    items = CatalogueItem.objects.filter(department=unit, removed_on=None).order_by("code")
    return [{"code": item.code} | {name: getattr(item, name) for name in ELEMENTS} for item in items]


def _term(catalogue: UnitCatalogue) -> Term:
    terms = library.profile(catalogue.profile, local_date(catalogue.opened_at)).terms
    if UNIT_CORRECTION not in terms:
        raise Refused("本机关的制度没有规定目录的改正期限，请直接通知编制单位改正。")
    return terms[UNIT_CORRECTION]
