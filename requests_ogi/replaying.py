"""Playing described cases through the acts that people use, and comparing the due date that ends up stored.

The format is that of the golden cases: {"id", "rule", "start", "events", "region"?, "mode"?, "expect"?, "due"}. Everything
happens in a transaction that is rolled back, each act at the moment the case says it happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from portal import moment
from portal.clocks.models import Clock
from portal.moment import SHANGHAI
from portal.organisation import people, roles
from portal.organisation.models import Body, User
from portal.refusal import Refusal
from portal.regulations import library

from . import secrets, workflow
from .filing import Arrival, Filing, Person, Wanted
from .models import Consultation, InformationRequest
from .vocabulary import (
    ANSWER,
    COMPLETION,
    COMPLETION_NOTICE,
    ApplicantKind,
    Channel,
    Form,
    IdentityDocument,
    Manner,
    Opinion,
)
from .workflow import common

# The rules of a case file that describe a request, and the duty whose clock is compared.
DUTIES = {
    "FOI_REPLY_20WD": (ANSWER, "statutory"),
    "FOI_EXTENDED_40WD": (ANSWER, "statutory"),
    "FOI_EXTENDED_LT40WD": (ANSWER, "statutory"),
    "FOI_REPLY_20WD_AFTER_SUPPLEMENT": (ANSWER, "statutory"),
    "OLD_FOI_REPLY_15WD_REAL_CASE": (ANSWER, "statutory"),
    "SUPPLEMENT_DEADLINE_LAPSE": (COMPLETION, "internal"),
    "SUPPLEMENT_NOTICE_7WD": (COMPLETION_NOTICE, ""),
    "SEED004_REPLY_7WD": (ANSWER, "promise"),
}
# Which body plays a case: one without regional holidays unless the case or its rule says otherwise.
BODIES = {"CN-NX": "nx", "SEED004_REPLY_7WD": "wz"}
PLAIN_BODY = "yq"


@dataclass(frozen=True)
class Played:
    """One case as played: the day stored (None while provisional) and everything that differs from what was expected."""

    id: str
    due: date | None
    differs: tuple[str, ...]


class _RollBack(Exception):
    pass


def play(cases: list[dict[str, Any]]) -> Iterator[Played]:
    """Play those cases that describe a request; the others are `due`'s business and are passed over."""
    for case in cases:
        if case["rule"] in DUTIES:
            with _leaving_nothing():
                played = _Rehearsal(case).played()
            yield played


@contextmanager
def _leaving_nothing() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _RollBack
    except _RollBack:
        return


