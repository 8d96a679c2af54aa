"""Normative documents: the questionnaire of each body, the legality review before the number, the register."""

from typing import Any

import pytest
from django.urls import reverse

from disclosure import workflow
from disclosure.forms.normative import IdentifyForm
from disclosure.models import Document, Identification, register
from disclosure.rules import Refused, Returned
from disclosure.rules.normative import judge
from disclosure.vocabulary import Genre, State
from disclosure.workflow import normative
from portal.archive.service import Refused as ArchiveRefused
from portal.organisation import people
from portal.regulations import library
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories import at

from .explaining import ORDINARY, answers, found, issue, judged, planned, policy
from .making import TEXT, D, drafted, particulars

DAY = "2026-03-03"
NX = tuple(library.profile("nx", TODAY).questions.values())
NATIONAL = tuple(library.national(TODAY).questions.values())
FIFTEEN = [choice.code for one in NX if one.code == "excluded" for choice in one.choices if choice.verdict == "no"]


def finding(**changes: str) -> Any:
    """What the standard of Ningxia says of an ordinary binding paper of a department, with changes."""
    return judge(ORDINARY | {"genre": "notice"} | changes, NX)


# --- the standard -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("NX-AX-1", "NX-AX-2.2")
def test_what_meets_every_standard_is_a_normative_document() -> None:
    assert finding().is_normative


@pytest.mark.rule("NX-AX-2.1a", "NX-AX-2.1b")
@pytest.mark.parametrize(
    ("maker", "may"),
    [
        ("government", True),
        ("department", True),
        ("branch", True),
        ("authorised", True),
        ("temporary", False),
        ("coordinating", False),
        ("outpost", False),
        ("division", False),
    ],
)
def test_four_kinds_of_body_may_make_one_and_four_may_not(maker: str, may: bool) -> None:
    assert finding(maker=maker).is_normative is may


@pytest.mark.rule("NX-AX-1")
def test_a_rule_is_not_one() -> None:
    assert finding(rule="yes").because == ("规章不属于行政规范性文件",)


@pytest.mark.rule("NX-AX-2.3")
@pytest.mark.parametrize("genre", [Genre.REPORT, Genre.SUBMISSION, Genre.MOTION, Genre.COMMENDATION])
def test_four_kinds_of_paper_never_are(genre: Genre) -> None:
    assert not finding(genre=genre).is_normative


@pytest.mark.rule("NX-AX-3")
def test_the_list_of_what_is_not_one_has_fifteen_items() -> None:
    assert len(FIFTEEN) == 15


@pytest.mark.rule("NX-AX-3")
@pytest.mark.parametrize("code", FIFTEEN)
def test_whatever_stands_on_the_list_is_not_one(code: str) -> None:
    assert not finding(excluded=code).is_normative
    assert not finding(excluded=code, special="guidance_bearing").is_normative


@pytest.mark.rule("NX-AX-2.2")
@pytest.mark.parametrize("standard", ["administrative", "external", "bears", "general"])
def test_each_standard_of_content_must_be_met(standard: str) -> None:
    assert not finding(**{standard: "no"}).is_normative


@pytest.mark.parametrize(
    ("special", "is_one"),
    [
        pytest.param("party_number", False, marks=pytest.mark.rule("NX-AX-4-1")),
        pytest.param("forwards_lower", True, marks=pytest.mark.rule("NX-AX-4-2")),
        pytest.param("forwards_higher", False, marks=pytest.mark.rule("NX-AX-4-3")),
        pytest.param("forwards_adding", True, marks=pytest.mark.rule("NX-AX-4-3")),
        pytest.param("campaign", False, marks=pytest.mark.rule("NX-AX-4-4")),
        pytest.param("campaign_bearing", True, marks=pytest.mark.rule("NX-AX-4-4")),
        pytest.param("guidance", False, marks=pytest.mark.rule("NX-AX-4-5")),
        pytest.param("guidance_bearing", True, marks=pytest.mark.rule("NX-AX-4-5")),
        pytest.param("clean_up", True, marks=pytest.mark.rule("NX-AX-4-6")),
        pytest.param("powers", True, marks=pytest.mark.rule("NX-AX-4-7")),
        pytest.param("divisions", False, marks=pytest.mark.rule("NX-AX-4-7")),
        pytest.param("reply_bearing", False, marks=pytest.mark.rule("NX-AX-4-8")),
    ],
)
def test_special_cases_decide_alone(special: str, is_one: bool) -> None:
    alone = {"maker": "department", "rule": "no", "excluded": "none", "special": special}

    assert judge(alone, NX).is_normative is is_one


