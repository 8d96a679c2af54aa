"""What the page of a case shows, put together from facts: plain dicts for the templates, personal data masked."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from portal.archive import masking
from portal.archive.models import Dossier
from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.letters.models import Delivery, Letter
from portal.moment import SHANGHAI, chinese_date, local_date
from portal.organisation.models import User
from portal.web.case import Act, Story
from portal.web.telling import clock_dict, days_left, size_in_words
from portal.web.todo import urgency
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import covers

from ..models import Applicant, Attachment, Consultation, InformationRequest
from ..plain_words import help_owed
from ..rules.consulting import Choices, Stand, stand_of
from ..vocabulary import OPEN_STATES, ApplicantKind, Asked, Channel, State
from ..wording import SILENCE
from ..workflow import weighing
from ..workflow.common import law_of
from ..workflow.weighing import choices_of, word_of
from .acts import ACTS
from .offering import offered

HIDDEN = "申请人（身份信息已隐去）"
"""What stands for the applicant wherever a reader has no business with who asked."""

PRIVATE = (
    Attachment.Purpose.IDENTITY,
    Attachment.Purpose.AUTHORISATION,
    Attachment.Purpose.AGENT_IDENTITY,
    Attachment.Purpose.ORIGINAL,
    Attachment.Purpose.WITHDRAWAL,
    Attachment.Purpose.REASONS,
)
"""Attachments that show who somebody is: seen only by unmasking, which is recorded."""


def page_name(page: str) -> str:
    """The URL name of a staff page of this chapter."""
    return f"admin:requests_{page}"


def url(page: str, case: InformationRequest, *more: Any) -> str:
    """The address of a page of a case."""
    return reverse(page_name(page), args=(case.number, *more))


def case_url(case: InformationRequest) -> str:
    """The address of a case's own page."""
    return reverse("admin:requests_ogi_informationrequest_change", args=(case.number,))


def story_of(case: InformationRequest, *, user: User, reaches: dict[str, Any], at: datetime) -> Story:
    """The whole page of a case for one person at one moment. `reaches` is `roles.reaches` of that person."""
    entries = list(ledger.timeline(case))
    clocks = keeper.clocks_of(case)
    calendar = calendar_for(scopes_of(case.body), on=local_date(at))
    statutory = next((one for one in reversed(clocks) if one.weight == "statutory" and one.stopped_at is None), None)
    left = days_left(statutory, calendar, at=at) if statutory else None
    may_unmask = covers(reaches, "requests_ogi.unmask", case)
    return Story(
        number=case.number,
        title=case.title,
        state=case.get_state_display(),
        urgency=urgency(left) if case.state in OPEN_STATES else "neutral",
        track=track(case, entries),
        clocks=[clock_dict(clock, calendar, at=at) for clock in sorted(clocks, key=_order)],
        acts=[
            Act.of(step, url(step.verb, case), grave=ACTS[step.verb].grave, group=ACTS[step.verb].group)
            for step in offered(case, user=user, reaches=reaches, clocks=clocks, at=at)
        ],
        letters=list(letters(case, may_unmask=may_unmask)),
        files=list(files(case, may_unmask=may_unmask)),
        timeline=[_event(entry) for entry in reversed(entries)],
        facts=list(facts(case, may_unmask=may_unmask)),
        warnings=list(warnings(case, statutory, at=at)),
        downloads=list(downloads(case, may_unmask=may_unmask)),
    )


def _order(clock: Clock) -> tuple[bool, int, int]:
    return clock.stopped_at is not None, ("statutory", "promise", "internal").index(clock.weight), -clock.pk


STAGES = (
    ("登记", ("apply", "register"), ()),
    ("确认收到", ("confirm_receipt",), (State.UNCONFIRMED,)),
    ("分办", ("assign",), (State.RECEIVED,)),
    ("拟办", ("submit",), (State.ASSIGNED, State.COMPLETING, State.PAYING)),
    ("审签", ("approve", "lapse", "lapse_fee"), (State.SUBMITTED,)),
    ("送达", ("serve",), (State.APPROVED,)),
    ("归档", ("close",), (State.SERVED, State.WITHDRAWN)),
)


_WAITS: dict[str, str] = {State.COMPLETING: "待申请人补正", State.PAYING: "待申请人缴费"}


def track(case: InformationRequest, entries: Iterable[Any]) -> list[dict[str, Any]]:
    """The stages with where the case stands. Stages a withdrawn case never reached are left out."""
    days = {entry.verb: entry.at.astimezone(SHANGHAI).date() for entry in entries}
    stages = []
    closed, withdrawn = case.state == State.CLOSED, case.outcome == "withdrawn"
    needs_confirmation = case.state == State.UNCONFIRMED or "confirm_receipt" in days
    reached = False
    for label, verbs, states in STAGES:
        if label == "确认收到" and not needs_confirmation:
            continue
        done = next((days[verb] for verb in verbs if verb in days), None)
        if withdrawn and done is None and label != "归档":
            continue
        now = case.state in states
        state = "now" if now else "ahead" if reached else "done"
        reached = reached or now
        if withdrawn and label == "归档":
            stages.append({"label": "撤回", "state": "done", "day": days.get("withdraw")})
        note = _WAITS.get(case.state, "") if now else ""
        stages.append(
            {"label": label, "state": "done" if closed else state, "day": done if state == "done" or closed else None}
            | ({"note": note} if note else {})
        )
    return stages


