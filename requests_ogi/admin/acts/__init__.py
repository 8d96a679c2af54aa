"""The acts staff may do on a request. The key is the verb: URL segment, function, permission and ledger word alike."""

from . import main_line
from .deed import Deed

__all__ = ["ACTS", "Deed"]

ACTS: dict[str, Deed] = {**main_line.ACTS}
"""In the order of the buttons: what carries a case on, then what turns it aside."""
