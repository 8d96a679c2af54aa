"""One line of the table of measurements, and the table."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One comparison: what, how long ours and the yardstick took (written out), the ratio reached and the goal."""

    what: str
    ours: str
    yardstick: str
    ratio: float
    goal: str
    reached: bool


def seconds(act: Callable[[], object], *, repeat: int = 5) -> float:
    """The median time of an act."""
    return statistics.median(once(act) for _ in range(repeat))


def once(act: Callable[[], object]) -> float:
    """How long an act takes, without the garbage collector's pauses."""
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began
    finally:
        gc.enable()


def written(duration: float) -> str:
    """A duration in the unit people read best."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if duration >= size:
            return f"{duration / size:,.1f} {unit}"
    return f"{duration / 1e-9:,.0f} ns"


def markdown(lines: Iterable[Line]) -> str:
    """The table."""
    rows = [
        "| measurement | ours | compared with | ratio | goal | reached |",
        "|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {line.what} | {line.ours} | {line.yardstick} | {line.ratio:,.2f} | {line.goal} | {'yes' if line.reached else 'NO'} |"
        for line in lines
    ]
    return "\n".join(rows)
