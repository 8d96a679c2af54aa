"""The office and its days: whoever acts next acts, the sweep runs every night, and everything done is counted."""

import hashlib
import heapq
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from time import perf_counter
from typing import Any

from portal import moment
from portal.moment import SHANGHAI
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.workflow import tasks

from .. import workflow
from ..demo.people import Staff, appoint_staff
from .account import Account, Days
from .chances import BURST, BURSTS
from .lives import Life
from .mischief import Mischief

FIRST_DAY, DAYS = date(2025, 3, 1), 600
ARRIVALS = 0.93
"""The part of the days on which requests still arrive, so that most come to their end."""


class World:
    """One body for six hundred days. `play` lets them pass; afterwards the counts and accounts tell what happened."""

    def __init__(self, body: Body, *, cases: int, seed: int, days: int = DAYS) -> None:
        self.body, self.seed = body, seed
        self.first, self.last = FIRST_DAY, FIRST_DAY + timedelta(days)
        self.rng = Random(f"world-{seed}")  # noqa: S311 - a story, not a secret
        self.days = Days("CN", body.region, body.code)
        self.staff: Staff = appoint_staff(body, today=self.first)
        self.departments = list(self.staff.liaisons)
        self.lives = [
            Life(self, number, at, applicant=applicant)
            for number, (at, applicant) in enumerate(self._arrivals(cases, days))
        ]
        self.acts: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.swept: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.faults: list[str] = []
        self.at = datetime.combine(self.first, time(0), SHANGHAI)
        self._queue: list[tuple[datetime, int, Iterator[datetime]]] = []
        self._tie = 0

    @property
    def accounts(self) -> list[Account]:
        """The books of all requests that have been filed by now."""
        return [life.account for life in self.lives if life.account.number]

    def play(self) -> None:
        """Let the days pass, every act in its turn, to the midnight that closes the last day."""
        for life in self.lives:
            self.start(life.run(), at=life.arrives)
        self.start(self._nights(), at=self.at)
        self.start(Mischief(self).run(), at=self.at)
        end = datetime.combine(self.last, time(0), SHANGHAI)
        while self._queue and self._queue[0][0] < end:
            self.at, _, story = heapq.heappop(self._queue)
            with moment.rehearsing(self.at):
                later = self._go_on(story)
            if later is not None:
                self.start(story, at=later)
        self.at = end

    def start(self, story: Iterator[datetime], *, at: datetime) -> None:
        """Let a story go on at a moment."""
        self._tie += 1
        heapq.heappush(self._queue, (at, self._tie, story))

    def _go_on(self, story: Iterator[datetime]) -> datetime | None:
        try:
            return next(story, None)
        except Refusal as refusal:
            self.faults.append(f"{self.at:%Y-%m-%d %H:%M} 一项依法可以办理的事被拒绝：{refusal}{_where(refusal)}")
            return None
        except Exception as error:  # whatever goes wrong in one life is told, and the others live on
            self.faults.append(f"{self.at:%Y-%m-%d %H:%M} 办理时出错：{type(error).__name__} {error}{_where(error)}")
            return None

    def do(self, verb: str, *subjects: Any, **given: Any) -> Any:
        """Take an act now, and count it."""
        with self.counted(verb):
            return getattr(workflow, verb)(*subjects, at=self.at, **given)

    @contextmanager
    def counted(self, verb: str) -> Iterator[None]:
        """Count the act inside the block, and the time it takes."""
        begun = perf_counter()
        yield
        self.seconds[verb] += perf_counter() - begun
        self.acts[verb] += 1

    def key(self, number: int) -> str:
        """What stands for the hidden field of the n-th filled-in form: the same in every run of a seed."""
        return hashlib.sha256(f"simulate-{self.seed}-{number}".encode()).hexdigest()

    def _arrivals(self, cases: int, days: int) -> list[tuple[datetime, int | None]]:
        """When the requests come, any day and hour but more by day; and whose they are, if somebody asks very many."""
        span, found = round(days * ARRIVALS), []
        bursts = (cases + BURSTS // 2) // BURSTS
        for burst in range(bursts):
            first = self.first + timedelta(self.rng.randrange(span - 5))
            first = first if first.day <= 24 else first - timedelta(7)
            found += [(self._hour(first + timedelta(self.rng.randrange(4))), cases + burst) for _ in range(BURST)]
        for _ in range(cases - len(found)):
            found.append((self._hour(self.first + timedelta(self.rng.randrange(span))), None))
        return sorted(found, key=lambda one: one[0])

    def _hour(self, day: date) -> datetime:
        hour = self.rng.choice((0, 7, 8, 9, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 17, 18, 20, 21, 23))
        return datetime.combine(day, time(hour, self.rng.randrange(60)), SHANGHAI)

    def _nights(self) -> Iterator[datetime]:
        """The sweep of the limits, once a day, a few minutes after midnight."""
        while True:
            begun = perf_counter()
            self.swept.update(tasks.sweep())
            self.seconds["sweep"] += perf_counter() - begun
            self.swept["sweeps"] += 1
            yield datetime.combine(self.at.date() + timedelta(1), time(0, 5), SHANGHAI)


def _where(error: Exception) -> str:
    """The acts on the way to an error, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return "（" + " → ".join(frame.name for frame in frames if "requests_ogi" in frame.filename) + "）"
