"""What a citizen is told about a request: where it stands, by when the answer is due, what happened, what can be done.

Values for the public pages, read from clocks, letters and ledger. Nothing internal leaves here: no names of staff, no
drafts, no outcome before the answer has been served.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from portal.clocks import keeper
from portal.clocks.models import Clock, Weight
from portal.clocks.strip import Strip, strip_of
from portal.ledger import service as ledger
from portal.ledger.models import Entry
from portal.letters.models import Delivery, Letter
from portal.letters.service import Manner as ServiceManner
from portal.moment import chinese_date, local_date
from portal.regulations import library

from .limit_lines import LimitLine, latest, limits_of, waits_of
from .models import CompletionRound, FeeNotice, InformationRequest, ReasonsAsked, ReleasedCopy, Suspension
from .remedying import Remedy, remedies_of
from .vocabulary import ANSWER, COMPLETION, FEE_PAYMENT, Asked, Manner, Outcome, State
from .wording import (
    COMPLETION_NOTICE,
    DELAY_NOTICE,
    EXTENSION_NOTICE,
    FEE_NOTICE,
    POSTPONEMENT_NOTICE,
    REASONS_NOTICE,
    REPLY_KINDS,
    SUSPENSION_NOTICE,
    WAIVER_NOTICE,
)
from .workflow.steps import STEPS

# --- what happens next ------------------------------------------------------------------------------------------------


def next_steps(case: InformationRequest, lines: Sequence[LimitLine]) -> list[str]:
    """What will happen after filing, in the order in which it will, with the days the law gives."""
    law = library.profile(case.profile, local_date(case.opened_at))
    notice = law.term("completion_notice").words
    steps = ["受理机构核对申请内容，转交掌握信息的机构查找、办理。您不需要做任何事。"]
    steps.append(f"申请内容不明确的，本机关在收到申请之日起{notice}内一次性告知您补正；补正后答复期限重新计算。")
    if lines:
        steps.append(f"{_by_when(lines)}；依法延长期限或者征求第三方意见的，会书面告知您。")
    steps.append(HOW_ANSWERED[Manner(case.manner)])
    return steps


def _by_when(lines: Sequence[LimitLine]) -> str:
    statutory, *promised = lines
    if promised:
        return f"本机关承诺最迟{promised[0].day_words}作出答复，法定期限最迟到{statutory.day_words}"
    return f"本机关最迟{statutory.day_words}作出答复"


HOW_ANSWERED = {
    Manner.ONLINE: "答复作出后，凭申请编号和查询码在“查询进度”栏目查看和下载。",
    Manner.EMAIL: "答复作出后，发送到您填写的电子邮箱，也可以凭申请编号和查询码在本网站查看。",
    Manner.POST: "答复作出后，通过邮政寄到您填写的地址，以交邮之日为答复日期，不收取邮寄费用。",
    Manner.IN_PERSON: "答复作出后，本机关通知您到受理机构领取，请带上身份证件。",
}


# --- where it stands --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where a request stands, in plain words. `tone` is the kind of the tag."""

    label: str
    text: str
    tone: str = "neutral"


def standing_of(case: InformationRequest, *, suspended: bool = False) -> Standing:
    """What is told about the state. Between receipt and service there is only “承办中”, whatever happens inside."""
    match case.state:
        case State.UNCONFIRMED:
            return Standing(
                "待确认",
                f"您的申请于{chinese_date(case.arrived_on)}以{case.get_channel_display()}方式到达本机关。本机关会尽快与您确认，"
                "确认之日就是收到申请之日，答复期限从次日起计算。",
                "soon",
            )
        case State.COMPLETING:
            return Standing(
                "等待您补正", "您的申请内容还不够明确，请按下面列出的事项补正。补正期间不计算答复期限。", "close"
            )
        case State.PAYING:
            return Standing(
                "等待您缴费",
                "本机关向您发出了收取信息处理费的通知。缴费之前不计算答复期限，缴费之后重新计算。",
                "close",
            )
        case State.WITHDRAWN:
            return Standing("已撤回", "您已撤回这份申请，本机关不再办理。如仍需要，可以重新提出申请。")
        case State.SERVED | State.CLOSED if case.outcome == Outcome.WITHDRAWN:
            return Standing("已撤回", "您已撤回这份申请，本机关不再办理。如仍需要，可以重新提出申请。")
        case State.SERVED | State.CLOSED:
            return Standing(
                "已答复",
                f"本机关已于{chinese_date(case.answered_on)}作出答复（{case.get_answered_by_display()}）。"
                f"办理结果：{case.get_outcome_display()}。",
                "done",
            )
        case _ if suspended:
            return Standing(
                "中止办理",
                "本机关已书面通知您中止办理，理由见下面的通知书。原因消除后立即恢复办理，法定答复期限不变。",
                "soon",
            )
        case _:
            return Standing(
                "承办中", f"本机关已于{chinese_date(case.received_on)}收到您的申请，正在查找和办理。", "calm"
            )