@pytest.mark.rule("NX-AX-4-8")
def test_a_reply_that_binds_everybody_is_to_be_made_anew_as_a_normative_document() -> None:
    found_ = finding(special="reply_bearing", excluded="letter")

    assert (found_.is_normative, found_.advice) == (False, "请就有关内容另行制定行政规范性文件，并向社会公布。")


def test_what_is_left_open_is_named_unless_something_decides_already() -> None:
    said = {name: code for name, code in ORDINARY.items() if name != "external"}

    with pytest.raises(Refused, match="外部性"):
        judge(said, NX)
    assert not judge({"maker": "division"}, NX).is_normative


def test_an_answer_nobody_offered_is_refused() -> None:
    with pytest.raises(Refused, match="不在可选范围内"):
        finding(maker="<script>")


@pytest.mark.rule("RULE37")
def test_bodies_without_a_standard_of_their_own_ask_the_three_questions_of_the_nation() -> None:
    assert len(NATIONAL) == 3
    assert judge({"maker": "authority", "bears": "yes", "general": "yes"}, NATIONAL).is_normative
    assert not judge({"maker": "authority", "bears": "yes", "general": "no"}, NATIONAL).is_normative


# --- the acts ---------------------------------------------------------------------------------------------------------


def test_the_answers_are_kept_with_the_finding_and_its_reasons(nx: Cast) -> None:
    document = policy(nx, DAY)

    normative.identify(document, answers=answers(document, bears="no"), by=nx.li, at=at(DAY))

    kept = Identification.objects.get()
    assert (kept.is_normative, kept.answers["bears"], kept.answers["genre"]) == (False, "no", "notice")
    assert kept.reasons == ["不符合规范性标准：不涉及权利义务"]


def test_a_second_finding_replaces_the_first_which_stays_on_record(nx: Cast) -> None:
    document = policy(nx, DAY)
    for bears in ("no", "yes"):
        normative.identify(document, answers=answers(document, bears=bears), by=nx.li, at=at(DAY))

    assert Identification.objects.count() == 2
    assert Identification.objects.standing().get().is_normative


def test_a_finding_is_confirmed_by_somebody_else_and_once(nx: Cast) -> None:
    document = policy(nx, DAY)
    with pytest.raises(Refused, match="还没有认定"):
        normative.confirm_identification(document, by=nx.chen, at=at(DAY))
    normative.identify(document, answers=answers(document), by=nx.chen, at=at(DAY))

    with pytest.raises(Refused, match="不能由认定人本人复核"):
        normative.confirm_identification(document, by=nx.chen, at=at(DAY))
    with pytest.raises(NotAllowed):
        normative.confirm_identification(document, by=nx.li, at=at(DAY))
    normative.confirm_identification(document, by=nx.zhou, at=at(DAY))
    with pytest.raises(Refused, match="已经复核"):
        normative.confirm_identification(document, by=nx.he, at=at(DAY))


@pytest.mark.rule("NX-AX-1")
def test_a_policy_is_not_sent_up_unidentified_nor_signed_unconfirmed(nx: Cast) -> None:
    document = planned(nx, policy(nx, DAY), DAY)
    with pytest.raises(Returned, match="没有认定是否属于行政规范性文件"):
        workflow.propose(document, by=nx.li, at=at(DAY, 10))

    normative.identify(document, answers=answers(document, bears="no"), by=nx.li, at=at(DAY, 9))
    with pytest.raises(Returned, match="认定结论没有复核"):
        issue(nx, document, DAY)


