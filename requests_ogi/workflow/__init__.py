"""The life of a request for information: the table of steps, and the acts in the order of a matter's life.

Every act is atomic and keyword-only: judge (rules), move (one compare-and-set), clocks, letter, ledger. What leaves the
building goes into the outbox and waits for the commit.
"""

from .anonymising import anonymise, due_for_anonymity, kept_until, nominate
from .answering import Agreed, approve, draft, extend, record_search, send_back, submit
from .challenging import CHALLENGES
from .charging import charge, lapse_fee, record_payment, refund, serve_fee, waive
from .comforting import choose_email, help, rate
from .completing import ask_completion, lapse, supplement
from .consulting import consult, consult_organ, hear, refer, serve_party
from .ending import close, serve, withdraw
from .handling import assign, give_back, reassign, take_out, unmask
from .publishing import check_privacy, propose_publication, withdraw_publication
from .receiving import apply, confirm_receipt, register
from .reevaluating import reassess, reevaluate, release
from .returning import return_post
from .secrecy import review_secrecy
from .signing_off import revoke_sign_off, sign_off
from .steps import STEPS
from .suspending import postpone, suspend, take_up
from .volume import ask_reasons, delay, hear_reasons
from .weighing import notify_party, weigh
from .withholding import enclose, remove, restore, withhold

__all__ = [
    "CHALLENGES",
    "STEPS",
    "Agreed",
    "anonymise",
    "apply",
    "approve",
    "ask_completion",
    "ask_reasons",
    "assign",
    "charge",
    "check_privacy",
    "choose_email",
    "close",
    "confirm_receipt",
    "consult",
    "consult_organ",
    "delay",
    "draft",
    "due_for_anonymity",
    "enclose",
    "extend",
    "give_back",
    "hear",
    "hear_reasons",
    "help",
    "kept_until",
    "lapse",
    "lapse_fee",
    "nominate",
    "notify_party",
    "postpone",
    "propose_publication",
    "rate",
    "reassess",
    "reassign",
    "record_payment",
    "record_search",
    "reevaluate",
    "refer",
    "refund",
    "register",
    "release",
    "remove",
    "restore",
    "return_post",
    "review_secrecy",
    "revoke_sign_off",
    "send_back",
    "serve",
    "serve_fee",
    "serve_party",
    "sign_off",
    "submit",
    "supplement",
    "suspend",
    "take_out",
    "take_up",
    "unmask",
    "waive",
    "weigh",
    "withdraw",
    "withdraw_publication",
    "withhold",
]
