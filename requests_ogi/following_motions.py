"""What a citizen is told about a correction, a suggestion or a complaint. Nothing internal: no names of staff, no opinions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.ledger.models import Entry
from portal.letters.models import Letter
from portal.moment import chinese_date

from .models import Motion
from .vocabulary import MotionKind, MotionState
from .workflow.motion_steps import MOTIONS
from .workflow.motions import SERIES


@dataclass(frozen=True)
class MotionEvent:
    """One line of the public timeline."""

    at: datetime
    title: str
    text: str = ""
    now: bool = False


@dataclass(frozen=True)
class MotionStory:
    """Everything on the page of a motion."""

    label: str
    tone: str
    text: str
    last_day: date
    provisional: bool
    late: bool
    events: list[MotionEvent]
    letters: list[Letter]


_TOLD = {
    "file": "您在网上提交，系统即时登记",
    "register": "本机关登记",
    "assign": "转交掌握信息的机构核实",
    "decide": "本机关作出决定，正在制作告知书",
    "answer": "本机关告知处理结果",
    "mend": "所反映的问题已经改正",
    "close": "办理完毕，材料归档保存",
}


def story_of(motion: Motion, *, at: datetime) -> MotionStory:
    """The story of a motion as it stands at a moment."""
    clock = next(one for one in keeper.clocks_of(motion) if one.duty == SERIES[MotionKind(motion.kind)][0])
    label, tone, text = _standing(motion)
    return MotionStory(
        label=label,
        tone=tone,
        text=text,
        last_day=clock.last_day,
        provisional=clock.provisional,
        late=clock.is_overdue(at=at),
        events=_events(ledger.timeline(motion)),
        letters=list(Letter.objects.about(motion).standing().filter(deliveries__isnull=False).order_by("pk")),
    )


def _standing(motion: Motion) -> tuple[str, str, str]:
    if motion.state in {MotionState.TOLD, MotionState.CLOSED}:
        return (
            "已告知",
            "done",
            f"本机关已于{chinese_date(motion.told_on)}告知处理结果：{motion.get_outcome_display()}。",
        )
    if motion.is_complaint:
        return "处理中", "calm", "您的投诉举报由负责监督的人员直接处理，被反映的机构看不到您是谁。处理结果会书面告知。"
    return "办理中", "calm", f"本机关已于{chinese_date(motion.received_on)}收到，正在核实办理，处理结果会书面告知您。"


def _events(entries: Iterable[Entry]) -> list[MotionEvent]:
    seen: set[str] = set()
    found = []
    for entry in entries:
        if entry.verb in _TOLD and not (entry.verb in seen and entry.verb in MOTIONS.steps):
            found.append(MotionEvent(entry.at, _TOLD[entry.verb]))
        seen.add(entry.verb)
    found.reverse()
    return [MotionEvent(one.at, one.title, one.text, now=place == 0) for place, one in enumerate(found)]
