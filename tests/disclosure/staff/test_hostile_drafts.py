"""Drafts that somebody means ill with, or only typed wrongly: a sentence each, and nothing half saved."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Document, Version
from tests.cast import Cast
from tests.disclosure.making import TEXT, drafted, particulars
from tests.factories import at

from .conftest import DAY

Open = Callable[[str], Client]


def sent(client: Client, cast: Cast, **changes: Any) -> Any:
    """The form of a new draft, sent by the liaison."""
    said = {
        "department": cast.department.pk,
        "title": "关于有关事项的通知",
        "html": "<p>正文。</p>",
        "attribute": "open",
        "genre": "notice",
        "phase": "decision",
        "topic": "其他",
        "issuer": cast.body.name,
        "formed_on": DAY,
        "content": "own",
        "audience": "public",
    }
    return client.post("/admin/documents/draft/", said | changes)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "有意者请联系13800138000", "不能含有身份证号码、手机号码"),
        ("document_number", "宁工信发〔2026〕7号", "本机关已有发文字号为宁工信发〔2026〕7号的文件"),
        ("document_number", "宁工信发[2026]07号", "本机关已有发文字号为宁工信发〔2026〕7号的文件"),
        ("keywords", "一" * 21, "有21字，每个最多20字"),
        ("joint_makers", "一" * 101, "有101字，每个最多100字"),
        ("html", "<strong>" * 30_000 + "x", "层层嵌套或者不完整"),
        ("html", "x<!--" * 30_000, "层层嵌套或者不完整"),
        ("html", '<a href="' * 30_000, "层层嵌套或者不完整"),
    ],
)
def test_what_cannot_be_kept_is_told_at_once(browser: Open, nx: Cast, field: str, value: str, told: str) -> None:
    drafted(nx, DAY, document_number="宁工信发〔2026〕7号")
    begun = perf_counter()

    answer = sent(browser("li"), nx, **{field: value})

    assert answer.status_code in {200, 409}
    assert told in answer.content.decode()
    assert perf_counter() - begun < 10
    assert Document.objects.count() == 1


def test_signs_nobody_sees_are_left_out_of_titles_and_texts(browser: Open, nx: Cast) -> None:
    sent(browser("li"), nx, title="通\u200b知\u202e\u2060\xad", html="<p>金额\u202e001\u202c元，Ａ</p>")

    made = Version.objects.get()
    assert (made.title, made.html) == ("通知", "<p>金额001元，Ａ</p>")


def test_a_document_keeps_its_own_number_when_it_is_changed(nx: Cast) -> None:
    document = drafted(nx, DAY, document_number="宁工信发〔2026〕7号")

    said = particulars(nx, DAY, document_number="宁工信发〔2026〕7号")
    workflow.revise(document, text=TEXT, particulars=said, by=nx.li, at=at(DAY, 10))

    assert document.versions.count() == 2
