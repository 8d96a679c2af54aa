"""How often somebody may try, with Redis and without."""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from redis.exceptions import ConnectionError as RedisAway

from portal.web import limits

pytestmark = pytest.mark.urls("tests.portal.web.urls")


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache whose server has gone away."""

    def away(*_: object, **__: object) -> None:
        raise RedisAway("gone")

    for name in ("add", "incr", "decr", "get", "set", "delete"):
        monkeypatch.setattr(cache, name, away)
    monkeypatch.setattr(limits, "_here", limits.Windows())


def test_the_first_attempts_pass_and_the_next_is_one_too_many() -> None:
    outcomes = [limits.limited("wang", limit=3, seconds=60) for _ in range(5)]

    assert outcomes == [False, False, False, True, True]


def test_one_key_does_not_use_up_another() -> None:
    limits.count("wang", seconds=60)

    assert limits.seen("li") == 0


def test_looking_is_not_counting() -> None:
    limits.count("wang", seconds=60)
    limits.seen("wang")

    assert limits.seen("wang") == 1


def test_a_window_closes_by_itself() -> None:
    limits.count("wang", seconds=60)
    cache.touch(limits._name("wang"), 0)

    assert limits.count("wang", seconds=60) == 1


def test_success_is_forgiven() -> None:
    limits.count("wang", seconds=60)
    limits.forgive("wang")

    assert limits.seen("wang") == 0


@pytest.mark.usefixtures("no_redis")
def test_without_redis_this_process_counts_and_still_refuses() -> None:
    outcomes = [limits.limited("wang", limit=2, seconds=60) for _ in range(3)]

    assert outcomes == [False, False, True]
    assert limits.seen("wang") == 3


def test_a_try_that_is_taken_back_leaves_the_others_counted() -> None:
    for _ in range(3):
        limits.count("wang", seconds=60)

    limits.take_back("wang")

    assert limits.seen("wang") == 2


def test_a_try_taken_back_after_its_window_closed_is_nothing() -> None:
    limits.take_back("wang")

    assert limits.seen("wang") == 0


@pytest.mark.usefixtures("no_redis")
def test_without_redis_a_try_is_taken_back_here() -> None:
    for _ in range(3):
        limits.count("wang", seconds=60)

    limits.take_back("wang")

    assert limits.seen("wang") == 2


@pytest.mark.usefixtures("no_redis")
def test_without_redis_success_is_still_forgiven() -> None:
    limits.count("wang", seconds=60)
    limits.forgive("wang")

    assert limits.seen("wang") == 0


def test_a_window_of_this_process_closes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    here = limits.Windows()
    here.count("wang", 60)

    now[0] += 61

    assert here.peek("wang") == 0
    assert here.count("wang", 60) == 1


def test_this_process_remembers_only_so_many() -> None:
    here = limits.Windows(size=2)
    for key in ("wang", "li", "ma"):
        here.count(key, 60)

    assert [here.peek(key) for key in ("wang", "li", "ma")] == [0, 1, 1]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.9"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.9"),
    ],
)
def test_a_forwarded_address_is_believed_only_from_trusted_proxies(
    settings: object, proxies: int, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.9")

    assert limits.address(request) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.9", "10.0.0.9", True),
        ("10.0.0.9", "10.0.0.8", False),
        ("", "local", True),
    ],
)
def test_a_visitor_with_a_whole_ipv6_network_counts_as_one(one: str, other: str, same: bool) -> None:
    first, second = (limits.address(RequestFactory().get("/", REMOTE_ADDR=text)) for text in (one, other))

    assert (first == second) is same


def test_a_limited_page_answers_429_in_plain_words(client: Client) -> None:
    statuses = [client.post("/try/knock/").status_code for _ in range(3)]
    response = client.post("/try/knock/")

    assert statuses == [200, 200, 429]
    assert response["Retry-After"] == "60"
    assert "操作过于频繁" in response.text


def test_reading_a_limited_page_is_free(client: Client) -> None:
    assert {client.get("/try/knock/").status_code for _ in range(5)} == {200}
