"""The sentence each verb is read aloud with. Chapters register theirs next to their workflow table."""

import re
from collections.abc import Callable, Iterable

from portal.ledger.models import Entry
from portal.ledger.words import told_of

Teller = Callable[[Entry], str]

_tellers: dict[tuple[str, str | None], str | Teller] = {}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class UnknownVerb(LookupError):
    """A verb nobody has registered a sentence for."""


class _Told(dict[str, object]):
    """The values of a template; what an old entry was not told yet reads 未记载 instead of failing the page."""

    def __missing__(self, key: str) -> str:
        return "（未记载）"


def describe(verb: str, sentence: str | Teller, *, about: str | None = None) -> None:
    """Register how a verb is told in Chinese: a template or a function of the entry.

    A template may name {actor}, {number} and any key of `told` ("{actor}将申请交{department}办理"); ISO dates read as
    2026年10月23日. `about` limits the sentence to one subject type ("requests_ogi.request"), so that two chapters may use one
    verb. Raises ValueError when a different sentence is already registered.
    """
    key = (verb, about)
    if _tellers.get(key, sentence) != sentence:
        raise ValueError(f"the verb {verb!r} (about {about or 'anything'}) already has another sentence")
    _tellers[key] = sentence


def check_described(verbs: Iterable[str], *, about: str | None = None) -> None:
    """Raise UnknownVerb, naming them, if any of the verbs has no sentence. For chapters' checks and tests."""
    missing = [verb for verb in verbs if (verb, about) not in _tellers and (verb, None) not in _tellers]
    if missing:
        raise UnknownVerb(f"no sentence is registered for: {', '.join(missing)}")


def present(entry: Entry) -> str:
    """The entry as a Chinese sentence. A verb that no longer exists is still told, by its bare name."""
    sentence = _tellers.get((entry.verb, entry.subject_type)) or _tellers.get((entry.verb, None))
    if sentence is None:
        return f"{entry.actor_label}办理了“{entry.verb}”"
    if callable(sentence):
        return sentence(entry)
    told = {key: _readable(value) for key, value in told_of(entry).items()}
    return sentence.format_map(_Told(told, actor=entry.actor_label, number=entry.subject_number))


def _readable(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None:
        return "（无）"
    if isinstance(value, list):
        return "、".join(str(_readable(item)) for item in value)
    if isinstance(value, str) and (day := _DAY.fullmatch(value)):
        return f"{int(day[1])}年{int(day[2])}月{int(day[3])}日"
    return value
