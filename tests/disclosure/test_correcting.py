"""After publication: the public keeps what it has until the new text came through the whole chain, and nothing goes silently."""

import pytest
from django.db import IntegrityError, transaction

from disclosure import finding, workflow
from disclosure.models import Document
from disclosure.rules import Refused, Returned
from disclosure.standing import standing_of
from disclosure.vocabulary import Audience, Genre, State
from disclosure.workflow import Text, clearing
from disclosure.workflow.common import chain_of, newest
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.search.models import Entry
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import HOLDERS, D, drafted, particulars, published, reviewed

DAY, NEXT = "2026-03-03", "2026-03-04"
MENDED = Text(
    title="关于加快培育企业的通知（修订）",
    html="<p>改正后的正文。</p>",
    text="改正后的正文。",
    change_note="更正申报时间",
)


def rewritten(cast: Cast, document: Document, *, text: Text = MENDED, **changes: object) -> Document:
    """With another text, and with what is said about it changed."""
    workflow.revise(document, text=text, particulars=particulars(cast, DAY, **changes), by=cast.li, at=at(NEXT, 9))
    return document


def amended(cast: Cast, *, text: Text = MENDED, **changes: object) -> Document:
    """Published, taken up again, and rewritten."""
    document = published(cast, DAY)
    workflow.amend(document, by=cast.li, at=at(NEXT, 9))
    return rewritten(cast, document, text=text, **changes)


def search_columns(document: Document) -> list[str]:
    """The columns under which the index has it."""
    finding.refresh([document.pk])
    return list(Entry.objects.get(subject_type="disclosure.document", subject_id=str(document.pk)).columns)


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


def test_the_columns_in_which_the_public_finds_it_change_only_with_the_publication(nx: Cast) -> None:
    one, other = nx.body.columns.order_by("pk")[:2]
    document = published(nx, DAY, columns=(one,))
    workflow.amend(document, by=nx.li, at=at(NEXT, 9))
    assert list(newest(document).columns.all()) == [one]

    rewritten(nx, document, columns=(other,))
    assert list(document.columns.all()) == [one]
    assert search_columns(document) == [one.name]
    through_the_chain(nx, document)

    assert list(document.columns.all()) == [other]
    assert search_columns(document) == [other.name]


def test_columns_chosen_for_an_amendment_that_is_given_up_are_forgotten(nx: Cast) -> None:
    one, other = nx.body.columns.order_by("pk")[:2]
    document = published(nx, DAY, columns=(one,))
    workflow.amend(document, by=nx.li, at=at(NEXT, 9))
    rewritten(nx, document, columns=(other,))

    workflow.abandon(document, reason="不再修订。", by=nx.li, at=at(NEXT, 10))

    assert list(workflow.amend(document, by=nx.li, at=at(NEXT, 11)).columns.all()) == [one]


def test_what_is_found_and_said_of_it_is_not_touched_by_an_amendment_on_its_way(nx: Cast) -> None:
    document = amended(nx, genre=Genre.INFORMATION, document_number="宁工信发〔2026〕9号", expires_on=D(DAY))

    finding.refresh([document.pk])
    shown = Document.objects.get(pk=document.pk)

    assert (shown.card.genre, shown.card.document_number, shown.card.expires_on) == ("通知", "", None)
    assert finding.item_of(shown).kind == "通知"
    assert standing_of(shown, D(NEXT)).label == "有效"
    assert clearing.lapse_expired(at=at(NEXT, 12))["lapsed"] == 0


@pytest.mark.parametrize("change", [{"attribute": "on_request"}, {"audience": Audience.STAFF}])
def test_what_is_public_is_not_closed_by_an_edit(nx: Cast, change: dict[str, str]) -> None:
    with pytest.raises(Refused, match="请办理“撤下”"):
        amended(nx, **change)


def test_who_amends_does_not_publish(nx: Cast) -> None:
    document = published(nx, DAY)
    workflow.amend(document, by=nx.chen, at=at(NEXT, 9))

    assert newest(document).authors == [nx.chen.pk]


# --- given up again ---------------------------------------------------------------------------------------------------


def test_an_amendment_given_up_leaves_what_the_public_reads_and_loses_no_text(nx: Cast) -> None:
    document = amended(nx, topic="财政、金融", document_number="宁工信发〔2026〕9号", expires_on=D("2026-12-31"))
    signed_at, law = at(DAY, 15), document.proposed_at

    workflow.abandon(document, reason="经研究不再修订。", by=nx.li, at=at(NEXT, 10))

    now = Document.objects.get(pk=document.pk)
    assert (now.state, now.public.number, newest(now)) == (State.PUBLISHED, 1, now.public)
    assert (now.topic, now.document_number, now.expires_on) == ("工业、交通", "", None)
    assert (now.signed_by, now.signed_at, now.proposed_at) == (nx.ma, signed_at, law)
    assert [one.text for one in now.versions.filter(abandoned_at=at(NEXT, 10)).order_by("number")][-1] == MENDED.text
    entry = ledger.timeline(now).last()
    assert ledger.present(entry) == "放弃修订第3版：经研究不再修订。"


