"""The office's list of sensitive words: added and ended with a reason, by name, on record, and never deleted."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from disclosure import workflow
from disclosure.models import SensitiveWord
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Using
from disclosure.workflow import words
from portal import moment
from portal.ledger import service as ledger
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import signed

DAY = "2026-03-03"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with moment.rehearsing(at(DAY, 12)):
        yield


def added(cast: Cast, word: str = "内部测算", **changes: Any) -> SensitiveWord:
    """On the list since the morning."""
    said: dict[str, Any] = {"reason": "曾经误发", "by": cast.chen, "at": at(DAY, 8)}
    return words.add(cast.body, word=word, **said | changes)


def browser(user: Any) -> Client:
    opened = Client()
    opened.force_login(user)
    return opened


def told(word: SensitiveWord) -> list[tuple[str, str]]:
    """What the ledger says was done with a word, and by whom."""
    return [(ledger.present(entry), entry.actor_label) for entry in ledger.timeline(word)]


@pytest.mark.rule("NX-19-1a")
def test_a_word_comes_and_goes_with_its_reasons_and_stays_on_record(nx: Cast) -> None:
    word = words.end(added(nx), reason="口径已经统一", by=nx.he, at=at(DAY, 9))

    assert (word.state, word.ended_by, word.ended_at) == (Using.ENDED, nx.he, at(DAY, 9))
    sentences = [sentence for sentence, _ in told(word)]
    assert sentences == ["添加敏感词“内部测算”：曾经误发", "停用：口径已经统一"]
    assert added(nx).pk != word.pk


@pytest.mark.parametrize("word", ["密", " 密 ", "密。", "", "——"])
def test_a_word_says_something(nx: Cast, word: str) -> None:
    with pytest.raises(Refused, match="至少两个字"):
        added(nx, word)


def test_a_word_is_listed_once_and_with_a_reason(nx: Cast, wz: Cast) -> None:
    added(nx)

    with pytest.raises(Refused, match="已经在列表中"):
        added(nx, " 内部测算 ")
    with pytest.raises(Refused, match="列入的理由"):
        added(nx, "拆迁底价", reason=" ")
    with pytest.raises(Refused, match="停用的理由"):
        words.end(added(nx, "拆迁底价"), reason="", by=nx.chen, at=at(DAY, 9))
    assert added(wz).body == wz.body
    with pytest.raises(ValidationError, match="至少两个字"):
        SensitiveWord(body=nx.body, word="密", reason="误发").full_clean()


def test_the_list_is_the_offices(nx: Cast, wz: Cast) -> None:
    word = added(nx)

    for who in (nx.li, nx.ma, wz.chen):
        with pytest.raises(NotAllowed):
            added(nx, "拆迁底价", by=who)
        with pytest.raises(NotAllowed):
            words.end(word, reason="不用了", by=who, at=at(DAY, 9))
    words.end(word, reason="不用了", by=nx.chen, at=at(DAY, 9))
    with pytest.raises(NotAllowed, match="已停用"):
        words.end(word, reason="不用了", by=nx.chen, at=at(DAY, 9))


def test_the_database_takes_no_ending_without_its_reason(nx: Cast) -> None:
    word = added(nx)

    with pytest.raises(IntegrityError), transaction.atomic():
        SensitiveWord.objects.filter(pk=word.pk).update(state=Using.ENDED, ended_at=at(DAY), ended_by=nx.chen)


@pytest.mark.rule("NX-19-1a")
def test_staff_add_a_word_on_its_page_and_the_next_publication_finds_it(nx: Cast) -> None:
    document, chen = signed(nx, DAY), browser(nx.chen)
    said = {"body": nx.body.pk, "word": "专精特新", "reason": "口径<b>未定</b>"}

    assert chen.get("/admin/words/add/").status_code == 200
    assert chen.post("/admin/words/add/", said | {"word": "专"}).status_code == 409
    assert chen.post("/admin/words/add/", said).status_code == 302

    word = SensitiveWord.objects.get()
    page = chen.get(f"/admin/words/{word.number}/").content.decode()
    assert "口径&lt;b&gt;未定" in page
    assert nx.chen.name in page
    with pytest.raises(Returned, match="发布前复查又发现"):
        workflow.publish(document, by=nx.chen, at=at(DAY, 16))
    assert chen.post(f"/admin/words/{word.number}/end/", {"edition": 0, "reason": "口径已定"}).status_code == 302
    assert workflow.publish(document, by=nx.chen, at=at(DAY, 17))


def test_others_do_not_find_the_list(nx: Cast, wz: Cast) -> None:
    word = added(nx)

    for user in (nx.li, nx.zhou, nx.ma, nx.zhao, wz.chen):
        assert browser(user).get(f"/admin/words/{word.number}/").status_code == 404
    assert word.word not in browser(wz.chen).get("/admin/words/").content.decode()
    assert browser(nx.he).get("/admin/words/?state=in_use").status_code == 200
