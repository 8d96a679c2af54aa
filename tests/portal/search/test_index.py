"""The index follows what is published, and can be made anew from its sources."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from portal.search import service as search
from portal.search import sources
from portal.search.models import Entry
from portal.search.service import Item

from .items import found, item, publish

pytestmark = pytest.mark.django_db


class Shelf:
    """A source that holds what it was given."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}

    def add(self, *items: Item) -> None:
        self.items |= {one.subject_id: one for one in items}

    def read(self, keys: Collection[str] | None) -> Iterable[Item]:
        return [one for key, one in self.items.items() if keys is None or key in keys]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_SOURCES", {})
    shelf = Shelf()
    sources.register("test.document", shelf.read)
    return shelf


def test_what_is_put_again_replaces_what_was_there() -> None:
    first = publish("旧的题目", "旧文")

    search.put(replace(first, title="新的题目", text="新文"))

    assert (found("旧的"), found("旧文"), found("新文")) == ([], [], ["新的题目"])


def test_what_is_dropped_is_found_no_more_and_may_be_dropped_twice() -> None:
    one = publish("题目")

    search.drop(one.subject_type, one.subject_id)
    search.drop(one.subject_type, one.subject_id)

    assert found("题目") == []


def test_an_act_that_fails_leaves_nothing_to_be_found() -> None:
    def act() -> None:
        publish("没有公开成")
        raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError), transaction.atomic():
        act()

    assert found("公开") == []


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"url": "https://elsewhere.example/"}, {"url": "javascript:alert(1)"}]
)
def test_what_has_no_title_or_lies_elsewhere_is_not_taken_in(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        search.put(replace(item("题目"), **wrong))


def test_texts_that_a_database_cannot_hold_are_taken_in() -> None:
    publish("空\0字", "半个\ud800字 e\u0301")

    assert found("半个") == ["空 字"]
    assert found("é") == ["空 字"]


def test_the_index_is_made_anew_from_its_sources(shelf: Shelf) -> None:
    kept, changed, gone = (publish(title) for title in ("留着", "原来", "撤下"))
    publish("没有来源", subject_type="test.stranger")
    shelf.add(kept, replace(changed, title="改了"), item("漏了"))

    counts = [search.rebuild(), search.rebuild()]

    assert counts == [{"test.document": 3}] * 2
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["改了", "漏了", "留着"]
    assert list(search.verify()) == []
    assert gone.title == "撤下"


def test_differences_are_named(shelf: Shelf) -> None:
    changed, gone = publish("原来"), publish("撤下")
    missing = item("漏了")
    shelf.add(replace(changed, title="改了"), missing)
    stranger = publish("没有来源", subject_type="test.stranger")

    differences = {one.subject_id: one.what for one in search.verify()}

    assert differences == {
        changed.subject_id: "与原文不一致",
        missing.subject_id: "查不到",
        gone.subject_id: "不应再能查到",
        stranger.subject_id: "没有登记的来源",
    }


def test_what_is_withdrawn_while_the_index_is_made_anew_does_not_come_back(shelf: Shelf) -> None:
    one, other = publish("撤下"), publish("留着")
    shelf.add(one, other)
    everything = list(shelf.read(None))

    def read(keys: Collection[str] | None) -> Iterable[Item]:
        if keys is None:
            yield everything[0]
            shelf.items.pop(one.subject_id, None)  # withdrawn after its line was read
            search.drop(one.subject_type, one.subject_id)
            yield everything[1]
        else:
            yield from shelf.read(keys)

    sources.register("test.document", read)
    search.rebuild()

    assert list(Entry.objects.values_list("title", flat=True)) == ["留着"]


def test_the_command_compares_and_mends(shelf: Shelf) -> None:
    shelf.add(item("漏了"))
    said = StringIO()

    with pytest.raises(SystemExit):
        call_command("reindex", "--check", stdout=said)
    call_command("reindex", stdout=said)
    call_command("reindex", "--check", stdout=said)

    assert "查不到" in said.getvalue()
    assert "test.document：1 条" in said.getvalue()
    assert said.getvalue().endswith("查找索引与原文一致。\n")