def test_what_is_amended_after_that_begins_from_the_public_text_with_a_number_of_its_own(nx: Cast) -> None:
    document = amended(nx)
    workflow.abandon(document, reason="不再修订。", by=nx.li, at=at(NEXT, 10))

    again = workflow.amend(document, by=nx.li, at=at(NEXT, 11))

    assert (again.number, again.text) == (4, document.public.text)
    assert through_the_chain(nx, rewritten(nx, document)).public.title == MENDED.title


def test_who_gives_up_says_why_may_do_it_and_does_it_once(nx: Cast) -> None:
    document = amended(nx)

    with pytest.raises(Refused, match="放弃的理由"):
        workflow.abandon(document, reason=" ", by=nx.li, at=at(NEXT, 10))
    with pytest.raises(NotAllowed):
        workflow.abandon(document, reason="不再修订。", by=nx.ma, at=at(NEXT, 10))
    workflow.abandon(document, reason="不再修订。", by=nx.li, at=at(NEXT, 10))
    with pytest.raises(NotAllowed):
        workflow.abandon(document, reason="不再修订。", by=nx.li, at=at(NEXT, 10))


def test_what_is_with_the_reviewers_is_not_given_up_behind_their_backs(nx: Cast) -> None:
    document = workflow.propose(amended(nx), by=nx.li, at=at(NEXT, 10))

    with pytest.raises(NotAllowed, match="审核中"):
        workflow.abandon(document, reason="不再修订。", by=nx.li, at=at(NEXT, 11))


def test_what_was_signed_and_came_back_owes_the_public_nothing_once_it_is_given_up(nx: Cast) -> None:
    document = reviewed(nx, workflow.propose(amended(nx), by=nx.li, at=at(NEXT, 10)), NEXT)
    workflow.sign(document, by=nx.ma, at=at(NEXT, 15))
    workflow.send_back(document, opinion="暂缓。", by=nx.ma, at=at(NEXT, 16))

    workflow.abandon(document, reason="不再修订。", by=nx.li, at=at(NEXT, 17))

    assert not Clock.objects.of(document).running().exists()
    assert document.signed_at == at(DAY, 15)


def test_a_draft_is_discarded_and_what_is_withdrawn_stays_so_by_its_own_act(nx: Cast) -> None:
    draft, document = drafted(nx, DAY), published(nx, DAY)
    with pytest.raises(Refused, match="请办理“作废”"):
        workflow.abandon(draft, reason="不办了。", by=nx.li, at=at(NEXT, 9))
    with pytest.raises(Refused, match="没有撤下"):
        workflow.stay_withdrawn(draft, reason="不办了。", by=nx.chen, at=at(NEXT, 9))
    workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT, 9))
    workflow.restore(document, by=nx.chen, at=at(NEXT, 10))
    with pytest.raises(Refused, match="请办理“放弃恢复公开”"):
        workflow.abandon(document, reason="不办了。", by=nx.li, at=at(NEXT, 11))

    workflow.stay_withdrawn(document, reason="数据无法核实。", by=nx.chen, at=at(NEXT, 11))

    assert (document.state, document.withdrawal_note) == (State.WITHDRAWN, "数据有误。")
    assert list(Document.objects.gone()) == [document]
    assert newest(document) == document.public


def test_given_up_after_it_was_withdrawn_while_amended_it_is_what_the_public_had_read(nx: Cast) -> None:
    document = amended(nx, topic="财政、金融")
    workflow.withdraw(document, reason="privacy", note="含有个人信息。", by=nx.chen, at=at(NEXT, 10))
    workflow.restore(document, by=nx.chen, at=at(NEXT, 11))

    workflow.stay_withdrawn(document, reason="不再恢复。", by=nx.chen, at=at(NEXT, 12))

    assert (document.topic, newest(document).number) == ("工业、交通", 1)


def test_the_database_does_not_let_a_public_version_be_given_up(nx: Cast) -> None:
    document = published(nx, DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        document.versions.update(abandoned_at=at(NEXT))


# --- off the site -----------------------------------------------------------------------------------------------------


def test_withdrawing_needs_a_note_for_the_public_and_happens_once(nx: Cast) -> None:
    document = published(nx, DAY)

    with pytest.raises(Refused, match="对公众的说明"):
        workflow.withdraw(document, reason="error", note=" ", by=nx.chen, at=at(NEXT))
    workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT))
    with pytest.raises(NotAllowed):
        workflow.withdraw(document, reason="error", note="数据有误。", by=nx.chen, at=at(NEXT))

    assert (document.state, document.public.number) == (State.WITHDRAWN, 1)
    assert list(Document.objects.gone()) == [document]


@pytest.mark.rule("NX-19-1a", "LD-A1-3")
def test_the_note_to_the_public_does_not_repeat_what_the_document_is_withdrawn_for(nx: Cast) -> None:
    document = published(nx, DAY)

    with pytest.raises(Refused, match="说明中有居民身份证号码。说明会立即向社会公开"):
        workflow.withdraw(document, reason="privacy", note="误登了11010519491231002X。", by=nx.chen, at=at(NEXT))

    document.refresh_from_db()
    assert document.state == State.PUBLISHED


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
