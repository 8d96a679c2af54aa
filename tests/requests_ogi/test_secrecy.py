"""The review before release: by a second person, of this very version, the form first."""

import pytest
from django.db import IntegrityError

from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.models import Applicant
from requests_ogi.vocabulary import State
from tests.cast import Cast
from tests.factories import GRANT, GRANT_TEXTS, assigned, at, review

DAY = "2025-03-04"
PUBLICATION = {"clear": "clear", "kind": "publication"}


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def drafted(nx: Cast, decided=GRANT, texts=GRANT_TEXTS):
    case = assigned(nx, "2025-03-03")
    workflow.draft(case, decided=decided, texts=texts, by=nx.li, at=at(DAY, 9))
    return case


def reviewed(case, by, finding="open", opinion="不涉密"):
    return workflow.review_secrecy(case, finding=finding, opinion=opinion, by=by, at=at(DAY, 11))


@pytest.mark.rule("LD-A8-8b", "REG-17")
def test_nothing_is_released_without_the_review_of_a_second_person(nx: Cast) -> None:
    case = drafted(nx)

    with pytest.raises(Refusal, match="没有经过保密审查"):
        workflow.submit(case, by=nx.li, at=at(DAY, 12))
    made = reviewed(case, nx.zhou)

    assert (made.reviewed_by, made.finding) == (nx.zhou, "open")
    assert workflow.submit(case, by=nx.li, at=at(DAY, 13)).state == State.SUBMITTED


@pytest.mark.rule("LD-A8-8b")
def test_nobody_reviews_what_they_wrote(nx: Cast) -> None:
    case = assigned(nx, "2025-03-03")
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.zhou, at=at(DAY, 9))

    with pytest.raises(Refusal, match="不能进行保密审查"):
        reviewed(case, nx.zhou)
    reviewed(case, nx.chen)


@pytest.mark.rule("LD-A8-8b", "REG-17")
@pytest.mark.parametrize(("finding", "why"), [("closed", "不得公开"), ("doubtful", "不能确定"), ("partly", "部分公开")])
def test_what_the_review_does_not_release_is_not_approved(nx: Cast, finding: str, why: str) -> None:
    case = drafted(nx)
    reviewed(case, nx.zhou, finding)

    with pytest.raises(Refusal, match=why):
        workflow.submit(case, by=nx.li, at=at(DAY, 12))
    reviewed(case, nx.zhou)
    workflow.submit(case, by=nx.li, at=at(DAY, 13))
    reviewed(case, nx.he, finding)

    with pytest.raises(Refusal, match=why):
        workflow.approve(case, by=nx.ma, at=at(DAY, 15))


@pytest.mark.rule("LD-A8-8b")
def test_a_new_version_is_reviewed_anew(nx: Cast) -> None:
    case = drafted(nx)
    review(case, nx, at(DAY, 10))
    workflow.draft(case, decided=GRANT, texts=GRANT_TEXTS, by=nx.li, at=at(DAY, 11))

    with pytest.raises(Refusal, match="没有经过保密审查"):
        workflow.submit(case, by=nx.li, at=at(DAY, 12))


@pytest.mark.rule("LD-A8-8a")
def test_the_form_of_the_application_is_checked_first(nx: Cast) -> None:
    case = drafted(nx)
    Applicant.objects.filter(pk=case.pk).update(name="")
    case.refresh_from_db()

    with pytest.raises(Refusal, match="缺少申请人的姓名或者名称"):
        reviewed(case, nx.zhou)


@pytest.mark.rule("LD-A8-8a")
def test_the_record_says_that_the_form_was_checked(nx: Cast) -> None:
    case = drafted(nx)
    made = reviewed(case, nx.zhou)

    assert made.formal
    with pytest.raises(IntegrityError, match="form_is_checked_before_secrecy"):
        type(made).objects.filter(pk=made.pk).update(formal=False)


def test_where_nothing_is_released_there_is_nothing_to_review(nx: Cast) -> None:
    case = drafted(nx, PUBLICATION, {"legal_channel": "到图书馆查阅", "reason": "公开出版"})

    with pytest.raises(Refusal, match="不需要保密审查"):
        reviewed(case, nx.zhou)


def test_a_liaison_does_not_review(nx: Cast) -> None:
    with pytest.raises(Refusal, match="岗位"):
        reviewed(drafted(nx), nx.li)
