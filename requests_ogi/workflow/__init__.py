"""The life of a request for information: the table of steps, and the acts in the order of a matter's life.

Every act is atomic and keyword-only: judge (rules), move (one compare-and-set), clocks, letter, ledger. What leaves the
building goes into the outbox and waits for the commit.
"""

from .answering import approve, draft, extend, record_search, send_back, submit
from .completing import ask_completion, lapse, supplement
from .consulting import consult, hear, serve_party
from .ending import close, serve, withdraw
from .handling import assign, give_back, reassign, take_out, unmask
from .receiving import apply, confirm_receipt, register
from .steps import STEPS

__all__ = [
    "STEPS",
    "apply",
    "approve",
    "ask_completion",
    "assign",
    "close",
    "confirm_receipt",
    "consult",
    "draft",
    "extend",
    "give_back",
    "hear",
    "lapse",
    "reassign",
    "record_search",
    "register",
    "send_back",
    "serve",
    "serve_party",
    "submit",
    "supplement",
    "take_out",
    "unmask",
    "withdraw",
]
