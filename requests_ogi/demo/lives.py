"""The lives of the demonstration's requests: each a story that pauses before every act until its moment comes."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from portal import moment
from portal.moment import SHANGHAI
from portal.organisation import people
from portal.organisation.models import Department
from portal.workdays.service import calendar_for, scopes_of

from .. import secrets, workflow
from ..filing import Aid, Arrival, Filing, Wanted
from ..models import InformationRequest
from ..rules.secrecy import RELEASING
from ..vocabulary import Channel, Form, Help, Manner, Outcome, Weighed
from ..workflow import common
from .afterwards import Afterwards
from .answers import ANSWERS
from .asking import Asking
from .charging import Charging
from .giving import give_a_part
from .matters import SHEETS, Matter, matter
from .moving import motions_of
from .people import Staff, applicant
from .plans import PLANS, Plan, plans_of
from .topics import wanted

__all__ = ["PLANS", "Stage"]

Life = Iterator[datetime]
AIDED = {Channel.ORAL: "视力不好，书写困难", Channel.TELEPHONE: "不会使用网络，书写困难"}
CONFIRMED = (Channel.FAX, Channel.TELEPHONE)


class Stage:
    """One body on the day the demonstration is made."""

    def __init__(self, staff: Staff, *, today: date) -> None:
        self.staff, self.today = staff, today
        self.calendar = calendar_for(scopes_of(staff.body), on=today)
        self.departments = list(staff.liaisons)
        self._days = [today]

    def ago(self, working_days: int) -> date:
        """The working day that lies so many working days before today."""
        while len(self._days) <= working_days:
            day = self._days[-1] - timedelta(days=1)
            while not self.calendar.is_working(day):
                day -= timedelta(days=1)
            self._days.append(day)
        return self._days[working_days]

    def moment(self, ago: int, hour: int, *, minute: int) -> datetime:
        """A moment of the working day that lies so many working days before today."""
        return datetime.combine(self.ago(ago), time(hour, minute), SHANGHAI)

    def play(self, beside: Iterable[Life] = ()) -> int:
        """Let all lives run side by side, every act in its turn, and those of other chapters `beside` them; returns how many
        requests were filed.
        """
        requests = [_Life(self, number, plan).run() for number, plan in plans_of(self.staff.body.code)]
        lives: list[tuple[datetime, int, Life]] = []
        for place, life in enumerate([*requests, *motions_of(self), self._sign_offs(), *beside]):
            first = next(life, None)
            if first is not None:
                lives.append((first, place, life))
        heapq.heapify(lives)
        while lives:
            at, place, life = heapq.heappop(lives)
            with moment.rehearsing(at):
                later = next(life, None)
            if later is not None:
                heapq.heappush(lives, (later, place, life))
        return len(requests)

    def _sign_offs(self) -> Life:
        """Where the body's own document goes further than the law, its leader has written down what the legal section said."""
        if self.staff.body.code != "yq":
            return
        for place, option in enumerate(("pause.causes", "answer.postponed")):
            yield (at := self.moment(75, 10, minute=place))
            workflow.sign_off(
                self.staff.body,
                option=option,
                said="经审核，本局制度的这一做法只增加对申请人的告知，不延长法定答复期限，可以适用。",
                document_number=f"（演示）阳工信法审〔{at.year}〕{place + 3}号",
                since=at.date(),
                by=self.staff.leader,
                at=at,
            )


