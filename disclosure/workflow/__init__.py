"""The acts of publishing, in the order of a document's life."""

from .drafting import Particulars, Text, Upload, discard, draft, revise
from .publishing import keep, publish, schedule
from .reviewing import pass_stage, propose, send_back, sign
from .steps import STEPS

__all__ = [
    "STEPS",
    "Particulars",
    "Text",
    "Upload",
    "discard",
    "draft",
    "keep",
    "pass_stage",
    "propose",
    "publish",
    "revise",
    "schedule",
    "send_back",
    "sign",
]
