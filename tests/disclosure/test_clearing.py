"""Whether a document holds: amended, repealed, lapsed by itself, warned of half a year ahead, and cleaned up."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from disclosure import workflow
from disclosure.models import CleanUp, Document, StandingChange
from disclosure.rules import Refused
from disclosure.standing import standing_of
from disclosure.vocabulary import Conclusion, State, Validity
from disclosure.workflow import clearing
from portal.clocks.models import Clock
from portal.ledger import service as ledger
from portal.workflow.engine import NotAllowed
from tests.cast import Cast
from tests.factories import at

from .making import D, published
from .test_normative import normative_one

DAY, LATER = "2026-03-03", "2026-04-01"


@pytest.fixture
def old(nx: Cast) -> Document:
    """A document in force."""
    return published(nx, DAY)


@pytest.fixture
def new(nx: Cast) -> Document:
    """The document that says what becomes of the old one."""
    return published(nx, DAY, document_number="宁工信发〔2026〕8号")


def fresh(document: Document) -> Document:
    """As it is in the database now."""
    return Document.objects.get(pk=document.pk)


# --- repealed and amended ---------------------------------------------------------------------------------------------


@pytest.mark.rule("NX-08-4b", "WEB47")
def test_a_repealed_document_stays_and_says_from_when_by_what_and_what_stands_in_its_place(
    nx: Cast, old: Document, new: Document
) -> None:
    workflow.repeal(old, basis=new, successor=new, since=D(LATER), by=nx.chen, at=at(LATER))

    standing = standing_of(fresh(old), D(LATER))
    assert (standing.label, standing.successor, standing.holds) == ("废止", new, False)
    assert standing.words == f"本文件自2026年4月1日起废止，依据《{new.public.title}》（宁工信发〔2026〕8号）。"
    assert old in Document.objects.public()
    assert ledger.timeline(old).last().verb == "repeal"


@pytest.mark.rule("WEB47")
def test_an_amended_document_says_as_well_from_when_it_will_be_repealed(nx: Cast, old: Document, new: Document) -> None:
    workflow.mark_amended(old, basis=new, since=D(DAY), by=nx.chen, at=at(LATER))
    workflow.repeal(fresh(old), basis=new, since=D("2026-05-01"), by=nx.chen, at=at(LATER))

    standing = standing_of(fresh(old), D("2026-04-30"))

    assert (standing.label, standing.holds) == ("已修改", True)
    assert "自2026年3月3日起修改" in standing.words
    assert "将自2026年5月1日起废止" in standing.words


@pytest.mark.rule("NX-08-4b")
def test_an_amended_document_ends_on_its_day_before_anything_ran(nx: Cast, new: Document) -> None:
    ending = published(nx, DAY, expires_on=D("2026-04-10"))
    workflow.mark_amended(ending, basis=new, since=D(DAY), by=nx.chen, at=at(LATER))

    assert standing_of(fresh(ending), D("2026-04-10")).label == "已修改"
    assert standing_of(fresh(ending), D("2026-04-11")).label == "失效"


@pytest.mark.rule("WEB47")
def test_an_amended_document_still_holds(nx: Cast, old: Document, new: Document) -> None:
    workflow.mark_amended(old, basis=new, since=D(DAY), note="第三条已修改。", by=nx.chen, at=at(LATER))

    standing = standing_of(fresh(old), D(LATER))
    assert (standing.label, standing.holds) == ("已修改", True)
    assert standing.words.endswith("第三条已修改。")
    workflow.repeal(old, basis=new, since=D(LATER), by=nx.chen, at=at(LATER))
    assert fresh(old).validity == Validity.REPEALED


def test_what_is_to_be_repealed_on_a_day_to_come_holds_until_then(nx: Cast, old: Document, new: Document) -> None:
    workflow.repeal(old, basis=new, since=D("2026-05-01"), by=nx.chen, at=at(LATER))
    assert fresh(old).validity == Validity.IN_FORCE
    assert standing_of(fresh(old), D("2026-04-30")).words.startswith("本文件将自2026年5月1日起废止")

    clearing.lapse_expired(at=at("2026-04-30"))
    assert fresh(old).validity == Validity.IN_FORCE
    clearing.lapse_expired(at=at("2026-05-04"))

    assert fresh(old).validity == Validity.REPEALED
    assert standing_of(fresh(old), D("2026-05-01")).label == "废止"


def test_a_document_ends_once_on_a_day_after_it_was_made_and_by_another_that_is_public(
    nx: Cast, old: Document, new: Document
) -> None:
    facts: dict[str, Any] = {"basis": new, "since": D(LATER), "by": nx.chen, "at": at(LATER)}

    with pytest.raises(Refused, match="以本件自身为依据"):
        workflow.repeal(old, **facts | {"basis": old})
    with pytest.raises(Refused, match="不能早于本件的成文日期"):
        workflow.repeal(old, **facts | {"since": D("2026-03-02")})
    with pytest.raises(NotAllowed):
        workflow.repeal(old, **facts | {"by": nx.li})
    workflow.repeal(old, **facts)
    with pytest.raises(Refused, match="已经废止或者失效"):
        workflow.lapse(old, since=D(LATER), by=nx.chen, at=at(LATER))
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingChange.objects.create(
            document=old, validity=Validity.LAPSED, since=D(LATER), made_by=nx.chen, made_at=at(LATER)
        )


# --- by itself --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("NX-08-4b", "WEB47")
def test_at_the_end_of_its_validity_a_document_lapses_by_itself_and_once(nx: Cast) -> None:
    document = published(nx, DAY, expires_on=D("2026-12-31"))

    assert clearing.lapse_expired(at=at("2026-12-31", 23))["lapsed"] == 0
    assert clearing.lapse_expired(at=at("2027-01-08"))["lapsed"] == 1
    assert clearing.lapse_expired(at=at("2027-01-08"))["lapsed"] == 0

    assert fresh(document).validity == Validity.LAPSED
    assert document.standing_changes.get().since == D("2027-01-01")
    assert standing_of(fresh(document), D("2027-01-08")).words == "本文件自2027年1月1日起失效。"
    assert ledger.timeline(document).last().actor_label == "系统"


def test_the_page_says_so_from_the_first_day_whether_or_not_the_night_run_was_late(nx: Cast) -> None:
    document = published(nx, DAY, expires_on=D("2026-12-31"))

    assert standing_of(document, D("2026-12-31")).words == "本文件有效期至2026年12月31日。"
    assert standing_of(document, D("2027-01-01")).label == "失效"


def test_what_is_being_amended_lapses_all_the_same(nx: Cast) -> None:
    document = published(nx, DAY, expires_on=D("2026-12-31"))
    Document.objects.filter(pk=document.pk).update(state=State.DRAFT)

    clearing.lapse_expired(at=at("2027-01-08"))

    assert fresh(document).validity == Validity.LAPSED


@pytest.mark.rule("RULE37")
def test_six_months_before_the_end_a_review_is_called_for_once(nx: Cast) -> None:
    document = published(nx, DAY, expires_on=D("2026-12-31"))
    assert clearing.lapse_expired(at=at("2026-06-29"))["called"] == 0

    assert clearing.lapse_expired(at=at("2026-07-01"))["called"] == 1
    assert clearing.lapse_expired(at=at("2026-07-02"))["called"] == 0

    clock = Clock.objects.of(document).get(duty="validity_review")
    assert (clock.started_on, clock.weight) == (D("2026-06-30"), "internal")
    clearing.lapse_expired(at=at("2027-01-08"))
    clock.refresh_from_db()
    assert clock.ended_as == "lapsed"


def test_a_new_text_with_a_later_end_answers_the_call(nx: Cast) -> None:
    document = published(nx, DAY, expires_on=D("2026-12-31"))
    clearing.lapse_expired(at=at("2026-07-01"))
    Document.objects.filter(pk=document.pk).update(expires_on=D("2031-12-31"))

    clearing.after_publication(fresh(document), at("2026-07-10"))

    assert Clock.objects.of(document).get(duty="validity_review").ended_as == "met"


# --- clean-ups --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("NX-08-4a", "YC-2.6-1d", "NX-AX-4-6")
def test_a_clean_up_looks_at_every_document_in_force_and_its_result_is_public(nx: Cast, client: Any) -> None:
    kept, gone = normative_one(nx, DAY), normative_one(nx, DAY)
    clean_up = clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))
    decision = published(nx, LATER)
    clearing.conclude(clean_up, document=kept, conclusion=Conclusion.KEEP, by=nx.chen, at=at(LATER, 17))
    with pytest.raises(Refused, match="还有1件规范性文件没有清理结论"):
        clearing.announce(clean_up, decision=decision, by=nx.he, at=at(LATER, 17))
    clearing.conclude(clean_up, document=gone, conclusion=Conclusion.REPEAL, by=nx.chen, at=at(LATER, 17))
    with pytest.raises(Refused, match="请选择已经公开的清理决定"):
        clearing.announce(clean_up, decision=None, by=nx.he, at=at(LATER, 17))

    clearing.announce(clean_up, decision=decision, by=nx.he, at=at(LATER, 17))

    assert (fresh(kept).validity, fresh(gone).validity) == (Validity.IN_FORCE, Validity.REPEALED)
    assert fresh(gone).standing_changes.get().basis == decision
    page = client.get(reverse("disclosure:normative", args=("nx",))).content.decode()
    assert "2026年清理结果" in page
    assert "继续有效" in page


def test_clean_ups_come_one_after_the_other_and_belong_to_the_office(nx: Cast) -> None:
    clean_up = clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))

    with pytest.raises(Refused, match="正在进行"):
        clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))
    with pytest.raises(NotAllowed):
        clearing.begin(nx.body, year=2026, by=nx.li, at=at(LATER))
    with pytest.raises(Refused, match="不在清理范围内"):
        clearing.conclude(
            clean_up, document=published(nx, DAY), conclusion=Conclusion.KEEP, by=nx.chen, at=at(LATER, 17)
        )
    clearing.announce(clean_up, decision=None, by=nx.he, at=at(LATER))
    assert CleanUp.objects.get().published_on == D(LATER)


def test_a_conclusion_may_be_changed_until_the_result_is_public(nx: Cast) -> None:
    document = normative_one(nx, DAY)
    clean_up = clearing.begin(nx.body, year=2026, by=nx.chen, at=at(LATER))
    for conclusion in (Conclusion.AMEND, Conclusion.KEEP):
        clearing.conclude(clean_up, document=document, conclusion=conclusion, by=nx.chen, at=at(LATER))

    assert clean_up.items.get().conclusion == Conclusion.KEEP
    clearing.announce(clean_up, decision=None, by=nx.he, at=at(LATER))
    with pytest.raises(NotAllowed):
        clearing.conclude(clean_up, document=document, conclusion=Conclusion.AMEND, by=nx.chen, at=at(LATER))