def test_a_new_wording_needs_a_finding_and_a_review_of_its_own(nx: Cast) -> None:
    document = judged(nx, found(nx, planned(nx, policy(nx, DAY), DAY), DAY, normative_=True), DAY)
    text = workflow.Text(title="通知", html="<p>改</p>", text="改")
    from .making import particulars

    said = particulars(nx, DAY, is_policy=True)
    workflow.revise(document, text=text, particulars=said, by=nx.li, at=at(DAY, 9))

    with pytest.raises(Returned, match="正文修改后应当重新认定"):
        workflow.propose(document, by=nx.li, at=at(DAY, 10))
    found(nx, document, DAY, normative_=True)
    with pytest.raises(Returned, match="正文修改后应当重新审核"):
        issue(nx, document, DAY)


@pytest.mark.rule("YC-2.6-1a")
def test_a_normative_document_is_open_to_everybody(cast_of) -> None:
    yc = cast_of("yc")
    document = policy(yc, DAY, attribute="on_request", reason="内部掌握")
    normative.identify(document, answers=answers(document), by=yc.li, at=at(DAY))

    with pytest.raises(Returned, match="行政规范性文件应当主动公开"):
        workflow.propose(document, by=yc.li, at=at(DAY, 10))


@pytest.mark.rule("NX-AX-3", "NX-AX-2.1b")
def test_what_is_not_one_does_not_stand_in_the_column_of_normative_documents(nx: Cast) -> None:
    column = nx.body.columns.get(code="normative-documents")
    document = drafted(nx, DAY, columns=(column,))
    normative.identify(document, answers=answers(document, maker="coordinating"), by=nx.li, at=at(DAY))

    with pytest.raises(Returned, match="只收经认定的行政规范性文件"):
        workflow.propose(document, by=nx.li, at=at(DAY, 10))


# --- legality and number ----------------------------------------------------------------------------------------------


@pytest.mark.rule("LD-A2-4-3", "WZ-6.3-4c", "RULE37")
def test_a_normative_document_is_neither_numbered_nor_signed_before_its_legality_review(nx: Cast) -> None:
    document = found(nx, planned(nx, policy(nx, DAY), DAY), DAY, normative_=True)

    with pytest.raises(Returned, match="没有经过合法性审核"):
        issue(nx, document, DAY)
    document.refresh_from_db()
    with pytest.raises(Refused, match=r"没有经过合法性审核.*不予编号"):
        normative.number_document(document, by=nx.chen, at=at(DAY, 15))


@pytest.mark.rule("LD-A2-4-3", "D713-26")
def test_a_major_decision_that_failed_its_review_is_not_signed(nx: Cast) -> None:
    document = drafted(nx, DAY, is_major_decision=True)
    facts: dict[str, Any] = {"organ": "政策法规处", "opinion": "超越法定权限。", "reviewed_on": D(DAY)}
    normative.record_legality(document, passed=False, **facts, by=nx.chen, at=at(DAY))

    with pytest.raises(Returned, match="合法性审核没有通过"):
        issue(nx, document, DAY)


def invited(nx: Cast, document: Document, hour: int, label: str = "合法性审核", **said: str) -> None:
    """Somebody outside was sent a link and said this."""
    link = workflow.invite(document, organ="县司法局", label=label, by=nx.chen, at=at(DAY, hour))
    workflow.answer_invitation(link, name="王审核", **said, by=people.SYSTEM, at=at(DAY, hour, 10))


@pytest.mark.rule("LD-A2-4-3", "RULE37")
def test_what_a_reviewer_outside_says_of_the_legality_is_the_review(nx: Cast) -> None:
    document = found(nx, planned(nx, policy(nx, DAY), DAY), DAY, normative_=True)
    workflow.propose(document, by=nx.li, at=at(DAY, 10))
    invited(nx, document, 10, label="文字审核", verdict="passed")
    with pytest.raises(Refused, match="没有经过合法性审核"):
        normative.number_document(document, by=nx.chen, at=at(DAY, 10, 30))

    invited(nx, document, 11, verdict="passed")

    assert issue(nx, document, DAY).document_number == "宁工信发〔2026〕1号"


