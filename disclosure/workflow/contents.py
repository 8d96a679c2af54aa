"""The content list of each department (LD-A1-14): the department enters its lines, the office confirms them, the site shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from portal.ledger import service as ledger
from portal.ledger.service import describe
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Department, User
from portal.regulations import library
from portal.workflow.engine import NotAllowed, Step, Told, Workflow, judge, taking

from ..models import Column, ContentEntry, Document, Version
from ..rules import Refused, attribute, contents
from ..told import vouch
from ..vocabulary import Audience, Entered, Release
from .common import law_of

REQUIRED = "contents.required"
_REPORTED, _NOW = Entered.REPORTED, Entered.IN_FORCE

CONTENTS = Workflow(
    "contents",
    (
        Step("enter", "填报", (), _REPORTED, "条例第二十条", "报公开办确认，确认之前不列入清单。", ("LD-A1-14",)),
        Step("confirm", "确认列入", (_REPORTED,), _NOW, "条例第二十条", "自即日起列入清单并向社会公布；定期发布的，按周期检查。", ("LD-A1-14",)),
        Step("decline", "退回", (_REPORTED,), Entered.DECLINED, "条例第二十条", "退回填报单位，理由记入办理经过。"),
        Step("strike", "移出清单", (_NOW,), Entered.STRUCK, "条例第二十条", "自即日起不再列在清单上，原有内容继续公开。"),
    ),
    states=dict(Entered.choices),
    told=Told(department="enter", office="confirm", above="confirm"),
    acts="disclosure.workflow.contents",
)  # fmt: skip

_ABOUT = "disclosure.contententry"
describe("enter", "填报{release}的信息类别：{category}", about=_ABOUT)
describe("confirm", "确认列入内容清单", about=_ABOUT)
describe("decline", "退回填报：{reason}", about=_ABOUT)
describe("strike", "移出内容清单：{reason}", about=_ABOUT)


@dataclass(frozen=True)
class Line:
    """One line of the list as a department writes it; the fields mean what the columns of `ContentEntry` mean."""

    release: str
    category: str
    limit: str
    subject: str
    column: Column
    period: str = ""


@transaction.atomic
def enter(department: Department, *, line: Line, by: User, at: datetime) -> ContentEntry:
    """Report a line of a department's list to the office. Raises Refused naming what is missing."""
    body = department.body
    if not roles.reach(by, CONTENTS.act(CONTENTS["enter"]), at=at).covers(body.pk, department.pk):
        raise NotAllowed("您的岗位不能为这个单位填报内容清单。请由该单位的同志办理。")
    contents.judge_entry(
        release=line.release, category=line.category, limit=line.limit, subject=line.subject, period=line.period
    )
    _judge_place(department, line)
    today = local_date(at)
    profile = library.profile(body.profile, today)
    entry = ContentEntry.objects.create(
        number=f"{body.code.upper()}-NR-{today.year}-{Series.issue(body=body, year=today.year, code='contents'):04d}",
        body=body,
        department=department,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        release=line.release,
        category=line.category.strip(),
        limit=line.limit.strip(),
        period=line.period,
        subject=line.subject.strip(),
        column=line.column,
        entered_by=by,
    )
    told = {"release": Release(line.release).label, "category": ledger.Words(entry.category)}
    vouch(told, "enter", entry)
    ledger.record("enter", entry, by=by, at=at, told=told)
    return entry


def _judge_place(department: Department, line: Line) -> None:
    if line.column.body_id != department.body_id:
        raise Refused("所选的栏目不是本机关的栏目，请重新选择。")
    same = ContentEntry.objects.filter(
        department=department, column=line.column, category=line.category.strip(), state__in=(_REPORTED, _NOW)
    )
    if same.exists():
        raise Refused(
            f"本单位的清单中已有“{line.category.strip()}”，不需要重复填报；要改动的，请先把原来的一项移出清单。"
        )


@transaction.atomic
def confirm(entry: ContentEntry, *, by: User, at: datetime) -> ContentEntry:
    """Put a reported line on the list from today."""
    judge(CONTENTS, "confirm", entry, by=by, at=at)
    if entry.entered_by_id == by.pk:
        raise Refused("本人填报的内容不能由本人确认，请由其他同志办理。")
    with taking(CONTENTS, "confirm", entry, by=by, at=at, facts={"since": local_date(at)}) as told:
        vouch(told, "confirm", entry)
    return entry


@transaction.atomic
def decline(entry: ContentEntry, *, reason: str, by: User, at: datetime) -> ContentEntry:
    """Send a reported line back with the reason."""
    judge(CONTENTS, "decline", entry, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明退回的理由。")
    with taking(CONTENTS, "decline", entry, by=by, at=at) as told:
        told["reason"] = ledger.Words(reason.strip())
    return entry


@transaction.atomic
def strike(entry: ContentEntry, *, reason: str, by: User, at: datetime) -> ContentEntry:
    """Take a line off the list from today; what was published under it stays public."""
    judge(CONTENTS, "strike", entry, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明移出清单的理由，例如职能发生了什么变化。")
    with taking(CONTENTS, "strike", entry, by=by, at=at, facts={"until": local_date(at)}) as told:
        told["reason"] = ledger.Words(reason.strip())
        vouch(told, "strike", entry)
    return entry


def within_the_list(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A gate: what a department publishes of its own is of a kind its list names, where the body's document wants a list."""
    goes_out = attribute.goes_out(document.openness) and document.audience == Audience.PUBLIC
    if not goes_out or document.department_id is None or not law_of(document).option(REQUIRED):
        return
    listed = (
        ContentEntry.objects.in_force().filter(department=document.department).values_list("column__name", flat=True)
    )
    columns = version.columns.values_list("name", flat=True)
    yield from contents.beside_the_list(document.content, list(columns), list(listed))
