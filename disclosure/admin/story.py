"""What the page of a document shows, put together from facts."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.moment import chinese_date, local_date
from portal.organisation.models import User
from portal.organisation.roles import Reach
from portal.texts.picturing import UNDESCRIBED
from portal.web.case import MAIN, Act, Story
from portal.web.telling import clock_dict, days_left, size_in_words
from portal.web.todo import urgency
from portal.workdays.service import calendar_for, scopes_of

from ..models import Document, Version
from ..reading import where_silent
from ..rules import Refused, attribute
from ..vocabulary import State
from ..workflow import STEPS
from ..workflow.common import chain_of, law_of, newest, passed
from ..workflow.publishing import judge_publisher
from ..workflow.sending import failed
from ..workflow.verdicts import holds, stage_of
from . import checking, normative, policies
from .acts import ACTS, OTHER

GROUPS = (
    MAIN,
    checking.CHECKING,
    checking.ASKING,
    normative.INTERPRETING,
    normative.NORMATIVE,
    normative.STANDING,
    OTHER,
)
"""The headings that buttons stand under, in their order on the page."""

NOT_OUT, OUT = {"publish", "schedule"}, {"keep"}


def url(page: str, document: Document, *more: Any) -> str:
    """The address of a page of a document."""
    return reverse(f"admin:documents_{page}", args=(document.number, *more))


def story_of(document: Document, *, user: User, reaches: Mapping[str, Reach], at: datetime) -> Story:
    """The whole page of a document for one person at one moment."""
    version = newest(document)
    clocks = keeper.clocks_of(document)
    calendar = calendar_for(scopes_of(document.body), on=local_date(at))
    left = min((days_left(one, calendar, at=at) for one in clocks if one.stopped_at is None), default=None)
    return Story(
        number=document.number,
        title=version.title,
        state=document.get_state_display(),
        urgency=urgency(left) if left is not None else "neutral",
        track=track(document),
        clocks=[clock_dict(clock, calendar, at=at) for clock in clocks],
        acts=acts_of(document, user=user, reaches=reaches, at=at),
        files=list(_files(document, version)),
        timeline=[
            {"at": entry.at, "title": ledger.present(entry), "by": entry.actor_label, "text": ""}
            for entry in reversed(list(ledger.timeline(document)))
        ],
        facts=list(_facts(document, version)),
        warnings=list(_warnings(document, version, user)),
    )


def acts_of(document: Document, *, user: User, reaches: Mapping[str, Reach], at: datetime) -> list[Act]:
    """The buttons for one person: what state and post allow, less what the facts rule out."""
    open_now = {step.verb: step for step in STEPS.open_to(document, reaches)}
    ruled_out = _ruled_out(document, user=user, at=at)
    offered = [
        Act.of(open_now[verb], url(verb, document), grave=deed.grave, group=deed.group)
        for verb, deed in ACTS.items()
        if verb in open_now and verb not in ruled_out
    ]
    return sorted(offered, key=lambda act: GROUPS.index(act.group))


def _ruled_out(document: Document, *, user: User, at: datetime) -> set[str]:
    found = NOT_OUT if not attribute.goes_out(document.openness) else OUT
    out = set(found)
    if document.public_id is not None:
        out.add("discard")
    if document.public_id is None or document.withdrawn_at is not None:
        out.add("abandon")
    if document.withdrawn_at is None:
        out.add("stay_withdrawn")
    if not failed(document).exists():
        out.add("retry")
    if document.public_id is None or document.withdrawn_at is not None:
        out.add("withdraw")
    if user.pk in newest(document).authors:
        out |= {"pass_stage", "sign", "publish", "schedule"}
    if document.state == State.SIGNED and not _publishes(document, user=user, at=at):
        out |= NOT_OUT
    if not any(one.lacks_words for one in newest(document).files.all()):
        out.add("transcribe")
    if document.state == State.REVIEW:
        out |= _not_my_stage(document, user=user, at=at)
    return (
        out
        | normative.ruled_out(document, user=user)
        | checking.ruled_out(document, user=user, at=at)
        | policies.ruled_out(document)
    )


def _publishes(document: Document, *, user: User, at: datetime) -> bool:
    try:
        judge_publisher(document, newest(document), by=user, at=at)
    except Refused:
        return False
    return True


def _not_my_stage(document: Document, *, user: User, at: datetime) -> set[str]:
    try:
        stage = stage_of(document)
    except Refused:
        return {"pass_stage", "sign"}
    if not holds(document, stage, by=user, at=at):
        return {"pass_stage", "sign", "send_back"}
    return {"pass_stage"} if stage == chain_of(document).signing else {"sign"}


def track(document: Document) -> list[dict[str, Any]]:
    """Drafting, the stages of the body's chain, publishing: with where the document stands."""
    done = passed(document) if document.state != State.DRAFT else set()
    days = {review.stage: local_date(review.at) for review in document.reviews.filter(round=document.round)}
    drafting = document.state in (State.DRAFT, State.DISCARDED)
    steps: list[dict[str, Any]] = [
        {"label": "起草", "state": "now" if drafting else "done", "day": local_date(document.opened_at)}
    ]
    for stage in chain_of(document).stages:
        state = "done" if stage.key in done else "ahead"
        steps.append({"label": stage.label, "state": state, "day": days.get(stage.key) if state == "done" else None})
    out = attribute.goes_out(document.openness)
    last = document.state in (State.PUBLISHED, State.KEPT, State.WITHDRAWN)
    shown = local_date(document.published_at) if document.published_at and last else None
    steps.append(
        {
            "label": "公开" if out or not document.openness else "办结",
            "state": "done" if last else "ahead",
            "day": shown,
        }
    )
    if not drafting:
        for step in steps:
            if step["state"] == "ahead":
                step["state"] = "now"
                break
    return steps


