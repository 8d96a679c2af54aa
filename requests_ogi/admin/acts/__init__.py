"""The acts staff may do on a request. The key is the verb: URL segment, function, permission and ledger word alike."""

from . import (
    anonymising,
    comfort,
    consulting,
    interim,
    main_line,
    publishing,
    reevaluating,
    secrecy,
    volume,
    withholding,
)
from .deed import Deed

__all__ = ["ACTS", "Deed"]

ACTS: dict[str, Deed] = {
    **main_line.ACTS,
    **withholding.ACTS,
    **consulting.ACTS,
    **interim.ACTS,
    **secrecy.ACTS,
    **volume.ACTS,
    **reevaluating.ACTS,
    **comfort.ACTS,
    **anonymising.ACTS,
    **publishing.ACTS,
}
"""In the order of the buttons: what carries a case on, then what turns it aside."""
