"""Publishing: at once, at a set time, held back, on other sites; and never half."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from disclosure import workflow
from disclosure.models import Document, Outgoing, Site, Version
from disclosure.rules import Refused
from disclosure.vocabulary import Audience, Errand, State
from disclosure.workflow import due
from disclosure.workflow.common import newest
from portal.ledger import service as ledger
from portal.notices.models import Notice
from portal.search import service as search
from portal.search.models import Entry
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import drafted, published, signed

DAY = "2026-03-03"


def scheduled(cast: Cast, hour: int = 18) -> Document:
    document = signed(cast, DAY)
    return workflow.schedule(document, publish_at=at(DAY, hour), by=cast.chen, at=at(DAY, 16))


def test_what_was_set_to_a_time_becomes_public_then_and_not_before(nx: Cast) -> None:
    document = scheduled(nx)

    assert due.publish_due(at=at(DAY, 17)).published == []
    assert due.publish_due(at=at(DAY, 18)).published == [document.number]
    assert due.publish_due(at=at(DAY, 18, 1)).published == []

    document.refresh_from_db()
    assert (document.state, document.published_at, document.publish_at) == (State.PUBLISHED, at(DAY, 18), None)
    assert ledger.timeline(document).last().actor_label == "系统"


def test_one_that_cannot_be_published_does_not_stop_the_rest_and_is_told_once(nx: Cast) -> None:
    held, fine = scheduled(nx), scheduled(nx)
    Document.objects.filter(pk=held.pk).update(embargo_until=at("2026-03-09"))

    first, again = due.publish_due(at=at(DAY, 18)), due.publish_due(at=at(DAY, 18, 1))

    assert (first.published, first.failed) == ([fine.number], [held.number])
    assert again.failed == [held.number]
    told = Notice.objects.filter(kind="unpublished", user=nx.chen)
    assert [notice.about_number for notice in told] == [held.number]
    assert "限制公开" in told.get().text


def test_a_time_in_the_past_or_before_the_embargo_is_refused(nx: Cast) -> None:
    document = signed(nx, DAY)
    with pytest.raises(Refused, match="晚于现在"):
        workflow.schedule(document, publish_at=at(DAY, 9), by=nx.chen, at=at(DAY, 16))

    workflow.embargo(document, until=at("2026-03-05"), reason="统计数据三月五日发布", by=nx.chen, at=at(DAY, 16))

    with pytest.raises(Refused, match="限制公开"):
        workflow.schedule(document, publish_at=at("2026-03-04"), by=nx.chen, at=at(DAY, 17))
    with pytest.raises(Refused, match="限制公开的时间内"):
        workflow.publish(document, by=nx.chen, at=at("2026-03-04"))
    assert workflow.publish(document, by=nx.chen, at=at("2026-03-05"))


def test_an_embargo_takes_away_a_time_set_before_its_end(nx: Cast) -> None:
    document = scheduled(nx)

    workflow.embargo(document, until=at("2026-03-09"), reason="数据有待核实", by=nx.chen, at=at(DAY, 17))

    assert document.publish_at is None
    assert due.publish_due(at=at(DAY, 18)).published == []


def test_an_embargo_needs_its_reason(nx: Cast) -> None:
    with pytest.raises(Refused, match="理由"):
        workflow.embargo(signed(nx, DAY), until=at("2026-03-09"), reason=" ", by=nx.chen, at=at(DAY, 17))


def test_who_holds_no_post_publishes_nothing(nx: Cast) -> None:
    document = signed(nx, DAY)

    with pytest.raises(NotAllowed):
        workflow.publish(document, by=nx.zhao, at=at(DAY, 16))
    with pytest.raises(NotAllowed):
        workflow.publish(drafted(nx, DAY), by=nx.chen, at=at(DAY, 16))


@pytest.mark.rule("YC-4.1-1b")
def test_publishing_and_withdrawing_leave_an_errand_for_each_site_in_use(cast_of) -> None:
    yc = cast_of("yc")
    portal = Site.objects.create(body=yc.body, code="portal", name="市政府门户网站")
    Site.objects.create(body=yc.body, code="old", name="旧网站", in_use=False)

    document = published(yc, DAY)
    workflow.withdraw(document, reason="error", note="数据有误，核实后重新公开。", by=yc.chen, at=at("2026-03-04"))

    rows = Outgoing.objects.order_by("pk").values_list("site", "version", "errand", "state")
    version = document.public_id
    assert list(rows) == [
        (portal.pk, version, Errand.SHOW, "waiting"),
        (portal.pk, version, Errand.TAKE_OFF, "waiting"),
    ]


def test_nothing_of_a_publication_stays_when_it_fails(cast_of, monkeypatch: pytest.MonkeyPatch) -> None:
    yq = cast_of("yq")
    Site.objects.create(body=yq.body, code="portal", name="市政府门户网站")
    document = signed(yq, DAY)
    monkeypatch.setattr("disclosure.finding.put", lambda document: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        workflow.publish(document, by=yq.chen, at=at(DAY, 16))

    document = Document.objects.get(pk=document.pk)
    assert (document.state, document.public, Outgoing.objects.count()) == (State.SIGNED, None, 0)
    assert newest(document).published_at is None


@pytest.mark.rule("WZ-3-2")
def test_what_is_for_the_staff_goes_to_no_other_site_and_owes_the_public_no_date(wz: Cast) -> None:
    Site.objects.create(body=wz.body, code="portal", name="市政府门户网站")

    document = published(wz, DAY, audience=Audience.STAFF)

    assert not Outgoing.objects.exists()
    assert list(Document.objects.public()) == []
    assert document.public is not None


def test_what_is_public_is_found_from_the_same_moment_and_not_after_it_was_withdrawn(nx: Cast) -> None:
    document = published(nx, DAY)
    assert found(document)

    workflow.withdraw(document, reason="error", note="内容有误。", by=nx.chen, at=at("2026-03-04"))

    assert not found(document)
    assert not list(search.verify())


def found(document: Document) -> bool:
    return Entry.objects.filter(subject_type="disclosure.document", subject_id=str(document.pk)).exists()


@pytest.mark.parametrize("change", [{"title": "别的"}, {"html": "<p>别的</p>"}, {"text": "别的"}, {"card": {}}])
def test_the_database_does_not_let_a_public_version_be_changed(nx: Cast, change: dict[str, object]) -> None:
    document = published(nx, DAY)

    with pytest.raises(IntegrityError, match="公开过的版本不得修改"), transaction.atomic():
        Version.objects.filter(pk=document.public_id).update(**change)


def test_the_database_does_not_let_what_was_public_be_removed(nx: Cast) -> None:
    document = published(nx, DAY)

    with pytest.raises(IntegrityError, match="不得抹去"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(public=None, published_at=None, state=State.SIGNED)
    with pytest.raises(IntegrityError, match="不得删除"), transaction.atomic():
        Version.objects.filter(pk=document.public_id)._raw_delete("default")
    with pytest.raises(IntegrityError, match="不得删除"), transaction.atomic():
        Document.objects.filter(pk=document.pk)._raw_delete("default")


def test_the_times_may_be_set_anew_until_then(nx: Cast) -> None:
    document = scheduled(nx)

    workflow.schedule(document, publish_at=at("2026-03-06"), by=nx.chen, at=at(DAY, 17))

    assert due.publish_due(at=at(DAY, 18) + timedelta(hours=1)).published == []
    assert due.publish_due(at=at("2026-03-06")).published == [document.number]
