"""The negative list: units file items with the office, the office lists them and publishes numbered editions (NX-15, NX-16-11)."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, Department, User
from portal.regulations import library
from portal.regulations.publishing import Category
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking

from ..models import Document, NegativeEdition, NegativeItem, Version
from ..rules import Refused, negative
from ..told import vouch
from ..vocabulary import Listed
from .common import law_of

_FILED, _NOW, _LEAVING = Listed.FILED, Listed.IN_FORCE, Listed.LEAVING

NEGATIVE = Workflow(
    "negative",
    (
        Step(
            "file", "报备", (), _FILED,
            "条例第十三条", "报公开办备案，列入清单之前不能引用。", ("NX-15-1", "NX-15-3", "YC-5.4-1a"),
        ),
        Step("accept", "列入清单", (_FILED,), _NOW, "条例第十三条", "自即日起可以引用；代替原有事项的，原有事项同时清除。", ("NX-15-3",)),
        Step("decline", "不予列入", (_FILED,), Listed.DECLINED, "条例第十三条", "退回报备单位，理由记入办理经过。", ("NX-15-3",)),
        Step(
            "ask_removal", "报请清除", (_NOW,), _LEAVING,
            "条例第十三条", "职能权责变化后不再需要的，报公开办清除；清除之前仍可引用。", ("NX-15-3",),
        ),
        Step("remove", "清除", (_NOW, _LEAVING), Listed.ENDED, "条例第十三条", "自即日起不能再引用，以往引用它的文件不受影响。", ("NX-15-3",)),
        Step(
            "publish", "公布清单", (), _NOW,
            "条例第十三条", "把现行事项汇总成新的一版向社会公布，旧版继续保留。", ("NX-15-2", "NX-16-11"),
        ),
    ),
    states=dict(Listed.choices),
    told=Told(department="file", office="accept", above="publish"),
    acts="disclosure.workflow.listing",
)  # fmt: skip

_ABOUT = "disclosure.negativeitem"
describe("file", "报备负面清单事项，类别：{category}", about=_ABOUT)
describe("accept", "列入负面清单", about=_ABOUT)
describe("decline", "没有列入负面清单：{reason}", about=_ABOUT)
describe("ask_removal", "报请清除：{reason}", about=_ABOUT)
describe("remove", "从负面清单清除：{reason}", about=_ABOUT)
describe("publish", "公布负面清单第{edition}版，共{items}项", about="disclosure.negativeedition")


@transaction.atomic
def file(
    body: Body,
    *,
    department: Department,
    category: str,
    title: str,
    detail: str,
    basis: str,
    replaces: NegativeItem | None = None,
    by: User,
    at: datetime,
) -> NegativeItem:
    """File an item with the office; with `replaces`, the new wording of one that is in force. Raises Refused."""
    if not roles.reach(by, NEGATIVE.act(NEGATIVE["file"]), at=at).covers(body.pk, department.pk):
        raise NotAllowed("您的岗位不能为这个机构报备负面清单事项。请由该机构的同志办理。")
    today = local_date(at)
    profile = library.profile(body.profile, today)
    chosen = profile.categories.get(category)
    negative.judge_listing(chosen, title=title, detail=detail, basis=basis)
    if replaces is not None:
        _judge_replaced(replaces, body)
    item = NegativeItem.objects.create(
        number=f"{body.code.upper()}-FM-{today.year}-{Series.issue(body=body, year=today.year, code='negative'):04d}",
        body=body,
        department=department,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        category=category,
        title=title.strip(),
        detail=detail.strip(),
        basis=basis.strip(),
        replaces=replaces,
        filed_by=by,
    )
    told = {"category": chosen.label if chosen else ""}
    vouch(told, "file", item)
    ledger.record("file", item, by=by, at=at, told=told)
    return item


@transaction.atomic
def accept(item: NegativeItem, *, by: User, at: datetime) -> NegativeItem:
    """Put a filed item on the list from today; what it replaces leaves the list the same day."""
    judge(NEGATIVE, "accept", item, by=by, at=at)
    if item.filed_by_id == by.pk:
        raise Refused("本人报备的事项不能由本人列入清单，请由其他同志办理。")
    if item.replaces is not None:
        _judge_replaced(item.replaces, item.body)
        _remove(item.replaces, reason=f"由{item.number}代替", by=by, at=at)
    with taking(NEGATIVE, "accept", item, by=by, at=at, facts={"since": local_date(at)}) as told:
        vouch(told, "accept", item)
    return item


@transaction.atomic
def decline(item: NegativeItem, *, reason: str, by: User, at: datetime) -> NegativeItem:
    """Send a filed item back with the reason."""
    judge(NEGATIVE, "decline", item, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明不列入清单的理由。")
    with taking(NEGATIVE, "decline", item, by=by, at=at) as told:
        told["reason"] = ledger.Words(reason.strip())
    return item


@transaction.atomic
def ask_removal(item: NegativeItem, *, reason: str, by: User, at: datetime) -> NegativeItem:
    """Tell the office that an item is no longer needed. It holds until the office has removed it."""
    judge(NEGATIVE, "ask_removal", item, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明清除的理由，例如职能权责发生了什么变化。")
    with taking(NEGATIVE, "ask_removal", item, by=by, at=at, facts={"leaving_reason": reason.strip()}) as told:
        told["reason"] = ledger.Words(reason.strip())
        vouch(told, "ask_removal", item)
    return item


@transaction.atomic
def remove(item: NegativeItem, *, reason: str, by: User, at: datetime) -> NegativeItem:
    """Take an item off the list from today."""
    judge(NEGATIVE, "remove", item, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明清除的理由。")
    return _remove(item, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def publish(body: Body, *, note: str = "", by: User, at: datetime) -> NegativeEdition:
    """Publish what is in force as the next edition. Raises Refused when nothing has changed since the last one."""
    if not roles.may(by, NEGATIVE.act(NEGATIVE["publish"]), body, at=at):
        raise NotAllowed("您的岗位不能公布负面清单，请由政务公开办公室办理。")
    former = NegativeEdition.objects.select_for_update().filter(body=body).order_by("-edition").first()
    items = list(snapshot(body, at=at))
    if former is not None and former.items == items:
        raise Refused(f"清单与已公布的第{former.edition}版相同，不需要重新公布。")
    if former is None and not items:
        raise Refused("还没有列入清单的事项，请先汇总各单位报备的事项。")
    made = NegativeEdition.objects.create(
        body=body,
        edition=former.edition + 1 if former else 1,
        items=items,
        note=note.strip(),
        published_by=by,
        published_at=at,
    )
    told = {"edition": made.edition, "items": len(items)}
    vouch(told, "publish", made)
    ledger.record("publish", made, by=by, at=at, told=told)
    return made


def snapshot(body: Body, *, at: datetime) -> Iterator[dict[str, str]]:
    """The items in force as an edition keeps them: in the order of the categories, then of their listing."""
    categories = library.profile(body.profile, local_date(at)).categories
    items = NegativeItem.objects.in_force().filter(body=body).select_related("department")
    order = {code: (category.number, code) for code, category in categories.items()}
    for item in sorted(items, key=lambda one: (order.get(one.category, (999, "")), one.since, one.pk)):
        category = categories.get(item.category)
        yield {
            "number": item.number,
            "label": category.label if category else "其他",
            "title": item.title,
            "detail": item.detail,
            "basis": item.basis,
            "department": item.department.name if item.department else body.name,
            "since": item.since.isoformat() if item.since else "",
        }


def category_of(document: Document) -> Category | None:
    """The category of the item a document is closed by, as its law names it."""
    item = document.negative_item
    return law_of(document).categories.get(item.category) if item is not None else None


def closed_by_an_item(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A gate: what is closed rests on an item of the body's list that is in force and lawful."""
    item = document.negative_item
    if item is not None and item.body_id != document.body_id:
        yield f"所引用的负面清单事项“{item.title}”不是本机关的事项"
    yield from negative.missing_of(
        law_of(document).attributes.get(document.attribute),
        openness=document.openness,
        cited=item is not None,
        state=item.state if item is not None else "",
        title=item.title if item is not None else "",
        category=category_of(document),
    )


def statistics_cleared(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A gate: statistics wait for the consent of the statistics authority and for their day."""
    if document.statistics:
        yield from negative.statistics_missing(
            approval=document.statistics_approval, due_on=document.statistics_due_on, today=local_date(at)
        )


def _judge_replaced(item: NegativeItem, body: Body) -> None:
    if item.body_id != body.pk or item.state not in (_NOW, _LEAVING):
        raise Refused(f"被代替的事项“{item.title}”不是本机关的现行事项，请刷新清单后重新选择。")


def _remove(item: NegativeItem, *, reason: str, by: User, at: datetime) -> NegativeItem:
    facts = {"until": local_date(at), "leaving_reason": reason}
    with taking(NEGATIVE, "remove", item, by=by, at=at, facts=facts) as told:
        told["reason"] = ledger.Words(reason)
        vouch(told, "remove", item)
    return item
