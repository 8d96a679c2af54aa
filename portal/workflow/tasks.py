"""What happens to matters by itself: limits call out to the people they bind."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from celery import shared_task

from portal import moment
from portal.clocks import sweeping
from portal.clocks.sweeping import Called
from portal.notices import service as notices
from portal.organisation.models import Body, Department, User
from portal.workflow.engine import Workflow, workflow_minding

LINES = 50


@shared_task(name="portal.workflow.tasks.sweep")
def sweep() -> dict[str, int]:
    """Call out every limit that has something to say; safe to run twice, at once, or late."""
    at = moment.now()
    done = sweeping.sweep(at=at, announce=Announcing(at))
    return {"reminded": done.reminded, "overdue": done.overdue, "moved": done.moved, "failed": len(done.failed)}


class Announcing:
    """Leaves word for a batch of called clocks: each person gets one notice that lists all of theirs.

    The department that has the matter is told, or the 公开办 while nobody has it; when it is overdue, the 公开办 and
    those above who decide, too. Whom that means is asked once for each place in a sweep.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.departments = Department.objects.in_bulk()
        self._known: dict[tuple[str, str, int, int | None], list[User]] = {}

    def __call__(self, called: Sequence[Called]) -> int:
        """Write the notices; returns how many."""
        of_person: dict[tuple[User, Body], list[Called]] = defaultdict(list)
        for one in called:
            for user in dict.fromkeys(self._told(one)):
                of_person[user, one.body].append(one)
        return notices.post_many(self._word(user, body, ones) for (user, body), ones in of_person.items())

    def _told(self, one: Called) -> Iterable[User]:
        workflow = workflow_minding(one.subject_type, one.duty)
        near = self._department(workflow, one) or self._office(workflow, one)
        return [*near, *self._office(workflow, one), *self._above(workflow, one)] if one.overdue else near

    def _department(self, workflow: Workflow, one: Called) -> list[User]:
        department = self.departments.get(one.department_id or 0)
        return self._once(
            ("department", workflow.chapter, one.body.pk, one.department_id),
            lambda: workflow.department_of(one.body, department, at=self.at),
        )

    def _office(self, workflow: Workflow, one: Called) -> list[User]:
        place = ("office", workflow.chapter, one.body.pk, None)
        return self._once(place, lambda: workflow.office_of(one.body, at=self.at))

    def _above(self, workflow: Workflow, one: Called) -> list[User]:
        place = ("above", workflow.chapter, one.body.pk, None)
        return self._once(place, lambda: workflow.above_in(one.body, at=self.at))

    def _once(self, place: tuple[str, str, int, int | None], ask: Callable[[], list[User]]) -> list[User]:
        if place not in self._known:
            self._known[place] = ask()
        return self._known[place]

    def _word(self, user: User, body: Body, ones: Sequence[Called]) -> notices.Word:
        first = ones[0]
        single = len(ones) == 1
        late = sum(one.overdue for one in ones)
        heads = f"{len(ones)}件事项的期限需要您留意" + (f"，其中{late}件已经逾期" if late else "")
        return notices.Word(
            to=user,
            kind="overdue" if late else "reminder",
            subject_line=f"{first.subject_number} {first.label}{first.words}" if single else heads,
            text="\n".join(_lines(ones)),
            about=_About(first) if single else None,
            # The first clock's threshold is called out once, so the key can never name two occasions.
            key=f"clock:{first.clock_id}:{first.leg}:{min(first.thresholds)}:{user.pk}",
            at=self.at,
            body=body,
        )


def _lines(ones: Sequence[Called]) -> Iterable[str]:
    for one in sorted(ones, key=lambda one: one.due_at)[:LINES]:
        day = moment.chinese_date(one.last_day)
        doubt = "（放假安排未公布，暂计）" if one.provisional else ""
        yield f"{one.subject_number} {one.title}：{one.label}{one.words}，届满日{day}{doubt}。"
    if len(ones) > LINES:
        yield f"其余{len(ones) - LINES}件请在“我的待办”中查看。"


class _About:
    """The matter a notice is about, by its names only."""

    def __init__(self, one: Called) -> None:
        self.pk, self.number, self.body = one.subject_id, one.subject_number, one.body
        self._meta: Any = self
        self.label_lower = one.subject_type