# --- what happened ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """One line of the public timeline."""

    at: datetime
    title: str
    text: str = ""
    now: bool = False


_TOLD = {
    "apply": ("您提出申请，系统即时登记", ""),
    "register": ("本机关登记了您的申请", ""),
    "redo": ("本机关依行政复议决定或者法院裁判重新办理", "原申请编号：{old}。"),
    "confirm_receipt": ("本机关与您确认收到申请", "收到申请之日为{received_on}。"),
    "assign": ("转交承办机构办理", ""),
    "ask_completion": ("本机关请您补正申请内容", "补正告知书：{letter}，补正期限{working_days}个工作日。"),
    "supplement": ("本机关收到您补正的内容", "答复期限自{returned_on}的次日起重新计算。"),
    "charge": ("本机关通知您缴纳信息处理费", "收费通知书：{letter}，{amount}元。"),
    "record_payment": ("本机关收到您缴纳的信息处理费", "答复期限自{paid_on}的次日起重新计算。"),
    "waive": ("本机关撤回收费通知", "您不需要缴费，答复期限按原起算日计算。告知书：{letter}。"),
    "refund": ("您缴纳的信息处理费已退还", "退还{amount}元。"),
    "ask_reasons": ("本机关请您说明申请理由", "说明理由告知书：{letter}，期限至{limit_on}。"),
    "hear_reasons": ("本机关收到您说明的理由", ""),
    "delay": ("本机关确定延迟答复的期限", "答复期限由{old}改为{new}，延迟答复告知书：{letter}。"),
    "consult": ("本机关依法征求第三方意见", "征求意见所需时间不计入答复期限。"),
    "consult_organ": ("本机关依法征求共同制作机关意见", "征求意见所需时间不计入答复期限。"),
    "hear": ("第三方已反馈意见", "答复期限继续计算。"),
    "hear:co_maker": ("共同制作机关已反馈意见", "答复期限继续计算。"),
    "extend": ("本机关依法延长答复期限", "答复期限由{old}延长至{new}，延期告知书：{letter}。"),
    "suspend": ("本机关中止办理", "理由见中止办理通知书：{letter}。法定答复期限不因中止延长。"),
    "take_up": ("本机关恢复办理", ""),
    "postpone": ("本机关告知暂缓公开", "能否公开正由有权部门依法确定，告知书：{letter}。这不是最终答复。"),
    "serve": ("本机关作出答复", "答复文书：{letter}。"),
    "return_post": (
        "邮寄的答复文书被退回",
        "退回日期：{returned_on}。本机关将重新送达；通信地址有变化的，请与受理机构联系。",
    ),
    "withdraw": ("申请已撤回", ""),
    "close": ("办理完毕，材料归档保存", ""),
}
"""The acts a citizen is told of; every other act is the office's own business."""


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """The public acts among the entries of a request, newest first. Handing on inside the office is told once."""
    events: list[Event] = []
    seen: set[str] = set()
    for entry in entries:
        if entry.verb not in _TOLD or (entry.verb == "assign" and "assign" in seen) or _inside(entry):
            continue
        seen.add(entry.verb)
        title, text = _TOLD.get(f"{entry.verb}:{entry.told.get('asked')}", _TOLD[entry.verb])
        told = {key: _day_words(value) for key, value in entry.told.items()}
        events.append(Event(entry.at, title, text.format_map(_Blank(told))))
    events.reverse()
    if events:
        events[0] = Event(events[0].at, events[0].title, events[0].text, now=True)
    return events


def _inside(entry: Entry) -> bool:
    """Whether the word came from an authority: asking it is the office's own business and stops no limit."""
    return entry.verb == "hear" and entry.told.get("asked") == Asked.AUTHORITY


class _Blank(dict[str, str]):
    """What an old entry does not say is left open rather than breaking the page."""

    def __missing__(self, key: str) -> str:
        return "（未记载）"


