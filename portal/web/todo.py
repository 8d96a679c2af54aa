"""What the first page of the workplace gathers: chapters register providers, and the page asks them.

A provider is a function of `(user, at)` and answers with values of this file; it never renders.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Provider = Callable[[Any, datetime], Iterable[T]]

SHOWN = 100


@dataclass(frozen=True)
class Todo:
    """Something due. `days_left` counts working days from today to `last_day` and is negative once overdue.

    `label` names the duty (“答复期限”), `weight` is statutory, promise or internal, `waits_for` names who must act when
    it is not the reader. `last_day` None: the calendar does not reach that far, `days_left` is then None as well.
    """

    number: str
    title: str
    url: str
    label: str
    last_day: date | None
    days_left: int | None
    weight: str
    body: str
    state: str = ""
    waits_for: str = ""
    provisional: bool = False

    @property
    def urgency(self) -> str:
        """calm (more than 5 working days), soon (5 or fewer), close (2 or fewer), late, or open (no date)."""
        return urgency(self.days_left)

    @property
    def words(self) -> str:
        """The same in words: colour is never the only sign."""
        return days_in_words(self.days_left)


@dataclass(frozen=True)
class Queue:
    """A list somebody may open, and how many matters wait in it."""

    label: str
    url: str
    count: int
    late: int = 0


@dataclass(frozen=True)
class Warning:
    """Something the reader should look after, with where to do so."""

    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Message:
    """A notice that has not been read."""

    title: str
    at: datetime
    url: str = ""
    text: str = ""


def urgency(days_left: int | None) -> str:
    """The class of a number of working days left."""
    if days_left is None:
        return "open"
    if days_left < 0:
        return "late"
    return "close" if days_left <= 2 else "soon" if days_left <= 5 else "calm"


def days_in_words(days_left: int | None) -> str:
    """A number of working days left, as people say it."""
    if days_left is None:
        return "不设期限"
    if days_left < 0:
        return f"已超期{-days_left}个工作日"
    return "今天到期" if days_left == 0 else f"还剩{days_left}个工作日"


class Register(Generic[T]):
    """The providers of one panel, in the order of registration; the same function is kept once."""

    def __init__(self) -> None:
        self._providers: list[Provider[T]] = []

    def __call__(self, provider: Provider[T]) -> Provider[T]:
        """Register a provider; usable as a decorator."""
        if provider not in self._providers:
            self._providers.append(provider)
        return provider

    def withdraw(self, provider: Provider[T]) -> None:
        """Take a provider out again."""
        self._providers.remove(provider)

    def gather(self, user: Any, at: datetime) -> list[T]:
        """What all providers answer for this user at this moment."""
        return [item for provider in self._providers for item in provider(user, at)]


register_todo: Register[Todo] = Register()
register_waiting: Register[Todo] = Register()
register_queue: Register[Queue] = Register()
register_warning: Register[Warning] = Register()
register_message: Register[Message] = Register()


def by_due_moment(items: Iterable[Todo]) -> list[Todo]:
    """Soonest last day first; what has no date comes last."""
    return sorted(items, key=lambda item: (item.last_day is None, item.last_day or date.max, item.number))


@dataclass(frozen=True)
class Desk:
    """The first page of one person at one moment."""

    todos: list[Todo]
    waiting: list[Todo]
    queues: list[Queue]
    warnings: list[Warning]
    messages: list[Message]

    @classmethod
    def of(cls, user: Any, *, at: datetime) -> "Desk":
        """Ask every provider."""
        return cls(
            todos=by_due_moment(register_todo.gather(user, at)),
            waiting=by_due_moment(register_waiting.gather(user, at)),
            queues=register_queue.gather(user, at),
            warnings=register_warning.gather(user, at),
            messages=sorted(register_message.gather(user, at), key=lambda message: message.at, reverse=True),
        )

    @property
    def shown(self) -> list[Todo]:
        """The first ones; the queues hold the rest."""
        return self.todos[:SHOWN]

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """(class, words, number) of what is due, most urgent first."""
        names = (("late", "已超期"), ("close", "2个工作日内"), ("soon", "5个工作日内"), ("calm", "5个工作日以上"))
        return [(name, words, sum(item.urgency == name for item in self.todos)) for name, words in names]
