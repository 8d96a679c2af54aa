"""Leaving word: rows that belong to the act, once per occasion, and a broker that may be down."""

import logging
import time

import pytest
from celery import Celery
from django.db import IntegrityError, connection, transaction

from portal.notices import service
from portal.notices.models import Notice

from .conftest import NOON


def test_word_to_an_address_waits_in_the_outbox(queued):
    assert (queued.channel, queued.state, queued.to) == ("email", "queued", "wang@example.cn")
    assert (queued.about_number, queued.about_id, queued.body.code) == ("GXT-2026-00007", 7, "gxt")


def test_the_address_does_not_lie_open_in_the_database(queued):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(n)::text FROM notices_notice n")
        stored = cursor.fetchone()[0]

    assert "wang" not in stored
    assert b"wang".hex() not in stored
    assert "王小明" not in stored


def test_word_to_staff_reaches_the_workplace_at_once_and_e_mail_if_there_is_an_address(word, li):
    word(li, key="first")
    li.email = "li@example.cn"
    word(li, key="second")

    assert sorted(Notice.objects.values_list("key", "channel", "state")) == [
        ("first:site", "site", "sent"),
        ("second:email", "email", "queued"),
        ("second:site", "site", "sent"),
    ]


def test_word_in_the_inbox_is_read_once_and_only_by_its_owner(word, li, django_user_model):
    chen = django_user_model.objects.create_user("chen-chen", name="陈晨", password=None)
    word(li)
    notice = Notice.objects.get()

    assert service.mark_read(chen, [notice.pk], at=NOON) == 0
    assert list(Notice.objects.in_the_inbox_of(li).unread()) == [notice]
    assert service.mark_read(li, [notice.pk], at=NOON) == 1
    assert service.mark_read(li, [notice.pk], at=NOON) == 0


def test_the_same_occasion_is_told_once(word):
    assert word() == 1
    assert word(subject_line="另一句话") == 0

    assert Notice.objects.get().subject_line == "您提交的政府信息公开申请已经收到"


def test_many_words_are_left_in_a_fixed_number_of_queries(body, li, django_assert_num_queries):
    words = [
        service.Word(
            to=li, kind="due", subject_line="即将到期", text="", about=None, body=body, key=f"due:{n}", at=NOON
        )
        for n in range(400)
    ]

    with django_assert_num_queries(2):
        assert service.post_many([*words, words[0]]) == 400


def test_a_subject_line_that_is_too_long_does_not_fail_the_act(word):
    assert word(subject_line="长" * 300) == 1


def test_nobody_is_told_without_an_address(word):
    assert word("") == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_word(word):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        word() / 0

    assert not Notice.objects.exists()


@pytest.fixture
def calls(monkeypatch):
    """Counts the calls to the broker, which is fine."""
    made = []
    monkeypatch.setattr(service.queue, "send_task", lambda name, **_: made.append(name))
    monkeypatch.setattr(service._Broker, "quiet_until", 0.0)
    return made


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_called_once_after_commit_however_many_words_were_left(word, calls):
    with transaction.atomic():
        for occasion in "abc":
            word(key=occasion)
        assert calls == []

    assert calls == ["portal.notices.tasks.deliver_outbox"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_neither_fails_nor_delays_the_act(word, monkeypatch, caplog):
    # given nobody listening where the broker should be
    dead = Celery(broker="redis://127.0.0.1:1/0")
    dead.conf.broker_transport_options = {"socket_connect_timeout": 2, "max_retries": 1}
    monkeypatch.setattr(service, "queue", dead)
    monkeypatch.setattr(service._Broker, "quiet_until", 0.0)
    began = time.monotonic()

    # when two acts leave word
    with caplog.at_level(logging.WARNING):
        word(key="first")
        word(key="second")

    # then both stand in the outbox, and only the first act tried the broker
    assert Notice.objects.filter(state="queued").count() == 2
    assert time.monotonic() - began < 5
    assert caplog.text.count("broker") == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"channel": "site"}, "notice_site_has_user"),
        ({"state": "sending"}, "notice_claimed_while_sending"),
        ({"state": "sent"}, "notice_sent_at_when_sent"),
        ({"sent_at": NOON}, "notice_sent_at_when_sent"),
        ({"claimed_at": NOON}, "notice_claimed_while_sending"),
        ({"read_at": NOON}, "notice_read_on_site_only"),
    ],
)
def test_the_database_refuses_an_impossible_notice(queued, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Notice.objects.filter(pk=queued.pk).update(**changes)