def letters(case: InformationRequest, *, may_unmask: bool) -> Iterator[dict[str, Any]]:
    """The letters with their deliveries: two queries."""
    found = list(Letter.objects.about(case).order_by("composed_at", "pk"))
    sent: dict[int, list[Delivery]] = {letter.pk: [] for letter in found}
    for delivery in Delivery.objects.filter(letter__in=found).order_by("recorded_at", "pk"):
        sent[delivery.letter_id].append(delivery)
    for letter in found:
        yield {
            "number": letter.number,
            "title": letter.title,
            "day": letter.dated,
            "url": url("letter", case, letter.pk),
            "original": may_unmask,
            "state": _letter_state(letter, sent[letter.pk]),
            "deliveries": [
                {
                    "manner": delivery.get_manner_display() + ("（已退回）" if delivery.returned_on else ""),
                    "sent_on": delivery.sent_on,
                    "counts_on": delivery.counts_on,
                    "proof": delivery.proof_number,
                }
                for delivery in sent[letter.pk]
            ],
        }


def _letter_state(letter: Letter, sent: list[Delivery]) -> str:
    """What is left to do for a letter: nothing once it has gone out and not come back."""
    if letter.voided_at:
        return "已作废"
    if any(delivery.returned_on is None for delivery in sent):
        return ""
    return "已退回，待重新送达" if sent else "待送达"


def files(case: InformationRequest, *, may_unmask: bool) -> Iterator[dict[str, Any]]:
    """The attachments. Those that show who somebody is go without their name, and open only by unmasking."""
    for attachment in case.attachments.select_related("file").order_by("added_at", "pk"):
        stored, private = attachment.file, attachment.purpose in PRIVATE
        yield {
            "name": attachment.get_purpose_display(),  # a file's own name may name its sender
            "url": (url("unmask", case) if may_unmask else "") if private else url("file", case, attachment.pk),
            "size": size_in_words(stored.size),
            "kind": "须写明事由查看" if private else attachment.get_purpose_display(),
            "at": attachment.added_at,
        }


def _event(entry: Any) -> dict[str, Any]:
    why = ledger.told_of(entry).get("why", "") if entry.verb in {"give_back"} else ""
    return {
        "at": entry.at,
        "title": ledger.present(entry),
        "by": entry.actor_label,
        "text": f"理由：{why}" if why else "",
    }


def facts(case: InformationRequest, *, may_unmask: bool) -> Iterator[dict[str, Any]]:
    """What the case is, in groups. Nothing empty is shown."""
    yield _group(
        "申请内容",
        ("所需信息名称", case.title),
        ("文号", case.document_number),
        ("其他特征性描述", case.description),
        ("获取信息的形式", case.get_form_display()),
        ("获取信息的方式", case.get_manner_display()),
        ("需要的协助", case.get_help_needed_display() if case.help_needed else ""),
    )
    rolled = case.received_rolled_on
    yield _group(
        "收到与登记",
        ("提出方式", case.get_channel_display()),
        ("到达日期", chinese_date(case.arrived_on) if case.channel != Channel.ONLINE else ""),
        ("邮件号码", case.post_number),
        ("收到申请之日", chinese_date(case.received_on) if case.received_on else "尚未确定"),
        ("依据", case.receipt_basis),
        ("确认经过", case.confirmation_note if case.channel != Channel.ONLINE else ""),
        ("顺延算法的收到日", f"{chinese_date(rolled)}（仅供备查）" if rolled and rolled != case.received_on else ""),
        ("登记时间", f"{chinese_date(local_date(case.opened_at))} {case.opened_at.astimezone(SHANGHAI):%H:%M}"),
        ("承办机构", case.department.name if case.department else "尚未分办"),
        ("适用规定", _law(case)),
    )
    yield (
        _group("申请人", *applicant_rows(case.applicant, masked=True))
        if may_unmask
        else _group("申请人", *_kind_only(case))
    )
    if case.outcome and hasattr(case, "answer"):
        answer = case.answer
        yield _group(
            "办理结果",
            ("结果", case.get_outcome_display()),
            ("法律依据", answer.article),
            ("年度报告表三", answer.report_row),
            ("救济告知", REMEDIES.get(answer.remedy, answer.remedy)),
            ("答复日期", _answered(case)),
        )
    elif case.outcome:
        yield _group("办理结果", ("结果", case.get_outcome_display()))


