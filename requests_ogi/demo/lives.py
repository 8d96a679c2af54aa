"""The lives of the demonstration's requests: each a story that pauses before every act until its moment comes."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from portal import moment
from portal.moment import SHANGHAI
from portal.organisation import people
from portal.organisation.models import Department
from portal.workdays.service import calendar_for, scopes_of

from .. import secrets, workflow
from ..filing import Aid, Arrival, Filing
from ..models import InformationRequest
from ..rules.secrecy import RELEASING
from ..vocabulary import Channel, Manner, Opinion, Outcome, Weighed
from ..workflow import common
from .answers import ANSWERS
from .giving import give_a_part
from .people import Staff, applicant
from .topics import wanted

Life = Iterator[datetime]


class Stage:
    """One body on the day the demonstration is made."""

    def __init__(self, staff: Staff, *, today: date) -> None:
        self.staff, self.today = staff, today
        self.calendar = calendar_for(scopes_of(staff.body), on=today)
        self.departments = list(staff.liaisons)

    def ago(self, working_days: int) -> date:
        """The working day that lies so many working days before today."""
        day = self.today
        for _ in range(working_days):
            day -= timedelta(days=1)
            while not self.calendar.is_working(day):
                day -= timedelta(days=1)
        return day

    def play(self) -> int:
        """Let all lives run side by side, every act in its turn; returns how many there are."""
        lives: list[tuple[datetime, int, Life]] = []
        for number, plan in enumerate(PLANS):
            life = _Life(self, number, plan).run()
            lives.append((next(life), number, life))
        heapq.heapify(lives)
        while lives:
            at, number, life = heapq.heappop(lives)
            with moment.rehearsing(at):
                later = next(life, None)
            if later is not None:
                heapq.heappush(lives, (later, number, life))
        return len(PLANS)


class _Life:
    """One request as it is lived. `yield` waits for the moment of the next act; `self.at` is then that moment."""

    def __init__(self, stage: Stage, number: int, plan: Plan) -> None:
        self.stage, self.number, self.plan, self.staff = stage, number, plan, stage.staff
        self.department: Department = stage.departments[number % len(stage.departments)]
        self.liaison = self.staff.liaisons[self.department]
        self.case: InformationRequest

    def run(self) -> Life:
        yield self._when(self.plan.age, 9)
        self._file()
        yield from getattr(self, f"_{self.plan.story}")()

    def _when(self, ago: int, hour: int) -> datetime:
        self.at = datetime.combine(self.stage.ago(ago), time(hour, self.number * 7 % 60), SHANGHAI)
        return self.at

    def _file(self) -> None:
        plan, body, day = self.plan, self.staff.body, self.at.date()
        number = self.number if plan.again is None else plan.again
        electronic = plan.manner == Manner.EMAIL or number % 10 == 3
        filing = Filing(
            person=applicant(body, number, electronic=electronic),
            wanted=wanted(body.code, number, manner=plan.manner),
            arrival=Arrival(plan.channel, day),
        )
        if plan.channel == Channel.ORAL:
            filing = replace(filing, aid=Aid(self.at, "视力不好，书写困难", read_back=True))
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
        if self.case.channel == Channel.FAX:
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
        yield self._when(ago, 15)
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
            yield from self._consult(self.plan.age - 2)
            yield self._when(self.plan.age - 7, 15)
            workflow.hear(
                self.asked,
                opinion=Opinion.OBJECTS,
                reasons="成本构成和客户名单属于本公司商业秘密，未对外公开，公开后将损害本公司竞争地位。",
                replied_on=self.at.date(),
                by=self.staff.office,
                at=self.at,
            )
            workflow.weigh(
                self.asked,
                finding=Weighed.REASONABLE,
                reasons="所称内容未对外公开，企业采取了保密措施，公开后确会损害其竞争地位。",
                by=self.staff.director,
                at=self.at,
            )
            self.case.refresh_from_db()

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
        yield self._when(self.plan.age - 16, 10)
        workflow.lapse(self.case, no_good_reason=True, by=self.staff.director, at=self.at)
        yield from self._serve(self.plan.age - 17)
        yield from self._close(self.plan.age - 19)

    def _withdrawn(self) -> Life:
        yield from self._assign(self.plan.age - 1)
        yield self._when(self.plan.age - 4, 14)
        workflow.withdraw(self.case, by=people.APPLICANT, at=self.at)
        yield from self._close(self.plan.age - 6)
