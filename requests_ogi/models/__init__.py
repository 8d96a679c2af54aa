"""The facts of disclosure on request, split by noun."""

from .answer import Answer, Disposition, DraftAnswer, SearchRecord
from .consultation import Consultation
from .filing_draft import FilingDraft, FilingDraftFile
from .request import Applicant, Attachment, CompletionRound, InformationRequest

__all__ = [
    "Answer",
    "Applicant",
    "Attachment",
    "CompletionRound",
    "Consultation",
    "Disposition",
    "DraftAnswer",
    "FilingDraft",
    "FilingDraftFile",
    "InformationRequest",
    "SearchRecord",
]
