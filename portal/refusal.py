"""What every refusal of the portal has in common, whoever refuses."""


class Refusal(Exception):
    """An act, a value or a file that was not accepted. Its text is a full Chinese sentence that says what to do next.

    Pages show the text as it is; nothing has been changed when it is raised out of an act.
    """

    @property
    def points(self) -> tuple[str, ...]:
        """The same as sentences that a page lists one by one; usually there is only one."""
        return (str(self),)
