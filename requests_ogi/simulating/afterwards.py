"""What comes after an answer: post that comes back, a second look at what was withheld, a lawsuit."""

from datetime import timedelta
from typing import Any

from ..filing import Upload
from ..models import ReEvaluation
from ..vocabulary import REFUSALS, ChallengeKind, ChallengeResult, Fault, Outcome, Procedure, State, Verdict
from ..workflow import challenging
from .chances import happens
from .stage import SCAN, Story


class Afterwards:
    """After the answer, as a part of `Life`."""

    def _come_back(self: Any) -> Story:
        """The letter was posted and comes back: the posting counts if the address was the applicant's fault."""
        yield self.in_office(self.rng.randint(3, 9))
        fault = self.rng.choice((Fault.APPLICANT, Fault.OURS))
        first = self.account.answered_on
        self.do("return_post", returned_on=self.today, reason="查无此人", fault=fault, by=self.staff.office)
        self.account.answered_on = None
        yield self.in_office(self.rng.randint(0, 3))
        self.do("serve", manner="post", sent_on=self.today, proof_number=f"EN{self.number:09d}CN", by=self.staff.office)
        self.account.answered_on = first if fault == Fault.APPLICANT else self.today

    def _after(self: Any) -> Story:
        """Stories that begin when the papers are filed away; each goes its own way."""
        if self.account.answered_on is None:
            return
        if happens(self.rng, "challenged"):
            self.world.start(self._challenge(), at=self.in_office(self.rng.randint(3, 40)))
        if self.ending in {*REFUSALS, Outcome.PARTIAL} and self.case.outcome == self.ending:
            year_later = self.account.answered_on + timedelta(self.rng.randint(330, 375))
            yield self.in_office(max(1, self.world.days.between(self.today, year_later)))
            yield from self._look_again()

    def _look_again(self: Any) -> Story:
        now_public = self.rng.random() < 0.3
        verdict = Verdict.NOW_PUBLIC if now_public else Verdict.STILL_WITHHELD
        self.world.do("reassess", self.case, verdict=verdict, reason="已核对当初的依据。", by=self.staff.office)
        yield self.in_office(self.rng.randint(0, 4))
        row: ReEvaluation = self.world.do(
            "reevaluate", self.case, verdict=verdict, reason="同意评估意见。", by=self.staff.director
        )
        if row.verdict == Verdict.NOW_PUBLIC:
            yield self.in_office(self.rng.randint(1, 6))
            self.world.do(
                "release", self.case, released_on=self.today, where="门户网站政府信息公开专栏", by=self.staff.office
            )

    def _challenge(self: Any) -> Story:
        """A reconsideration: the notice comes, the defence goes out, in time or late, and it is decided."""
        if self.case.state != State.CLOSED:
            return
        procedure = self.rng.choice((Procedure.SIMPLE, Procedure.ORDINARY))
        with self.world.counted("challenges.register"):
            challenge = challenging.register(
                self.case,
                kind=ChallengeKind.RECONSIDERATION,
                procedure=procedure,
                authority="本级人民政府",
                summary="请求撤销答复，责令重新答复。",
                received_on=self.today,
                by=self.staff.office,
                at=self.world.at,
            )
        yield self.in_office(self.rng.choice((2, 3, 4, 5, 7, 9)))
        with self.world.counted("challenges.defend"):
            paper = Upload("答复书.png", SCAN, "defence")
            challenging.defend(
                challenge, submitted_on=self.today, paper=paper, by=self.staff.director, at=self.world.at
            )
        yield self.in_office(self.rng.randint(10, 35))
        with self.world.counted("challenges.conclude"):
            challenging.conclude(
                challenge,
                result=self.rng.choice((ChallengeResult.UPHELD, ChallengeResult.OTHER)),
                decided_on=self.today,
                served_on=self.today,
                paper=Upload("决定书.png", SCAN, "decision"),
                by=self.staff.office,
                at=self.world.at,
            )
