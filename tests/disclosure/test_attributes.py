"""The attribute of openness: proposed with its reasons, printed in its place, inherited, decided by the signer."""

import pytest

from disclosure import workflow
from disclosure.models import Document
from disclosure.rules import Refused, Returned, attribute, marking
from disclosure.vocabulary import Content, Genre, Openness
from disclosure.workflow import Text, Upload
from disclosure.workflow.common import law_of, suggestions
from disclosure.workflow.reviewing import Final
from portal.regulations import library
from tests.cast import Cast
from tests.factories import at

from .making import D, drafted, particulars, proposed, published, reviewed, signed

DAY = "2026-03-03"
ELEVEN = (
    "order",
    "decision",
    "circular",
    "notice",
    "commendation",
    "report",
    "submission",
    "reply",
    "opinion",
    "letter",
    "minutes",
)


@pytest.mark.rule("NX-03-1", "YC-1.1-1", "YC-5.4-1b", "WZ-6.3-5a")
@pytest.mark.parametrize("code", ["nx", "yc", "yq", "ld", "wz"])
def test_a_new_draft_is_open_until_somebody_says_otherwise(cast_of, code: str) -> None:
    document = drafted(cast_of(code), DAY, attribute=None)

    assert (document.attribute, document.openness) == ("open", Openness.OPEN)


@pytest.mark.rule("LD-A4-1", "LD-A4-3-0", "LD-A4-5")
@pytest.mark.parametrize("genre", ELEVEN)
def test_at_luodian_no_kind_of_paper_goes_up_without_an_attribute(cast_of, genre: str) -> None:
    with pytest.raises(Returned, match="没有确定公开属性"):
        proposed(cast_of("ld"), DAY, genre=Genre(genre), attribute="")


@pytest.mark.rule("YQ-S5-1.1a")
def test_at_yangquan_a_paper_bears_one_of_four_attributes(cast_of) -> None:
    yq = cast_of("yq")

    assert {one.core for one in library.profile("yq", D(DAY)).attributes.values()} == set(Openness)
    with pytest.raises(Returned, match="没有确定公开属性"):
        proposed(yq, DAY, attribute="redacted")


@pytest.mark.rule("YQ-S5-1.2b")
def test_what_is_open_on_request_goes_to_nobody_without_one(cast_of) -> None:
    yq = cast_of("yq")
    document = signed(yq, DAY, attribute="on_request", reason="涉及企业内部数据")

    with pytest.raises(Refused):
        workflow.publish(document, by=yq.chen, at=at(DAY, 16))
    assert not Document.objects.public().exists()


@pytest.mark.rule("LD-A4-8")
def test_what_is_no_official_paper_has_an_attribute_too(cast_of) -> None:
    with pytest.raises(Returned, match="没有确定公开属性"):
        proposed(cast_of("ld"), DAY, genre=Genre.INFORMATION, attribute="")


@pytest.mark.rule("YQ-S5-1.1d")
def test_at_yangquan_a_paper_in_the_governments_name_says_why_even_when_it_is_open(cast_of) -> None:
    yq = cast_of("yq")

    with pytest.raises(Returned, match="公开属性为“主动公开”，没有写明理由"):
        proposed(yq, DAY, content=Content.GOVERNMENT)

    assert proposed(yq, DAY, content=Content.GOVERNMENT, reason="涉及企业切身利益，需要社会广泛知晓。")


@pytest.mark.rule("LD-A4-6", "NX-07-1a", "YQ-S5-1.2a")
@pytest.mark.parametrize(
    ("code", "chosen", "mark"),
    [
        ("ld", "open", "（此件公开发布）"),
        ("ld", "on_request", "（此件依申请公开）"),
        ("ld", "closed", "（此件不予公开）"),
        ("nx", "redacted", "（删减后公开）"),
        ("yq", "open", "（此件公开发布）"),
        ("yq", "closed", ""),
        ("yc", "open", ""),
    ],
)
def test_the_mark_is_printed_as_the_body_words_it(code: str, chosen: str, mark: str) -> None:
    wanted = library.profile(code, D(DAY)).attributes[chosen]

    assert marking.mark_of(wanted, Content.OWN) == mark
    assert marking.mark_of(wanted, Content.REPOST) == ""


@pytest.mark.rule("LD-A4-3-2")
def test_a_forwarding_paper_takes_the_attribute_of_what_it_forwards(cast_of) -> None:
    ld = cast_of("ld")
    first = drafted(ld, DAY, attribute="on_request", reason="属于内部管理事务")

    document = drafted(ld, DAY, forwards=first, attribute="open")

    assert (document.attribute, document.reason) == ("on_request", "属于内部管理事务")


@pytest.mark.rule("LD-A4-3-2")
def test_what_forwards_a_paper_without_an_attribute_is_determined_anew(cast_of) -> None:
    ld = cast_of("ld")

    document = drafted(ld, DAY, forwards=drafted(ld, DAY, attribute=""), attribute="open")

    assert document.attribute == "open"


@pytest.mark.rule("LD-A4-3-2")
def test_between_two_bodies_the_attribute_is_the_one_that_comes_down_to_the_same(cast_of) -> None:
    first = drafted(cast_of("nx"), DAY, attribute="redacted")

    assert drafted(cast_of("yq"), DAY, forwards=first).attribute == "partial"


@pytest.mark.rule("LD-A4-3-3")
def test_an_open_paper_carries_no_closed_attachment(cast_of, files) -> None:
    ld = cast_of("ld")
    inside = Upload("名单.txt", "入库企业名单".encode(), openness=Openness.ON_REQUEST)
    document = drafted(ld, DAY, uploads=(inside,))

    with pytest.raises(Returned, match="主动公开的文件中含有不公开的内容（附件“名单”）"):
        workflow.propose(document, by=ld.li, at=at(DAY, 10))


