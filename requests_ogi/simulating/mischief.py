"""What somebody tries who may not: the wrong state, the wrong person, the wrong day, an old page. All of it must be refused
with a full sentence and must leave nothing behind."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.db.models import Max, Sum
from django.db.models.functions import Coalesce

from portal.archive.models import Dossier, StoredFile
from portal.clocks.models import Clock, Pause
from portal.ledger.models import Chain
from portal.letters.models import Delivery, Letter, Series
from portal.notices.models import Notice
from portal.organisation import people
from portal.refusal import Refusal

from .. import workflow
from ..filing import Upload
from ..models import InformationRequest
from ..vocabulary import Fault, FeeBasis, Opinion, State, Verdict
from .answers import ANSWERS
from .chances import UNLAWFUL_A_DAY
from .stage import SCAN

if TYPE_CHECKING:
    from .lives import Life
    from .world import World

S = State
WHEN: dict[str, tuple[State, ...]] = {
    "confirm_receipt": (S.UNCONFIRMED,),
    "assign": (S.RECEIVED,),
    "give_back": (S.ASSIGNED,),
    "reassign": (S.ASSIGNED,),
    "ask_completion": (S.RECEIVED, S.ASSIGNED),
    "supplement": (S.COMPLETING,),
    "lapse": (S.COMPLETING,),
    "consult": (S.RECEIVED, S.ASSIGNED),
    "record_search": (S.ASSIGNED,),
    "draft": (S.ASSIGNED,),
    "submit": (S.ASSIGNED,),
    "send_back": (S.SUBMITTED,),
    "approve": (S.SUBMITTED,),
    "extend": (S.RECEIVED, S.ASSIGNED, S.SUBMITTED),
    "serve": (S.APPROVED,),
    "withdraw": (S.UNCONFIRMED, S.RECEIVED, S.ASSIGNED, S.COMPLETING, S.PAYING, S.SUBMITTED),
    "charge": (S.RECEIVED, S.ASSIGNED),
    "record_payment": (S.PAYING,),
    "lapse_fee": (S.PAYING,),
    "waive": (S.PAYING,),
    "ask_reasons": (S.RECEIVED, S.ASSIGNED),
    "delay": (S.RECEIVED, S.ASSIGNED, S.SUBMITTED),
    "refer": (S.RECEIVED, S.ASSIGNED),
    "review_secrecy": (S.ASSIGNED, S.SUBMITTED),
    "enclose": (S.ASSIGNED,),
    "return_post": (S.SERVED,),
    "reassess": (S.SERVED, S.CLOSED),
    "nominate": (S.CLOSED,),
    "anonymise": (S.CLOSED,),
    "close": (S.SERVED, S.WITHDRAWN),
}
"""Where each act belongs, written down here a second time on purpose."""


class Mischief:
    """Somebody who tries things. `run` is its story in the world's queue."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.rng = Random(f"mischief-{world.seed}")  # noqa: S311 - a story, not a secret
        self.tries: tuple[Callable[[Life, Any], tuple[str, Any] | None], ...] = (
            self._wrong_state,
            self._wrong_state,
            self._wrong_person,
            self._wrong_day,
            self._old_page,
        )

    def run(self) -> Iterator[datetime]:
        """Try something at any hour, some times a day."""
        while True:
            yield self.world.at + timedelta(seconds=self.rng.expovariate(UNLAWFUL_A_DAY / 86_400))
            alive = [life for life in self.world.lives if life.account.number]
            if alive:
                # Mostly what is being handled now: the newest are the most likely to be.
                life = alive[max(0, len(alive) - 1 - int(self.rng.expovariate(1 / 60)))]
                self._try(life)

    def _try(self, life: "Life") -> None:
        case = InformationRequest.objects.select_related("body", "department").get(pk=life.case.pk)
        attempt = self.rng.choice(self.tries)(life, case)
        if attempt is None:
            return
        what, act = attempt
        before = traces(case)
        try:
            act()
        except Refusal as refusal:
            self.world.refused[what] += 1
            if not str(refusal).endswith("。"):
                self._fault(case, what, f"拒绝的话不是一句完整的话：{refusal}")
        except (DatabaseError, TypeError, ValueError, LookupError, AttributeError) as error:
            self._fault(case, what, f"应当拒绝，却出错：{type(error).__name__} {error}")
        else:
            self._fault(case, what, "不应当办理，却办成了")
        if traces(case) != before:
            self._fault(case, what, "被拒绝的操作留下了痕迹")

    def _fault(self, case: InformationRequest, what: str, sentence: str) -> None:
        self.world.faults.append(f"{self.world.at:%Y-%m-%d %H:%M} {case.number}（{case.state}）{what}：{sentence}")

    # --- what is tried ------------------------------------------------------------------------------------------------

    def _wrong_state(self, life: "Life", case: InformationRequest) -> tuple[str, Any] | None:
        verb = self.rng.choice([verb for verb, states in WHEN.items() if case.state not in states])
        return f"wrong state: {verb}", lambda: self._act(verb, case, by=self._right(verb, life))

    def _wrong_person(self, life: "Life", case: InformationRequest) -> tuple[str, Any] | None:
        may = [verb for verb, states in WHEN.items() if case.state in states]
        if not may:
            return None
        verb, staff = self.rng.choice(may), self.world.staff
        wrong = {
            "draft": staff.leader, "submit": staff.leader, "record_search": staff.leader, "give_back": staff.leader,
            "approve": staff.office, "send_back": staff.office, "extend": staff.office, "lapse": staff.office,
            "consult": staff.office, "charge": staff.office, "lapse_fee": staff.office, "waive": staff.office,
            "ask_reasons": staff.office, "delay": staff.office, "refer": staff.office, "anonymise": staff.office,
            "review_secrecy": staff.leader, "enclose": staff.leader,
        }.get(verb, life.liaison)  # fmt: skip
        return f"wrong person: {verb}", lambda: self._act(verb, case, by=wrong)

    def _wrong_day(self, life: "Life", case: InformationRequest) -> tuple[str, Any] | None:
        today, staff = self.world.at.date(), self.world.staff
        tomorrow = today + timedelta(1)
        if case.state == S.UNCONFIRMED:
            return "wrong day: confirm_receipt", lambda: self._act(
                "confirm_receipt", case, by=staff.office, confirmed_on=tomorrow
            )
        if case.state == S.COMPLETING:
            if self.rng.random() < 0.5:
                return "wrong day: supplement", lambda: self._act(
                    "supplement", case, by=people.APPLICANT, returned_on=tomorrow
                )
            clock = Clock.objects.running().of(case).get(duty="completion_reply")
            if today <= clock.last_day:
                return "too early: lapse", lambda: self._act("lapse", case, by=staff.director)
        if case.state == S.CLOSED:
            verb, who = self.rng.choice((("nominate", staff.office), ("anonymise", staff.director)))
            return f"too early: {verb}", lambda: self._act(verb, case, by=who)
        if case.state == S.PAYING:
            return "wrong sum: record_payment", lambda: self._act("record_payment", case, by=staff.office)
        if case.state == S.APPROVED:
            return "wrong day: serve", lambda: self._act("serve", case, by=staff.office, sent_on=tomorrow)
        if case.state in WHEN["extend"]:
            left = life.left()
            if left is not None and left < 0:
                return "too late: extend", lambda: self._act("extend", case, by=staff.director)
            days, received = self.world.days, life.account.received_on
            if case.state in WHEN["ask_completion"] and received and days.between(received, today) > 7:
                return "too late: ask_completion", lambda: self._act("ask_completion", case, by=staff.office)
            if left is not None and left >= 0:
                return "too long: extend", lambda: self._act("extend", case, by=staff.director, amount=21)
        return None

    def _old_page(self, life: "Life", case: InformationRequest) -> tuple[str, Any] | None:
        """Somebody else has changed the case since the page was opened."""
        may = [verb for verb in ("assign", "send_back", "reassign", "withdraw") if case.state in WHEN[verb]]
        if not may or case.edition == 0:
            return None
        verb = self.rng.choice(may)
        case.edition -= 1
        return f"old page: {verb}", lambda: self._act(verb, case, by=self._right(verb, life))

    # --- by whom and with which words ---------------------------------------------------------------------------------

    def _right(self, verb: str, life: "Life") -> Any:
        staff = self.world.staff
        return {
            "give_back": life.liaison, "record_search": life.liaison, "draft": life.liaison, "submit": life.liaison,
            "lapse": staff.director, "consult": staff.director, "extend": staff.director, "reassign": staff.director,
            "charge": staff.director, "lapse_fee": staff.director, "waive": staff.director, "refer": staff.director,
            "ask_reasons": staff.director, "delay": staff.director, "anonymise": staff.director, "enclose": life.liaison,
            "approve": staff.leader, "send_back": staff.leader, "withdraw": people.APPLICANT,
            "supplement": people.APPLICANT,
        }.get(verb, staff.office)  # fmt: skip

    def _act(self, verb: str, case: InformationRequest, *, by: Any, **changed: Any) -> None:
        with_words = self._words(verb, case) | changed
        getattr(workflow, verb)(case, by=by, at=self.world.at, **with_words)

    def _words(self, verb: str, case: InformationRequest) -> dict[str, Any]:
        """What the form of an act would hold, all of it right."""
        today = self.world.at.date()
        by_post = {"manner": "post", "sent_on": today, "proof_number": "XX00000000000"}
        other = next(place for place in self.world.departments if place.pk != case.department_id)
        decided, texts = ANSWERS["granted"]
        words: dict[str, dict[str, Any]] = {
            "confirm_receipt": {"confirmed_on": today, "note": "电话确认"},
            "assign": {"department": other},
            "reassign": {"department": other},
            "give_back": {"why": "不属于本处室职责，建议改由其他处室承办"},
            "ask_completion": {"items": "请写明文号。", "working_days": 10, **by_post},
            "supplement": {"text": "所需信息为2025年全年。", "returned_on": today},
            "lapse": {"no_good_reason": True},
            "consult": {"party": "（模拟）不该问的企业", "content": "成本构成", **by_post},
            "hear": {"opinion": Opinion.AGREES, "reasons": "", "replied_on": today},
            "record_search": {
                "system": "档案室", "keywords": "资金", "period": "2025年", "asked": "", "result": "无", "searched_on": today,
            },
            "draft": {"decided": decided, "texts": texts},
            "send_back": {"why": "请核对所引条款。"},
            "extend": {"amount": 5, "reason": "材料较多", **by_post},
            "serve": by_post,
            "charge": {"basis": FeeBasis.PAGE, "pages": 50, "beyond_reason": True, "why": "数量过大", **by_post},
            "record_payment": {"amount": 1, "receipt_number": "1", "paid_on": today},
            "waive": {"why": "计算有误", **by_post},
            "ask_reasons": {"beyond_reason": True, "why": "数量过大", "working_days": 7, **by_post},
            "delay": {"reasonable": True, "why": "件数多", "working_days": 20, **by_post},
            "refer": {"party": "（模拟）不该问的机关", "content": "密级", **by_post},
            "review_secrecy": {"finding": "open", "opinion": "不涉密"},
            "enclose": {"title": "材料", "upload": Upload("材料.png", SCAN, "material")},
            "return_post": {"returned_on": today, "reason": "查无此人", "fault": Fault.OURS},
            "reassess": {"verdict": Verdict.STILL_WITHHELD, "reason": "依据仍在"},
            "withdraw": {"proof": Upload("撤回.pdf", b"%PDF-1.4", "withdrawal")} if self.rng.random() < 0.1 else {},
        }  # fmt: skip
        return words.get(verb, {})


def traces(case: InformationRequest) -> tuple[Any, ...]:
    """Everything a refused act could have left behind, as numbers."""
    now = InformationRequest.objects.values_list("state", "edition", "changed_at", "department").get(pk=case.pk)
    of_body = {"body": case.body_id}
    return (
        *now,
        Chain.objects.filter(pk=case.body.code).values_list("length", flat=True).first(),
        Series.objects.filter(**of_body).aggregate(all=Coalesce(Sum("last"), 0))["all"],
        *(model.objects.aggregate(last=Max("pk"))["last"] for model in (Letter, Delivery, Clock, Pause, Notice)),
        *(model.objects.aggregate(last=Max("pk"))["last"] for model in (StoredFile, Dossier)),
        Clock.objects.running().of(case).count(),
        case.drafts.count(),
    )
