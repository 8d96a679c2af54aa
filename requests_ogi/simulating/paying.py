"""The part of a life that very many requests bring with them: a fee that is paid, waived or not paid; reasons asked for."""

from datetime import datetime, time, timedelta
from typing import Any

from portal.moment import SHANGHAI
from portal.organisation import people

from ..filing import Upload
from ..models import FeeNotice
from ..vocabulary import FeeBasis, Outcome, State
from .stage import SCAN, Story, Withdrawn

FREE_A_MONTH = 10
WHY = "申请人本月已提出多件同类申请，数量明显超过合理范围。"


class Paying:
    """Fees and volume, as a part of `Life`."""

    def _charge(self: Any) -> Story:
        """Send the notice; the applicant pays, is let off, or lets the time pass."""
        yield from self.wait(0, 1)
        if (self.left() or 0) < 1:
            return  # too late to charge
        fee = self.do(
            "charge",
            basis=FeeBasis.PAGE,
            pages=self.rng.randint(31, 260),
            beyond_reason=True,
            why=WHY,
            by=self.staff.director,
            **self._sending("XF"),
        )
        self.account.letters += 1
        served = self.today
        if fee.served_on is None:
            yield self.in_office(self.rng.randint(1, 4))
            served = self.today
            self.do("serve_fee", served_on=served, by=self.staff.office)
        last, fate = self.world.days.after(served, 20), self.rng.random()
        if fate < 0.12:
            yield self.in_office(self.rng.randint(0, 5))
            self.do("waive", why="申请人经济确有困难。", by=self.staff.director, **self._sending("XW"))
            self.account.letters += 1
        elif fate < 0.34:
            yield from self.until(last + timedelta(self.rng.randint(1, 9)))
            self.do("lapse_fee", by=self.staff.director)
            self.account.letters += 1
            self.account.lapsed, self.account.ending = True, str(Outcome.LAPSED_FEE)
            return
        else:
            yield self.in_office(self.rng.randint(1, 19))
            owed = FeeNotice.objects.get(request=self.case).amount
            self.do(
                "record_payment",
                amount=owed,
                receipt_number=f"P{self.number}",
                paid_on=self.today,
                by=self.staff.office,
            )
            self.account.restart(self.today)
        yield from self._assign()

    def _ask_reasons(self: Any) -> Story:
        """The eleventh request of a month: the office may ask why, hear it or not, delay, go on, or leave it unprocessed."""
        if self._place_in_month() <= FREE_A_MONTH or (self.left() or 0) < 12:
            return
        yield self.in_office(self.rng.randint(0, 1))
        if self._place_in_month() <= FREE_A_MONTH:
            return  # somebody of that month has withdrawn
        given = self.rng.choice((5, 7))
        self.do(
            "ask_reasons",
            beyond_reason=True,
            why=WHY,
            working_days=given,
            by=self.staff.director,
            **self._sending("XR"),
        )
        self.account.letters += 1
        last = self.world.days.after(self.today, given)
        fate = self.rng.random()
        if fate < 0.3:  # silence
            yield from self.until(last + timedelta(1))
            self.ending = Outcome.UNREASONABLE_VOLUME
            return
        if self.electronic:
            day = self.today + timedelta(self.rng.randint(1, (last - self.today).days))
            yield datetime.combine(day, time(self.rng.randint(7, 22), 5), SHANGHAI)
            self.do("hear_reasons", reasons="为撰写研究报告。", answered_on=self.today, by=people.APPLICANT)
        else:
            yield self.in_office(self.rng.randint(1, given))
            paper = (Upload("理由.png", SCAN, "reasons"),)
            self.do("hear_reasons", reasons="为研究之用。", answered_on=self.today, uploads=paper, by=self.staff.office)
        if fate < 0.5:
            self.ending = Outcome.UNREASONABLE_VOLUME
        elif fate < 0.8:
            yield from self._delay()

    def _delay(self: Any) -> Story:
        yield self.in_office(self.rng.randint(0, 1))
        left = self.left() or 0
        days = max(left + 5, 15)
        if left < 0 or days > 20:
            return
        self.do(
            "delay", reasonable=True, why="申请件数多，无法在法定期限内逐件检索。", working_days=days,
            by=self.staff.director, **self._sending("XD"),
        )  # fmt: skip
        self.account.letters += 1
        self.account.restart(self.today)
        self.account.term = days

    def _place_in_month(self: Any) -> int:
        """Which of the applicant's requests of the month this is, the withdrawn ones left out."""
        if self.case.state == State.WITHDRAWN:
            raise Withdrawn
        mine = self.account
        return 1 + sum(
            other.account.applicant == mine.applicant
            and other.account.arrived_on.replace(day=1) == mine.arrived_on.replace(day=1)
            and other.account.withdrawn_on is None
            and other.case.pk < self.case.pk
            for other in self.world.lives
            if other.account.number
        )
