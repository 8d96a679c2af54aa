"""The search before the eye: what is found stands in the way until a named person, no author, has decided it with a reason."""

import io

import pytest
from django.db import IntegrityError, transaction
from docx import Document as Docx

from disclosure import workflow
from disclosure.models import Document, Finding
from disclosure.rules import Refused, Returned
from disclosure.vocabulary import Decision, State
from disclosure.workflow import Upload, words
from disclosure.workflow.scanning import scan_version
from portal.ledger import service as ledger
from portal.organisation import roles
from portal.workflow.engine import NotAllowed
from tests.cast import SINCE, Cast
from tests.factories import at

from .making import TEXT, D, drafted, particulars, proposed, reviewed, signed

DAY = "2026-03-03"
PHONE = "13912345678"


def saying(words: str) -> workflow.Text:
    """A text with these words in it."""
    return workflow.Text(title=TEXT.title, html=f"<p>{words}</p>", text=words)


def up(cast: Cast, words: str, *, uploads: tuple[Upload, ...] = ()) -> Document:
    """A document with these words, sent up."""
    document = drafted(cast, DAY, text=saying(words), uploads=uploads)
    return workflow.propose(document, by=cast.li, at=at(DAY, 10))


def decide(finding: Finding, cast: Cast, decision: str = "harmless") -> Finding:
    """Decided by the office."""
    return workflow.decide_finding(finding, decision=decision, reason="为公布的办公电话", by=cast.chen, at=at(DAY, 11))


def docx_with(*, comment: str) -> bytes:
    """A Word file with harmless words and a comment beside them."""
    made = Docx()
    paragraph = made.add_paragraph("申报条件见正文。")
    made.add_comment(paragraph.runs, text=comment, author="张某", initials="张")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


# --- what is found ----------------------------------------------------------------------------------------------------


@pytest.mark.rule("NX-19-1a", "YQ-S3-7", "LD-A1-9")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (f"联系人电话{PHONE}。", "mobile"),
        ("身份证号11010519491231002X。", "id_number"),
        ("密级：机密★10年", "classified"),
        ("内部资料，注意保存。", "internal"),
    ],
)
def test_what_must_be_looked_at_is_written_down_when_a_document_is_sent_up(nx: Cast, words: str, kind: str) -> None:
    document = up(nx, words)

    finding = document.findings.get(kind=kind)
    assert document.state == State.REVIEW
    assert finding.decision == ""
    assert PHONE not in finding.excerpt


@pytest.mark.rule("LD-A1-1a")
def test_what_a_link_says_is_searched_as_well(nx: Cast) -> None:
    text = workflow.Text(title="标题", html=f'<p><a href="tel:{PHONE}">联系我们</a></p>', text="联系我们")

    document = workflow.propose(drafted(nx, DAY, text=text), by=nx.li, at=at(DAY, 10))

    assert document.findings.get().place == "正文中的链接和图片说明"


@pytest.mark.rule("LD-A1-1a")
@pytest.mark.parametrize(
    ("field", "place"), [("source", "目录信息"), ("keywords", "目录信息"), ("change_note", "变更说明")]
)
def test_whatever_else_the_public_will_read_is_searched_as_well(nx: Cast, field: str, place: str) -> None:
    text = workflow.Text(
        title="标题", html="<p>正文</p>", text="正文", **{field: PHONE} if field == "change_note" else {}
    )
    said = {"source": {"source": PHONE}, "keywords": {"keywords": (PHONE,)}}.get(field, {})

    document = workflow.propose(drafted(nx, DAY, text=text, **said), by=nx.li, at=at(DAY, 10))

    assert document.findings.get().place == place


def test_the_offices_own_telephone_is_no_finding(nx: Cast) -> None:
    assert not up(nx, f"咨询电话：{nx.body.phone}。").findings.exists()


def test_hidden_parts_of_an_attachment_are_findings(nx: Cast, files) -> None:
    document = up(nx, "见附件。", uploads=(Upload("申报表.docx", docx_with(comment=f"打给{PHONE}")),))

    assert {"hidden", "mobile"} <= set(document.findings.filter(file__isnull=False).values_list("kind", flat=True))


