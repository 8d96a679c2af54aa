"""A workflow is a table one can read aloud; a step is a compare-and-set; every act leaves a ledger entry.

Every act takes its locks in one order, so that no two wait for each other in a circle: the matter's row (the compare-and-set),
its clocks, the letter series, the ledger.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from portal.ledger import service as ledger
from portal.moment import SHANGHAI
from portal.organisation import people, roles
from portal.organisation.models import Body, Department, User
from portal.refusal import Refusal
from portal.regulations import registry


class NotAllowed(Refusal):
    """An act that was refused; its text is a full Chinese sentence that says what to do next."""


class SomebodyWasFirst(NotAllowed):
    """The matter moved on between looking at the page and pressing the button."""


@dataclass(frozen=True)
class Step:
    """One act in the life of a matter.

    `sources` are the states it may be taken from (none: it creates the matter), `target` the state it leads to (None: the
    state stays). `article` and `consequence` are what the person reads beside the button; `rules` are the rule ids it carries.
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    article: str
    consequence: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """Who hears news of a matter: those whose post allows a step, named here by its verb.

    `department`: the people of the department that has the matter; `office`: who distributes; `above`: who decides.
    """

    department: str
    office: str
    above: str


class Workflow:
    """The table of steps of one chapter, in the order of a matter's life. `states` are the states with their labels.

    `duties` are the terms whose limits call out to this table's people, and `acts` the module that holds its acts, where an
    app keeps more than one table.
    """

    def __init__(
        self,
        chapter: str,
        steps: Iterable[Step],
        *,
        states: Mapping[str, str],
        told: Told,
        duties: tuple[str, ...] = (),
        acts: str = "",
    ) -> None:
        self.chapter = chapter
        self.told = told
        self.duties = duties
        self.states = states
        self.steps = {step.verb: step for step in steps}
        _workflows[chapter] = self
        for step in self.steps.values():
            if step.rules:
                registry.cite(f"{acts or f'{chapter}.workflow'}.{step.verb}", *step.rules)

    def __getitem__(self, verb: str) -> Step:
        return self.steps[verb]

    def act(self, step: Step) -> str:
        """The name of the permission for a step: `requests_ogi.assign`."""
        return f"{self.chapter}.{step.verb}"

    def department_of(self, body: Body, department: Department | None, *, at: datetime) -> list[User]:
        """Who hears of a matter in the department that has it; nobody while no department has it."""
        if department is None:
            return []
        return roles.holders(f"{self.chapter}.{self.told.department}", body=body, department=department, at=at)

    def office_of(self, body: Body, *, at: datetime) -> list[User]:
        """Who hears of a body's matters in the office that distributes them."""
        return roles.holders(f"{self.chapter}.{self.told.office}", body=body, at=at)

    def above_in(self, body: Body, *, at: datetime) -> list[User]:
        """Who hears of a body's matters because they decide on them."""
        return roles.holders(f"{self.chapter}.{self.told.above}", body=body, at=at)

    def open_to(self, matter: Any, reaches: Mapping[str, roles.Reach]) -> list[Step]:
        """The steps that the matter's state and somebody's `reaches` (`roles.reaches`) allow, in the order of the table."""
        return [
            step
            for step in self.steps.values()
            if matter.state in step.sources and covers(reaches, self.act(step), matter)
        ]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{label}" as {state}' for state, label in self.states.items()]
        for step in self.steps.values():
            for source in step.sources or ("[*]",):
                lines.append(f"    {source} --> {step.target or source}: {step.label}")
        return "\n".join(lines)


_workflows: dict[str, Workflow] = {}


def workflows() -> dict[str, Workflow]:
    """Every chapter's workflow, by chapter."""
    return _workflows


def workflow_minding(subject_type: str, duty: str) -> Workflow:
    """The table whose people a limit calls out to: the one that names the duty, or else the one of the subject's app."""
    named = (workflow for workflow in _workflows.values() if duty in workflow.duties)
    return next(named, None) or _workflows[subject_type.partition(".")[0]]