@pytest.mark.rule("LD-A2-4-3")
def test_of_several_words_on_the_legality_of_a_text_the_last_counts(nx: Cast) -> None:
    document = judged(nx, found(nx, planned(nx, policy(nx, DAY), DAY), DAY, normative_=True), DAY)
    workflow.propose(document, by=nx.li, at=at(DAY, 10))

    invited(nx, document, 11, verdict="returned", opinion="超越法定权限。")

    with pytest.raises(Refused, match="合法性审核没有通过"):
        normative.number_document(document, by=nx.chen, at=at(DAY, 12))


def test_a_review_is_dated_between_the_draft_and_today_and_says_something(nx: Cast) -> None:
    document = policy(nx, DAY)
    facts: dict[str, Any] = {"organ": "政策法规处", "passed": True, "opinion": "可行。", "by": nx.chen, "at": at(DAY)}

    for day in ("2026-03-02", "2026-03-04"):
        with pytest.raises(Refused, match="审核日期应当在本稿形成之后"):
            normative.record_legality(document, reviewed_on=D(day), **facts)
    with pytest.raises(Refused, match="请填写审核机构和审核意见"):
        normative.record_legality(document, reviewed_on=D(DAY), **facts | {"opinion": " "})


def test_whoever_changed_the_text_does_not_write_down_what_the_legal_organ_said(nx: Cast) -> None:
    document = policy(nx, DAY)
    facts: dict[str, Any] = {"organ": "政策法规处", "passed": True, "opinion": "可行。", "reviewed_on": D(DAY)}
    workflow.revise(document, text=TEXT, particulars=particulars(nx, DAY, is_policy=True), by=nx.zhou, at=at(DAY, 10))

    with pytest.raises(Refused, match="由其他人员登记"):
        normative.record_legality(document, **facts, by=nx.zhou, at=at(DAY, 11))

    assert normative.record_legality(document, **facts, by=nx.chen, at=at(DAY, 12)).recorded_by == nx.chen


def test_what_pretends_to_be_an_opinion_is_not_stored(nx: Cast, files: Any) -> None:
    document = policy(nx, DAY)
    upload = workflow.Upload("意见.pdf", b"<svg onload=alert(1)>")
    facts: dict[str, Any] = {
        "organ": "政策法规处",
        "passed": True,
        "opinion": "可行。",
        "reviewed_on": D(DAY),
        "upload": upload,
    }

    with pytest.raises(ArchiveRefused):
        normative.record_legality(document, **facts, by=nx.chen, at=at(DAY))
    assert not document.versions.get().legality_reviews.exists()


def test_numbers_are_given_with_the_signature_without_gaps_and_never_twice(nx: Cast) -> None:
    by_hand = drafted(nx, DAY, document_number="宁工信发〔2026〕2号")
    numbers = []
    for _time in range(2):
        document = judged(nx, found(nx, planned(nx, policy(nx, DAY), DAY), DAY, normative_=True), DAY)
        numbers.append(issue(nx, document, DAY).document_number)

    assert numbers == ["宁工信发〔2026〕1号", "宁工信发〔2026〕3号"]
    assert by_hand.document_number == "宁工信发〔2026〕2号"


def test_what_is_not_a_paper_or_has_a_number_is_not_numbered(nx: Cast) -> None:
    plain = issue(nx, drafted(nx, DAY), DAY)
    assert plain.document_number == ""

    normative.number_document(plain, by=nx.chen, at=at(DAY, 16))

    assert plain.document_number == "宁工信发〔2026〕1号"
    with pytest.raises(Refused, match="不能重复编号"):
        normative.number_document(plain, by=nx.chen, at=at(DAY, 16))
    with pytest.raises(Refused, match="不编发文字号"):
        normative.number_document(issue(nx, drafted(nx, DAY, genre=Genre.INFORMATION), DAY), by=nx.chen, at=at(DAY, 16))


# --- the questionnaire and the register -------------------------------------------------------------------------------


def test_the_questionnaire_puts_the_questions_under_their_headings_and_not_what_it_knows(nx: Cast) -> None:
    document = policy(nx, DAY)
    form = IdentifyForm(matter=document, by=nx.li, at=at(DAY))

    headings = [heading for heading, _fields in form.groups()]

    assert headings == ["制定主体", "表现形式", "不属于行政规范性文件的十五类", "几类文件的认定", "文件内容"]
    assert "question-genre" not in form.fields
    assert len(form.fields["question-excluded"].choices) == 16


