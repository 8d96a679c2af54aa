"""The negative list: filed by units, listed and published by the office; what is closed rests on it and is weighed again."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from disclosure import workflow
from disclosure.models import Document, NegativeEdition, NegativeItem
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Cause, Listed, State, Weighed, Weighing
from disclosure.workflow import listing, reassessing
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.regulations import library
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .listed import D, filed, listed
from .making import drafted, proposed, signed

DAY, LATER = "2026-03-03", "2026-03-20"
CLOSED = {"attribute": "closed", "reason": "讨论记录", "legal_basis": "《中华人民共和国政府信息公开条例》第十六条"}


def kept(cast: Cast, day: str = DAY, **item: Any) -> Document:
    """A closed document that is done with."""
    document = signed(cast, day, **CLOSED, negative_item=listed(cast, day, **item))
    return workflow.keep(document, by=cast.chen, at=at(day, 17))


@pytest.mark.rule("NX-15-1", "NX-15-3")
def test_a_unit_files_an_item_and_the_office_lists_it(nx: Cast) -> None:
    item = filed(nx, DAY)
    assert (item.state, list(NegativeItem.objects.in_force())) == (Listed.FILED, [])

    listing.accept(item, by=nx.chen, at=at(DAY, 10))

    assert (item.state, item.since) == (Listed.IN_FORCE, D(DAY))
    assert [entry.verb for entry in ledger.timeline(item)] == ["file", "accept"]


@pytest.mark.rule("NX-16-1", "NX-19-5")
@pytest.mark.parametrize("category", ["duties", "image", "petition", "absent"])
def test_what_no_law_closes_is_refused_with_the_lawful_way(nx: Cast, category: str) -> None:
    with pytest.raises(Refused, match=r"不能作为不予公开的理由：(条例第|不是条例)"):
        filed(nx, DAY, category=category)


@pytest.mark.rule("YQ-S1-7a")
def test_at_yangquan_being_dealt_with_closes_nothing(cast_of) -> None:
    with pytest.raises(Refused, match="比条例第十六条宽"):
        filed(cast_of("yq"), DAY, category="handling")


@pytest.mark.rule("NX-16-10")
@pytest.mark.parametrize("basis", ["", "上级要求", "有关规定"])
def test_an_item_names_the_provision_it_rests_on(nx: Cast, basis: str) -> None:
    with pytest.raises(Refused, match="法律、法规及其条款"):
        filed(nx, DAY, category="controlled", basis=basis)


def test_somebody_else_lists_what_one_has_filed_and_a_stranger_files_nothing(nx: Cast) -> None:
    item = listing.file(
        nx.body, department=nx.department, category="internal", title="食堂采购", detail="机关食堂采购",
        basis="《中华人民共和国政府信息公开条例》第十六条", by=nx.chen, at=at(DAY),
    )  # fmt: skip

    with pytest.raises(Refused, match="不能由本人列入"):
        listing.accept(item, by=nx.chen, at=at(DAY))
    for person in (nx.zhao, nx.wu):
        with pytest.raises(NotAllowed):
            listing.file(
                nx.body, department=nx.department, category="process", title="a", detail="b", basis="c", by=person,
                at=at(DAY),
            )  # fmt: skip


@pytest.mark.rule("NX-15-3")
def test_a_change_takes_the_place_of_the_old_wording(nx: Cast) -> None:
    old = listed(nx, DAY)

    new = listing.accept(filed(nx, LATER, replaces=old, title="评审会记录"), by=nx.chen, at=at(LATER, 10))

    old.refresh_from_db()
    assert (old.state, old.until, list(NegativeItem.objects.in_force())) == (Listed.ENDED, D(LATER), [new])
    with pytest.raises(Refused, match="不是本机关的现行事项"):
        filed(nx, LATER, replaces=old)


@pytest.mark.rule("NX-15-3")
def test_an_item_holds_until_the_office_has_removed_it(nx: Cast) -> None:
    item = listed(nx, DAY)

    listing.ask_removal(item, reason="职能划转", by=nx.li, at=at(LATER, 9))
    assert list(NegativeItem.objects.in_force()) == [item]
    with pytest.raises(NotAllowed):
        listing.remove(item, reason="职能划转", by=nx.li, at=at(LATER, 10))
    listing.remove(item, reason="职能划转", by=nx.chen, at=at(LATER, 10))

    assert not NegativeItem.objects.in_force().exists()
    with pytest.raises(NotAllowed, match="已清除"):
        listing.remove(item, reason="再来一次", by=nx.chen, at=at(LATER, 11))


@pytest.mark.rule("NX-15-2", "NX-16-11")
def test_the_office_publishes_the_list_in_numbered_editions(nx: Cast) -> None:
    item = listed(nx, DAY)
    first = listing.publish(nx.body, by=nx.chen, at=at(DAY, 12))
    with pytest.raises(Refused, match="与已公布的第1版相同"):
        listing.publish(nx.body, by=nx.chen, at=at(DAY, 13))
    with pytest.raises(NotAllowed):
        listing.publish(nx.body, by=nx.li, at=at(DAY, 13))
    listing.remove(item, reason="职能划转", by=nx.chen, at=at(LATER))

    second = listing.publish(nx.body, note="职能调整", by=nx.chen, at=at(LATER, 12))

    first.refresh_from_db()
    assert [(one.edition, len(one.items)) for one in (first, second)] == [(1, 1), (2, 0)]
    assert first.items[0]["title"] == "项目评审会讨论记录"
    assert NegativeEdition.objects.count() == 2


@pytest.mark.rule("NX-16-0", "YC-5.4-1b", "WZ-3-1")
@pytest.mark.parametrize("code", ["nx", "yc", "wz"])
def test_nothing_is_closed_without_an_item_in_force(cast_of, code: str) -> None:
    cast = cast_of(code)
    category = {"nx": "process", "yc": "secret", "wz": "trade_secret"}[code]

    with pytest.raises(Returned, match="没有对应负面清单中的现行事项"):
        proposed(cast, DAY, **CLOSED)
    with pytest.raises(Returned, match="不是现行事项"):
        proposed(cast, DAY, **CLOSED, negative_item=filed(cast, DAY, category=category))

    assert proposed(cast, DAY, **CLOSED, negative_item=listed(cast, DAY, category=category)).state == State.REVIEW


@pytest.mark.rule("NX-16-0")
def test_an_item_removed_during_the_review_stops_the_signing(nx: Cast) -> None:
    from .making import reviewed

    item = listed(nx, DAY)
    document = reviewed(nx, proposed(nx, DAY, **CLOSED, negative_item=item), DAY)
    listing.remove(item, reason="职能划转", by=nx.chen, at=at(DAY, 13))

    with pytest.raises(Returned, match="不是现行事项"):
        workflow.sign(document, by=nx.ma, at=at(DAY, 15))


@pytest.mark.rule("NX-16-7")
def test_internal_affairs_may_be_closed_by_their_own_category(nx: Cast) -> None:
    item = listed(nx, DAY, category="internal", title="内部值班安排")

    document = proposed(nx, DAY, **CLOSED, negative_item=item)

    category = listing.category_of(document)
    assert category is not None
    assert (category.force, category.grounds) == ("discretionary", ("personnel", "logistics", "internal_workflow"))


def test_what_is_open_cites_nothing_and_no_item_of_another_body(nx: Cast, wz: Cast) -> None:
    with pytest.raises(Returned, match="不应再引用负面清单事项"):
        proposed(nx, DAY, negative_item=listed(nx, DAY))
    with pytest.raises(Returned, match="不是本机关的事项"):
        proposed(nx, DAY, **CLOSED, negative_item=listed(wz, DAY, category="secret"))


@pytest.mark.rule("NX-16-3a", "NX-16-3b")
def test_statistics_wait_for_consent_and_for_their_day(nx: Cast) -> None:
    bare = signed(nx, DAY, statistics=True)
    with pytest.raises(Returned, match="没有登记统计部门审核同意的文号；本件是统计资料，没有登记公布日期"):
        workflow.publish(bare, by=nx.chen, at=at(DAY, 16))
    cleared = signed(nx, DAY, statistics=True, statistics_approval="宁统函〔2026〕8号", statistics_due_on=D(LATER))

    with pytest.raises(Returned, match="公布日期为2026年3月20日，此前不得对外提供"):
        workflow.publish(cleared, by=nx.chen, at=at("2026-03-19", 23))
    workflow.publish(cleared, by=nx.chen, at=at(LATER, 0))

    assert list(Document.objects.public()) == [cleared]


@pytest.mark.rule("NX-16-6a", "NX-16-6b")
def test_process_information_is_weighed_again_when_its_decision_is_made(nx: Cast) -> None:
    document = kept(nx)

    weighing = reassessing.call_up(
        document, cause=Cause.DECISION, happened_on=D(LATER), note="评审结果已经公布", by=nx.li, at=at(LATER, 9)
    )
    clock = Clock.objects.of(weighing).get()
    assert (clock.started_on, clock.amount) == (D(LATER), library.profile("nx", D(LATER)).term("reassessment").amount)
    reassessing.reassess(weighing, result=Weighed.RELEASED, reason="决定已经作出", by=nx.he, at=at("2026-03-23"))

    document.refresh_from_db()
    clock.refresh_from_db()
    assert (document.state, document.attribute, document.negative_item) == (State.DRAFT, "", None)
    assert clock.stopped_at is not None
    with pytest.raises(Returned, match="没有确定公开属性"):
        workflow.propose(document, by=nx.li, at=at("2026-03-23"))


@pytest.mark.rule("NX-16-6b")
def test_what_stays_closed_says_why_and_is_weighed_by_who_may(nx: Cast) -> None:
    document = kept(nx)
    said = {"cause": Cause.DECISION, "happened_on": D(LATER), "note": "已经决定"}
    weighing = reassessing.call_up(document, **said, by=nx.li, at=at(LATER))

    with pytest.raises(Refused, match="不需要重复提请"):
        reassessing.call_up(document, **said, by=nx.chen, at=at(LATER))
    with pytest.raises(NotAllowed):
        reassessing.reassess(weighing, result=Weighed.STAYS, reason="不宜公开", by=nx.li, at=at(LATER))
    with pytest.raises(Refused, match="理由"):
        reassessing.reassess(weighing, result=Weighed.STAYS, reason=" ", by=nx.he, at=at(LATER))
    reassessing.reassess(weighing, result=Weighed.STAYS, reason="涉及评审专家", by=nx.he, at=at(LATER))

    document.refresh_from_db()
    assert (weighing.state, document.state) == (Weighing.DECIDED, State.KEPT)


@pytest.mark.rule("NX-16-2")
@pytest.mark.parametrize("cause", [Cause.CONSENT, Cause.PUBLIC_INTEREST])
def test_what_a_third_party_consents_to_cannot_stay_closed(nx: Cast, cause: Cause) -> None:
    document = kept(nx, category="article15", title="企业工艺参数")
    weighing = reassessing.call_up(
        document, cause=cause, happened_on=D(LATER), note="企业书面同意", by=nx.li, at=at(LATER)
    )

    with pytest.raises(Refused, match="应当予以公开"):
        reassessing.reassess(weighing, result=Weighed.STAYS, reason="仍不公开", by=nx.he, at=at(LATER))


def test_a_second_look_fits_what_closed_the_document(nx: Cast) -> None:
    document = kept(nx)
    said = {"note": "情况说明", "by": nx.li, "at": at(LATER)}

    with pytest.raises(Refused, match="不是为保护第三方"):
        reassessing.call_up(document, cause=Cause.CONSENT, happened_on=D(LATER), **said)
    with pytest.raises(Refused, match="不能晚于今天"):
        reassessing.call_up(document, cause=Cause.DECISION, happened_on=D("2026-03-21"), **said)
    with pytest.raises(Refused, match="已经办结"):
        reassessing.call_up(drafted(nx, DAY), cause=Cause.CHANGED, happened_on=D(LATER), **said)


def test_the_database_keeps_an_item_and_its_days_together(nx: Cast) -> None:
    item = filed(nx, DAY)

    for wrong in ({"state": Listed.IN_FORCE}, {"state": Listed.ENDED, "since": D(DAY)}, {"until": D(DAY)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NegativeItem.objects.filter(pk=item.pk).update(**wrong)


@pytest.mark.rule("YC-5.4-1a", "LD-A4-3-1c")
@pytest.mark.parametrize(("code", "own"), [("nx", 10), ("yc", 5), ("yq", 7), ("ld", 6), ("wz", 3)])
def test_every_body_has_its_own_categories_each_with_grounds_or_flagged(code: str, own: int) -> None:
    law = library.profile(code, D(LATER))

    numbers = {category.number for category in law.categories.values()} - {14, 15, 19}
    assert len(numbers) == own
    for category in law.categories.values():
        assert set(category.grounds) <= set(law.grounds)
        assert category.grounds or category.note.startswith(("条例", "不是条例", "比条例", "工作秘密"))