def _day_words(value: object) -> str:
    try:
        return chinese_date(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


# --- letters ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """A letter that has reached the citizen, and how."""

    title: str
    number: str
    how: str
    copy: bool


FOR_THE_APPLICANT = frozenset(
    {
        *REPLY_KINDS,
        *(kind.code for kind in (FEE_NOTICE, WAIVER_NOTICE, REASONS_NOTICE, DELAY_NOTICE)),
        COMPLETION_NOTICE.code,
        EXTENSION_NOTICE.code,
        SUSPENSION_NOTICE.code,
        POSTPONEMENT_NOTICE.code,
    }
)
"""The kinds of letter written to the applicant. Named one by one: a letter to a third party must never show up here."""


def served_letters(case: InformationRequest) -> list[Letter]:
    """The standing letters to the applicant that have been delivered, the newest first, each with the delivery that counts."""
    effective = Prefetch("deliveries", Delivery.objects.effective())
    letters = (
        Letter.objects.about(case)
        .standing()
        .filter(kind__in=FOR_THE_APPLICANT, deliveries__in=Delivery.objects.effective())
    )
    return list(letters.select_related("file").prefetch_related(effective).order_by("-pk"))


def letters_of(case: InformationRequest) -> list[Served]:
    """The letters a citizen may download; what went by post or by hand is offered as a copy of the paper."""
    found = []
    for letter in served_letters(case):
        delivery = letter.deliveries.all()[0]
        paper = delivery.manner != ServiceManner.ELECTRONIC
        how = f"{chinese_date(delivery.counts_on)}{delivery.get_manner_display()}"
        if delivery.manner == ServiceManner.POST:
            how += f"，邮件号码{delivery.proof_number}"
        found.append(Served(letter.title, letter.number, how, paper))
    return found


# --- what was given -----------------------------------------------------------------------------------------------------


def given(case: InformationRequest) -> list[ReleasedCopy]:
    """The copies the applicant may download: those of an answer that has been served."""
    if case.answered_on is None:
        return []
    return list(case.released.select_related("material", "file").order_by("material_id"))


# --- the whole story --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Completion:
    """What the citizen is asked to add, and until when."""

    items: tuple[str, ...]
    last_day: date | None
    provisional: bool
    late: bool


@dataclass(frozen=True)
class Owed:
    """What the citizen is to pay, and until when; `last_day` is None while the day of receipt is not known."""

    fee: FeeNotice
    last_day: date | None
    late: bool
    words: str
    payment: str


@dataclass(frozen=True)
class Story:
    """Everything on the tracking page."""

    case: InformationRequest
    standing: Standing
    limits: list[LimitLine]
    waits: list[str]
    strip: Strip | None
    events: list[Event]
    letters: list[Served]
    given: list[ReleasedCopy]
    remedy: Remedy | None
    overdue: bool
    suspended: bool
    completion: Completion | None
    owed: Owed | None
    reasons: ReasonsAsked | None
    may_withdraw: bool

    @property
    def answered(self) -> bool:
        """Whether the answer has been served."""
        return self.case.answered_on is not None


def story_of(case: InformationRequest, *, at: datetime) -> Story:
    """The story of a request as it stands at a moment; a fixed number of queries however long the story is."""
    clocks = keeper.clocks_of(case)
    clock = latest(clocks, ANSWER, Weight.STATUTORY)
    suspended = is_suspended(case)
    return Story(
        case=case,
        standing=standing_of(case, suspended=suspended),
        limits=limits_of(clocks),
        waits=waits_of(clocks),
        strip=strip_of(clock, at=at) if clock is not None and clock.stopped_at is None else None,
        events=events_of(ledger.timeline(case)),
        letters=letters_of(case),
        given=given(case),
        remedy=remedies_of(case, clocks, at=at),
        overdue=clock is not None and not clock.provisional and clock.is_overdue(at=at),
        suspended=suspended,
        completion=completion_of(case, clocks, today=local_date(at)),
        owed=owed_of(case, clocks, today=local_date(at)),
        reasons=reasons_of(case),
        may_withdraw=case.state in STEPS["withdraw"].sources,
    )


def is_suspended(case: InformationRequest) -> bool:
    """Whether handling is suspended now (中止), which changes nothing about the statutory limit."""
    return Suspension.objects.filter(request=case, taken_up_on__isnull=True).exists()


def owed_of(case: InformationRequest, clocks: Iterable[Clock], *, today: date) -> Owed | None:
    """What is to be paid, while the body waits for it."""
    if case.state != State.PAYING:
        return None
    law = library.profile(case.profile, local_date(case.opened_at))
    clock = latest(clocks, FEE_PAYMENT, Weight.INTERNAL)
    last_day = clock.last_day if clock else None
    return Owed(
        fee=FeeNotice.objects.select_related("letter").get(request=case),
        last_day=last_day,
        late=last_day is not None and today > last_day,
        words=law.term(FEE_PAYMENT).words,
        payment=str(law.option("fee.payment")),
    )


def reasons_of(case: InformationRequest) -> ReasonsAsked | None:
    """The question for reasons, while it can still be answered."""
    if case.state not in STEPS["hear_reasons"].sources:
        return None
    return ReasonsAsked.objects.filter(request=case, answered_on__isnull=True).first()


def completion_of(case: InformationRequest, clocks: Iterable[Clock], *, today: date) -> Completion | None:
    """What is to be added, while the body waits for it."""
    asked = CompletionRound.objects.filter(request=case).first()
    if asked is None or case.state != State.COMPLETING:
        return None
    clock = latest(clocks, COMPLETION, Weight.INTERNAL)
    last_day = clock.last_day if clock else None
    return Completion(
        items=tuple(line.strip() for line in asked.items.splitlines() if line.strip()),
        last_day=last_day,
        provisional=bool(clock and clock.provisional),
        late=last_day is not None and today > last_day,
    )
