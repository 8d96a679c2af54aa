"""Delivery: which day counts, what must be shown, and one delivery that counts."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from portal.letters import service as letters
from portal.letters import service_rules
from portal.letters.models import Delivery, Letter
from portal.letters.refusal import LetterRefused
from portal.letters.service_rules import Manner
from portal.organisation import people

from .conftest import MORNING, REPLY, matter, new_body, reply

TODAY = MORNING.date()
LATER = MORNING + timedelta(days=10)
SENT, SIGNED = date(2026, 11, 23), date(2026, 11, 25)


@pytest.mark.rule("LET235-4")
@pytest.mark.parametrize(
    ("manner", "served_on", "day"),
    [
        (Manner.POST, None, SENT),
        (Manner.POST, SIGNED, SENT),
        (Manner.ELECTRONIC, None, SENT),
        (Manner.IN_PERSON, SIGNED, SIGNED),
    ],
)
def test_the_day_that_counts_is_posting_signing_or_sending(manner, served_on, day):
    assert service_rules.counts_on(manner, SENT, served_on) == day


def test_handing_over_counts_for_nothing_until_it_is_signed():
    with pytest.raises(LetterRefused, match="签收日期"):
        service_rules.counts_on(Manner.IN_PERSON, SENT, None)


@pytest.fixture
def letter(body) -> Letter:
    return letters.compose(matter(body), REPLY, content=reply(), at=MORNING, by=people.SYSTEM)


def deliver(letter, by=people.SYSTEM, at=LATER, **changes):
    said = {"manner": "post", "sent_on": SENT, "proof_number": "1029384756"}
    return letters.deliver(letter, by=by, at=at, **said | changes)


def test_a_posted_letter_counts_from_its_posting(letter, li):
    delivery = deliver(letter, by=li)

    assert (delivery.counts_on, delivery.recorded_by) == (SENT, li)
    assert not Letter.objects.undelivered().exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"proof_number": ""}, "邮件号码"),
        ({"sent_on": TODAY - timedelta(days=1)}, "成文日期"),
        ({"sent_on": LATER.date() + timedelta(days=1)}, "不能晚于今天"),
        ({"served_on": LATER.date() + timedelta(days=1)}, "不能晚于今天"),
        ({"served_on": SENT - timedelta(days=1)}, "不能早于发出日期"),
        ({"manner": "in_person"}, "签收日期"),
        ({"manner": "electronic", "served_on": SIGNED}, "其他签收日期"),
    ],
)
def test_a_delivery_that_cannot_be_true_or_proved_is_refused(letter, changes, sentence):
    with pytest.raises(LetterRefused, match=sentence):
        deliver(letter, **changes)
    assert not Delivery.objects.exists()


def test_a_letter_is_delivered_once(letter):
    deliver(letter)

    with pytest.raises(LetterRefused, match="已经登记送达"):
        deliver(letter)


def test_a_letter_that_came_back_may_be_sent_again(letter):
    first = deliver(letter)

    letters.take_back(first, returned_on=SIGNED, reason="收件地址不详", at=LATER)
    second = deliver(letter, manner="in_person", served_on=date(2026, 11, 30), sent_on=date(2026, 11, 30))

    assert list(letter.deliveries.effective()) == [second]
    assert first.returned_why == "收件地址不详"
    with pytest.raises(LetterRefused, match="不需要重复"):
        letters.take_back(first, returned_on=SIGNED, reason="收件地址不详", at=LATER)


@pytest.mark.parametrize(
    ("day", "reason"), [(SENT - timedelta(days=1), "拒收"), (date(2027, 1, 1), "拒收"), (SIGNED, " ")]
)
def test_a_return_needs_a_true_day_and_a_reason(letter, day, reason):
    delivery = deliver(letter)

    with pytest.raises(LetterRefused, match="退回"):
        letters.take_back(delivery, returned_on=day, reason=reason, at=LATER)


def test_a_voided_letter_is_not_delivered_and_a_delivered_one_not_voided(body, letter):
    served = letters.compose(matter(body), REPLY, content=reply(), at=MORNING, by=people.SYSTEM)
    deliver(served)
    letters.void(letter, reason="有误", at=MORNING)

    with pytest.raises(LetterRefused, match="作废"):
        deliver(letter)
    with pytest.raises(LetterRefused, match="不能作废"):
        letters.void(served, reason="有误", at=LATER)


def at_once(*acts):
    """Do things at the same moment, each in its own connection; what each of them said no with."""
    start, refusals = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except LetterRefused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_serve_or_void_one_letter_at_once_do_one_thing():
    made = new_body()
    made.save()

    for _ in range(5):
        first, second = (
            letters.compose(matter(made), REPLY, content=reply(), at=MORNING, by=people.SYSTEM) for _ in range(2)
        )
        twice = at_once(partial(deliver, first), partial(deliver, first))
        either = at_once(partial(deliver, second), partial(letters.void, second, reason="有误", at=LATER))

        assert (len(twice), len(either)) == (1, 1)
        assert not Letter.objects.filter(deliveries__isnull=False, voided_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"proof_number": ""}, "delivery_post_has_number"),
        ({"counts_on": SIGNED}, "delivery_counts_by_manner"),
        ({"manner": "pigeon"}, "delivery_manner_known"),
        ({"manner": "in_person", "served_on": None}, "delivery_in_person_is_signed"),
        ({"manner": "in_person", "served_on": SIGNED}, "delivery_counts_by_manner"),
        ({"manner": "electronic", "served_on": SIGNED}, "delivery_electronic_at_once"),
        ({"served_on": SENT - timedelta(days=1)}, "delivery_served_after_sent"),
        ({"returned_on": SIGNED}, "delivery_returned_with_reason"),
        ({"returned_why": "拒收"}, "delivery_returned_with_reason"),
    ],
)
def test_the_database_refuses_an_impossible_delivery(letter, changes, constraint):
    delivery = deliver(letter)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**changes)


def test_the_database_refuses_a_second_delivery_that_counts(letter):
    delivery = deliver(letter)
    delivery.pk = None

    with pytest.raises(IntegrityError, match="delivery_effective_once"), transaction.atomic():
        delivery.save(force_insert=True)
