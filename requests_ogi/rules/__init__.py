"""Decisions on requests: pure functions, values in, verdict out, each citing its article."""

from portal.texts.plain import normal

from .deciding import NEEDS, REFUSAL_OUTCOMES, TREE, Branch, Draft, Question, judge_draft, outcome_of, refusal_of
from .identity import document_fits, identity_number
from .receipt import Receipt, may_fill_in_for, received_on
from .refusal import Refused
from .timing import (
    completion_period,
    consent_is_recorded,
    in_time,
    may_approve,
    may_ask_completion,
    may_extend,
    may_record_service,
    may_serve_electronically,
)

__all__ = [
    "NEEDS",
    "REFUSAL_OUTCOMES",
    "TREE",
    "Branch",
    "Draft",
    "Question",
    "Receipt",
    "Refused",
    "completion_period",
    "consent_is_recorded",
    "document_fits",
    "identity_number",
    "in_time",
    "judge_draft",
    "may_approve",
    "may_ask_completion",
    "may_extend",
    "may_fill_in_for",
    "may_record_service",
    "may_serve_electronically",
    "normal",
    "outcome_of",
    "received_on",
    "refusal_of",
]
