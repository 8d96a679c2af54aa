"""The stories of very many pages and very many requests: a fee that is paid, awaited or not paid; reasons asked for."""

from typing import Any

from portal.organisation import people

from .. import workflow
from ..models import FeeNotice
from ..vocabulary import FeeBasis
from .asking import Story

_MANY = "您在同一日向本机关提出政府信息公开申请12件，内容为同类名单、目录的不同年度文本。"
_BECAUSE = "本单位正在编写行业发展研究报告，需要对照各年度的正式文本，网上公布的文本缺少附表，因此按年度分别提出申请。"


class Charging:
    """Fees and volume, as a part of a life."""

    def _charge(self: Any, ago: int) -> Story:
        yield self._when(ago, 16)
        workflow.charge(
            self.case,
            basis=FeeBasis.PAGE,
            pages=self.matter.pages,
            beyond_reason=True,
            why=self.matter.why,
            manner="electronic",
            sent_on=self.at.date(),
            by=self.staff.director,
            at=self.at,
        )

    def _paying(self: Any) -> Story:
        age = self.plan.age
        yield from self._assign(age - 1)
        yield from self._answer(age - 3)
        yield from self._charge(age - 4)

    def _paid(self: Any) -> Story:
        age = self.plan.age
        yield from self._paying()
        yield self._when(age - 12, 10)
        workflow.record_payment(
            self.case,
            amount=FeeNotice.objects.get(request=self.case).amount,
            receipt_number=f"（演示）{self.at.year}{self.number:06d}",
            paid_on=self.at.date(),
            by=self.staff.office,
            at=self.at,
        )
        yield from self._assign(age - 12)
        yield from self._submit(age - 13)
        yield from self._approve(age - 14)
        yield from self._serve(age - 15)
        yield from self._close(age - 17)

    def _unpaid(self: Any) -> Story:
        age = self.plan.age
        yield from self._paying()
        yield self._when(age - 25, 10)
        workflow.lapse_fee(self.case, by=self.staff.director, at=self.at)
        yield from self._serve(age - 25)
        yield from self._close(age - 27)

    def _quick(self: Any) -> Story:
        """Answered in a few days: it is public already."""
        age = self.plan.age
        yield from self._assign(age - 1)
        yield from self._answer(age - 2)
        yield from self._submit(age - 2)
        yield from self._approve(age - 3)
        yield from self._serve(age - 3)
        yield from self._close(age - 5)

    def _ask_why(self: Any, ago: int, *, days: int = 7) -> Story:
        yield self._when(ago, 10)
        workflow.ask_reasons(
            self.case,
            beyond_reason=True,
            why=_MANY,
            working_days=days,
            manner="electronic",
            sent_on=self.at.date(),
            by=self.staff.director,
            at=self.at,
        )

    def _asked_why(self: Any) -> Story:
        yield from self._assign(self.plan.age - 1)
        yield from self._ask_why(self.plan.age - 6, days=10)

    def _delayed(self: Any) -> Story:
        """Reasons were asked for and are good; so many requests need more time than the law's."""
        age = self.plan.age
        yield from self._assign(age - 1)
        yield from self._ask_why(age - 2)
        yield self._when(age - 5, 20)
        workflow.hear_reasons(self.case, reasons=_BECAUSE, answered_on=self.at.date(), by=people.APPLICANT, at=self.at)
        yield self._when(age - 7, 10)
        workflow.delay(
            self.case,
            reasonable=True,
            why="所需各年度文本保存在不同的档案全宗，需要逐年调卷核对附表",
            working_days=25,
            manner="electronic",
            sent_on=self.at.date(),
            by=self.staff.director,
            at=self.at,
        )
