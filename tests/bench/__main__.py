"""`python -m tests.bench [due] [sweep] [queue] [figures] [--small]`: measure, print a markdown table, fail if a goal is missed.

Uses a throw-away PostgreSQL of its own: nothing of yours is touched.
"""

import sys
from contextlib import ExitStack
from importlib import import_module

from ..site import throw_away_site
from .table import Line, markdown

NAMES = ("due", "sweep", "queue", "figures")


def main(arguments: list[str]) -> int:
    """The names of the measurements wanted (all, if none); `--small` for a tenth of the clocks."""
    wanted = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    unknown = sorted(set(wanted) - set(NAMES))
    if unknown:
        raise SystemExit(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}")
    with ExitStack() as stack:
        throw_away_site(stack, name="bench")
        lines: list[Line] = []
        for name in wanted:
            bench = import_module(f"tests.bench.{name}")
            small = {"sizes": (10_000, 100_000)} if name == "sweep" and "--small" in arguments else {}
            for line in bench.measure(**small):
                lines.append(line)
                print(markdown([line]).splitlines()[-1], file=sys.stderr, flush=True)
        print(markdown(lines))
    return 0 if all(line.reached for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
