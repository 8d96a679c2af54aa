"""After publication: the public keeps what it has until the new text came through the whole chain, and nothing goes silently."""

import pytest

from disclosure import workflow
from disclosure.models import Document
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Audience, State
from disclosure.workflow import Text
from disclosure.workflow.common import chain_of, newest
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import HOLDERS, drafted, particulars, published, reviewed

DAY, NEXT = "2026-03-03", "2026-03-04"
MENDED = Text(
    title="关于加快培育企业的通知（修订）",
    html="<p>改正后的正文。</p>",
    text="改正后的正文。",
    change_note="更正申报时间",
)


def amended(cast: Cast, *, text: Text = MENDED, **changes: object) -> Document:
    """Published, taken up again, and rewritten."""
    document = published(cast, DAY)
    workflow.amend(document, by=cast.li, at=at(NEXT, 9))
    workflow.revise(document, text=text, particulars=particulars(cast, DAY, **changes), by=cast.li, at=at(NEXT, 9))
    return document


def through_the_chain(cast: Cast, document: Document) -> Document:
    workflow.propose(document, by=cast.li, at=at(NEXT, 10))
    reviewed(cast, document, NEXT)
    workflow.sign(document, by=getattr(cast, HOLDERS[chain_of(document).signing.role]), at=at(NEXT, 15))
    workflow.publish(document, by=cast.chen, at=at(NEXT, 16))
    return document


@pytest.mark.rule("NX-10-1b")
def test_the_old_text_stays_until_the_new_one_is_published_and_stays_as_a_version(nx: Cast) -> None:
    document = amended(nx)
    assert (document.state, document.public.number, document.signed_by) == (State.DRAFT, 1, None)
    assert [document] == list(Document.objects.public())

    through_the_chain(nx, document)

    assert document.public.title == MENDED.title
    assert list(document.versions.filter(published_at__isnull=False).values_list("number", "change_note")) == [
        (1, ""),
        (document.public.number, "更正申报时间"),
    ]
    assert document.published_at == at(DAY, 16)


@pytest.mark.rule("NX-10-1b")
def test_a_new_version_without_its_change_note_comes_back(nx: Cast) -> None:
    document = amended(nx, text=Text(title="改", html="<p>改</p>", text="改"))

    with pytest.raises(Returned, match="没有写明变更说明"):
        workflow.propose(document, by=nx.li, at=at(NEXT, 10))


def test_the_catalogue_fields_the_public_reads_change_only_with_the_publication(nx: Cast) -> None:
    document = amended(nx, topic="财政、金融")

    assert (document.topic, document.public.card["topic"]) == ("财政、金融", "工业、交通")
    assert through_the_chain(nx, document).public.card["topic"] == "财政、金融"


@pytest.mark.parametrize("change", [{"attribute": "on_request"}, {"audience": Audience.STAFF}])
def test_what_is_public_is_not_closed_by_an_edit(nx: Cast, change: dict[str, str]) -> None:
    with pytest.raises(Refused, match="请办理“撤下”"):
        amended(nx, **change)


def test_who_amends_does_not_publish(nx: Cast) -> None:
    document = published(nx, DAY)
    workflow.amend(document, by=nx.chen, at=at(NEXT, 9))

    assert newest(document).authors == [nx.chen.pk]


def test_withdrawing_needs_a_note_for_the_public_and_happens_once(nx: Cast) -> None:
    document = published(nx, DAY)

    with pytest.raises(Refused, match="对公众的说明"):
        workflow.withdraw(document, reason="error", note=" ", by=nx.chen, at=at(NEXT))
    workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT))
    with pytest.raises(NotAllowed):
        workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT))

    assert (document.state, document.public.number) == (State.WITHDRAWN, 1)
    assert list(Document.objects.gone()) == [document]


def test_a_draft_that_never_was_public_is_not_withdrawn(nx: Cast) -> None:
    with pytest.raises(Refused, match="没有对外公开"):
        workflow.withdraw(drafted(nx, DAY), reason="error", note="数据有误。", by=nx.chen, at=at(NEXT))


def test_what_leaks_is_taken_off_also_while_a_new_version_is_on_its_way(nx: Cast) -> None:
    document = amended(nx)

    workflow.withdraw(document, reason="privacy", note="含有个人信息。", by=nx.chen, at=at(NEXT, 11))

    assert not Document.objects.public().exists()


def test_a_liaison_takes_nothing_off(nx: Cast) -> None:
    with pytest.raises(NotAllowed):
        workflow.withdraw(published(nx, DAY), reason="error", note="数据有误。", by=nx.li, at=at(NEXT))


def test_what_was_withdrawn_comes_back_only_through_the_chain(nx: Cast) -> None:
    document = published(nx, DAY)
    workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT, 8))

    workflow.restore(document, by=nx.chen, at=at(NEXT, 9))
    assert list(Document.objects.gone()) == [document]
    workflow.revise(document, text=MENDED, particulars=particulars(nx, DAY), by=nx.li, at=at(NEXT, 9))
    workflow.propose(document, by=nx.li, at=at(NEXT, 10))

    with pytest.raises(Refused, match="本人起草"):
        reviewed(nx, document, NEXT)  # the office, which took it up again, is an author now
    assert list(Document.objects.gone()) == [document]


def test_a_restored_document_is_public_again_with_its_first_date(nx: Cast) -> None:
    document = published(nx, DAY)
    workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT, 8))
    workflow.restore(document, by=nx.he, at=at(NEXT, 9))
    workflow.revise(document, text=MENDED, particulars=particulars(nx, DAY), by=nx.li, at=at(NEXT, 9))

    through_the_chain(nx, document)

    assert (document.withdrawn_at, document.withdrawal, document.published_at) == (None, "", at(DAY, 16))
    assert [document] == list(Document.objects.public())
