"""What the page of a motion shows, put together from facts: personal data masked, and complaints for supervisors only."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.archive import masking
from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.letters.models import Letter
from portal.moment import chinese_date, local_date
from portal.organisation.roles import Reach
from portal.web.case import Act, Story
from portal.web.telling import clock_dict, days_left, size_in_words
from portal.web.todo import urgency
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import covers

from ..models import Motion, MotionFile, Movant
from ..vocabulary import IdentityDocument, MotionOutcome, MotionState
from ..workflow.motion_steps import steps_of

STAGES = (
    ("登记", ("file", "register"), ()),
    ("核实", ("report", "assign"), (MotionState.RECEIVED, MotionState.ASSIGNED)),
    ("决定", ("decide",), ()),
    ("告知", ("answer",), (MotionState.DECIDED,)),
    ("归档", ("close",), (MotionState.TOLD,)),
)
STAGES_OF_COMPLAINTS = (
    STAGES[0],
    ("处理", ("decide",), (MotionState.RECEIVED,)),
    *STAGES[3:],
)


def url(page: str, motion: Motion, *more: Any) -> str:
    """The address of a page of a motion."""
    return reverse(f"admin:motions_{page}", args=(motion.number, *more))


def may_unmask(motion: Motion, reaches: Mapping[str, Reach]) -> bool:
    """Whether somebody with these reaches may see who moved."""
    return covers(reaches, f"{steps_of(motion.kind).chapter}.unmask", motion)


def story_of(motion: Motion, *, reaches: Mapping[str, Reach], at: datetime) -> Story:
    """The whole page of a motion for one person at one moment."""
    entries = list(ledger.timeline(motion))
    clocks = keeper.clocks_of(motion)
    calendar = calendar_for(scopes_of(motion.body), on=local_date(at))
    running = [one for one in clocks if one.stopped_at is None]
    left = min((days_left(one, calendar, at=at) for one in running), default=None)
    unmask = may_unmask(motion, reaches)
    return Story(
        number=motion.number,
        title=motion.subject,
        state=motion.get_state_display(),
        urgency=urgency(left) if running else "neutral",
        track=_track(motion, {entry.verb: local_date(entry.at) for entry in entries}),
        clocks=[clock_dict(clock, calendar, at=at) for clock in clocks],
        acts=[
            Act.of(step, url(step.verb, motion))
            for step in steps_of(motion.kind).open_to(motion, reaches)
            if step.verb not in {"mend", "close"} or _hopeful(motion, step.verb)
        ],
        letters=[
            {"number": one.number, "title": one.title, "day": one.dated, "url": url("letter", motion, one.pk)}
            for one in Letter.objects.about(motion).order_by("pk")
        ],
        files=list(_files(motion, unmask=unmask)),
        timeline=[
            {"at": entry.at, "title": ledger.present(entry), "by": entry.actor_label, "text": ""}
            for entry in reversed(entries)
        ],
        facts=list(_facts(motion, unmask=unmask)),
        warnings=_warnings(motion),
    )


def _hopeful(motion: Motion, verb: str) -> bool:
    owed = motion.outcome == MotionOutcome.UPHELD and motion.mended_on is None
    return owed if verb == "mend" else not owed


def _track(motion: Motion, days: Mapping[str, Any]) -> list[dict[str, Any]]:
    stages: list[dict[str, Any]] = []
    for label, verbs, states in STAGES_OF_COMPLAINTS if motion.is_complaint else STAGES:
        done = next((days[verb] for verb in verbs if verb in days), None)
        now = motion.state in states
        after = any(stage["state"] == "now" for stage in stages)
        stages.append({"label": label, "state": "now" if now else "ahead" if after else "done", "day": done})
    return stages


def _files(motion: Motion, *, unmask: bool) -> Iterator[dict[str, Any]]:
    for one in motion.files.select_related("file").order_by("added_at", "pk"):
        private = one.purpose == MotionFile.Purpose.IDENTITY
        yield {
            "name": one.get_purpose_display(),
            "url": (url("unmask", motion) if unmask else "") if private else url("file", motion, one.pk),
            "size": size_in_words(one.file.size),
            "kind": "须写明事由查看" if private else one.get_purpose_display(),
            "at": one.added_at,
        }


def _facts(motion: Motion, *, unmask: bool) -> Iterator[dict[str, Any]]:
    yield _group(
        motion.get_kind_display(),
        ("反映的问题", motion.get_grievance_display() if motion.grievance else ""),
        ("涉及的信息或者记录", motion.subject),
        ("具体内容", motion.content),
        ("涉及的申请", motion.request.number if motion.request else ""),
        ("提出方式", motion.get_channel_display()),
        ("收到日期", chinese_date(motion.received_on)),
        ("核实机构", motion.department.name if motion.department else ""),
    )
    if motion.movant is None:
        yield _group("提出人", ("署名", "没有署名，也没有留联系方式"))
    elif unmask:
        yield _group("提出人", *movant_rows(motion.movant, masked=True))
    else:
        yield _group("提出人", ("身份和联系方式", "已隐去"))
    if motion.reported_finding:
        yield _group("核实意见", ("核实的情况", motion.reported_finding), ("反馈人", str(motion.reported_by)))
    if motion.outcome:
        yield _group(
            "处理",
            ("结果", motion.get_outcome_display()),
            ("情况和理由", motion.finding or ""),
            ("有权处理的机关", motion.organ_name),
            ("该机关联系方式", motion.organ_contact),
            ("责令改正的内容", motion.measure or ""),
            ("改正期限", f"{motion.mending_days}个工作日" if motion.mending_days else ""),
            ("改正情况", motion.mended_how or ""),
            ("改正完成日期", chinese_date(motion.mended_on) if motion.mended_on else ""),
            ("告知日期", chinese_date(motion.told_on) if motion.told_on else ""),
        )


def movant_rows(person: Movant, *, masked: bool) -> list[tuple[str, str]]:
    """Who moved, as label and value; masked unless somebody has just unmasked it."""

    def shown(value: str | None, mask: Any) -> str:
        return (mask(value) if masked else value) if value else ""

    organisation = person.identity_document == IdentityDocument.CREDIT_CODE
    return [
        ("姓名或者名称", shown(person.name, lambda it: masking.mask_name(it, organisation=organisation))),
        ("证件类型", person.get_identity_document_display() if person.identity_document else ""),
        ("证件号码", shown(person.identity_number, masking.mask_id_number)),
        ("联系电话", shown(person.phone, masking.mask_phone)),
        ("电子邮箱", shown(person.email, masking.mask_email)),
        ("通信地址", shown(person.address, masking.mask_address)),
    ]


def _group(title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    return {"title": title, "rows": [{"key": key, "value": value} for key, value in rows if value]}


def _warnings(motion: Motion) -> list[str]:
    if motion.is_complaint:
        return ["投诉举报应当保密：不得将投诉举报人的身份和材料告知被反映的机构和人员，不得转给其办理。"]
    return []