def test_a_file_that_nobody_can_look_into_is_itself_a_finding(nx: Cast, files) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")

    document = up(nx, "见附件。", uploads=(Upload("公示.png", out.getvalue()),))

    assert document.findings.get().kind == "unseen"


def test_searching_again_changes_nothing(nx: Cast) -> None:
    document = up(nx, f"联系人电话{PHONE}，电话{PHONE}。")

    assert scan_version(document.versions.get(), at=at(DAY, 11)) == []
    assert document.findings.count() == 1


# --- what it stands in the way of ---------------------------------------------------------------------------------------------


@pytest.mark.rule("NX-19-1a", "LD-A1-10-0", "YQ-S3-7", "LD-A1-9", "LD-A1-3")
def test_nothing_is_signed_before_every_finding_is_decided(nx: Cast) -> None:
    document = reviewed(nx, up(nx, f"联系人电话{PHONE}。"), DAY)

    with pytest.raises(Returned, match="发布前检查发现的1处内容还没有处理"):
        workflow.sign(document, by=nx.ma, at=at(DAY, 15))
    decide(document.findings.get(), nx)
    workflow.sign(document, by=nx.ma, at=at(DAY, 16))

    entry = ledger.timeline(document).get(verb="decide_finding")
    assert "手机号码" in ledger.present(entry)


def test_what_is_to_be_taken_out_goes_back(nx: Cast) -> None:
    document = reviewed(nx, up(nx, f"联系人电话{PHONE}。"), DAY)
    decide(document.findings.get(), nx, Decision.REMOVED)

    with pytest.raises(Returned, match="有1处内容应当删去"):
        workflow.sign(document, by=nx.ma, at=at(DAY, 15))


def test_what_was_taken_out_is_no_longer_in_the_way(nx: Cast) -> None:
    document = up(nx, f"联系人电话{PHONE}。")
    decide(document.findings.get(), nx, Decision.REMOVED)
    workflow.send_back(document, opinion="删去手机号码", by=nx.zhou, at=at(DAY, 12))
    workflow.revise(document, text=TEXT, particulars=particulars(nx, DAY), by=nx.li, at=at(DAY, 13))
    workflow.propose(document, by=nx.li, at=at(DAY, 14))

    reviewed(nx, document, DAY)

    assert workflow.sign(document, by=nx.ma, at=at(DAY, 15))


def test_a_decision_holds_for_the_same_thing_in_the_next_version(nx: Cast) -> None:
    document = up(nx, f"联系人电话{PHONE}。")
    decide(document.findings.get(), nx)
    workflow.send_back(document, opinion="改标题", by=nx.zhou, at=at(DAY, 12))
    text = saying(f"电话：{PHONE}；另一人电话13812345678。")
    workflow.revise(document, text=text, particulars=particulars(nx, DAY), by=nx.li, at=at(DAY, 13))
    workflow.propose(document, by=nx.li, at=at(DAY, 14))

    newest = document.versions.get(number=2)
    assert sorted(newest.findings.values_list("decision", flat=True)) == ["", "harmless"]
    assert newest.findings.get(decision="harmless").decided_by == nx.chen


def test_a_decision_ends_when_who_made_it_becomes_an_author(nx: Cast) -> None:
    document = up(nx, f"联系人电话{PHONE}。")
    decide(document.findings.get(), nx)
    workflow.send_back(document, opinion="改标题", by=nx.zhou, at=at(DAY, 12))
    workflow.revise(
        document, text=saying(f"电话：{PHONE}。"), particulars=particulars(nx, DAY), by=nx.chen, at=at(DAY, 13)
    )
    workflow.propose(document, by=nx.li, at=at(DAY, 14))

    assert document.versions.get(number=2).findings.get().decision == ""


