"""The lives of the demonstration's documents: each a story that pauses before every act until its moment comes."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from portal.organisation import people
from portal.organisation.models import Body, Department, Post, User
from portal.regulations.publishing import Stage
from portal.texts import cleaning

from .. import workflow
from ..models import Column, Document
from ..vocabulary import Openness, Withdrawal
from ..workflow import Particulars, Text
from ..workflow.clearing import lapse
from ..workflow.common import chain_of, law_of, newest
from ..workflow.interpreting import (
    offered_elements,
    offered_forms,
    pair,
    plan_fields,
    plan_interpretation,
    wanted_details,
)
from ..workflow.normative import confirm_identification, identify, standard_of
from ..workflow.reviewing import stage_of
from .papers import PAPERS, SUBJECTS, words_of

Life = Iterator[datetime]
Ago = Callable[[int, int], datetime]
"""The moment that lies so many working days before the day of the demonstration, at an hour."""


def lives_of(body: Body, *, today: date, ago: Ago) -> list[Life]:
    """One story for each paper of a body; whoever plays them gives each its turn when its moment has come."""
    office = Office(body, today=today, ago=ago)
    return [story(office) for story in STORIES]


FILED_UNDER = {
    "policy": "item3",
    "interpretation": "item3",
    "notice": "item1",
    "bulletin": "item4",
    "budget": "item7",
    "service": "item5",
    "plan": "item3",
    "progress": "item10",
}
"""In which column of the statutory content a paper stands; what is not named here among the other information."""


class Office:
    """A body with who drafts, reviews, signs and publishes its papers."""

    def __init__(self, body: Body, *, today: date, ago: Ago) -> None:
        self.body, self.today, self.ago = body, today, ago
        self.subject = SUBJECTS[body.code]
        posts = Post.objects.live(on=today).filter(body=body).select_related("user", "department").order_by("pk")
        self.people: dict[str, User] = {}
        for post in posts:
            self.people.setdefault(post.role, post.user)
        drafting = next(post for post in posts if post.role == "liaison")
        self.department: Department = drafting.department
        self.drafter: User = drafting.user

    def draft(self, name: str, at: datetime, **changes: object) -> Document:
        """The liaison's draft of a paper."""
        paper = PAPERS[name]
        title, lines = words_of(paper, self.subject)
        html = cleaning.from_lines("\n".join(lines))
        said = {
            "genre": paper.genre,
            "phase": paper.phase,
            "topic": self.subject.topic,
            "issuer": self.body.name,
            "formed_on": at.date(),
            "columns": tuple(Column.objects.filter(body=self.body, code=FILED_UNDER.get(name, "item15"))),
        }
        return workflow.draft(
            self.body,
            department=self.department,
            text=Text(title=title, html=html, text=cleaning.text_of(html), summary=lines[-1][:100]),
            particulars=Particulars(**said | changes),  # type: ignore[arg-type]
            by=self.drafter,
            at=at,
        )

    def reviewer(self, stage: Stage, document: Document) -> User:
        """Who holds a stage and has not written the paper."""
        authors = newest(document).authors
        holders = (self.people[role] for role in (stage.role, *stage.others) if role in self.people)
        return next(user for user in holders if user.pk not in authors)

    def propose(self, document: Document, at: datetime) -> None:
        """Sent up, after the questions of the standard were answered where the body asks them."""
        if document.is_policy:
            identify(document, answers=_of_no_standard(document), by=self.drafter, at=at)
            confirm_identification(document, by=self.people["openness_office"], at=at)
        workflow.propose(document, by=self.drafter, at=at)

    def review(self, document: Document, at: datetime, *, most: int = 9) -> None:
        """Carried through at most so many stages before the signing."""
        for _ in range(most):
            stage = stage_of(document)
            if stage == chain_of(document).signing:
                return
            opinion = f"同意。{stage.asks}：可以公开。" if stage.asks else "同意。"
            by = self.reviewer(stage, document)
            workflow.pass_stage(document, opinion=opinion, checked=stage.checks, by=by, at=at)

    def sign(self, document: Document, at: datetime) -> None:
        """Signed, and looked at once more where the body's document asks for it."""
        chain = chain_of(document)
        workflow.sign(document, opinion="同意。", by=self.reviewer(chain.signing, document), at=at)
        if again := chain.recheck:
            workflow.recheck(document, checked=again.checks, by=self.reviewer(again, document), at=at)

    def publish(self, document: Document, at: datetime) -> None:
        """Before the public, put there by the office."""
        workflow.publish(document, by=self.people["openness_office"], at=at)

    def whole(self, document: Document, days: int) -> Life:
        """From the draft to the public: sent up the same day, reviewed, signed and published on the days after."""
        yield (at := self.ago(days, 11))
        self.propose(document, at)
        yield (at := self.ago(days - 1, 10))
        self.review(document, at)
        yield (at := self.ago(days - 2, 10))
        self.sign(document, at)
        yield (at := self.ago(days - 2, 15))
        self.publish(document, at)


