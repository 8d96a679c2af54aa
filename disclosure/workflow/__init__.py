"""The acts of publishing, in the order of a document's life."""

from .cataloguing import CATALOGUE
from .clearing import CLEAN_UPS, lapse, mark_amended, repeal
from .contents import CONTENTS
from .copying import deliver
from .correcting import abandon, amend, restore, stay_withdrawn, withdraw
from .countersigning import answer_countersign, countersign, settle
from .drafting import Particulars, Text, Upload, discard, draft, revise
from .interpreting import pair, plan_interpretation, unpair
from .inviting import answer_invitation, invite
from .listing import NEGATIVE
from .normative import confirm_identification, identify, number_document, record_legality
from .policies import assess_risk, record_deliberation
from .publishing import embargo, keep, publish, schedule
from .reassessing import WEIGHINGS, release
from .rechecking import recheck
from .reviewing import pass_stage, propose, send_back, sign
from .scanning import decide_finding, scan
from .sending import retry
from .steps import STEPS
from .taking_in import Arrival, renew, take_in
from .transcribing import transcribe
from .units import UNITS
from .urgent import approve_later, publish_urgently
from .words import WORDS

__all__ = [
    "CATALOGUE",
    "CLEAN_UPS",
    "CONTENTS",
    "NEGATIVE",
    "STEPS",
    "UNITS",
    "WEIGHINGS",
    "WORDS",
    "Arrival",
    "Particulars",
    "Text",
    "Upload",
    "abandon",
    "amend",
    "answer_countersign",
    "answer_invitation",
    "approve_later",
    "assess_risk",
    "confirm_identification",
    "countersign",
    "decide_finding",
    "deliver",
    "discard",
    "draft",
    "embargo",
    "identify",
    "invite",
    "keep",
    "lapse",
    "mark_amended",
    "number_document",
    "pair",
    "pass_stage",
    "plan_interpretation",
    "propose",
    "publish",
    "publish_urgently",
    "recheck",
    "record_deliberation",
    "record_legality",
    "release",
    "renew",
    "repeal",
    "restore",
    "retry",
    "revise",
    "scan",
    "schedule",
    "send_back",
    "settle",
    "sign",
    "stay_withdrawn",
    "take_in",
    "transcribe",
    "unpair",
    "withdraw",
]
