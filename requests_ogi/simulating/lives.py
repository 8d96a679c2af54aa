"""One request as it is lived: a story that pauses before every act until its moment comes."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from portal.moment import SHANGHAI
from portal.organisation import people

from .. import workflow
from ..demo.people import applicant
from ..demo.topics import wanted
from ..filing import Aid, Arrival, Filing, Upload
from ..models import InformationRequest
from ..rules.secrecy import RELEASING
from ..vocabulary import Channel, Manner, Outcome, Scope, State
from ..workflow.common import law_of
from .account import ANSWER, Account
from .afterwards import Afterwards
from .answers import ANSWERS, PARTS, material
from .asking import HANDLED, Asking
from .chances import CHANNELS, MANNERS, OUTCOMES, draw, happens
from .paying import Paying
from .stage import SCAN, Story, Withdrawn

if TYPE_CHECKING:
    from .world import World

THIRD_PARTY_OUTCOMES = {Outcome.PARTIAL, Outcome.THIRD_PARTY_RIGHTS}


class Life(Asking, Paying, Afterwards):
    """One request from its arrival to the archive. `account` is what the simulation itself knows of it."""

    def __init__(self, world: "World", number: int, arrives: datetime, *, applicant: int | None = None) -> None:
        self.world, self.number, self.arrives = world, number, arrives
        self.applicant = number if applicant is None else applicant
        self.busy = applicant is not None
        self.rng = Random(f"{world.seed}-{number}")  # noqa: S311 - a story, not a secret
        self.account = Account()
        self.case: InformationRequest
        self.ending = draw(self.rng, OUTCOMES)
        self.channel = Channel(draw(self.rng, CHANNELS))
        self.manner = Manner(draw(self.rng, MANNERS))
        self.late = happens(self.rng, "late")
        if self.channel not in {Channel.ONLINE, Channel.EMAIL} and self.manner in {Manner.ONLINE, Manner.EMAIL}:
            self.manner = self.rng.choice((Manner.POST, Manner.IN_PERSON, Manner.ONLINE))
        self.department = world.departments[number % len(world.departments)]
        self.sent_by_post = False
        self.earlier: Life | None = None

    @property
    def staff(self) -> Any:
        return self.world.staff

    @property
    def liaison(self) -> Any:
        return self.staff.liaisons[self.department]

    @property
    def today(self) -> date:
        return self.world.at.date()

    @property
    def electronic(self) -> bool:
        return self.manner in {Manner.ONLINE, Manner.EMAIL}

    # --- time ---------------------------------------------------------------------------------------------------------

    def in_office(self, wait: int) -> datetime:
        """A moment in office hours, so many working days from now (0: still today, if the office is open)."""
        now, days = self.world.at, self.world.days
        if wait == 0 and days.works(now.date()) and time(9) <= now.time() < time(17):
            return now + timedelta(minutes=self.rng.randint(3, 50))
        day = days.after(now.date(), wait or 1) if wait or now.time() >= time(9) else now.date()
        while not days.works(day):
            day += timedelta(1)
        return datetime.combine(day, time(self.rng.randint(9, 16), self.rng.randrange(60)), SHANGHAI)

    def wait(self, least: int, most: int) -> Story:
        """Wait some working days; whoever means to answer in time does not wait past the limit."""
        left = self.left()
        if left is not None and not self.late:
            most = max(0, min(most, left - 4))
        yield self.in_office(self.rng.randint(min(least, most), most))

    def until(self, day: date) -> Story:
        """Wait for office hours on a day or the first working day after it; no longer than now if it is past."""
        days = self.world.days
        while not days.works(day):
            day += timedelta(1)
        yield self.in_office(max(0, days.between(self.today, day)))

    def left(self) -> int | None:
        """Working days left for the answer by the simulation's own count; None while no limit runs."""
        if self.account.counted_from is None:
            return None
        return self.world.days.between(self.today, self.account.last_day(self.world.days))

    def do(self, verb: str, *, by: Any, **given: Any) -> Any:
        """Take an act on the case now."""
        if self.case.state in {State.WITHDRAWN, State.CLOSED}:
            raise Withdrawn
        return self.world.do(verb, self.case, by=by, **given)

    # --- the story ----------------------------------------------------------------------------------------------------

    def run(self) -> Story:
        """The whole life. What the applicant and others do meanwhile are stories of their own."""
        yield from self._file()
        if happens(self.rng, "withdrawn"):
            self.world.start(self._change_of_mind(), at=self.world.at + timedelta(hours=self.rng.randint(1, 24 * 40)))
        with suppress(Withdrawn):
            yield from self._handle()
        if self.case.state == State.SERVED and self.sent_by_post and happens(self.rng, "left_at_door"):
            yield from self._come_back()
        if self.case.state in {State.SERVED, State.WITHDRAWN}:
            yield self.in_office(self.rng.randint(0, 6))
            self.world.do("close", self.case, by=self.rng.choice((self.staff.office, self.staff.director)))
            self.account.closed_on = self.today
            yield from self._after()

    def _handle(self) -> Story:
        if self.case.state == State.UNCONFIRMED:
            yield from self._confirm()
        asks = self.ending == Outcome.STILL_UNCLEAR or happens(self.rng, "completion")
        if asks and self.rng.random() < 0.5:
            yield from self._complete()
            asks = False
        if self.case.state == State.APPROVED:  # given up
            yield from self._serve()
            return
        yield from self._assign()
        if asks:
            yield from self._complete()
            if self.case.state == State.APPROVED:
                yield from self._serve()
                return
            yield from self._assign()
        if self.busy:
            yield from self._ask_reasons()
        if self.ending in THIRD_PARTY_OUTCOMES or happens(self.rng, "consulted"):
            yield from self._consult()
        if happens(self.rng, "extended"):
            yield from self._extend()
        yield from self._decide()
        if self.case.outcome in RELEASING:
            yield from self._tell_parties()
        yield from self._serve()

    def _file(self) -> Story:
        online = self.channel == Channel.ONLINE
        if not online:
            yield self.in_office(0)
        body, day = self.world.body, self.today
        if self.ending == Outcome.REPEAT:
            self._repeat_an_earlier_one()
        person = applicant(body, self.applicant, electronic=self.electronic)
        arrival = Arrival(self.channel, day)
        match self.channel:
            case Channel.REGISTERED_MAIL:
                arrival = replace(arrival, signed_on=day, post_number=f"XA{self.number:09d}00")
            case Channel.EMAIL if self.rng.random() < 0.5:
                arrival = replace(arrival, confirmed_on=day, confirmation_note="当日电话与申请人确认")
            case Channel.FAX | Channel.EMAIL:
                arrival = replace(arrival, arrived_on=min(day, self.arrives.date()))
        scanned = self.channel not in {Channel.ONLINE, Channel.EMAIL} and happens(self.rng, "scanned")
        filing = Filing(
            person=person,
            wanted=wanted(body.code, self.applicant if self.earlier else self.number, manner=self.manner),
            arrival=arrival,
            uploads=(Upload("申请原件.png", SCAN, "original"),) if scanned else (),
            aid=Aid(self.world.at, "视力不好，书写困难", read_back=True) if self.channel == Channel.ORAL else None,
        )
        verb, extra = ("apply", {}) if online else ("register", {"by": self.staff.office})
        self.case = self.world.do(verb, body=body, filing=filing, submission_key=self.world.key(self.number), **extra)
        self.account.number, self.account.kind, self.account.filed_on = self.case.number, str(person.kind), day
        self.account.applicant, self.account.arrived_on = self.applicant, arrival.arrived_on
        if self.case.state == State.RECEIVED:
            self._received(day)

    def _repeat_an_earlier_one(self) -> None:
        """Somebody asks again for what they were answered before; if nobody can, something else is asked."""
        answered = [life for life in self.world.lives[: self.number] if life.answered]
        if not answered:
            self.ending = Outcome.GRANTED
            return
        self.earlier = self.rng.choice(answered)
        self.applicant = self.earlier.applicant

    @property
    def answered(self) -> bool:
        """Whether this request has its answer."""
        return self.account.answered_on is not None

    def _received(self, day: date) -> None:
        self.account.received_on = day
        self.account.restart(day)

    def _confirm(self) -> Story:
        yield self.in_office(self.rng.choice((0, 0, 1, 1, 3)))
        self.do("confirm_receipt", confirmed_on=self.today, note="拨打申请人所留电话确认", by=self.staff.office)
        self._received(self.today)

    def _assign(self) -> Story:
        if self.case.state == State.ASSIGNED:
            return
        yield from self.wait(0, 2)
        who = self.rng.choice((self.staff.office, self.staff.director))
        self.do("assign", department=self.department, by=who)
        if happens(self.rng, "given_back"):
            yield from self.wait(0, 2)
            self.do("give_back", why="申请内容不属于本处室职责，建议由另一处室承办", by=self.liaison)
            self._other_department()
            yield from self.wait(0, 1)
            self.do("assign", department=self.department, by=self.staff.office)
        elif happens(self.rng, "reassigned"):
            yield from self.wait(0, 2)
            self._other_department()
            self.do("reassign", department=self.department, by=self.staff.director)

    def _other_department(self) -> None:
        self.department = next(place for place in self.world.departments if place != self.department)

    def _complete(self) -> Story:
        """Ask for completion within seven working days of receipt; it comes, or the matter is given up."""
        days, received = self.world.days, self.account.received_on or self.today
        room = days.between(self.today, days.after(received, 7))
        yield self.in_office(self.rng.randint(0, max(0, min(4, room - 1))))
        if days.between(received, self.today) > 7:
            self.ending = Outcome.GRANTED if self.ending == Outcome.STILL_UNCLEAR else self.ending
            return  # too late to ask
        given = self.rng.choice((5, 7, 10, 15, 15, 20))
        self.do(
            "ask_completion",
            items="请明确所需信息的具体年份或者文号。\n请说明需要全文还是仅需要附件表格。",
            working_days=given,
            by=self.staff.office,
            **self._sending("XC"),
        )
        self.account.letters += 1
        last = days.after(self.today, given)
        if self.ending != Outcome.STILL_UNCLEAR and happens(self.rng, "completion_lapses"):
            had = None if self.electronic else self.today + timedelta(self.rng.randint(1, 3))
            last = days.after(had or self.today, given)
            yield from self.until(last + timedelta(self.rng.randint(1, 9)))
            self.do("lapse", no_good_reason=True, received_on=had, by=self.staff.director)
            self.account.letters += 1
            self.account.lapsed, self.account.ending = True, str(Outcome.LAPSED_COMPLETION)
            self.account.restart(self.today)
            return
        if self.electronic:
            came = self.today + timedelta(self.rng.randint(1, (last - self.today).days))
            yield datetime.combine(came, time(self.rng.randint(7, 22), self.rng.randrange(60)), SHANGHAI)
            self._supplement(by=people.APPLICANT, uploads=())
        else:
            yield self.in_office(self.rng.randint(1, given))
            self._supplement(by=self.staff.office, uploads=(Upload("补正材料.png", SCAN, "completion"),))

    def _supplement(self, **given: Any) -> None:
        self.do("supplement", text="所需信息为2025年1月至12月的文件全文及附件表格。", returned_on=self.today, **given)
        self.account.restart(self.today)

    # --- the answer ---------------------------------------------------------------------------------------------------

    def _extend(self) -> Story:
        left = self.left() or 0
        yield self.in_office(max(0, left - self.rng.randint(1, 4)))
        if (self.left() or 0) < 0:
            return  # too late to extend
        law = law_of(self.case)
        most = law.longest_extension("answer")
        if most is None or self.account.term != ANSWER:
            return
        amount = self.rng.randint(1, most.amount)
        self.do(
            "extend",
            amount=amount,
            reason="涉及的材料年代跨度大、数量多，需要逐项核对",
            agreed=workflow.Agreed("circular", self.today, "领导小组会签单") if law.consents_as_a_group else None,
            by=self.staff.extender(str(law.option("extend.approver_role"))),
            **self._sending("XE"),
        )
        self.account.extended_by = amount
        self.account.letters += 1

    def _decide(self) -> Story:
        decided, texts = ANSWERS[Outcome(self.ending)]
        rounds = 1 + happens(self.rng, "sent_back")
        rounds += rounds > 1 and happens(self.rng, "sent_back")
        if self.ending == Outcome.ALREADY_PUBLIC:
            texts = {**texts, "published_on": self.account.filed_on - timedelta(self.rng.randint(5, 300))}
        if self.ending == Outcome.NOT_EXIST:
            yield from self._search()
        if self.ending == Outcome.PARTIAL:
            yield from self._mark_parts()
        for place in range(rounds):
            yield from self.wait(0, 4)
            earlier = self.earlier.case if self.earlier else None
            self.do("draft", decided=decided, texts=texts, earlier=earlier, by=self.liaison)
            if place == 0 and self.ending in RELEASING and happens(self.rng, "charged"):
                yield from self._charge()
                if self.case.state == State.APPROVED:  # given up
                    return
            if self.ending in RELEASING:
                yield from self.wait(0, 1)
                finding = "open" if self.ending == Outcome.GRANTED else "partly"
                opinion = "已逐项审查拟提供的内容，不涉及国家秘密。"
                self.do("review_secrecy", finding=finding, opinion=opinion, by=self.staff.office)
            yield from self.wait(0, 1)
            self.do("submit", by=self.liaison)
            yield from self.wait(0, 2)
            if place < rounds - 1:
                self.do("send_back", why="请把理由写得更具体，并核对所引条款。", by=self.staff.leader)
        self.do("approve", by=self.rng.choice((self.staff.leader, self.staff.leader, self.staff.director)))
        self.account.letters += 1
        self.account.ending = str(self.ending)

    def _search(self) -> Story:
        for system in ("协同办公系统", "机关档案室")[: self.rng.randint(1, 2)]:
            yield from self.wait(0, 1)
            self.do(
                "record_search",
                system=system,
                keywords=self.case.title[:20],
                period="2019年1月至今",
                asked="本机构业务负责人、档案管理人员",
                result="未检索到相关文件",
                searched_on=self.today,
                by=self.liaison,
            )

    def _mark_parts(self) -> Story:
        yield from self.wait(0, 1)
        given = self.do("enclose", title="项目情况表", upload=material(self.case, on=self.today), by=self.liaison)
        for part in PARTS:
            self.do("withhold", scope=Scope.AREA, material=given, page=1, by=self.liaison, **part)

    def _serve(self) -> Story:
        if self.late and not self.account.lapsed:
            yield self.in_office(max(0, self.left() or 0) + self.rng.randint(1, 12))
        else:
            yield from self.wait(0, 1)
        sending = self._sending("EM")
        self.sent_by_post = sending["manner"] == "post"
        if self.sent_by_post and happens(self.rng, "posted_earlier"):
            yield self.in_office(self.rng.randint(1, 4))
            sending["proof"] = Upload("面单.png", SCAN, "proof")
        self.do("serve", by=self.staff.office, **sending)
        self.account.answered_on = sending.get("served_on") or sending["sent_on"]

    def _sending(self, prefix: str) -> dict[str, Any]:
        """How a letter goes out today: as the applicant chose."""
        if self.electronic:
            return {"manner": "electronic", "sent_on": self.today}
        if self.manner == Manner.IN_PERSON:
            return {"manner": "in_person", "sent_on": self.today, "served_on": self.today}
        return {"manner": "post", "sent_on": self.today, "proof_number": f"{prefix}{self.number:09d}CN"}

    def _change_of_mind(self) -> Story:
        """The applicant withdraws, by their code at any hour or in writing at the counter, while it is still possible."""
        by, proof = people.APPLICANT, None
        if self.rng.random() < 0.4:
            yield self.in_office(0)
            by, proof = self.staff.office, Upload("撤回申请书.png", SCAN, "withdrawal")
        if self.case.state in {*HANDLED, State.UNCONFIRMED}:
            self.world.do("withdraw", self.case, by=by, proof=proof)
            self.account.withdrawn_on, self.account.ending = self.today, str(Outcome.WITHDRAWN)
