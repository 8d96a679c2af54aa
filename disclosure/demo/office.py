"""A body at work in the demonstration: who drafts, reviews, signs and publishes, by the acts that people use."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from portal.moment import chinese_date
from portal.organisation.models import Body, Department, Post, User
from portal.regulations.publishing import Stage
from portal.texts import cleaning

from .. import workflow
from ..models import Column, Document
from ..vocabulary import Genre, RiskLevel
from ..workflow import Particulars, Text, Upload
from ..workflow.common import chain_of, newest
from ..workflow.interpreting import (
    offered_elements,
    offered_forms,
    pair,
    plan_fields,
    plan_interpretation,
    wanted_details,
)
from ..workflow.normative import confirm_identification, identification_of, identify, standard_of
from ..workflow.policies import risk_demanded
from ..workflow.reviewing import stage_of
from .papers import PAPERS, SUBJECTS, words_of

Life = Iterator[datetime]
Ago = Callable[[int, int], datetime]
"""The moment that lies so many working days before the day of the demonstration, at an hour."""

OTHER = "item15"
FILED_UNDER = {
    "policy": ("policy-planning", "official-papers", "government-papers", "wz2", "item1"),
    "normative": ("normative-documents", "official-papers", "wz7", "item1"),
    "former": ("normative-documents", "official-papers", "wz7", "item1"),
    "interpretation": ("interpretations", "item11"),
    "explained": ("interpretations", "item11"),
    "former_explained": ("interpretations", "item11"),
    "pledge_explained": ("interpretations", "item11"),
    "notice": ("new-industries", "local-matters", OTHER),
    "bulletin": ("new-industries", "local-matters", OTHER),
    "budget": ("budgets", "wz9", "item7"),
    "service": ("item5",),
    "plan": ("item3",),
    "progress": ("industry-operation", "item4"),
    "duties": ("duties", "wz1", "item2"),
    "rules": ("rules",),
    "annual": ("annual-report",),
}
"""In which column a paper stands: the first of these that the body has; what is not named here among the other information."""

SIGNED = (Genre.NOTICE, Genre.ANNOUNCEMENT, Genre.OPINION)
"""Papers that end with the name of their body and the day (发文机关署名、成文日期)."""


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
        self.office: User = self.people["openness_office"]

    def draft(self, name: str, at: datetime, *, uploads: tuple[Upload, ...] = (), **changes: object) -> Document:
        """The liaison's draft of a paper."""
        paper = PAPERS[name]
        title, lines = words_of(paper, self.subject, body=self.body, on=at.date())
        html = cleaning.from_lines("\n".join(lines))
        if html.count("<h2>") == 1:  # the title of what is issued with the paper stands in the middle
            html = html.replace("<h2>", '<h2 class="center">')
        if paper.genre in SIGNED:
            html += f'<p class="right">{self.body.name}</p><p class="right">{chinese_date(at.date())}</p>'
        said = {
            "genre": paper.genre,
            "phase": paper.phase,
            "topic": self.subject.topic,
            "keywords": self.subject.keywords,
            "issuer": self.body.name,
            "formed_on": at.date(),
            "columns": self._columns(name),
        }
        summary = next(line for line in lines if not line.endswith("：") and len(line) > 12)
        return workflow.draft(
            self.body,
            department=self.department,
            text=Text(title=title, html=html, text=cleaning.text_of(html), summary=summary[:100]),
            particulars=Particulars(**said | changes),  # type: ignore[arg-type]
            uploads=uploads,
            by=self.drafter,
            at=at,
        )

    def _columns(self, name: str) -> tuple[Column, ...]:
        """The first column of this kind that the body has."""
        own = {column.code: column for column in Column.objects.filter(body=self.body)}
        return (next(own[code] for code in (*FILED_UNDER.get(name, ()), OTHER) if code in own),)

    def explain(self, paper: Document, material: Document, at: datetime) -> None:
        """Plan the interpretation of a policy and pair the two, with all that the body's document asks for."""
        plan = dict.fromkeys(plan_fields(paper), "与文件同步组织，在门户网站发布文字解读。")
        plan_interpretation(paper, fields=plan, by=self.drafter, at=at)
        pair(
            paper,
            interpretation=material,
            form=offered_forms(paper)[0],
            elements=offered_elements(paper),
            details=dict.fromkeys(wanted_details(paper), "见解读全文"),
            by=self.drafter,
            at=at,
        )
        if risk_demanded(paper):
            conclusion = "主要风险点为申报条件的理解差异，已在文中逐项写明，可以出台。"
            said = {"level": RiskLevel.LOW, "conclusion": conclusion, "organ": self.department.name}
            workflow.assess_risk(paper, **said, assessed_on=at.date(), by=self.drafter, at=at)

    def reviewer(self, stage: Stage, document: Document) -> User:
        """Who holds a stage and has not written the paper."""
        authors = newest(document).authors
        holders = (self.people[role] for role in (stage.role, *stage.others) if role in self.people)
        return next(user for user in holders if user.pk not in authors)

    def propose(self, document: Document, at: datetime) -> None:
        """Sent up, after the questions of the standard were answered where the body asks them."""
        if document.is_policy and identification_of(newest(document)) is None:
            self.identify(document, answers=of_no_standard(document), at=at)
        workflow.propose(document, by=self.drafter, at=at)

    def identify(self, document: Document, *, answers: dict[str, str], at: datetime) -> None:
        """The liaison answers the questionnaire, the office agrees."""
        identify(document, answers=answers, by=self.drafter, at=at)
        confirm_identification(document, by=self.office, at=at)

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
        workflow.publish(document, by=self.office, at=at)

    def publish_both(self, paper: Document, material: Document, at: datetime) -> None:
        """A policy, and its interpretation where that has not gone out with it."""
        self.publish(paper, at)
        material.refresh_from_db()
        if material.public_id is None:
            self.publish(material, at)

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


def of_no_standard(paper: Document) -> dict[str, str]:
    """The answers of a paper that arranges work and meets none of the standards of a normative document."""
    return {
        question.code: choice.code
        for question in standard_of(paper)
        if question.standard
        for choice in question.choices
        if choice.verdict == "no"
    }


def of_a_normative_document(paper: Document) -> dict[str, str]:
    """The answers of a paper that meets every standard: of each question the choice that goes on, a department's where it is one."""
    found = {}
    for question in standard_of(paper):
        going_on = [choice.code for choice in question.choices if choice.verdict == "on"]
        if not question.taken_from:
            found[question.code] = "department" if "department" in going_on else going_on[0]
    return found


def same(paper: Document, **changes: object) -> Particulars:
    """The particulars of a paper as they stand, with changes."""
    names = [name for name in Particulars.__dataclass_fields__ if name != "columns"]
    said = {name: getattr(paper, name) for name in names}
    return Particulars(**said | changes, columns=tuple(newest(paper).columns.all()))
