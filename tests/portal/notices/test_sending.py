"""Sending: once each, nothing lost, doubt shown as doubt."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from portal import moment
from portal.notices import email, outbox, service, tasks
from portal.notices.models import Notice

from .conftest import NOON

LATE = NOON + outbox.LEASE + timedelta(seconds=1)


def state_of(notice):
    notice.refresh_from_db()
    return notice.state


def test_a_notice_is_sent_once(queued, mailroom):
    assert outbox.deliver_next(at=NOON)
    assert not outbox.deliver_next(at=NOON)

    assert state_of(queued) == "sent"
    assert [letter["To"] for letter in mailroom.letters] == ["wang@example.cn"]


def test_an_e_mail_says_no_more_than_that_there_is_news(queued, mailroom):
    Notice.objects.update(text="申请内容：某某地块征收补偿方案，申请人王小明")

    outbox.deliver_next(at=NOON)

    (letter,) = mailroom.letters
    text = letter.get_content()
    assert letter["Subject"].strip() == "您提交的政府信息公开申请已经收到（GXT-2026-00007）"
    assert "GXT-2026-00007" in text
    assert "/requests/track/" in text
    assert "王小明" not in letter.as_string() + text
    assert "征收补偿" not in text


def test_a_number_that_the_subject_line_names_is_not_repeated_in_it(word, mailroom):
    word(subject_line="申请（GXT-2026-00007）：已经收到")
    outbox.deliver_next(at=NOON)

    assert mailroom.letters[0]["Subject"].count("GXT-2026-00007") == 1


def test_the_message_id_follows_from_the_occasion(queued, mailroom):
    outbox.deliver_next(at=NOON)

    assert mailroom.letters[0]["Message-ID"] == email.message_id(queued.key)
    assert email.message_id("a") == email.message_id("a") != email.message_id("b")


def test_a_subject_line_cannot_smuggle_in_a_header(word, mailroom):
    word(subject_line="有新进展\r\nBcc: zhao@example.cn")
    outbox.deliver_next(at=NOON)

    assert mailroom.letters[0]["Bcc"] is None


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (6, 720), (11, 720)])
def test_a_mail_server_that_is_away_is_tried_again_later_and_later(queued, settings, attempt, minutes):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    Notice.objects.update(attempts=attempt - 1)

    outbox.deliver_next(at=NOON)

    assert state_of(queued) == "queued"
    assert queued.next_try_at - NOON == timedelta(minutes=minutes)
    assert queued.handed_at is None
    assert not outbox.deliver_next(at=NOON)


def test_where_no_mail_server_is_known_a_notice_fails_and_never_counts_as_sent(queued, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

    outbox.deliver_next(at=NOON)

    assert state_of(queued) == "failed"
    assert "EMAIL_URL" in queued.last_error


def test_after_the_last_attempt_the_failure_is_shown(queued, mailroom):
    mailroom.at_recipient = "451 later"
    Notice.objects.update(attempts=outbox.ATTEMPTS - 1)

    outbox.deliver_next(at=NOON)

    assert state_of(queued) == "failed"
    assert list(Notice.objects.in_doubt()) == [queued]


@pytest.mark.parametrize(
    ("at_recipient", "at_end", "state"),
    [
        ("250 ok", "451 try later", "queued"),
        ("450 greylisted", "250 ok", "queued"),
        ("550 no such user", "250 ok", "failed"),
        ("250 ok", "554 refused", "failed"),
    ],
)
def test_an_answer_of_the_mail_server_is_believed(queued, mailroom, at_recipient, at_end, state):
    mailroom.at_recipient, mailroom.at_end = at_recipient, at_end

    outbox.deliver_next(at=NOON)

    assert state_of(queued) == state
    assert mailroom.letters == []
    assert "wang" not in queued.last_error


def test_a_broken_address_fails_at_once_and_stops_nobody_else(word, mailroom):
    word("wang\n@example.cn", key="broken")
    word("li@example.cn", key="whole")

    while outbox.deliver_next(at=NOON):
        pass

    assert dict(Notice.objects.values_list("key", "state")) == {"broken": "failed", "whole": "sent"}


def test_a_connection_that_breaks_during_the_handing_over_leaves_doubt_and_no_second_mail(queued, mailroom):
    mailroom.breaks_off = True

    outbox.deliver_next(at=NOON)
    outbox.recover(at=LATE)

    assert state_of(queued) == "unknown"
    assert not outbox.deliver_next(at=LATE)
    assert len(mailroom.letters) == 1


class Killed(BaseException):
    """The process ends here."""


class Way:
    """A channel whose process is killed at a chosen moment."""

    def __init__(self, killed_in=""):
        self.killed_in, self.handed = killed_in, []

    def open(self):
        if self.killed_in == "open":
            raise Killed

    def hand_over(self, notice):
        if self.killed_in == "before":
            raise Killed
        self.handed.append(notice.key)
        if self.killed_in == "after":
            raise Killed

    def close(self):
        return


@pytest.mark.parametrize(
    ("window", "handed", "then", "sent_in_the_end"),
    [("open", 0, "queued", 1), ("before", 0, "unknown", 0), ("after", 1, "unknown", 1)],
)
def test_a_process_killed_in_any_window_loses_nothing_and_sends_nothing_twice(
    queued, window, handed, then, sent_in_the_end
):
    killed, next_one = Way(window), Way()
    with pytest.raises(Killed):
        outbox.deliver_next(at=NOON, way=killed)
    assert len(killed.handed) == handed

    # within the lease nobody touches it; afterwards it is sent again only if it certainly was not handed over
    outbox.recover(at=NOON + outbox.LEASE)
    assert state_of(queued) == "sending"
    outbox.recover(at=LATE)
    assert state_of(queued) == then
    outbox.deliver_next(at=LATE, way=next_one)

    assert len(killed.handed) + len(next_one.handed) == sent_in_the_end
    assert state_of(queued) == ("sent" if then == "queued" else "unknown")


def test_a_sender_that_slept_past_its_lease_does_not_send_what_another_has_taken(queued):
    class Sleeper(Way):
        def open(self):
            outbox.recover(at=LATE)
            outbox.deliver_next(at=LATE, way=second)

    first, second = Sleeper(), Way()

    outbox.deliver_next(at=NOON, way=first)

    assert (first.handed, second.handed) == ([], [queued.key])
    assert state_of(queued) == "sent"


def test_a_slow_handing_over_that_succeeds_after_all_ends_the_doubt(queued):
    class Slow(Way):
        def hand_over(self, notice):
            outbox.recover(at=LATE)
            assert state_of(notice) == "unknown"

    outbox.deliver_next(at=NOON, way=Slow())

    assert state_of(queued) == "sent"


def test_a_slow_sender_says_nothing_about_what_a_person_has_sent_again(queued):
    class Slow(Way):
        def hand_over(self, notice):
            outbox.recover(at=LATE)
            service.resend(Notice.objects.get(), at=LATE)
            with pytest.raises(Killed):
                outbox.deliver_next(at=LATE, way=Way("after"))
            raise email.TryAgain("late")

    outbox.deliver_next(at=NOON, way=Slow())

    assert state_of(queued) == "sending"
    assert not outbox.deliver_next(at=LATE + timedelta(days=1), way=Way())


def test_a_person_may_send_again_what_is_in_doubt_but_nothing_else(queued):
    with pytest.raises(service.CannotResend, match="不能重新发送"):
        service.resend(queued, at=NOON)
    with pytest.raises(Killed):
        outbox.deliver_next(at=NOON, way=Way("after"))
    outbox.recover(at=LATE)

    service.resend(queued, at=LATE)
    again = Way()
    outbox.deliver_next(at=LATE, way=again)

    assert again.handed == [queued.key]
    assert state_of(queued) == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_notice_once(word, mailroom):
    for occasion in range(30):
        word(f"reader{occasion}@example.cn", key=f"occasion:{occasion}")
    start = threading.Barrier(2)

    def work():
        start.wait()
        with moment.rehearsing(NOON):
            tasks.deliver_outbox()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(letter["To"] for letter in mailroom.letters) == sorted(f"reader{n}@example.cn" for n in range(30))
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


def test_the_task_recovers_first_and_then_sends(queued, mailroom):
    with pytest.raises(Killed):
        outbox.deliver_next(at=NOON, way=Way("open"))

    with moment.rehearsing(LATE):
        assert tasks.deliver_outbox() == 1

    assert state_of(queued) == "sent"


def test_word_that_waits_too_long_is_found(queued):
    waiting = Notice.objects.waiting_longer_than(timedelta(minutes=15), at=NOON + timedelta(minutes=16))

    assert list(waiting) == [queued]
    assert not Notice.objects.waiting_longer_than(timedelta(minutes=15), at=NOON).exists()
