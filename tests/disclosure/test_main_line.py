"""A document's life at each of the five bodies: drafted, reviewed by its own chain, signed, before the public."""

import pytest

from disclosure import workflow
from disclosure.models import Document
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import State
from disclosure.workflow.reviewing import stage_of
from portal.ledger import service as ledger
from portal.regulations.library import BODIES
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .listed import listed
from .making import drafted, particulars, proposed, published, reviewed, signed


@pytest.mark.parametrize("code", BODIES)
def test_a_paper_becomes_public_through_the_chain_of_its_body(cast_of, code: str) -> None:
    cast = cast_of(code)

    document = published(cast, "2026-03-03")

    assert (document.state, document.public.number) == (State.PUBLISHED, 1)
    assert [document] == list(Document.objects.public())
    assert document.reviews.count() >= 2
    verbs = [entry.verb for entry in ledger.timeline(document)]
    assert verbs[-1] == "publish"
    assert "sign" in verbs


@pytest.mark.rule("YQ-S3-4", "YQ-S3-8")
def test_at_yangquan_five_persons_look_one_after_the_other(cast_of) -> None:
    document = signed(cast_of("yq"), "2026-03-03")

    stages = list(document.reviews.order_by("pk").values_list("stage", flat=True))

    assert stages == ["section", "secrecy", "in_charge", "openness", "sign"]


def test_a_stage_waits_for_the_one_before_it(cast_of) -> None:
    yq = cast_of("yq")
    document = proposed(yq, "2026-03-03")

    with pytest.raises(Refused, match="科室负责人审核"):
        workflow.pass_stage(document, by=yq.chen, at=at("2026-03-03", 11))
    with pytest.raises(Refused, match="还没有通过"):
        workflow.sign(document, by=yq.guo, at=at("2026-03-03", 12))


@pytest.mark.rule("LD-A1-11")
def test_at_luodian_every_point_of_the_list_is_looked_at(cast_of) -> None:
    ld = cast_of("ld")
    document = proposed(ld, "2026-03-03")

    nine = [point for point in stage_of(document).checks if point != "信息中的统计数据准确"]

    with pytest.raises(Refused, match="还有未核对的事项：信息中的统计数据准确。"):
        workflow.pass_stage(document, checked=nine, by=ld.chen, at=at("2026-03-03", 11))


@pytest.mark.rule("NX-07-1a", "WZ-6.3-4a")
@pytest.mark.parametrize("code", ["nx", "wz"])
def test_a_draft_without_an_attribute_comes_back(cast_of, code: str) -> None:
    cast = cast_of(code)

    with pytest.raises(Returned, match="没有确定公开属性"):
        proposed(cast, "2026-03-03", attribute="")


CLOSED_BY = {"nx": "internal", "wz": "trade_secret"}
"""The bodies whose document closes nothing without an item of its list, and a category that fits."""


@pytest.mark.rule("NX-07-1c", "YQ-S5-1.1c", "LD-A4-4a", "WZ-6.3-1c")
@pytest.mark.parametrize("code", ["nx", "yq", "ld", "wz"])
def test_what_is_to_be_closed_says_why(cast_of, code: str) -> None:
    cast = cast_of(code)

    with pytest.raises(Returned, match="没有写明理由"):
        proposed(cast, "2026-03-03", attribute="closed", legal_basis="条例第十六条")

    closed = {"attribute": "closed", "reason": "属于内部工作流程", "legal_basis": "条例第十六条"}
    item = listed(cast, "2026-03-03", category=CLOSED_BY[code]) if code in CLOSED_BY else None
    assert proposed(cast, "2026-03-03", **closed, negative_item=item)


def test_an_author_neither_reviews_nor_publishes(nx: Cast) -> None:
    document = drafted(nx, "2026-03-03")
    text = workflow.Text(title="改过的标题", html="<p>改</p>", text="改")
    workflow.revise(document, text=text, particulars=particulars(nx, "2026-03-03"), by=nx.chen, at=at("2026-03-03", 9))
    workflow.propose(document, by=nx.li, at=at("2026-03-03", 10))
    workflow.pass_stage(document, checked=stage_of(document).checks, by=nx.zhou, at=at("2026-03-03", 10))

    with pytest.raises(Refused, match="本人起草"):
        workflow.pass_stage(document, by=nx.chen, at=at("2026-03-03", 11))


def test_what_is_closed_cannot_be_published_and_is_done_with(nx: Cast) -> None:
    document = signed(nx, "2026-03-03", attribute="on_request")

    with pytest.raises(Refused, match="不是主动公开"):
        workflow.publish(document, by=nx.chen, at=at("2026-03-04"))
    workflow.keep(document, by=nx.chen, at=at("2026-03-04"))

    assert not Document.objects.public().exists()


def test_a_returned_paper_goes_through_every_stage_again(nx: Cast) -> None:
    document = proposed(nx, "2026-03-03")
    workflow.pass_stage(document, checked=stage_of(document).checks, by=nx.zhou, at=at("2026-03-03", 11))
    workflow.send_back(document, opinion="附件日期有误", by=nx.chen, at=at("2026-03-03", 12))

    workflow.propose(document, by=nx.li, at=at("2026-03-04"))

    assert stage_of(document).key == "head"
    assert reviewed(nx, document, "2026-03-04")


def test_a_stranger_drafts_nothing(nx: Cast) -> None:
    with pytest.raises(NotAllowed):
        workflow.draft(nx.body, department=nx.department, text=None, particulars=None, by=nx.zhao, at=at("2026-03-03"))