REMEDIES = {"R0": "不告知", "R1": "R1 先申请行政复议", "R2": "R2 可以复议，也可以起诉"}


def _answered(case: InformationRequest) -> str:
    if case.answered_on is None:
        back = case.returns.order_by("-pk").first()
        kept = f"（首次交邮之日{chinese_date(back.counted_on)}仍为答复日期）" if back and back.counted_on else ""
        return f"已退回，尚未重新送达{kept}" if back else "尚未送达"
    return f"{chinese_date(case.answered_on)}（{'在法定期限内' if case.answered_in_time else '已超过法定期限'}）"


def _group(title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    return {"title": title, "rows": [{"key": key, "value": value} for key, value in rows if value]}


def _kind_only(case: InformationRequest) -> list[tuple[str, str]]:
    """All that those learn about the applicant who may not look behind the mask: a mask with a surname finds its man."""
    return [("申请人类别", case.applicant.get_kind_display()), ("身份和联系方式", "已隐去")]


def applicant_rows(person: Applicant, *, masked: bool) -> list[tuple[str, str]]:
    """Who asked, as label and value; masked unless somebody has just unmasked it."""
    organisation = person.kind != ApplicantKind.NATURAL

    def shown(value: str | None, mask: Any) -> str:
        return (mask(value) if masked else value) if value else ""

    return [
        ("申请人类别", person.get_kind_display()),
        (
            "单位名称" if organisation else "姓名",
            shown(person.name, lambda it: masking.mask_name(it, organisation=organisation)),
        ),
        ("证件类型", person.get_identity_document_display()),
        ("证件号码", shown(person.identity_number, masking.mask_id_number)),
        ("法定代表人或者负责人", shown(person.representative, masking.mask_name)),
        ("联系电话", shown(person.phone, masking.mask_phone)),
        ("电子邮箱", shown(person.email, masking.mask_email)),
        ("通信地址", shown(person.address, masking.mask_address)),
        ("邮政编码", "" if masked else person.postcode),
        ("代理人", shown(person.agent_name, masking.mask_name)),
        ("代理人证件类型", person.get_agent_identity_document_display() if person.agent_name else ""),
        ("代理人证件号码", shown(person.agent_identity_number, masking.mask_id_number)),
        ("代理人联系电话", shown(person.agent_phone, masking.mask_phone)),
    ]


def _law(case: InformationRequest) -> str:
    """The document the case is handled under, and as of which day national law is read: an old matter keeps its law."""
    own, _, national = case.profile_version.partition("+national@")
    since = chinese_date(date.fromisoformat(national.removesuffix("+own")))
    return f"{law_of(case).title}（{own}），国家规定按{since}起的文本"


def consultations(case: InformationRequest, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Those who were asked. A short name is taken for a person's and masked; an organisation's is public."""
    choices, untold = choices_of(case), {one.pk for one in weighing.untold(case)}
    for one in case.consultations.select_related("weighed_by", "notice").order_by("sent_on", "pk"):
        word = word_of(one, on=local_date(at))
        stand = stand_of(word, choices, today=local_date(at))
        yield {
            "one": one,
            "limit_on": word.limit_on,
            "name": masking.mask_name(one.party, organisation=len(one.party) > LONGEST_PERSON),
            "silence": _silence(one, choices),
            "owed": stand is Stand.OWED,
            "untold": one.pk in untold,
        }


def _silence(one: Consultation, choices: Choices) -> str:
    """What follows if one who was asked says nothing."""
    if one.kind == Asked.AUTHORITY:
        return "答复期限照常计算，请及时催办。"
    words = SILENCE[choices.organ_silence if one.kind == Asked.CO_MAKER else choices.silence]
    return f"逾期未反馈的，{words}"


LONGEST_PERSON = 4


def warnings(case: InformationRequest, statutory: Clock | None, *, at: datetime) -> Iterator[str]:
    """What the reader should know before acting."""
    if statutory is not None and statutory.is_overdue(at=at):
        yield f"法定答复期限已于{chinese_date(statutory.last_day)}届满。请立即办理，逾期情况会如实记录。"
    if statutory is not None and statutory.provisional:
        yield "答复期限跨入尚未公布放假安排的年度，最后一天是暂定的；放假安排导入后会重新计算。"
    if case.help_needed:
        done = "" if case.helps.exists() else "尚未登记提供的协助。"
        yield f"申请人需要协助：{case.get_help_needed_display()}。{help_owed(case.help_needed)}（条例第四十三条）{done}"


def downloads(case: InformationRequest, *, may_unmask: bool) -> Iterator[dict[str, str]]:
    """What may be taken away in one click, by those who may know who asked."""
    if (
        may_unmask
        and case.state == State.CLOSED
        and Dossier.objects.filter(subject_type=case._meta.label_lower, subject_id=str(case.pk)).exists()
    ):
        yield {"url": url("dossier", case), "label": "案卷包（ZIP，含全部材料和校验清单）"}