@pytest.mark.rule("LD-A4-4b", "LD-A1-10-1a")
def test_for_a_county_paper_the_head_of_the_drafting_department_signs_first(cast_of) -> None:
    ld = cast_of("ld")
    document = proposed(ld, DAY, content=Content.GOVERNMENT)

    with pytest.raises(Refused, match="代拟部门主要负责同志签批"):
        workflow.pass_stage(document, by=ld.chen, at=at(DAY, 11))
    workflow.pass_stage(document, by=ld.zhou, at=at(DAY, 11))


@pytest.mark.rule("LD-A4-3-1a", "LD-A4-3-1b", "LD-A4-3-1c")
@pytest.mark.parametrize(
    ("signs", "openness"),
    [
        ({"notice", "policy"}, Openness.OPEN),
        ({"notice", "internal"}, Openness.ON_REQUEST),
        ({"notice", "policy", "mobile"}, Openness.ON_REQUEST),
        ({"submission", "policy"}, Openness.CLOSED),
        ({"notice", "classified", "internal"}, Openness.CLOSED),
        ({"notice"}, ""),
    ],
)
def test_luodian_suggests_an_attribute(cast_of, signs: set[str], openness: str) -> None:
    law = law_of(drafted(cast_of("ld"), DAY))

    assert attribute.suggested(signs, suggestions(law)) == openness


@pytest.mark.rule("LD-A4-4c", "NX-07-1b", "WZ-6.3-1b", "YQ-S5-1.1b")
@pytest.mark.parametrize("code", ["nx", "yq", "ld", "wz"])
def test_the_signer_decides_the_attribute_with_the_document_and_the_proposal_stays_on_record(
    cast_of, code: str
) -> None:
    cast = cast_of(code)
    document = reviewed(cast, proposed(cast, DAY), DAY)
    signer = {"yq": cast.guo, "ld": cast.zhou}.get(code, cast.ma)

    workflow.sign(document, final=Final("on_request", "涉及企业内部数据"), by=signer, at=at(DAY, 15))

    assert (document.proposed_attribute, document.attribute) == ("open", "on_request")
    assert document.openness == Openness.ON_REQUEST


def test_the_signer_also_says_why(cast_of) -> None:
    ld = cast_of("ld")
    document = reviewed(ld, proposed(ld, DAY), DAY)

    with pytest.raises(Returned, match="没有写明理由"):
        workflow.sign(document, final=Final("on_request"), by=ld.zhou, at=at(DAY, 15))

    assert Document.objects.get(pk=document.pk).attribute == "open"


def test_the_signer_does_not_close_what_the_public_has_read(nx: Cast) -> None:
    document = published(nx, DAY)
    workflow.amend(document, by=nx.li, at=at("2026-03-04", 9))
    text = Text(title="通知", html="<p>改</p>", text="改", change_note="更正")
    workflow.revise(document, text=text, particulars=particulars(nx, DAY), by=nx.li, at=at("2026-03-04", 9))
    workflow.propose(document, by=nx.li, at=at("2026-03-04", 10))
    reviewed(nx, document, "2026-03-04")

    with pytest.raises(Refused, match="请办理“撤下”"):
        workflow.sign(document, final=Final("on_request"), by=nx.ma, at=at("2026-03-04", 15))


def test_what_was_not_reviewed_for_the_public_is_not_opened_at_the_signing(nx: Cast) -> None:
    document = reviewed(nx, proposed(nx, DAY, attribute="on_request"), DAY)

    with pytest.raises(Refused, match="不能在签发时改为主动公开"):
        workflow.sign(document, final=Final("open"), by=nx.ma, at=at(DAY, 15))


@pytest.mark.rule("NX-19-5")
@pytest.mark.parametrize("genre", [Genre.SUBMISSION, Genre.REPORT, Genre.LETTER])
def test_papers_to_superiors_and_peers_do_not_go_on_the_platform_without_a_reason(nx: Cast, genre: Genre) -> None:
    with pytest.raises(Returned, match="不对外发布"):
        proposed(nx, DAY, genre=genre)

    assert proposed(nx, DAY, genre=genre, reason="建议提案答复，面向社会公开。")


@pytest.mark.rule("LD-A1-5b", "NX-18-3b")
def test_a_repost_says_where_it_was_made_public(cast_of) -> None:
    ld = cast_of("ld")

    with pytest.raises(Returned, match="没有写明来源"):
        proposed(ld, DAY, content=Content.REPOST)

    assert proposed(ld, DAY, content=Content.REPOST, source="中国政府网")


@pytest.mark.rule("WZ-6.3-4c")
def test_at_wuzhou_a_major_decision_shows_how_others_took_part(cast_of) -> None:
    wz = cast_of("wz")

    with pytest.raises(Returned, match="没有体现公众参与情况"):
        proposed(wz, DAY, is_major_decision=True, participation=("experts",))


@pytest.mark.rule("WZ-6.3-1a")
def test_a_draft_at_wuzhou_without_an_attribute_is_not_even_looked_at(cast_of) -> None:
    with pytest.raises(Returned, match="没有确定公开属性"):
        proposed(cast_of("wz"), DAY, genre=Genre.MINUTES, attribute="")


def test_everything_that_is_missing_is_told_at_once(cast_of) -> None:
    with pytest.raises(Returned) as told:
        proposed(cast_of("ld"), DAY, attribute="", content=Content.REPOST)

    assert len(told.value.missing) >= 2


def test_signing_without_a_word_keeps_what_was_proposed(nx: Cast) -> None:
    assert signed(nx, DAY).attribute == "open"