class _Rehearsal:
    """One case on the stage."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.events = case.get("events", [])
        code = BODIES.get(case["rule"]) or BODIES.get(case.get("region", ""), PLAIN_BODY)
        self.body = Body.objects.get(code=code)
        self.start = _day(case["start"])
        self.staff = self._staff()
        self.refusals: list[str] = []

    def played(self) -> Played:
        request = self._received()
        for event in self.events:
            handler = getattr(self, f"_on_{event['type']}", None)
            if handler is None:
                continue
            try:
                handler(request, event)
            except Refusal as refusal:
                self.refusals.append(str(refusal))
            request = InformationRequest.objects.get(pk=request.pk)
        return self._compared(request)

    def _compared(self, request: InformationRequest) -> Played:
        duty, weight = DUTIES[self.case["rule"]]
        if weight:
            clock = Clock.objects.of(request).filter(duty=duty, weight=weight).last()
            rolled = clock.rolled_last_day or clock.last_day
            stored = rolled if self.case.get("mode") == "rolled" else clock.last_day
            due = None if clock.provisional else stored
        else:
            term = common.law_of(request).term(duty)
            clock, rolled = None, None
            due = common.last_day_of(request, term, request.received_on, on=request.received_on)
        return Played(self.case["id"], due, tuple(self._differences(request, clock, due, rolled)))

    def _differences(
        self, request: InformationRequest, clock: Clock | None, due: date | None, rolled: date | None
    ) -> Iterator[str]:
        wanted = self.case["due"] and _day(self.case["due"])
        if due != wanted:
            yield f"届满日应为{wanted}，存为{due}" + (f"（{self.refusals[0]}）" if self.refusals else "")
        alternatives = self.case.get("alt", {})
        for name in ("rolled", "rolled_accepted_by_court"):
            if name in alternatives and rolled != _day(alternatives[name]):
                yield f"顺延算法的届满日应为{alternatives[name]}，存为{rolled}"
        provisional = alternatives.get("provisional_weekends_plus_statutory_only")
        if provisional and clock is not None and clock.last_day != _day(provisional):
            yield f"暂计日期应为{provisional}，存为{clock.last_day}"
        if "statutory_20wd" in alternatives:
            statutory = Clock.objects.of(request).get(duty=ANSWER, weight="statutory")
            if statutory.last_day != _day(alternatives["statutory_20wd"]):
                yield f"法定届满日应为{alternatives['statutory_20wd']}，存为{statutory.last_day}"
        expected = self.case.get("expect", {})
        if "answered_on" in expected and request.answered_on != _day(expected["answered_on"]):
            yield f"答复日期应为{expected['answered_on']}，存为{request.answered_on}"
        if "on_time" in expected and request.answered_in_time != expected["on_time"]:
            yield f"是否按期应为{expected['on_time']}，存为{request.answered_in_time}"

    # --- the acts ---------------------------------------------------------------------------------------------------

    def _received(self) -> InformationRequest:
        events = {event["type"]: event for event in self.events}
        if "ordinary_mail_arrived" in events:
            arrived = _day(events["ordinary_mail_arrived"]["on"])
            return self._registered(Arrival(Channel.ORDINARY_MAIL, arrived), arrived)
        arrival = events.get("received", {})
        if arrival.get("channel") == "registered_mail":
            signed = _day(arrival["signed_on"])
            return self._registered(Arrival(Channel.REGISTERED_MAIL, signed, signed_on=signed), signed)
        if arrival.get("channel") == "email":
            day = _day(arrival["on"])
            return self._registered(
                Arrival(Channel.EMAIL, day, confirmed_on=day, confirmation_note="当日电话确认"), day
            )
        at = datetime.fromisoformat(arrival["on"]).replace(tzinfo=SHANGHAI) if "on" in arrival else _at(self.start, 9)
        with moment.rehearsing(at):
            return workflow.apply(body=self.body, filing=_filing(), submission_key=secrets.new_key(), at=moment.now())

    def _registered(self, arrival: Arrival, day: date) -> InformationRequest:
        with moment.rehearsing(_at(day, 10)):
            return workflow.register(
                body=self.body,
                filing=_filing(arrival),
                submission_key=secrets.new_key(),
                by=self.staff["openness_office"],
                at=moment.now(),
            )

    def _on_confirmed_with_applicant(self, request: InformationRequest, event: dict[str, Any]) -> None:
        day = _day(event["on"])
        with moment.rehearsing(_at(day)):
            workflow.confirm_receipt(
                request, confirmed_on=day, note="电话确认", by=self.staff["openness_office"], at=moment.now()
            )

    def _on_extension_notified(self, request: InformationRequest, event: dict[str, Any]) -> None:
        day = _day(event["on"])
        law = common.law_of(request)
        approver = law.option("extend.approver_role")
        agreed = workflow.Agreed(form="circular", on=day, reference="会签单")
        with moment.rehearsing(_at(day, 15)):
            workflow.extend(
                request,
                amount=event["days"],
                reason="涉及内容较多，需要逐项核对",
                agreed=agreed if law.consents_as_a_group else None,
                manner="electronic",
                sent_on=day,
                by=self.staff[str(approver)],
                at=moment.now(),
            )

    def _on_supplement_notice_sent(self, request: InformationRequest, event: dict[str, Any]) -> None:
        self._ask(request, _day(event["on"]), manner="electronic", served_on=None)

    def _on_supplement_notice_served(self, request: InformationRequest, event: dict[str, Any]) -> None:
        day = _day(event["on"])
        self._ask(request, day, manner="in_person", served_on=day)

    def _ask(self, request: InformationRequest, day: date, *, manner: str, served_on: date | None) -> None:
        period = next((event for event in self.events if event["type"] == "supplement_period_set"), None)
        term = common.law_of(request).term(COMPLETION)
        with moment.rehearsing(_at(day)):
            workflow.ask_completion(
                request,
                items="请明确所需信息的年份和文号。",
                working_days=period["working_days"] if period else term.amount,
                manner=manner,
                sent_on=day,
                served_on=served_on,
                by=self.staff["openness_office"],
                at=moment.now(),
            )

    def _on_supplement_received(self, request: InformationRequest, event: dict[str, Any]) -> None:
        day = _day(event["on"])
        with moment.rehearsing(_at(day)):
            workflow.supplement(
                request,
                text="所需信息为2024年度安排。",
                returned_on=day,
                by=people.APPLICANT,
                at=moment.now(),
            )

    def _on_consult(self, request: InformationRequest, event: dict[str, Any]) -> None:
        sent, served, office = _day(event["sent"]), _day(event["served"]), self.staff["openness_office"]
        with moment.rehearsing(_at(sent)):
            asked = workflow.consult(
                request,
                party=f"第三方{request.consultations.count() + 1}",
                content="申报材料中的成本数据",
                manner="post",
                sent_on=sent,
                proof_number="XA00000000011",
                by=self.staff["openness_director"],
                at=moment.now(),
            )
        with moment.rehearsing(_at(served, 14)):
            workflow.serve_party(_again(asked), served_on=served, by=office, at=moment.now())
        if event["replied"]:
            replied = _day(event["replied"])
            with moment.rehearsing(_at(replied, 16)):
                workflow.hear(
                    _again(asked),
                    opinion=Opinion.AGREES,
                    reasons="",
                    replied_on=replied,
                    by=office,
                    at=moment.now(),
                )

    def _on_reply_posted(self, request: InformationRequest, event: dict[str, Any]) -> None:
        day = _day(event["on"])
        self._answered(request, day)
        with moment.rehearsing(_at(day, 17)):
            workflow.serve(
                request,
                manner="post",
                sent_on=day,
                proof_number="EM000000000CN",
                by=self.staff["openness_office"],
                at=moment.now(),
            )

    def _on_reply_signed_in_person(self, request: InformationRequest, event: dict[str, Any]) -> None:
        day = _day(event["on"])
        self._answered(request, day)
        with moment.rehearsing(_at(day, 17)):
            workflow.serve(
                request,
                manner="in_person",
                sent_on=day,
                served_on=day,
                by=self.staff["openness_office"],
                at=moment.now(),
            )

    def _answered(self, request: InformationRequest, day: date) -> None:
        department = self.body.departments.filter(is_openness_office=False).order_by("order").first()
        decided = {"clear": "clear", "kind": "information", "whose": "ours", "held": "held", "give": "grant"}
        with moment.rehearsing(_at(day, 9)):
            at = moment.now()
            workflow.assign(request, department=department, by=self.staff["openness_office"], at=at)
            workflow.draft(
                request,
                decided=decided,
                texts={"finding": "经检索，本机关保存有该信息。", "provision": "随本答复书一并提供纸质复制件。"},
                by=self.staff["openness_office"],
                at=at,
            )
            workflow.review_secrecy(
                request, finding="open", opinion="可以公开。", by=self.staff["openness_director"], at=at
            )
            workflow.submit(request, by=self.staff["openness_office"], at=at)
            workflow.approve(request, by=self.staff["leader_in_charge"], at=at)

    def _staff(self) -> dict[str, User]:
        """One person for every body-wide role, appointed for this rehearsal only."""
        profile = library.profile(self.body.profile, self.start)
        staff = {}
        for role in profile.roles.values():
            if role.scope == "body":
                user = User.objects.create(username=f"replay-{role.code}", name=role.name)
                roles.appoint(user, role.code, body=self.body, starts_on=date.min.replace(year=2000), today=self.start)
                staff[role.code] = user
        return staff


def _again(asked: Consultation) -> Consultation:
    return Consultation.objects.select_related("request").get(pk=asked.pk)


def _filing(arrival: Arrival | None = None) -> Filing:
    person = Person(
        kind=ApplicantKind.NATURAL,
        name="演练申请人",
        identity_document=IdentityDocument.PASSPORT,
        identity_number="E00000000",
        phone="00000000",
    )
    wanted = Wanted(title="演练用信息", form=Form.ELECTRONIC, manner=Manner.ONLINE)
    return Filing(person, wanted, arrival or Arrival(Channel.ONLINE, date.min))


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _at(day: date, hour: int = 11) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)
