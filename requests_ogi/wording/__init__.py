"""What the letters say: each content is built from facts, never typed twice."""

from .asking import ASKING_LETTERS, SILENCE, Question, party_notice
from .interim import consent, postponement_notice, suspension_notice
from .kinds import (
    COMPLETION_NOTICE,
    DELAY_NOTICE,
    EXTENSION_NOTICE,
    FEE_NOTICE,
    PARTY_NOTICE,
    POSTPONEMENT_NOTICE,
    REASONS_NOTICE,
    REPLY_KINDS,
    SUSPENSION_NOTICE,
    WAIVER_NOTICE,
)
from .notices import completion_notice, extension_notice, lapse_notice
from .parts import addressee, contact, wanted, you
from .replies import reply
from .volume import delay_notice, fee_lapse_notice, fee_notice, reasons_notice, waiver_notice

__all__ = [
    "ASKING_LETTERS",
    "COMPLETION_NOTICE",
    "DELAY_NOTICE",
    "EXTENSION_NOTICE",
    "FEE_NOTICE",
    "PARTY_NOTICE",
    "POSTPONEMENT_NOTICE",
    "REASONS_NOTICE",
    "REPLY_KINDS",
    "SILENCE",
    "SUSPENSION_NOTICE",
    "WAIVER_NOTICE",
    "Question",
    "addressee",
    "completion_notice",
    "consent",
    "contact",
    "delay_notice",
    "extension_notice",
    "fee_lapse_notice",
    "fee_notice",
    "lapse_notice",
    "party_notice",
    "postponement_notice",
    "reasons_notice",
    "reply",
    "suspension_notice",
    "waiver_notice",
    "wanted",
    "you",
]