def _files(document: Document, version: Version) -> Iterator[dict[str, Any]]:
    for one in version.files.select_related("file").order_by("order"):
        yield {
            "name": one.title,
            "url": url("file", document, one.pk),
            "size": size_in_words(one.file.size),
            "kind": one.file.get_kind_display(),
            "read": url("read", document, one.pk) if one.reading_html or one.transcript else "",
        }


def _facts(document: Document, version: Version) -> Iterator[dict[str, Any]]:
    chosen = law_of(document).attributes.get(document.attribute)
    yield _group(
        "公开属性",
        ("公开属性", chosen.label if chosen else "未确定"),
        ("理由", document.reason),
        ("依据", document.legal_basis),
        ("公开范围", document.get_audience_display()),
        ("公开环节", document.get_phase_display()),
        ("定时发布", f"{document.publish_at.astimezone():%Y-%m-%d %H:%M}" if document.publish_at else ""),
    )
    yield _group(
        "目录信息",
        ("索引号", document.number),
        ("文种", document.get_genre_display()),
        ("主题分类", document.topic),
        ("发文机关", "、".join((document.issuer, *document.joint_makers))),
        ("成文日期", chinese_date(document.formed_on)),
        ("发文字号", document.document_number),
        ("施行日期", chinese_date(document.effective_on) if document.effective_on else ""),
        ("有效期至", chinese_date(document.expires_on) if document.expires_on else ""),
        ("有效性", document.get_validity_display() if document.public_id else ""),
        ("主题词", "、".join(document.keywords)),
        ("内容概述", version.summary),
        ("栏目", "、".join(column.name for column in version.columns.order_by("order", "pk"))),
        ("来源", document.source),
        ("起草机构", document.department.name if document.department else ""),
    )
    for title, rows in (("政策文件", policies.facts(document)), ("送交查阅场所", policies.copies(document))):
        if group := list(rows):
            yield _group(title, *group)
    paired = document.interprets.order_by("pk")
    yield _group("与解读同时公布", *((name, words) for one in paired for name, words in one.details.items()))


def _group(title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    return {"title": title, "rows": [{"key": key, "value": value} for key, value in rows if value]}


def _warnings(document: Document, version: Version, user: User) -> Iterator[str]:
    if document.state == State.DRAFT and document.round:
        last = document.reviews.order_by("-pk").first()
        if last is not None and last.verdict == "returned":
            yield f"“{last.label}”已退回：{last.opinion}"
    if document.state == State.DRAFT:
        yield from _unreadable(version)
    if document.state in (State.REVIEW, State.SIGNED) and user.pk in version.authors:
        yield "您参与了本件的起草或者修改，审核、签发和发布应当由其他同志办理。"
    if document.state == State.DRAFT and document.public_id is not None:
        yield "本件正在修订：新版发布之前，公众看到的仍是原来公开的版本。"


def _unreadable(version: Version) -> Iterator[str]:
    """What the drafter should know of files that cannot be searched or read aloud, and what to do."""
    for one in version.files.order_by("order"):
        if one.silent and not one.transcript:
            yield (
                f"附件“{one.title}”{where_silent(one)}是扫描件或者图片，没有文字层，无法自动检查，也不能朗读和检索。"
                "有电子文本的，请换成电子文本；没有的，请办理“录入附件文字”。送审后由审核人逐页查看原件。"
            )
        elif not one.reading_html and not one.transcript:
            yield f"附件“{one.title}”：{''.join(one.reading_notes)}"
        if undescribed := one.reading_html.count(f'alt="{UNDESCRIBED}"'):
            yield (
                f"附件“{one.title}”中有{undescribed}幅图片没有文字说明，读屏软件读不出图中内容。"
                "请在 Word 中右键点图片，选“查看可选文字”，填写后重新上传。"
            )