def covers(reaches: Mapping[str, roles.Reach], act: str, matter: Any) -> bool:
    """Whether somebody with these reaches may do `act` on the matter, through its body or a department it is up to."""
    return _within(reaches.get(act, roles.NOWHERE), act, matter)


def _within(reach: roles.Reach, act: str, matter: Any) -> bool:
    return reach != roles.NOWHERE and any(reach.covers(matter.body_id, one) for one in matter.departments_for(act))


def may_on(user: Any, act: str, matter: Any, *, at: datetime) -> bool:
    """Whether `user` may do `act` on this matter, through its body or a department it is up to now."""
    return _within(roles.reach(user, act, at=at), act, matter)


@contextmanager
def taking(
    workflow: Workflow, verb: str, matter: Any, *, by: people.Actor, at: datetime, facts: dict[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Take a step: permission, then one UPDATE that carries the facts with the state, then the block, then the ledger.

    The block (clocks, letter) may add to the yielded dict what the ledger is told. Must run inside a transaction. The ledger
    comes last, so that its lock, which all acts of a body share, is held for the shortest time.
    Raises NotAllowed (no role, wrong state) or SomebodyWasFirst (the matter is not as the caller last saw it).
    """
    step = judge(workflow, verb, matter, by=by, at=at)
    changes: dict[str, Any] = {"edition": F("edition") + 1, "changed_at": at, **(facts or {})}
    if step.target is not None:
        changes["state"] = step.target
    same = type(matter).objects.filter(pk=matter.pk, state=matter.state, edition=matter.edition)
    if not same.update(**changes):
        raise SomebodyWasFirst(_who_was_first(matter))
    matter.refresh_from_db()
    told: dict[str, Any] = {}
    yield told
    tell(verb, matter, by=by, at=at, told=told)


def tell(verb: str, matter: Any, *, by: people.Actor, at: datetime, told: dict[str, Any]) -> None:
    """Record an act that is no step, or begins a matter. Raises NotAllowed for words the ledger must not keep for good."""
    with fit_to_keep():
        ledger.record(verb, matter, by=by, at=at, told=told)


@contextmanager
def fit_to_keep() -> Iterator[None]:
    """Turn what the ledger will not take into a refusal that says what to do."""
    try:
        yield
    except ledger.NotForTheLedger as refusal:
        raise NotAllowed(
            "填写的文字会记入不可更改的办理记录，其中不能含有身份证号码、手机号码、电子邮箱等个人信息，请删去后重新提交。"
        ) from refusal


def judge(workflow: Workflow, verb: str, matter: Any, *, by: people.Actor, at: datetime) -> Step:
    """The step, if `by` may take it from where the matter stands. Raises NotAllowed (no role, wrong state)."""
    step = workflow[verb]
    user = people.user_of(by)
    if user is not None and not may_on(user, workflow.act(step), matter, at=at):
        raise NotAllowed(
            f"您的岗位不能办理“{step.label}”。请由有此职责的同志办理；如岗位有变动，请联系政务公开办公室。"
        )
    if matter.state not in step.sources:
        raise NotAllowed(
            f"本件目前是“{matter.get_state_display()}”，不能办理“{step.label}”。请刷新页面，按页面上现有的按钮办理。"
        )
    return step


def refuse_stale(matter: Any, *, edition: int) -> None:
    """Refuse an act that was decided on a page showing an older `edition` of the matter. Raises SomebodyWasFirst."""
    if matter.edition != edition:
        raise SomebodyWasFirst(_who_was_first(matter))


def _who_was_first(matter: Any) -> str:
    entry = ledger.timeline(matter).last()
    if entry is None:
        return "本件刚刚被他人修改。您填写的内容没有保存，请核对最新情况后再办理。"
    when = entry.at.astimezone(SHANGHAI)
    return (
        f"{entry.actor_label}已于{when.month}月{when.day}日{when:%H:%M}先行办理了本件（{ledger.present(entry)}）。"
        "您刚才的操作没有执行，请核对最新情况后再决定是否办理。"
    )
