"""The heads leave the house every day, and what was sent finds a past that is rewritten later."""

import json
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command

from portal.celery import app
from portal.ledger import tasks, verifying
from portal.moment import rehearsing
from portal.schedule import SCHEDULE
from tests.portal.ledger.conftest import NOON
from tests.portal.ledger.test_verifying import tamper


@pytest.fixture
def sent(written, settings):
    """The mail of the day, with five entries of nx behind it."""
    settings.LEDGER_WITNESS = ["witness@example.test"]
    with rehearsing(NOON):
        assert tasks.send_heads()
    (letter,) = mail.outbox
    return letter


def test_the_witness_is_sent_the_head_of_every_chain(sent):
    [(name, content, kind)] = sent.attachments

    assert sent.to == ["witness@example.test"]
    assert (name, kind) == ("ledger-heads-20260910.json", "application/json")
    assert json.loads(content)["heads"] == verifying.heads()


def test_what_was_sent_finds_a_past_rewritten_as_a_whole(sent, tmp_path, capsys):
    kept = tmp_path / "heads.json"
    kept.write_text(sent.attachments[0][1], "utf-8")
    call_command("verify_ledger", "--heads", str(kept))
    tamper("DELETE FROM ledger_entry", "DELETE FROM ledger_chain")

    with pytest.raises(SystemExit):
        call_command("verify_ledger", "--heads", str(kept))

    assert "有记录被删除" in capsys.readouterr().out


def test_without_a_witness_nothing_is_sent(written, settings):
    settings.LEDGER_WITNESS = []

    assert not tasks.send_heads()
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_tried_again():
    assert issubclass(smtplib.SMTPException, tasks.send_heads.autoretry_for)
    assert tasks.send_heads.max_retries >= 3


def test_the_day_has_its_hour_for_it():
    app.loader.import_default_modules()
    task = SCHEDULE["heads of the ledger leave the house"]["task"]

    assert task == tasks.send_heads.name
    assert task in app.tasks
