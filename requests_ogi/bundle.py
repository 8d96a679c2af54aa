"""The evidence of one request in one click (举证材料): everything the dossier holds, and what a court asks beyond that.

Made on demand whatever state the request is in, from the same parts as the sealed dossier; nothing of it is stored, and it
proves itself: a manifest with the hash of every file, and the ledger's entries as they are hashed.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from portal.archive import dossier as packing
from portal.archive import service as archive
from portal.archive.dossier import Part
from portal.clocks import keeper
from portal.clocks.models import Clock
from portal.clocks.strip import strip_of
from portal.ledger import service as ledger
from portal.ledger.chain import facts_of
from portal.ledger.models import Entry
from portal.letters import paper
from portal.letters import service as letters
from portal.letters.content import Content, p, table
from portal.moment import SHANGHAI, chinese_date, local_date
from portal.organisation import people
from portal.texts import pdf

from . import dossier
from .models import Challenge, Consultation, InformationRequest
from .vocabulary import DRAFT, RE_EVALUATION
from .wording import defending

MOST_PAGES = 10_000
"""No paper of a case is longer; what claims to be is not counted."""

INDEX = "00-证据目录.pdf"
"""First in the bundle: number, name, what it proves, pages."""

_PROVES = (
    ("01-申请/申请登记表", "申请人提出申请的时间、方式和内容"),
    ("01-申请/", "申请人随申请提交的材料"),
    ("02-补正/", "申请人补正的时间和内容"),
    ("03-拟办/", "答复经拟办、审核、审签，程序完备"),
    ("04-文书/", "本机关依法作出并送达文书"),
    ("05-办理过程", "办理的全过程"),
    ("06-提供的材料/", "本件涉及的信息和提供的内容（原件仅供审查，不得转交对方）"),
    ("07-期限/", "各项期限逐日计算，本机关是否按期答复"),
    ("08-检索/", "本机关已尽到合理检索义务"),
    ("08-征求意见/", "本机关依法书面征求意见，并对意见和理由进行了审查"),
    ("09-台账/", "办理记录未经改动，可以离线核验"),
    ("10-复议诉讼/", "答复答辩材料"),
)


def bundle(challenge: Challenge, *, by: people.Actor, at: datetime) -> bytes:
    """The ZIP for one challenge. The same record at the same moment gives the same bytes."""
    length, head = ledger.head(challenge.body.code)
    data, _ = packing.pack(
        parts(challenge, at=at),
        number=challenge.number,
        body=challenge.body.code,
        length=length,
        head=head,
        at=at,
        by=people.label(by),
    )
    return data


def parts(challenge: Challenge, *, at: datetime) -> list[Part]:
    """Every file of the bundle: the dossier's parts, clocks day by day, searches, the ledger, the defence, and the index."""
    case = challenge.request
    found = [
        *dossier.parts(case),
        *_clocks(case, at=at),
        *_searches(case, at=at),
        *_consultations(case, at=at),
        *_ledger(case),
        *_own_papers(challenge),
    ]
    found.sort(key=lambda part: part.path)
    titles = list(dict.fromkeys(part.title or part.path for part in found))
    draft = Part(
        f"10-复议诉讼/{defending.kind_of(challenge).title}（草稿）.pdf",
        _defence(challenge, titles, at=at),
        title=f"{defending.kind_of(challenge).title}草稿",
    )
    found = sorted([*found, draft], key=lambda part: part.path)
    return [Part(INDEX, _index(challenge, found, at=at), title="证据目录"), *found]


# --- the index --------------------------------------------------------------------------------------------------------


def _index(challenge: Challenge, found: Iterable[Part], *, at: datetime) -> bytes:
    rows = [
        (str(place), part.title or part.path, proves(part.path), pages(part))
        for place, part in enumerate(sorted(found, key=_letter_first), start=1)
    ]
    content = Content(
        addressee=challenge.authority,
        blocks=(
            p(
                f"政府信息公开申请编号：{challenge.request.number}。{challenge.get_kind_display()}登记编号：{challenge.number}。"
            ),
            table(("序号", "证据名称", "证明内容", "页数"), rows, widths=(1, 4, 5, 1)),
            p("各文件的校验值（SHA-256）见压缩包内 manifest.json，文件路径见目录.txt。"),
        ),
        title="证据目录",
    )
    return paper.letter_pdf(
        challenge.body,
        title="证据目录",
        number=challenge.number,
        content=content,
        dated=local_date(at),
    )


