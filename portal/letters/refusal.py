"""How letters say no."""

from portal.refusal import Refusal


class LetterRefused(Refusal):
    """A letter or a delivery that was refused; its text is a full Chinese sentence that says what to do next."""