def _public(name: str, days: int, **changes: object) -> Callable[[Office], Life]:
    """An ordinary paper that has been published."""

    def story(office: Office) -> Life:
        yield (at := office.ago(days, 9))
        yield from office.whole(office.draft(name, at, **changes), days)

    return story


def policy(office: Office) -> Life:
    """A policy with its interpretation, planned together, signed together, published one after the other."""
    yield (at := office.ago(40, 9))
    paper = office.draft("policy", at, is_policy=True, document_number=f"{office.subject.mark}〔{at.year}〕1号")
    material = office.draft("interpretation", at)
    plan = dict.fromkeys(plan_fields(paper), "与文件同步组织，在门户网站发布文字解读。")
    plan_interpretation(paper, fields=plan, by=office.drafter, at=at)
    pair(
        paper,
        interpretation=material,
        form=offered_forms(paper)[0],
        elements=offered_elements(paper),
        details=dict.fromkeys(wanted_details(paper), "见解读全文"),
        by=office.drafter,
        at=at,
    )
    yield (at := office.ago(39, 10))
    for one in (paper, material):
        office.propose(one, at)
        office.review(one, at)
    yield (at := office.ago(38, 10))
    office.sign(material, at)
    office.sign(paper, at)
    yield (at := office.ago(38, 15))
    office.publish(paper, at)
    material.refresh_from_db()
    if material.public_id is None:
        office.publish(material, at)


def amended(office: Office) -> Life:
    """Published, changed with a note to the public, and published again."""
    yield (at := office.ago(60, 9))
    paper = office.draft("service", at)
    yield from office.whole(paper, 60)
    yield (at := office.ago(20, 9))
    former = workflow.amend(paper, by=office.drafter, at=at)
    html = former.html + "<p>四、咨询方式</p><p>请在本网站“互动交流”栏目提出。</p>"
    text = Text(former.title, html, cleaning.text_of(html), former.summary, change_note="补充了咨询方式。")
    workflow.revise(paper, text=text, particulars=_same(paper), by=office.drafter, at=at)
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
    said = _same(
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


def _of_no_standard(paper: Document) -> dict[str, str]:
    """The answers of a paper that arranges work and meets none of the standards of a normative document."""
    return {
        question.code: choice.code
        for question in standard_of(paper)
        if question.standard
        for choice in question.choices
        if choice.verdict == "no"
    }


def _same(paper: Document, **changes: object) -> Particulars:
    """The particulars of a paper as they stand, with changes."""
    names = [name for name in Particulars.__dataclass_fields__ if name != "columns"]
    said = {name: getattr(paper, name) for name in names}
    return Particulars(**said | changes, columns=tuple(paper.columns.all()))


STORIES: tuple[Callable[[Office], Life], ...] = (
    policy,
    _public("budget", 70),
    _public("bulletin", 12),
    amended,
    lapsed,
    withdrawn,
    kept,
    scheduled,
    signed,
    in_review,
    sent_back,
    draft,
)