class _Life(Asking, Charging, Afterwards):
    """One request as it is lived. `yield` waits for the moment of the next act; `self.at` is then that moment."""

    def __init__(self, stage: Stage, number: int, plan: Plan) -> None:
        self.stage, self.number, self.plan, self.staff = stage, number, plan, stage.staff
        self.department: Department = stage.departments[number % len(stage.departments)]
        self.liaison = self.staff.liaisons[self.department]
        self.matter: Matter | None = matter(self.staff.body.code, plan.matter) if plan.matter else None
        self.case: InformationRequest

    def run(self) -> Life:
        """The request, its story, and what came after."""
        yield self._when(self.plan.age, self.plan.hour)
        self._file()
        for story in (self.plan.story, *self.plan.after):
            yield from getattr(self, f"_{story}")()

    def _when(self, ago: int, hour: int) -> datetime:
        self.at = self.stage.moment(ago, hour, minute=self.number * 7 % 60)
        return self.at

    def _wanted(self, number: int) -> Wanted:
        manner = self.plan.manner
        if self.matter is None:
            return wanted(self.staff.body.code, number, manner=manner)
        form = Form.PAPER if manner in {Manner.POST, Manner.IN_PERSON} else Form.ELECTRONIC
        return Wanted(title=self.matter.title, description=self.matter.description, form=form, manner=manner)

    def _posted(self, prefix: str) -> dict[str, object]:
        """A letter that goes out today by registered post."""
        return {"manner": "post", "sent_on": self.at.date(), "proof_number": f"{prefix}{self.number:09d}00"}

    def _asked_about(self) -> tuple[str, str]:
        """Which third party is asked, and about what."""
        if self.matter is not None and self.matter.party:
            return self.matter.party, self.matter.content
        sheet = SHEETS[self.staff.body.code]
        if self.plan.outcome == Outcome.THIRD_PARTY_RIGHTS:
            return sheet.party, "申报材料中的工艺参数"
        return sheet.party, sheet.withheld_words

    def _file(self) -> None:
        plan, body, day = self.plan, self.staff.body, self.at.date()
        number = self.number if plan.again is None else plan.again
        who = number if plan.who is None else plan.who
        electronic = plan.manner == Manner.EMAIL or number % 10 == 3
        filing = Filing(
            person=applicant(body, who, electronic=electronic),
            wanted=self._wanted(number),
            arrival=Arrival(plan.channel, day),
        )
        if plan.channel in AIDED:
            needed = replace(filing.wanted, help_needed=Help.VISUAL if plan.channel == Channel.ORAL else Help.NONE)
            filing = replace(filing, wanted=needed, aid=Aid(self.at, AIDED[plan.channel], read_back=True))
        if plan.channel == Channel.ONLINE:
            self.case = workflow.apply(body=body, filing=filing, submission_key=secrets.new_key(), at=self.at)
            return
        arrival = filing.arrival
        if plan.channel == Channel.REGISTERED_MAIL:
            arrival = replace(arrival, signed_on=day, post_number=f"XA{self.number:09d}00")
        elif plan.channel == Channel.EMAIL:
            arrival = replace(arrival, confirmed_on=day, confirmation_note="当日电话与申请人确认")
        self.case = workflow.register(
            body=body,
            filing=replace(filing, arrival=arrival),
            submission_key=secrets.new_key(),
            by=self.staff.office,
            at=self.at,
        )

    # --- single acts, each after its moment has come ------------------------------------------------------------------

    def _assign(self, ago: int) -> Life:
        if self.case.channel in CONFIRMED:
            yield self._when(ago, 10)
            workflow.confirm_receipt(
                self.case,
                confirmed_on=self.at.date(),
                note="拨打申请人所留电话确认",
                by=self.staff.office,
                at=self.at,
            )
        yield self._when(ago, 11)
        workflow.assign(self.case, department=self.department, by=self.staff.office, at=self.at)

    def _answer(self, ago: int) -> Life:
        decided, texts = ANSWERS[self.plan.outcome]
        if self.plan.outcome == Outcome.PARTIAL:
            yield self._when(ago, 13)
            give_a_part(self.case, by=self.liaison, at=self.at)
        if self.plan.outcome == Outcome.NOT_EXIST:
            yield self._when(ago, 14)
            workflow.record_search(
                self.case,
                system="协同办公系统、机关档案室",
                keywords=self.case.title[:20],
                period="2019年1月至今",
                asked="本机构业务负责人、档案管理人员",
                result="未检索到相关文件",
                searched_on=self.at.date(),
                by=self.liaison,
                at=self.at,
            )
        if self.case.help_needed:
            yield self._when(ago, 14)
            what = "向申请人当面宣读所查信息的目录，并提供大字版打印件"
            workflow.help(self.case, what=what, helped_on=self.at.date(), by=self.liaison, at=self.at)
        yield self._when(ago, 15)
        if self.matter is not None:
            texts = texts | self.matter.texts
        if self.plan.outcome == Outcome.ALREADY_PUBLIC:
            texts = texts | {"published_on": self.stage.ago(self.plan.age + 5)}
        workflow.draft(self.case, decided=decided, texts=texts, earlier=self._earlier(), by=self.liaison, at=self.at)

    def _earlier(self) -> InformationRequest | None:
        """The answered request that this one repeats."""
        if self.plan.again is None:
            return None
        digest = self.case.applicant.identity_digest
        answered = InformationRequest.objects.filter(body=self.staff.body, answered_on__isnull=False)
        return answered.filter(applicant__identity_digest=digest).exclude(pk=self.case.pk).first()

    def _submit(self, ago: int) -> Life:
        if self.plan.outcome in RELEASING:
            workflow.review_secrecy(
                self.case,
                finding="open" if self.plan.outcome == Outcome.GRANTED else "partly",
                opinion="已逐项审查拟提供的内容，不涉及国家秘密。",
                by=self.staff.office,
                at=self.at,
            )
        yield self._when(ago, 16)
        workflow.submit(self.case, by=self.liaison, at=self.at)

    def _approve(self, ago: int) -> Life:
        yield self._when(ago, 10)
        workflow.approve(self.case, by=self.staff.leader, at=self.at)

    def _serve(self, ago: int) -> Life:
        yield self._when(ago, 17)
        day = self.at.date()
        how: dict[str, object] = {"manner": "electronic"}
        if self.plan.manner == Manner.POST:
            how = {"manner": "post", "proof_number": f"EM{self.number:09d}CN"}
        elif self.plan.manner == Manner.IN_PERSON:
            how = {"manner": "in_person", "served_on": day}
        workflow.serve(self.case, sent_on=day, by=self.staff.office, at=self.at, **how)

    def _close(self, ago: int) -> Life:
        yield self._when(ago, 17)
        workflow.close(self.case, by=self.staff.office, at=self.at)

    def _ask(self, ago: int, *, days: int) -> Life:
        yield self._when(ago, 10)
        manner = "electronic" if common.chose_electronic(self.case) else "post"
        workflow.ask_completion(
            self.case,
            items="请明确所需信息的具体年份或者文号。\n请说明需要全文还是仅需要附件表格。",
            working_days=days,
            manner=manner,
            sent_on=self.at.date(),
            proof_number="" if manner == "electronic" else f"XC{self.number:09d}00",
            by=self.staff.office,
            at=self.at,
        )

    # --- the stories --------------------------------------------------------------------------------------------------

    def _received(self) -> Life:
        yield from ()

    def _unconfirmed(self) -> Life:
        yield from ()

    def _assigned(self) -> Life:
        yield from self._assign(self.plan.age - 1)

    def _given_back(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        yield self._when(self.plan.age - 2, 15)
        workflow.give_back(self.case, why="申请内容不属于本处室职责，建议由另一处室承办", by=self.liaison, at=self.at)

    def _late_draft(self) -> Life:
        yield from self._assign(self.plan.age - 1)

    def _overdue(self) -> Life:
        yield from self._assign(self.plan.age - 1)

    def _extended(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        yield from self._extend(self.plan.age - 19)
        yield from self._answer(5)

    def _completing(self) -> Life:
        yield from self._ask(self.plan.age - 3, days=15)

    def _supplement(self, ago: int) -> Life:
        yield self._when(ago, 9)
        workflow.supplement(
            self.case,
            text="所需信息为2025年1月至12月的文件全文及附件表格。",
            returned_on=self.at.date(),
            by=people.APPLICANT,
            at=self.at,
        )

    def _supplemented(self) -> Life:
        yield from self._ask(self.plan.age - 2, days=10)
        yield from self._supplement(self.plan.age - 6)
        yield from self._assign(self.plan.age - 7)

    def _lapsing(self) -> Life:
        yield from self._ask(self.plan.age - 4, days=15)

    def _consulting(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        yield from self._consult(self.plan.age - 4)

    def _submitted(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        yield from self._answer(self.plan.age - 8)
        yield from self._submit(self.plan.age - 8)

    def _sent_back(self) -> Life:
        yield from self._submitted()
        yield self._when(self.plan.age - 10, 10)
        workflow.send_back(
            self.case,
            why="请补充说明该记录为什么属于过程性信息，并核实最终决定是否已经公开。",
            by=self.staff.leader,
            at=self.at,
        )

    def _approved(self) -> Life:
        yield from self._hear_first()
        yield from self._answer(self.plan.age - 9)
        yield from self._submit(self.plan.age - 9)
        yield from self._approve(self.plan.age - 11)

    def _hear_first(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        if self.plan.outcome in {Outcome.PARTIAL, Outcome.THIRD_PARTY_RIGHTS}:
            sheet, age = SHEETS[self.staff.body.code], self.plan.age
            yield from self._consult(age - 2)
            yield from self._objected(age - 7, said=sheet.said)
            yield from self._weighed(
                age - 7, Weighed.REASONABLE, "所称内容未对外公开，公开后确会损害其合法权益，且与公共利益没有直接关系。"
            )

    def _parting(self) -> Life:
        """The material is there and what is withheld of it is marked; the answer is still to be written."""
        yield from self._hear_first()
        yield self._when(self.plan.age - 8, 10)
        give_a_part(self.case, by=self.liaison, at=self.at)

    def _served(self) -> Life:
        yield from self._hear_first()
        yield from self._answer(self.plan.age - 5)
        yield from self._submit(self.plan.age - 5)
        yield from self._approve(self.plan.age - 7)
        yield from self._serve(self.plan.age - 8)

    def _closed(self) -> Life:
        yield from self._approved()
        yield from self._serve(self.plan.age - 12)
        yield from self._close(self.plan.age - 14)

    def _closed_late(self) -> Life:
        yield from self._hear_first()
        yield from self._answer(self.plan.age - 21)
        yield from self._submit(self.plan.age - 21)
        yield from self._approve(self.plan.age - 22)
        yield from self._serve(self.plan.age - 23)
        yield from self._close(self.plan.age - 25)

    def _closed_extended(self) -> Life:
        yield from self._hear_first()
        yield from self._extend(self.plan.age - 18)
        yield from self._answer(self.plan.age - 25)
        yield from self._submit(self.plan.age - 25)
        yield from self._approve(self.plan.age - 27)
        yield from self._serve(self.plan.age - 28)
        yield from self._close(self.plan.age - 30)

    def _closed_supplemented(self) -> Life:
        yield from self._ask(self.plan.age - 3, days=10)
        yield from self._supplement(self.plan.age - 9)
        yield from self._assign(self.plan.age - 10)
        yield from self._answer(self.plan.age - 15)
        yield from self._submit(self.plan.age - 15)
        yield from self._approve(self.plan.age - 17)
        yield from self._serve(self.plan.age - 18)
        yield from self._close(self.plan.age - 20)

    def _lapsed(self) -> Life:
        yield from self._ask(self.plan.age - 4, days=10)
        sent = self.at.date()
        yield self._when(self.plan.age - 16, 10)
        had = None if common.chose_electronic(self.case) else sent + timedelta(1)
        workflow.lapse(self.case, no_good_reason=True, received_on=had, by=self.staff.director, at=self.at)
        yield from self._serve(self.plan.age - 17)
        yield from self._close(self.plan.age - 19)

    def _withdrawn(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        yield self._when(self.plan.age - 4, 14)
        workflow.withdraw(self.case, by=people.APPLICANT, at=self.at)
        yield from self._close(self.plan.age - 6)
