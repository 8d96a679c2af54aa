"""The part of a life in which others are asked: third parties, co-makers, an authority; what they say, and what is found of it."""

from typing import Any

from ..vocabulary import Opinion, Outcome, State, Weighed
from .account import Asked
from .chances import happens
from .stage import Story, Withdrawn

CONTENT = "申报材料中的单位产品成本构成和主要客户名单"
HANDLED = {State.RECEIVED, State.ASSIGNED, State.COMPLETING, State.PAYING, State.SUBMITTED}


class Asking:
    """Asking others, as a part of `Life`."""

    def _consult(self: Any) -> Story:
        """Ask one party or two; what they say comes as stories of their own, and the office waits for it."""
        self.words: list[tuple[Any, Asked]] = []
        yield from self.wait(0, 2)
        parties = 2 if happens(self.rng, "second_party") else 1
        for place in range(parties):
            if place:
                yield from self.wait(0, 2)
            self._ask_party(place)
        if happens(self.rng, "authority_asked"):
            self._ask_party(parties, authority=True)
        while any(asked.replied is None for _, asked in self.words):
            waiting = [asked for _, asked in self.words if asked.replied is None]
            if all(
                asked.ends and self.today > self.world.days.after(asked.served or asked.sent, 15) for asked in waiting
            ):
                break
            yield self.in_office(1)
            if self.case.state == State.WITHDRAWN:
                raise Withdrawn
        for row, _ in self.words:
            yield from self._weigh(row)

    def _ask_party(self: Any, place: int, *, authority: bool = False) -> None:
        verb = "refer" if authority else "consult"
        if verb == "consult" and self.ending not in {Outcome.PARTIAL, Outcome.THIRD_PARTY_RIGHTS}:
            verb = self.rng.choice(("consult", "consult", "consult_organ"))
        row = self.do(
            verb,
            party=f"（模拟）某某单位{place + 1}",
            contact="（模拟地址）工业大道8号",
            content=CONTENT,
            manner="post",
            sent_on=self.today,
            proof_number=f"XB{self.number:08d}{place}00",
            by=self.staff.director,
        )
        self.account.letters += 1
        asked = Asked(self.today, ends=verb != "refer")
        self.words.append((row, asked))
        if verb != "refer":  # an authority's time is not taken out
            self.account.asked.append(asked)
        silent = verb != "refer" and happens(self.rng, "party_silent")
        objects = verb == "consult" and (
            self.ending in {Outcome.PARTIAL, Outcome.THIRD_PARTY_RIGHTS} or self.rng.random() < 0.3
        )
        story = self._party(row, asked, silent=silent, objects=objects)
        self.world.start(story, at=self.in_office(self.rng.randint(1, 5)))

    def _party(self: Any, row: Any, asked: Asked, *, silent: bool, objects: bool) -> Story:
        """The other side: the letter arrives, and an answer comes in time, late, or never."""
        if self.case.state not in HANDLED:
            return
        row.request = self.case
        self.world.do("serve_party", row, served_on=self.today, by=self.staff.office)
        asked.served = self.today
        if silent:
            return
        yield self.in_office(self.rng.choice((1, 3, 5, 8, 12, 14, 15, 17)))
        if self.case.state not in HANDLED or row.finding:
            return
        self.world.do(
            "hear",
            row,
            opinion=Opinion.OBJECTS if objects else Opinion.AGREES,
            reasons="成本构成和客户名单属于本公司商业秘密，公开后将损害本公司竞争地位。" if objects else "",
            replied_on=self.today,
            by=self.staff.office,
        )
        asked.replied = self.today

    def _weigh(self: Any, row: Any) -> Story:
        """Find whether an objection is reasonable, or what silence means; consent needs no finding."""
        yield from self.wait(0, 1)
        if self.case.state == State.WITHDRAWN:
            raise Withdrawn
        row.refresh_from_db()
        row.request = self.case
        silent_organ = row.opinion is None and row.kind == "co_maker"
        if row.opinion == Opinion.AGREES or row.kind == "authority" or silent_organ:
            return
        keeps_back = self.ending in {Outcome.PARTIAL, Outcome.THIRD_PARTY_RIGHTS}
        if row.opinion is None:
            finding = Weighed.SILENCE_WITHHOLD if keeps_back else Weighed.SILENCE_OPEN
        else:
            finding = Weighed.REASONABLE if keeps_back else self.rng.choice((Weighed.UNREASONABLE, Weighed.OVERRIDE))
        self.world.do("weigh", row, finding=finding, reasons="已核对对方的说明和相关材料。", by=self.staff.director)

    def _tell_parties(self: Any) -> Story:
        """Whoever objected and is not followed is told in writing before the answer goes out."""
        for row, _ in getattr(self, "words", []):
            if row.kind == "third_party" and row.finding in {Weighed.UNREASONABLE, Weighed.OVERRIDE}:
                yield from self.wait(0, 0)
                row.request = self.case
                self.world.do(
                    "notify_party",
                    row,
                    content=CONTENT,
                    reasons="该内容不构成商业秘密，公开不会损害贵单位的合法权益。",
                    manner="post",
                    sent_on=self.today,
                    proof_number=f"XN{self.number:09d}00",
                    by=self.staff.office,
                )
                self.account.letters += 1
