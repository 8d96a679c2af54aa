"""Six hundred days of an office in a few minutes: random but lawful lives of requests, played through the acts people use.

Every act is the real one, taken by somebody who may take it at the moment they would have taken it, with its letter, clock
and ledger entry; the sweep runs every night; now and then somebody tries what is not allowed. In the end everything is
counted again by plain means that share no code with what they judge. The same seed gives the same story.
"""

from .judging import judge
from .telling import tell
from .world import DAYS, FIRST_DAY, World

__all__ = ["DAYS", "FIRST_DAY", "World", "judge", "tell"]
