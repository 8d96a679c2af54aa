"""Facts of publishing: documents with their versions and files, reviews, columns."""

from .card import Card
from .catalogue import VIEW_CATALOGUE, CatalogueChange, CatalogueItem
from .column import Column
from .contents import VIEW_CONTENTS, ContentEntry
from .countersign import Countersign, Invitation
from .document import VIEW, Document, DocumentFile, Version
from .finding import Finding
from .importing import TAKE_IN, ImportFile, ImportRow, ImportRun
from .interpretation import InterpretationPlan, Pairing
from .negative import VIEW_NEGATIVE, VIEW_WEIGHINGS, NegativeEdition, NegativeItem, Reassessment
from .normative import VIEW_CLEAN_UPS, CleanUp, CleanUpItem, Identification, LegalityReview, StandingChange, register
from .outgoing import VIEW_OUTGOING, Outgoing, Site
from .paper_copy import PaperCopy
from .policy import Deliberation, RiskAssessment
from .review import Review
from .unit import VIEW_UNITS, UnitCatalogue
from .urgent import UrgentRelease
from .word import VIEW_WORDS, SensitiveWord

__all__ = [
    "TAKE_IN",
    "VIEW",
    "VIEW_CATALOGUE",
    "VIEW_CLEAN_UPS",
    "VIEW_CONTENTS",
    "VIEW_NEGATIVE",
    "VIEW_OUTGOING",
    "VIEW_UNITS",
    "VIEW_WEIGHINGS",
    "VIEW_WORDS",
    "Card",
    "CatalogueChange",
    "CatalogueItem",
    "CleanUp",
    "CleanUpItem",
    "Column",
    "ContentEntry",
    "Countersign",
    "Deliberation",
    "Document",
    "DocumentFile",
    "Finding",
    "Identification",
    "ImportFile",
    "ImportRow",
    "ImportRun",
    "InterpretationPlan",
    "Invitation",
    "LegalityReview",
    "NegativeEdition",
    "NegativeItem",
    "Outgoing",
    "Pairing",
    "PaperCopy",
    "Reassessment",
    "Review",
    "RiskAssessment",
    "SensitiveWord",
    "Site",
    "StandingChange",
    "UnitCatalogue",
    "UrgentRelease",
    "Version",
    "register",
]