@pytest.mark.rule("LD-A1-10-0", "NX-19-1a")
def test_a_word_added_after_the_signing_still_stands_in_the_way(nx: Cast) -> None:
    document = signed(nx, DAY)
    words.add(nx.body, word="专精特新", reason="另有口径", by=nx.chen, at=at(DAY, 15))

    with pytest.raises(Returned, match="发布前复查又发现3处需要处理的内容"):
        workflow.publish(document, by=nx.chen, at=at(DAY, 16))
    for finding in workflow.scan(document, by=nx.chen, at=at(DAY, 16)):
        decide(finding, nx)
    workflow.publish(document, by=nx.chen, at=at(DAY, 17))

    assert document.state == State.PUBLISHED


def test_words_of_another_body_and_words_that_were_ended_are_not_searched_for(nx: Cast, wz: Cast) -> None:
    words.add(wz.body, word="专精特新", reason="另有口径", by=wz.chen, at=at(DAY, 8))
    ended = words.add(nx.body, word="培育", reason="另有口径", by=nx.chen, at=at(DAY, 8))
    words.end(ended, reason="口径已经统一", by=nx.he, at=at(DAY, 8, 30))

    assert not proposed(nx, DAY).findings.exists()


def test_what_stays_in_waits_for_no_decision(nx: Cast) -> None:
    document = drafted(nx, DAY, text=saying(f"联系人电话{PHONE}。"), attribute="on_request")
    workflow.propose(document, by=nx.li, at=at(DAY, 10))

    assert workflow.sign(reviewed(nx, document, DAY), by=nx.ma, at=at(DAY, 15))


# --- who decides --------------------------------------------------------------------------------------------------------------


def test_an_author_decides_nothing(nx: Cast) -> None:
    document = drafted(nx, DAY, text=saying(f"电话{PHONE}。"))
    workflow.revise(document, text=saying(f"电话{PHONE}"), particulars=particulars(nx, DAY), by=nx.chen, at=at(DAY, 9))
    workflow.propose(document, by=nx.li, at=at(DAY, 10))

    with pytest.raises(Refused, match="参与了本件的起草"):
        decide(document.findings.get(), nx)


def test_the_drafter_may_not_decide_and_everybody_gives_a_reason(nx: Cast) -> None:
    finding = up(nx, f"电话{PHONE}。").findings.get()

    with pytest.raises(NotAllowed):
        workflow.decide_finding(finding, decision="harmless", reason="没有关系", by=nx.li, at=at(DAY, 11))
    with pytest.raises(Refused, match="请写明理由"):
        workflow.decide_finding(finding, decision="harmless", reason=" ", by=nx.chen, at=at(DAY, 11))


@pytest.mark.rule("YQ-S3-11", "LD-A1-9", "NX-19-1a")
def test_a_mark_of_secrecy_is_never_waved_through(nx: Cast) -> None:
    finding = up(nx, "密级：机密★10年").findings.filter(kind="classified").first()

    with pytest.raises(Refused, match="请先办理解密手续"):
        decide(finding, nx, Decision.ALLOWED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(
            decision="allowed", reason="已解密", decided_by=nx.chen, decided_at=at(DAY)
        )


def test_what_was_found_in_an_older_version_is_not_decided_any_more(nx: Cast) -> None:
    document = up(nx, f"电话{PHONE}。")
    finding = document.findings.get()
    workflow.send_back(document, opinion="改标题", by=nx.zhou, at=at(DAY, 12))
    workflow.revise(document, text=TEXT, particulars=particulars(nx, DAY), by=nx.li, at=at(DAY, 13))
    workflow.propose(document, by=nx.li, at=at(DAY, 14))

    with pytest.raises(Refused, match="以前的版本"):
        decide(finding, nx)


def test_a_second_office_hand_may_decide_what_the_first_wrote(nx: Cast) -> None:
    roles.appoint(nx.zhao, "openness_office", body=nx.body, starts_on=SINCE, today=D(DAY))
    finding = up(nx, f"电话{PHONE}。").findings.get()
    decide(finding, nx)

    again = workflow.decide_finding(finding, decision="removed", reason="个人号码", by=nx.zhao, at=at(DAY, 12))

    assert (again.decision, again.decided_by) == ("removed", nx.zhao)
