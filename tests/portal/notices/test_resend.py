"""`manage.py resend`: a person looks at what is in doubt, and decides."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.notices import service as notices
from portal.notices.models import Notice, State
from tests.factories import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def doubtful() -> Notice:
    """A notice of which nobody knows whether it went out."""
    notices.post(
        "someone@example.org", kind="applicant", subject_line="已答复", about=None, key="one", at=at("2026-10-12")
    )
    Notice.objects.update(state=State.UNKNOWN)
    return Notice.objects.get()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("resend", *arguments, stdout=out)
    return out.getvalue()


def test_what_is_in_doubt_is_listed_without_its_receiver(doubtful: Notice) -> None:
    listed = run()

    assert listed.startswith(f"{doubtful.pk}　结果不明　2026-10-12")
    assert "已答复" in listed
    assert "example.org" not in listed


def test_a_person_sends_it_again_by_its_number(doubtful: Notice) -> None:
    assert run(str(doubtful.pk)) == "已重新排队1条通知。\n"

    doubtful.refresh_from_db()
    assert doubtful.state == State.QUEUED
    assert run() == "没有发送失败或者结果不明的通知。\n"


def test_what_waits_its_turn_is_not_sent_twice(doubtful: Notice) -> None:
    Notice.objects.update(state=State.QUEUED)

    with pytest.raises(CommandError, match="不能重新发送"):
        run(str(doubtful.pk))


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(CommandError, match="没有编号为404的通知"):
        run("404")
