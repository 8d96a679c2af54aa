"""Documents for trials and training: per body some ten papers in every state, brought there by the acts that people use.

Nobody in them exists, and no figure in them was ever measured.
"""

from .lives import lives_of

__all__ = ["lives_of"]
