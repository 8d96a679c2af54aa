"""How letters say no."""


class LetterRefused(Exception):
    """A letter or a delivery that was refused; its text is a full Chinese sentence that says what to do next."""