def _letter_first(part: Part) -> str:
    """The order of the index: a letter before its service."""
    return part.path.replace("-送达", ".送达")


def proves(path: str) -> str:
    """What a file of the bundle proves, by where it lies; service and its proof are told apart from the letter."""
    if path.startswith("04-文书/") and "-送达" in path:
        return "文书送达的方式、日期和凭证"
    return next((words for start, words in _PROVES if path.startswith(start)), "本件办理的有关情况")


def pages(part: Part) -> str:
    """The number of pages of a PDF; other files have none to count."""
    if not part.data.startswith(b"%PDF-"):
        return "—"
    try:
        with pdf.opened(part.data, most=MOST_PAGES) as document:
            return str(len(document))
    except pdf.Refused:
        return "—"


# --- limits -----------------------------------------------------------------------------------------------------------


def _clocks(case: InformationRequest, *, at: datetime) -> Iterator[Part]:
    told = (clock for clock in keeper.clocks_of(case) if clock.duty not in _OWN_AFFAIRS)
    for place, clock in enumerate(told, start=1):
        text = "\n".join(_account(clock, at=at)) + "\n"
        yield Part(f"07-期限/{place:02d}-{clock.label}.txt", text.encode(), title=f"{clock.label}逐日计算说明")


_OWN_AFFAIRS = frozenset({DRAFT, RE_EVALUATION})
"""Limits the house sets itself for its own work: they say nothing about whether the applicant was answered in time."""


def _account(clock: Clock, *, at: datetime) -> Iterator[str]:
    strip = strip_of(clock, at=at)
    yield f"{clock.subject_number}　{clock.label}（{clock.get_weight_display()}）"
    yield f"起算日：{chinese_date(clock.started_on)}；届满日：{chinese_date(clock.last_day)}"
    if clock.stopped_at is not None:
        yield f"{clock.get_ended_as_display()}，{chinese_date(clock.ended_on)}"
    for pause in clock.pauses.all():
        yield f"扣除：{pause.label}，{pause.after_day:%Y-%m-%d}（不含）至{pause.last_day:%Y-%m-%d}（含）"
    for extension in clock.extensions.all():
        yield f"{extension}，{chinese_date(extension.granted_on)}批准并告知，理由：{extension.reason}"
    yield ""
    yield strip.summary
    yield from strip.lines
    if strip.doubt:
        yield strip.doubt


def _limit_sentences(case: InformationRequest) -> Iterator[str]:
    for clock in keeper.clocks_of(case):
        if clock.weight == "statutory":
            ended = f"，{clock.get_ended_as_display()}（{chinese_date(clock.ended_on)}）" if clock.stopped_at else ""
            yield (
                f"{clock.label}自{chinese_date(clock.started_on)}的次日起计算，至{chinese_date(clock.last_day)}届满{ended}。"
                "逐日计算见所附说明。"
            )


# --- searches ---------------------------------------------------------------------------------------------------------


def _searches(case: InformationRequest, *, at: datetime) -> Iterator[Part]:
    searches = list(case.searches.select_related("searched_by").order_by("searched_on", "pk"))
    if not searches:
        return
    rows = [
        letters.Row(
            f"第{place}次　{search.searched_on:%Y-%m-%d}",
            f"检索范围：{search.system}\n关键词：{search.keywords}；时段：{search.period}\n"
            f"询问：{search.asked or '无'}\n结果：{search.result}\n经手人：{search.searched_by}",
        )
        for place, search in enumerate(searches, start=1)
    ]
    data = paper.form_pdf(case.body, title="政府信息检索记录", number=case.number, rows=rows, dated=local_date(at))
    yield Part("08-检索/检索记录.pdf", data, title="政府信息检索记录")


