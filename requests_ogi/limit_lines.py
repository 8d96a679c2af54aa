"""The limits of an answer as a citizen reads them: by which day, counted how, how sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.clocks.models import Clock, Ended, Weight
from portal.clocks.reckoning import term_of
from portal.moment import chinese_date
from portal.regulations.schema import Unit

from .rules.interim import SUSPENDING
from .vocabulary import ANSWER


@dataclass(frozen=True)
class LimitLine:
    """One limit of the answer as a citizen reads it. `note` says what makes the day uncertain or different."""

    label: str
    last_day: date
    words: str
    provisional: bool = False
    note: str = ""

    @property
    def day_words(self) -> str:
        """The day with its doubt, if there is one."""
        return f"预计{chinese_date(self.last_day)}" if self.provisional else chinese_date(self.last_day)


PROVISIONAL = "届满日所在年度的放假安排尚未公布，这一天按周末和法定节日推算，公布后会重新计算。"


def limits_of(clocks: Iterable[Clock]) -> list[LimitLine]:
    """The limits the answer is under now: the statutory one, and the body's own promise where it gives one.

    None while a completion is awaited, because the answer then has a new limit from its arrival; none after withdrawal.
    """
    lines = []
    for weight, label in ((Weight.STATUTORY, "法定答复期限"), (Weight.PROMISE, "本机关承诺")):
        clock = latest(clocks, ANSWER, weight)
        if clock is not None and clock.ended_as not in {Ended.SUPERSEDED, Ended.VOID}:
            words = f"自{chinese_date(clock.started_on)}的次日起计算，{term_of(clock).words}"
            for extension in clock.extensions.all():
                words += f"，已依法延长{extension.amount}{Unit(extension.unit).label}"
            waits = ("中止办理" if pause.cause in SUSPENDING else "征求意见" for pause in clock.pauses.all())
            words += "".join(f"，{wait}的时间不计入" for wait in dict.fromkeys(waits))
            lines.append(
                LimitLine(label, clock.last_day, words, clock.provisional, PROVISIONAL if clock.provisional else "")
            )
    return lines


def waits_of(clocks: Iterable[Clock]) -> list[str]:
    """The times that do not count in the limit of the answer, each with its reason; never who was asked."""
    clock = latest(clocks, ANSWER, Weight.STATUTORY)
    lines = []
    for pause in clock.pauses.all() if clock is not None else ():
        sent = f"{chinese_date(pause.sent_on)}起{pause.label}"
        if pause.ended_on is None:
            lines.append(f"{sent}，尚未收到答复，等待的时间不计入答复期限，最多扣除至{chinese_date(pause.limit_on)}。")
        else:
            until = chinese_date(min(pause.ended_on, pause.limit_on))
            lines.append(f"{sent}，次日至{until}的时间不计入答复期限。")
    return list(dict.fromkeys(lines))


def due_line(lines: Sequence[LimitLine]) -> str:
    """The limits in one line, as the receipt prints them."""
    if not lines:
        return "与您确认收到申请之后开始计算"
    return "；".join(
        f"{line.label}：{line.day_words}（{line.words}）" + (f"。{line.note}" if line.note else "") for line in lines
    )


def latest(clocks: Iterable[Clock], duty: str, weight: str) -> Clock | None:
    """The clock of a duty and weight that was started last: after a completion the one that runs anew."""
    found = [clock for clock in clocks if (clock.duty, clock.weight) == (duty, weight)]
    return max(found, key=lambda clock: clock.pk, default=None)
