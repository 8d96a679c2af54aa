"""`python -m tests.simulate --body nx --cases 5000 --seed 1`: the simulation on a throw-away PostgreSQL of its own."""

import sys
from contextlib import ExitStack

from .site import throw_away_site


def main(arguments: list[str]) -> None:
    """Run `manage.py simulate` with these arguments where nothing of yours can be touched."""
    with ExitStack() as stack:
        throw_away_site(stack, name="simulate")
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", "simulate", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