def test_what_was_answered_before_is_filled_in_and_what_is_not_on_offer_is_refused(nx: Cast) -> None:
    document = policy(nx, DAY)
    normative.identify(document, answers=answers(document), by=nx.li, at=at(DAY))
    form = IdentifyForm(matter=document, by=nx.li, at=at(DAY))
    wrong = IdentifyForm({"edition": "0", "question-maker": "king"}, matter=document, by=nx.li, at=at(DAY))

    assert form.fields["question-maker"].initial == "department"
    assert not wrong.is_valid()


def normative_one(cast: Cast, day: str, **changes: Any) -> Document:
    """A normative document before the public."""
    document = judged(cast, found(cast, planned(cast, policy(cast, day, **changes), day), day, normative_=True), day)
    workflow.publish(issue(cast, document, day), by=cast.chen, at=at(day, 16))
    return document


@pytest.mark.rule("NX-08-4b", "NX-AX-3")
def test_the_register_holds_what_was_identified_confirmed_and_published(nx: Cast) -> None:
    listed = normative_one(nx, DAY)
    workflow.publish(issue(nx, found(nx, planned(nx, policy(nx, DAY), DAY), DAY), DAY), by=nx.chen, at=at(DAY, 16))

    assert list(register()) == [listed]


@pytest.mark.rule("NX-08-4b", "NX-AX-3")
def test_what_is_in_the_register_does_not_leave_it_by_a_second_answer(nx: Cast) -> None:
    document = normative_one(nx, DAY)

    with pytest.raises(Refused, match="公开的文本已经认定并且复核"):
        normative.identify(document, answers=answers(document, bears="no"), by=nx.li, at=at(DAY, 17))

    assert register().get() == document


@pytest.mark.rule("NX-08-4b")
def test_what_is_public_already_may_be_identified_and_enters_the_register_when_confirmed(nx: Cast) -> None:
    document = issue(nx, drafted(nx, DAY), DAY)
    workflow.publish(document, by=nx.chen, at=at(DAY, 16))
    normative.identify(document, answers=answers(document), by=nx.chen, at=at(DAY, 17))
    assert not register().exists()

    normative.confirm_identification(document, by=nx.he, at=at(DAY, 17))

    assert list(register()) == [document]
    assert document.state == State.PUBLISHED


@pytest.mark.rule("NX-08-4b")
def test_everybody_reads_the_register_with_number_day_and_validity(nx: Cast, client: Any) -> None:
    document = normative_one(nx, DAY, expires_on=D("2031-03-02"))

    page = client.get(reverse("disclosure:normative", args=("nx",))).content.decode()

    assert all(word in page for word in (document.document_number, "2026年3月3日", "有效", "2031年3月2日"))
    assert document.document_number not in client.get(reverse("disclosure:normative", args=("wz",))).content.decode()


def test_the_register_is_narrowed_by_validity_and_year_and_heeds_no_nonsense(nx: Cast, client: Any) -> None:
    document = normative_one(nx, DAY)
    path = reverse("disclosure:normative", args=("nx",))

    assert document.document_number in client.get(path, {"validity": "in_force", "year": "2026"}).content.decode()
    assert "没有符合条件" in client.get(path, {"validity": "repealed"}).content.decode()
    assert client.get(path, {"validity": "'; drop", "year": "٢٠٢٦", "after": "x"}).status_code == 200
    assert client.get(reverse("disclosure:normative", args=("nobody",))).status_code == 404


@pytest.mark.parametrize("mark", ["=", "＝", "+", "＋", "-", "－", "@", "＠"])
def test_the_register_is_taken_along_as_a_table_without_formulas(nx: Cast, client: Any, mark: str) -> None:
    normative_one(nx, DAY, document_number=f"{mark}HYPERLINK(1)")

    told = client.get(reverse("disclosure:normative_csv", args=("nx",)))

    lines = told.content.decode("utf-8-sig").splitlines()
    assert told["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith("发文字号,标题,成文日期,公开日期,有效期至,有效性")
    assert lines[1].startswith(f"'{mark}HYPERLINK(1),关于加快培育")
