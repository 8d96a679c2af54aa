"""Decisions of publishing: pure, values in, verdict out, each with its article."""

from .refusal import Refused, Returned

__all__ = ["Refused", "Returned"]
