"""The stories in which others are asked: third parties, a co-maker, an authority; and what a body may say on the way."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .. import workflow
from ..vocabulary import Opinion, Weighed
from ..workflow import common

Story = Iterator[datetime]


class Asking:
    """Asking others, as a part of a life."""

    def _consult(self: Any, ago: int) -> Story:
        yield self._when(ago, 10)
        party, content = self._asked_about()
        self.asked = workflow.consult(
            self.case,
            party=party,
            contact="（演示地址）工业大道8号",
            content=content,
            by=self.staff.director,
            at=self.at,
            **self._posted("XB"),
        )

    def _reached(self: Any, ago: int) -> Story:
        """The letter has arrived: the return slip of the post is on the desk."""
        yield self._when(ago, 11)
        workflow.serve_party(self.asked, served_on=self.at.date(), by=self.staff.office, at=self.at)

    def _objected(self: Any, ago: int, *, said: str) -> Story:
        yield self._when(ago, 15)
        workflow.hear(
            self.asked,
            opinion=Opinion.OBJECTS,
            reasons=said,
            replied_on=self.at.date(),
            by=self.staff.office,
            at=self.at,
        )

    def _weighed(self: Any, ago: int, finding: Weighed, why: str) -> Story:
        yield self._when(ago, 16)
        workflow.weigh(self.asked, finding=finding, reasons=why, by=self.staff.director, at=self.at)
        self.case.refresh_from_db()

    # --- the stories --------------------------------------------------------------------------------------------------

    def _overridden(self: Any) -> Story:
        """The third party objects; the public interest weighs more, and the party is told before the release."""
        age, matter = self.plan.age, self.matter
        yield from self._assign(age - 1)
        yield from self._consult(age - 2)
        yield from self._reached(age - 4)
        yield from self._objected(age - 12, said=matter.said)
        yield from self._weighed(age - 13, Weighed.OVERRIDE, matter.found)
        yield from self._answer(age - 14)
        yield from self._submit(age - 14)
        yield from self._approve(age - 15)
        yield self._when(age - 15, 15)
        workflow.notify_party(
            self.asked,
            content=matter.content,
            reasons=matter.told,
            by=self.staff.office,
            at=self.at,
            **self._posted("XN"),
        )
        self.case.refresh_from_db()
        yield from self._serve(age - 16)
        yield from self._close(age - 18)

    def _silent(self: Any) -> Story:
        """The third party said nothing in its fifteen working days: the body decides, and has not yet."""
        age = self.plan.age
        yield from self._assign(age - 1)
        yield from self._consult(age - 2)
        yield from self._reached(age - 4)

    def _co_made(self: Any) -> Story:
        """Another organ made it as well; it agrees, and the answer waits for its signature."""
        age = self.plan.age
        yield from self._assign(age - 1)
        yield self._when(age - 1, 14)
        asked = workflow.consult_organ(
            self.case,
            party=self.matter.party,
            contact="（演示地址）政务中心",
            content=self.matter.content,
            by=self.staff.director,
            at=self.at,
            **self._posted("XO"),
        )
        yield self._when(age - 3, 10)
        workflow.serve_party(asked, served_on=self.at.date(), by=self.staff.office, at=self.at)
        yield self._when(age - 10, 10)
        workflow.hear(
            asked, opinion=Opinion.AGREES, reasons="", replied_on=self.at.date(), by=self.staff.office, at=self.at
        )
        self.case.refresh_from_db()
        yield from self._answer(age - 11)
        yield from self._submit(age - 12)

    def _referred(self: Any) -> Story:
        """Whether it is a secret is for another to say; where the body's document knows it, the applicant is told to wait."""
        age = self.plan.age
        yield from self._assign(age - 1)
        yield self._when(age - 3, 10)
        workflow.refer(
            self.case,
            party=self.matter.party,
            contact="（演示地址）机要通信",
            content=self.matter.content,
            by=self.staff.director,
            at=self.at,
            **self._posted("XJ"),
        )
        if self.staff.body.code == "yq":
            yield self._when(age - 4, 15)
            workflow.postpone(
                self.case,
                reasons=self.matter.why,
                manner="electronic",
                sent_on=self.at.date(),
                by=self.staff.director,
                at=self.at,
            )

    def _suspended(self: Any) -> Story:
        """The body's own document knows a suspension; its legal section stands behind it."""
        yield from self._assign(self.plan.age - 1)
        yield self._when(self.plan.age - 3, 10)
        workflow.suspend(
            self.case,
            cause="force_majeure",
            reasons=self.matter.why,
            manner="electronic",
            sent_on=self.at.date(),
            by=self.staff.director,
            at=self.at,
        )

    def _extend(self: Any, ago: int) -> Story:
        """Lengthen the limit; where a leading group has to agree, its paper is named."""
        yield self._when(ago, 10)
        law = common.law_of(self.case)
        role = str(law.option("extend.approver_role"))
        agreed = workflow.Agreed(
            form="circular", on=self.at.date(), reference="政务公开领导小组会签单（依申请公开延期）"
        )
        workflow.extend(
            self.case,
            amount=15,
            reason="涉及的材料年代跨度大、数量多，需要逐项核对",
            agreed=agreed if law.consents_as_a_group else None,
            manner="electronic",
            sent_on=self.at.date(),
            by=self.staff.extender(role),
            at=self.at,
        )
