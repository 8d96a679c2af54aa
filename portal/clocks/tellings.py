"""How the ledger tells what happened to a limit."""

from portal.ledger.service import describe


def register() -> None:
    """Register the sentences of the verbs that clocks write themselves."""
    describe("clock_moved", "“{label}”因{notice}重新计算，届满日由{old}改为{new}")
    describe("clock_reminded", "系统提醒：“{label}”{left}，届满日{last_day}")
