"""What a rule says when it refuses."""

from portal.refusal import Refusal


class Refused(Refusal):
    """A verdict against an act or a value: one full Chinese sentence with the way on."""
