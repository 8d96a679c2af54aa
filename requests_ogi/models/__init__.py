"""The facts of disclosure on request, split by noun."""

from .anonymisation import Anonymisation
from .answer import Answer, Disposition, DraftAnswer, SearchRecord
from .assistance import Assistance
from .challenge import Challenge
from .comfort import ReadingHelp, Satisfaction
from .consent import Consent
from .consultation import Consultation
from .fee import FeeNotice
from .filing_draft import FilingDraft, FilingDraftFile
from .interim import Postponement, Suspension
from .material import Material, ReleasedCopy, WithheldPart
from .motion import Conversion, Motion, MotionFile, Movant
from .publication import PublishedAnswer
from .reevaluation import ReEvaluation
from .request import Applicant, Attachment, CompletionRound, InformationRequest
from .returned import ReturnedPost
from .secrecy import SecrecyReview
from .signoff import SignOff
from .volume import ReasonsAsked

__all__ = [
    "Anonymisation",
    "Answer",
    "Applicant",
    "Assistance",
    "Attachment",
    "Challenge",
    "CompletionRound",
    "Consent",
    "Consultation",
    "Conversion",
    "Disposition",
    "DraftAnswer",
    "FeeNotice",
    "FilingDraft",
    "FilingDraftFile",
    "InformationRequest",
    "Material",
    "Motion",
    "MotionFile",
    "Movant",
    "Postponement",
    "PublishedAnswer",
    "ReEvaluation",
    "ReadingHelp",
    "ReasonsAsked",
    "ReleasedCopy",
    "ReturnedPost",
    "Satisfaction",
    "SearchRecord",
    "SecrecyReview",
    "SignOff",
    "Suspension",
    "WithheldPart",
]