# --- those who were asked ---------------------------------------------------------------------------------------------


def _consultations(case: InformationRequest, *, at: datetime) -> Iterator[Part]:
    """Who was asked, what they said and what was made of it: without it a refusal for a third party's sake is unproven."""
    asked = list(case.consultations.select_related("letter", "weighed_by", "notice").order_by("sent_on", "pk"))
    if not asked:
        return
    rows = [letters.Row(f"{one.get_kind_display()}　{one.sent_on:%Y-%m-%d}", "\n".join(_asked(one))) for one in asked]
    data = paper.form_pdf(case.body, title="征求意见和审查情况", number=case.number, rows=rows, dated=local_date(at))
    yield Part("08-征求意见/征求意见和审查情况.pdf", data, title="征求意见和审查情况")


def _asked(one: Consultation) -> Iterator[str]:
    yield f"征求对象：{one.party}"
    yield f"涉及的内容：{one.content}"
    yield f"函件：{one.letter.number}，{chinese_date(one.sent_on)}发出"
    if one.served_on:
        yield f"{chinese_date(one.served_on)}收到，反馈期限至{chinese_date(one.limit_on)}"
    if one.opinion and one.replied_on:
        yield f"意见：{one.get_opinion_display()}（{chinese_date(one.replied_on)}收到）"
    else:
        yield "意见：未反馈"
    if one.reasons:
        yield f"理由：{one.reasons}"
    if one.finding:
        yield f"审查结论：{one.get_finding_display()}（{one.weighed_by}）"
        yield f"审查理由：{one.finding_reasons}"
    if one.notice:
        yield f"告知第三方：{one.notice.number}"


# --- the ledger -------------------------------------------------------------------------------------------------------


def _ledger(case: InformationRequest) -> Iterator[Part]:
    entries = list(ledger.timeline(case))
    yield Part("09-台账/办理记录.csv", _csv(entries), title="办理记录（表格）")
    exact = {"format": "portal-ledger-extract/1", "number": case.number, "entries": [_exact(one) for one in entries]}
    data = json.dumps(exact, ensure_ascii=False, indent=2, sort_keys=True).encode()
    yield Part("09-台账/办理记录.json", data, title="办理记录（含校验值，可离线核验）")


def _exact(entry: Entry) -> dict[str, Any]:
    """An entry with exactly what its hash was taken over."""
    return {"hashed": facts_of(entry), "hash": entry.hash, "sentence": ledger.present(entry)}


def _csv(entries: Iterable[Entry]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("序号", "时间", "办理人", "办理情况", "校验值"))
    for entry in entries:
        when = f"{entry.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
        writer.writerow((entry.seq, when, entry.actor_label, ledger.present(entry), entry.hash))
    return ("\ufeff" + text.getvalue()).encode()


# --- the challenge itself ----------------------------------------------------------------------------------------------


def _own_papers(challenge: Challenge) -> Iterator[Part]:
    for kept, title in ((challenge.defence, "已提交的答复（答辩）材料"), (challenge.decision, "决定书或者裁判文书")):
        if kept is not None:
            yield Part(f"10-复议诉讼/{title}-{kept.name}", archive.open_bytes(kept), title=title)


def _defence(challenge: Challenge, titles: list[str], *, at: datetime) -> bytes:
    case = challenge.request
    events = [
        (f"{entry.at.astimezone(SHANGHAI):%Y-%m-%d}", ledger.present(entry))
        for entry in ledger.timeline(case)
        if entry.verb not in _HOUSEKEEPING
    ]
    content = defending.defence(challenge, events=events, limits=list(_limit_sentences(case)), evidence=titles)
    kind = defending.kind_of(challenge)
    return letters.render_preview(challenge.body, kind, content=content, on=local_date(at), number=challenge.number)


_HOUSEKEEPING = frozenset({"unmask", "take_out", "clock_reminded", "clock_moved", "seal"})
"""Entries that say nothing about how the request was handled."""
