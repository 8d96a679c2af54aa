"""The lives of the demonstration's documents: each a story that pauses before every act until its moment comes."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from openpyxl import Workbook

from portal.organisation import people
from portal.organisation.models import Body
from portal.texts import cleaning

from .. import workflow
from ..vocabulary import Audience, Openness, Withdrawal
from ..workflow import Text, Upload
from ..workflow.clearing import lapse
from ..workflow.common import law_of, newest
from ..workflow.copying import places_left
from ..workflow.reviewing import stage_of
from .listed import catalogue, negative_list
from .normative import clean_up, normative, numbered
from .office import Ago, Life, Office, same


def lives_of(body: Body, *, today: date, ago: Ago) -> list[Life]:
    """One story for each paper of a body; whoever plays them gives each its turn when its moment has come."""
    office = Office(body, today=today, ago=ago)
    return [story(office) for story in STORIES]


def _public(name: str, days: int, **changes: object) -> Callable[[Office], Life]:
    """An ordinary paper that has been published."""

    def story(office: Office) -> Life:
        yield (at := office.ago(days, 9))
        yield from office.whole(office.draft(name, at, **changes), days)

    return story


def _materials() -> Upload:
    """The list of papers to hand in, as a table that the site also shows as a page."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("序号", "材料名称", "份数", "来源"),
        (1, "申请表", 1, "网上填写"),
        (2, "身份证明或者营业执照", 1, "部门共享，免交"),
    ):
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    return Upload(name="申请材料清单.xlsx", data=kept.getvalue(), title="申请材料清单")


def policy(office: Office) -> Life:
    """A policy with its interpretation, planned together, signed together, published one after the other."""
    yield (at := office.ago(40, 9))
    paper = office.draft("policy", at, is_policy=True, document_number=f"{office.subject.mark}〔{at.year}〕1号")
    material = office.draft("interpretation", at)
    office.explain(paper, material, at)
    yield (at := office.ago(39, 10))
    for one in (paper, material):
        office.propose(one, at)
        office.review(one, at)
    yield (at := office.ago(38, 10))
    office.sign(material, at)
    office.sign(paper, at)
    yield (at := office.ago(38, 15))
    office.publish_both(paper, material, at)
    yield (at := office.ago(37, 15))
    paper.refresh_from_db()
    for place in places_left(paper):
        handed = {"copies": 2, "electronic": True, "received_by": "窗口值班人员", "delivered_on": at.date()}
        workflow.deliver(paper, place=place, **handed, by=office.office, at=at)


def amended(office: Office) -> Life:
    """Published, changed with a note to the public, and published again."""
    yield (at := office.ago(60, 9))
    paper = office.draft("service", at, uploads=(_materials(),))
    yield from office.whole(paper, 60)
    yield (at := office.ago(20, 9))
    former = workflow.amend(paper, by=office.drafter, at=at)
    html = former.html + "<p>四、咨询方式</p><p>请在本网站“互动交流”栏目提出。</p>"
    text = Text(former.title, html, cleaning.text_of(html), former.summary, change_note="补充了咨询方式。")
    workflow.revise(paper, text=text, particulars=same(paper), by=office.drafter, at=at)
    yield from office.whole(paper, 20)


def lapsed(office: Office) -> Life:
    """A paper on trial whose term has run out."""
    yield (at := office.ago(60, 9))
    last_day = office.ago(22, 9).date()
    paper = office.draft("lapsing", at, effective_on=at.date(), expires_on=last_day)
    yield from office.whole(paper, 60)
    yield (at := office.ago(20, 9))
    lapse(paper, since=last_day + timedelta(days=1), by=people.SYSTEM, at=at)


def withdrawn(office: Office) -> Life:
    """Published with a mistake in it, and taken off with an explanation."""
    yield (at := office.ago(30, 9))
    paper = office.draft("error", at)
    yield from office.whole(paper, 30)
    yield (at := office.ago(25, 9))
    note = "本通知所载时间有误，已经撤下。请以重新发布的通知为准。"
    workflow.withdraw(paper, reason=Withdrawal.ERROR, note=note, by=office.people["openness_office"], at=at)


def kept(office: Office) -> Life:
    """Not for the public at large: done with, and waiting for the periodic look."""
    yield (at := office.ago(15, 9))
    paper = office.draft("minutes", at)
    wanted = next(one for one in law_of(paper).attributes.values() if one.core == Openness.ON_REQUEST)
    said = same(
        paper, attribute=wanted.code, reason="会议纪要载有工作部署的过程性内容。", legal_basis="《条例》第十六条第二款"
    )
    version = newest(paper)
    text = Text(version.title, version.html, version.text, version.summary)
    workflow.revise(paper, text=text, particulars=said, by=office.drafter, at=at)
    office.propose(paper, at)
    yield (at := office.ago(14, 10))
    office.review(paper, at)
    yield (at := office.ago(13, 10))
    office.sign(paper, at)
    workflow.keep(paper, by=office.people["openness_office"], at=at)


def internal(office: Office) -> Life:
    """A matter of the house: open to its staff, and there for nobody else."""
    yield (at := office.ago(16, 9))
    yield from office.whole(office.draft("duty", at, audience=Audience.STAFF), 16)


def scheduled(office: Office) -> Life:
    """Signed, and to become public in three days by itself."""
    yield (at := office.ago(4, 9))
    paper = office.draft("plan", at)
    office.propose(paper, at)
    yield (at := office.ago(3, 10))
    office.review(paper, at)
    yield (at := office.ago(2, 10))
    office.sign(paper, at)
    due = office.ago(0, 9) + timedelta(days=3)
    workflow.schedule(paper, publish_at=due, by=office.people["openness_office"], at=at)


def signed(office: Office) -> Life:
    """Signed and not yet published."""
    yield (at := office.ago(5, 9))
    paper = office.draft("progress", at)
    office.propose(paper, at)
    yield (at := office.ago(4, 10))
    office.review(paper, at)
    yield (at := office.ago(1, 10))
    office.sign(paper, at)


def in_review(office: Office) -> Life:
    """Half way up the chain."""
    yield (at := office.ago(2, 9))
    paper = office.draft("notice", at)
    office.propose(paper, at)
    yield (at := office.ago(1, 10))
    office.review(paper, at, most=1)


def sent_back(office: Office) -> Life:
    """Returned by the first reviewer with what is to be changed."""
    yield (at := office.ago(3, 9))
    paper = office.draft("waiting", at)
    office.propose(paper, at)
    yield (at := office.ago(2, 14))
    stage = stage_of(paper)
    workflow.send_back(paper, opinion="请写明报送的联系科室和材料格式。", by=office.reviewer(stage, paper), at=at)


def draft(office: Office) -> Life:
    """Just begun."""
    yield (at := office.ago(1, 9))
    office.draft("draft", at)


STORIES: tuple[Callable[[Office], Life], ...] = (
    negative_list,
    catalogue,
    normative,
    clean_up,
    numbered,
    policy,
    _public("duties", 77),
    _public("rules", 76),
    _public("annual", 74),
    _public("budget", 70),
    _public("bulletin", 12),
    _public("people", 9),
    amended,
    lapsed,
    withdrawn,
    kept,
    internal,
    scheduled,
    signed,
    in_review,
    sent_back,
    draft,
)
