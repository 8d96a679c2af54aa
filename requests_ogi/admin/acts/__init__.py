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
from .deed import Deed, Group

__all__ = ["ACTS", "Deed", "Group"]

ACTS: dict[str, Deed] = {
    **consulting.ACTS,
    **main_line.ACTS,
    **secrecy.ACTS,
    **withholding.ACTS,
    **interim.ACTS,
    **volume.ACTS,
    **reevaluating.ACTS,
    **comfort.ACTS,
    **anonymising.ACTS,
    **publishing.ACTS,
}
"""In the order of the buttons below each heading: what is owed to others before a case may go on stands before what carries it on."""
