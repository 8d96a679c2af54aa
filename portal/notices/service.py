"""Leaving word: rows in the outbox, written with the act that causes them, sent once that act is committed."""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from portal.celery import app as queue
from portal.organisation.models import Body, User
from portal.refusal import Refusal

from .models import Channel, Notice, State

__all__ = ["CannotResend", "Word", "forget", "mark_read", "post", "post_many", "resend"]

log = logging.getLogger(__name__)

BATCH = 500
SUBJECT_LENGTH = 100  # a long subject is cut rather than failing the act that causes it


class CannotResend(Refusal):
    """A notice that must not be sent again; the text is a full Chinese sentence."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word to one receiver, for `post_many`; the fields mean what the arguments of `post` mean."""

    to: User | str
    kind: str
    subject_line: str
    text: str
    about: Any
    key: str
    at: datetime
    body: Body | None = None
    link: str = ""


def post(
    to: User | str,
    *,
    kind: str,
    subject_line: str,
    text: str = "",
    about: Any,
    key: str,
    at: datetime,
    body: Body | None = None,
    link: str = "",
) -> int:
    """Leave word for a member of staff (site, and e-mail if there is an address) or at an e-mail address.

    The rows belong to the caller's transaction. `key` names the occasion, e.g. "requests_ogi:17:served": a key that is there
    already is ignored. `about` is the matter (`.pk .number`, `.body`) or None. `link` is a path on this site.
    `subject_line` goes out openly: no names, no matter of the case. `text` stays inside the workplace.
    Returns how many notices were not there before.
    """
    word = Word(
        to=to, kind=kind, subject_line=subject_line, text=text, about=about, key=key, at=at, body=body, link=link
    )
    return post_many([word])


def post_many(words: Iterable[Word]) -> int:
    """Leave many words at once, as `post` does; returns how many notices were not there before."""
    rows = {row.key: row for word in words for row in _rows(word)}
    known: set[str] = set()
    ordered = sorted(rows)
    for start in range(0, len(ordered), BATCH):
        keys = ordered[start : start + BATCH]
        known |= set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [rows[key] for key in sorted(rows.keys() - known)]
    # Somebody may be writing the same keys this moment, hence the second guard; the order of keys keeps two from a deadlock.
    Notice.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    if fresh and not any(waiting is kick for _, waiting, *_ in connection.run_on_commit):
        transaction.on_commit(kick, robust=True)
    return len(fresh)


def _rows(word: Word) -> Iterator[Notice]:
    if isinstance(word.to, str):
        if word.to:
            yield _notice(word, word.key, Channel.EMAIL, word.to, None)
        return
    yield _notice(word, f"{word.key}:site", Channel.SITE, "", word.to)
    if word.to.email:
        yield _notice(word, f"{word.key}:email", Channel.EMAIL, word.to.email, word.to)


def _notice(word: Word, key: str, channel: Channel, to: str, user: User | None) -> Notice:
    about, on_site = word.about, channel is Channel.SITE
    return Notice(
        key=key,
        kind=word.kind,
        channel=channel,
        user=user,
        to=to,
        subject_line=word.subject_line[:SUBJECT_LENGTH],
        text=word.text if on_site else "",
        link=word.link,
        body=word.body or (about.body if about is not None else None),
        about_type=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None,
        about_number=about.number if about is not None else "",
        created_at=word.at,
        state=State.SENT if on_site else State.QUEUED,
        next_try_at=word.at,
        sent_at=word.at if on_site else None,
    )


class _Broker:
    """What this process knows of the broker: until when (on the machine's own counter) it is left alone after a failure."""

    PAUSE = 30.0  # seconds
    quiet_until = 0.0


def kick() -> None:
    """Ask a worker to empty the outbox now. A broker that is down delays the word until the next minute's run, no more."""
    if time.monotonic() < _Broker.quiet_until:
        return
    try:
        queue.send_task("portal.notices.tasks.deliver_outbox", retry=False, ignore_result=True)
    except Exception as error:  # whatever the broker's client raises, the act that is committed must not fail for it
        _Broker.quiet_until = time.monotonic() + _Broker.PAUSE
        log.warning("the broker did not take the outbox's call (%s); the next scheduled run sends it", error)


def resend(notice: Notice, *, at: datetime) -> None:
    """Send again what failed or may not have gone out. A person decides this, who knows that it may arrive twice."""
    doubtful = Notice.objects.in_doubt().filter(pk=notice.pk)
    if not doubtful.update(
        state=State.QUEUED, next_try_at=at, claim=None, claimed_at=None, handed_at=None, attempts=0, last_error=""
    ):
        raise CannotResend("这条提醒没有发送失败，也不是结果不明，不能重新发送。请刷新页面查看最新状态。")
    transaction.on_commit(kick, robust=True)
    notice.refresh_from_db()


def mark_read(user: User, notices: Iterable[int], *, at: datetime) -> int:
    """Mark word in one's own inbox as read, by primary keys; returns how many were unread."""
    return Notice.objects.in_the_inbox_of(user).unread().filter(pk__in=list(notices)).update(read_at=at)


def forget(about: Any) -> int:
    """Remove the word left about a matter, and lists that name it; returns how many. For a matter that is forgotten."""
    names = Q(about_type=about._meta.label_lower, about_id=about.pk) | Q(body=about.body, text__contains=about.number)
    done, _ = Notice.objects.filter(names).delete()
    return done
