"""A clean-up in the workplace: begun, concluded row by row, announced; its result on the page everybody reads."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from disclosure.desk_listed import queues
from disclosure.models import CleanUp, Document
from disclosure.vocabulary import CleanUpState, Validity
from disclosure.workflow import clearing
from portal import moment
from tests.cast import Cast
from tests.factories import at

from .making import published
from .test_normative import normative_one

DAY, LATER = "2026-03-03", "2026-04-01"


@pytest.fixture(autouse=True)
def _april() -> Iterator[None]:
    with moment.rehearsing(at(LATER)):
        yield


def browser(user: Any) -> Client:
    opened = Client()
    opened.force_login(user)
    return opened


def press(client: Client, clean_up: CleanUp, verb: str, **data: Any) -> Any:
    """Send the form of an act."""
    edition = CleanUp.objects.get(pk=clean_up.pk).edition
    return client.post(f"/admin/cleanups/{clean_up.number}/{verb}/", {"edition": edition, **data})


@pytest.mark.rule("NX-08-4a", "YC-2.6-1d")
def test_a_clean_up_is_begun_concluded_document_by_document_and_announced(nx: Cast, client: Client) -> None:
    kept, gone = normative_one(nx, DAY), normative_one(nx, DAY)
    decision = published(nx, DAY, document_number="宁工信发〔2026〕8号")
    chen, he = browser(nx.chen), browser(nx.he)

    assert chen.get("/admin/cleanups/begin/").status_code == 200
    assert chen.post("/admin/cleanups/begin/", {"body": nx.body.pk, "year": 2026}).status_code == 302
    clean_up = CleanUp.objects.get()
    page = f"/admin/cleanups/{clean_up.number}/"
    assert "还有2件没有作出结论" in chen.get(page).content.decode()
    row = chen.get(f"{page}conclude/?document={gone.pk}").content.decode()
    assert f'<option value="{gone.pk}" selected>' in row
    press(chen, clean_up, "conclude", document=kept.pk, conclusion="keep")
    early = press(he, clean_up, "announce")
    press(chen, clean_up, "conclude", document=gone.pk, conclusion="repeal", note="内容<i>过时</i>")
    missing = press(he, clean_up, "announce", decision="没有的文号")
    press(he, clean_up, "announce", decision=decision.document_number)

    assert "还有1件规范性文件没有清理结论" in early.content.decode()
    assert "没有找到这份已经公开的文件" in missing.content.decode()
    clean_up.refresh_from_db()
    assert (clean_up.state, clean_up.decision) == (CleanUpState.PUBLISHED, decision)
    assert Document.objects.get(pk=gone.pk).validity == Validity.REPEALED
    assert "内容&lt;i&gt;过时" in he.get(page).content.decode()
    public = client.get("/disclosure/nx/normative/").content.decode()
    assert "2026年清理结果" in public
    assert "予以废止" in public


def test_what_does_not_belong_to_it_is_not_concluded(nx: Cast, wz: Cast) -> None:
    clean_up = clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))
    plain = published(nx, DAY)

    for said in ({"document": plain.pk, "conclusion": "keep"}, {"document": "x", "conclusion": "keep"}, {}):
        press(browser(nx.chen), clean_up, "conclude", **said)
    press(browser(nx.he), clean_up, "conclude", document=plain.pk, conclusion="keep")

    assert not clean_up.items.exists()
    assert browser(nx.chen).get(f"/admin/cleanups/{clean_up.number}/conclude/?document='").status_code == 200


def test_a_second_one_and_a_year_long_past_are_refused_in_words(nx: Cast) -> None:
    chen = browser(nx.chen)
    wrong = chen.post("/admin/cleanups/begin/", {"body": nx.body.pk, "year": 1949})
    clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))
    twice = chen.post("/admin/cleanups/begin/", {"body": nx.body.pk, "year": 2026})

    assert "请填写2025或者2026" in wrong.content.decode()
    assert (twice.status_code, CleanUp.objects.count()) == (409, 1)
    assert "有一次清理正在进行" in twice.content.decode()


def test_the_office_and_its_director_are_told_and_others_find_nothing(nx: Cast, wz: Cast) -> None:
    clean_up = clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))

    assert "规范性文件清理：进行中" in [queue.label for queue in queues(nx.chen, at(LATER))]
    assert "规范性文件清理：待公布" in [queue.label for queue in queues(nx.he, at(LATER))]
    for user in (nx.li, nx.ma, nx.zhao, wz.chen):
        assert browser(user).get(f"/admin/cleanups/{clean_up.number}/").status_code == 404
