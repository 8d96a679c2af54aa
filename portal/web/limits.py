"""How often somebody may try: fixed windows counted in Redis, and in this process while Redis is away.

Falling back rather than failing closed: losing Redis must lose nothing, and a tracking page that locks everybody out
would lose the citizen's only way to an answer. Without Redis each process counts for itself, so that the number of
guesses is at most the limit times the number of processes: still far too few to guess a secret code.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from redis.exceptions import RedisError

from portal.web import problems

logger = logging.getLogger(__name__)

REMEMBERED_HERE = 10_000


class Windows:
    """Counts per key in this process. Bounded: the oldest keys are forgotten first."""

    def __init__(self, size: int = REMEMBERED_HERE) -> None:
        self._size = size
        self._lock = Lock()
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def count(self, key: str, seconds: int) -> int:
        """Count one more under `key`; a window closes `seconds` after its first count."""
        now = time.monotonic()
        with self._lock:
            closes, count = self._counts.pop(key, (0.0, 0))
            if closes <= now:
                closes, count = now + seconds, 0
            self._counts[key] = (closes, count + 1)
            while len(self._counts) > self._size:
                self._counts.popitem(last=False)
            return count + 1

    def peek(self, key: str) -> int:
        """The count of the open window, without counting."""
        with self._lock:
            closes, count = self._counts.get(key, (0.0, 0))
        return count if closes > time.monotonic() else 0

    def take_back(self, key: str) -> None:
        """Uncount one under `key`; the window closes when it would have closed."""
        with self._lock:
            if key in self._counts:
                closes, count = self._counts[key]
                self._counts[key] = (closes, max(count - 1, 0))

    def forget(self, key: str) -> None:
        """Close the window of `key`."""
        with self._lock:
            self._counts.pop(key, None)


_here = Windows()


def _name(key: str) -> str:
    # Keys hold account names and addresses: Redis sees only their digests.
    return "limit:" + sha256(key.encode()).hexdigest()


def count(key: str, *, seconds: int) -> int:
    """Count one attempt under `key` and answer how many this window has seen. The window opens with its first attempt."""
    name = _name(key)
    try:
        cache.add(name, 0, timeout=seconds)
        return int(cache.incr(name))
    except ValueError:  # the window closed between the two commands: this attempt opens the next one
        cache.set(name, 1, timeout=seconds)
        return 1
    except (RedisError, OSError):
        logger.warning("rate limits are counted in this process: Redis does not answer")
        return _here.count(name, seconds)


def seen(key: str) -> int:
    """How many attempts the open window of `key` has seen, without counting one."""
    name = _name(key)
    try:
        return int(cache.get(name, 0))
    except (RedisError, OSError):
        return _here.peek(name)


def take_back(key: str) -> None:
    """Uncount one attempt under `key`, because it was right. Earlier misses of the same window stay counted."""
    name = _name(key)
    try:
        cache.decr(name)
    except ValueError:  # the window closed in the meantime
        return
    except (RedisError, OSError):
        _here.take_back(name)


def forgive(key: str) -> None:
    """Forget the attempts under `key`, as after a success."""
    name = _name(key)
    _here.forget(name)
    try:
        cache.delete(name)
    except (RedisError, OSError):
        logger.warning("a rate limit could not be forgotten in Redis; its window closes by itself")


def limited(key: str, *, limit: int, seconds: int) -> bool:
    """Count one attempt and say whether it is one too many: more than `limit` in a window of `seconds`."""
    return count(key, seconds=seconds) > limit


def address(request: HttpRequest) -> str:
    """The visitor's address, for IPv6 its /64 network, because one visitor has all of it.

    Forwarded addresses are believed only from as many proxies as settings.TRUSTED_PROXIES names.
    """
    text = _peer(request)
    try:
        found = ip_address(text)
    except ValueError:
        return text
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))


def _peer(request: HttpRequest) -> str:
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(forwarded) >= hops:
            return forwarded[-hops]
    return request.META.get("REMOTE_ADDR") or "local"


def at_most(limit: int, *, seconds: int, scope: str) -> Callable[[Callable[..., HttpResponseBase]], Any]:
    """Let one address POST to a view `limit` times in `seconds`; afterwards it gets the 429 page. Reading is free."""

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and limited(f"{scope}:{address(request)}", limit=limit, seconds=seconds):
                return problems.too_many(request, seconds=seconds)
            return view(request, *args, **kwargs)

        return guarded

    return guard
