"""What the letters say: each content is built from facts, never typed twice."""

from .kinds import COMPLETION_NOTICE, CONSULTATION, EXTENSION_NOTICE, REPLY_KINDS
from .notices import completion_notice, consultation, extension_notice, lapse_notice
from .parts import addressee, contact, wanted, you
from .replies import SITUATIONS, reply

__all__ = [
    "COMPLETION_NOTICE",
    "CONSULTATION",
    "EXTENSION_NOTICE",
    "REPLY_KINDS",
    "SITUATIONS",
    "addressee",
    "completion_notice",
    "consultation",
    "contact",
    "extension_notice",
    "lapse_notice",
    "reply",
    "wanted",
    "you",
]
