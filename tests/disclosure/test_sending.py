"""What goes to other sites: seen by the office, and tried again where it failed."""

from typing import Any

import pytest
from django.test import Client

from disclosure import workflow
from disclosure.models import Document, Outgoing, Site
from disclosure.rules import Refused
from disclosure.vocabulary import Sending
from disclosure.workflow import sending
from portal import moment
from portal.ledger import service as ledger
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import published

DAY = "2026-03-03"


@pytest.fixture
def failed(nx: Cast) -> Outgoing:
    """Something public that did not arrive at the portal of the government; at the other site it did."""
    for code, name in (("portal", "自治区政府门户网站"), ("app", "我的宁夏")):
        Site.objects.create(body=nx.body, code=code, name=name)
    document = published(nx, DAY)
    lost, arrived = document.outgoing.order_by("pk")
    Outgoing.objects.filter(pk=lost.pk).update(state=Sending.FAILED, tries=3, last_error="<b>没有响应</b>")
    Outgoing.objects.filter(pk=arrived.pk).update(state=Sending.DONE, tries=1, done_at=at(DAY, 16, 5))
    return Outgoing.objects.get(pk=lost.pk)


def browser(user: Any) -> Client:
    opened = Client()
    opened.force_login(user)
    return opened


def test_what_failed_waits_again_and_the_story_says_so(nx: Cast, failed: Outgoing) -> None:
    workflow.retry(failed, by=nx.chen, at=at(DAY, 17))

    assert (failed.state, failed.last_error, failed.tries) == (Sending.WAITING, "", 3)
    assert ledger.present(ledger.timeline(failed.document).last()) == "重新同步到自治区政府门户网站（发布）"
    with pytest.raises(Refused, match="没有失败"):
        workflow.retry(failed, by=nx.chen, at=at(DAY, 17))


def test_what_was_overtaken_is_not_sent_after_what_came_later(nx: Cast, failed: Outgoing) -> None:
    document = Document.objects.get(pk=failed.document_id)
    workflow.withdraw(document, reason="error", note="有误。", by=nx.chen, at=at(DAY, 17))

    failed.document.refresh_from_db()
    with pytest.raises(Refused, match="已有新的同步事项"):
        workflow.retry(failed, by=nx.chen, at=at(DAY, 18))
    assert not sending.failed(document).exists()


def test_trying_again_is_the_offices(nx: Cast, wz: Cast, failed: Outgoing) -> None:
    for who in (nx.li, nx.ma, wz.chen):
        with pytest.raises(NotAllowed):
            workflow.retry(failed, by=who, at=at(DAY, 17))


def test_the_office_sees_what_waits_failed_and_is_done_and_tries_again(nx: Cast, failed: Outgoing) -> None:
    chen, page = browser(nx.chen), f"/admin/documents/{failed.document.number}/"
    with moment.rehearsing(at(DAY, 17)):
        shown = chen.get("/admin/outgoing/").content.decode()
        only = chen.get("/admin/outgoing/?state=failed").content.decode()
        there = chen.get(f"/admin/outgoing/?site={failed.site_id}").content.decode()
        nonsense = chen.get("/admin/outgoing/?state=x&site=9999999999999999999999").content.decode()
        offered = chen.get(page).content.decode()
        sent = chen.post(f"{page}retry/", {"edition": failed.document.edition, "outgoing": failed.pk})
        done = chen.get(page).content.decode()

    assert all(words in shown for words in ("自治区政府门户网站", "我的宁夏", "同步失败", "已同步", "已尝试3次"))
    assert "&lt;b&gt;没有响应" in shown
    assert "已同步</span>" not in only + there
    assert "已同步</span>" in nonsense
    assert "重新同步" in offered
    assert sent.status_code == 302
    assert f"{page}retry/" not in done


def test_others_see_nothing_of_it(nx: Cast, wz: Cast, failed: Outgoing) -> None:
    for user in (nx.li, nx.ma, nx.zhao):
        assert browser(user).get("/admin/outgoing/").status_code == 404
    assert failed.document.number not in browser(wz.chen).get("/admin/outgoing/").content.decode()
