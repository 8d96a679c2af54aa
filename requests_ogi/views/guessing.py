"""How often somebody may guess: a code, or the end of an identity number.

A try is counted before it is looked at, so that many at one moment cannot slip through together; a right one is taken
back. Nobody can shut out the holder of a code by guessing at their number: what others miss only makes each address more
careful with it. Numbers that exist and numbers that do not are counted alike.
"""

import sys
from dataclasses import dataclass

from django.http import HttpRequest

from portal.web import limits

QUARTER, HOUR, DAY = 15 * 60, 3600, 24 * 3600
MISSES_OF_ADDRESS = 20
MISSES_AT_NUMBER = 10
MANY_MISSES = 50
"""So many misses at one number within an hour, wherever they come from, and an address has only MISSES_WHEN_MANY left."""
MISSES_WHEN_MANY = 3
IDENTITY_MISSES = 5
"""Per request and day. The end of an identity number is short; only who has the code gets as far as guessing it."""


@dataclass(frozen=True)
class Window:
    """At most `most` tries under `key` within `seconds` of the first."""

    key: str
    most: int
    seconds: int


Tries = tuple[Window, ...]


def at_code(request: HttpRequest, number: str) -> Tries:
    """What a try at the code of a number counts for: the address, the address at this number, the number."""
    address, everywhere = limits.address(request), f"track:number:{number}"
    many = limits.seen(everywhere) >= MANY_MISSES
    return (
        Window(f"track:address:{address}", MISSES_OF_ADDRESS, QUARTER),
        Window(f"track:address:{address}:number:{number}", MISSES_WHEN_MANY if many else MISSES_AT_NUMBER, QUARTER),
        Window(everywhere, sys.maxsize, HOUR),
    )


def at_identity(request: HttpRequest, number: str) -> Tries:
    """What a try at the applicant's identity number counts for, by somebody who has given the code."""
    return (
        Window(f"identity:address:{limits.address(request)}", MISSES_OF_ADDRESS, DAY),
        Window(f"identity:number:{number}", IDENTITY_MISSES, DAY),
    )


def at_opinion(request: HttpRequest) -> Tries:
    """What a try at the key of a third party's page counts for: a wrong one counts for its address."""
    return (Window(f"opinion:misses:{limits.address(request)}", MISSES_OF_ADDRESS, QUARTER),)


def may_try(tries: Tries) -> bool:
    """Count one try, and say whether it may be looked at. Behind a full window nothing more is counted."""
    return all(limits.count(window.key, seconds=window.seconds) <= window.most for window in tries)


def take_back(tries: Tries) -> None:
    """The try was right: it counts for nothing. Misses before it stay, so that one's own request buys no more guesses."""
    for window in tries:
        limits.take_back(window.key)
