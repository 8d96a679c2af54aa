"""What happens to matters by itself: limits call out to the people they bind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from celery import shared_task

from portal import moment
from portal.clocks import sweeping
from portal.clocks.sweeping import Called
from portal.notices import service as notices
from portal.organisation.models import Body, Post, User

# Who hears of a limit, by the role of their post. Roles are named alike in every profile.
DEPARTMENT = frozenset({"liaison", "department_head"})
OFFICE = frozenset({"openness_office", "openness_director"})
ABOVE = frozenset({"leader_in_charge"})
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
    the leader in charge too. Posts are read once for a sweep.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.department: dict[int, list[User]] = defaultdict(list)
        self.office: dict[int, list[User]] = defaultdict(list)
        self.above: dict[int, list[User]] = defaultdict(list)
        posts = Post.objects.live(on=moment.local_date(at)).filter(
            role__in=DEPARTMENT | OFFICE | ABOVE, user__is_active=True
        )
        for post in posts.select_related("user").order_by("pk"):
            if post.role in DEPARTMENT and post.department_id is not None:
                self.department[post.department_id].append(post.user)
            elif post.role in OFFICE:
                self.office[post.body_id].append(post.user)
            elif post.role in ABOVE:
                self.above[post.body_id].append(post.user)

    def __call__(self, called: Sequence[Called]) -> int:
        """Write the notices; returns how many."""
        of_person: dict[tuple[User, Body], list[Called]] = defaultdict(list)
        for one in called:
            for user in dict.fromkeys(self._told(one)):
                of_person[user, one.body].append(one)
        return notices.post_many(self._word(user, body, ones) for (user, body), ones in of_person.items())

    def _told(self, one: Called) -> Iterable[User]:
        near = self.department.get(one.department_id or 0, []) or self.office[one.body.pk]
        return [*near, *self.office[one.body.pk], *self.above[one.body.pk]] if one.overdue else near

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
        day = f"{one.last_day.year}年{one.last_day.month}月{one.last_day.day}日"
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
