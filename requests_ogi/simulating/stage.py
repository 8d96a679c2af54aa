"""What the parts of a life share: the kind of a story, the way out of it, and a scan."""

from collections.abc import Iterator
from datetime import datetime

Story = Iterator[datetime]
"""A story pauses before every act and names the moment of it."""

# The smallest PNG there is: what was scanned.
SCAN = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


class Withdrawn(Exception):
    """The applicant has withdrawn meanwhile: nothing is left but to file the papers away."""
