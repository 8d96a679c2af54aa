"""Repetitions are found and shown; a person decides, and only the same applicant's answered request counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.refusal import Refusal
from requests_ogi import precedents, similar, workflow
from requests_ogi.models import InformationRequest
from requests_ogi.models.searching import containing
from tests.cast import Cast
from tests.factories import GRANT_TEXTS, applied, assigned, at, person, served

REPEAT = {"clear": "clear", "kind": "repeat"}
TITLE = "2025年度技术改造专项资金项目安排表"


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


def somebody_else():
    return person(name="张大山", identity_number="000000198501010021")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("《2025年度资金安排表》", "２０２５年度 资金安排表", 1.0),
        ("2025年度资金安排表", "2024年度资金安排表", 0.0),
        ("2025年度技术改造专项资金项目安排表", "2025年度技术改造资金项目安排表", 0.8),
        ("资金安排表", "", 0.0),
        ("，。", "！？", 0.0),
        ("😀" * 50, "😀" * 50, 0.0),
    ],
)
def test_titles_are_compared_without_width_blanks_and_marks_but_with_their_year(
    one: str, other: str, alike: float
) -> None:
    assert similar.likeness(one, other) == pytest.approx(alike, abs=0.12)


def test_the_same_applicants_request_comes_first_and_nobody_is_named(nx: Cast) -> None:
    others = applied(nx.body, "2025-03-03", person_=somebody_else())
    own = served(nx, "2025-03-04", title="2025年技术改造专项资金项目安排表")
    case = applied(nx.body, "2025-04-01")

    first, second = similar.like(case)

    assert (first.case, first.own, first.answered) == (own, True, True)
    assert first.letter == own.answer.letter.number
    assert (second.case, second.own, second.percent) == (others, False, 100)


def test_another_bodys_requests_are_not_shown(nx: Cast, wz: Cast) -> None:
    served(wz, "2025-03-04")

    assert similar.like(applied(nx.body, "2025-04-01")) == []


def test_however_many_requests_are_alike_the_number_of_queries_is_the_same(nx: Cast) -> None:
    served(nx, "2025-03-03")
    counts = []
    for many in (1, 6):
        for _ in range(many):
            applied(nx.body, "2025-03-05", person_=somebody_else())
        case = applied(nx.body, "2025-04-01")
        with CaptureQueriesContext(connection) as told:
            similar.like(case)
        counts.append(len(told))

    assert counts[0] == counts[1] <= 3


def test_like_titles_are_looked_up_by_the_index(nx: Cast) -> None:
    applied(nx.body, "2025-03-03")
    found = InformationRequest.objects.filter(containing("技术改造专项"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, values = found.query.sql_with_params()
        cursor.execute("EXPLAIN " + sql, values)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "request_title_pairs" in plan


@pytest.mark.rule("LD-A8-9-10")
def test_a_repetition_names_an_answered_request_of_the_same_applicant(nx: Cast) -> None:
    own, open_one = served(nx, "2025-03-03"), applied(nx.body, "2025-03-04")
    strangers = served(nx, "2025-03-04", person_=somebody_else())
    case = assigned(nx, "2025-04-01")

    def drafted(earlier):
        workflow.draft(
            case,
            decided=REPEAT,
            texts={"earlier_answer": "答〔2025〕1号", "reason": "同一信息"},
            earlier=earlier,
            by=nx.li,
            at=at("2025-04-01", 14),
        )

    for earlier, why in (
        (None, "指明原申请"),
        (case, "指明原申请"),
        (strangers, "不是同一申请人"),
        (open_one, "还没有答复"),
    ):
        drafted(earlier)
        with pytest.raises(Refusal, match=why):
            workflow.submit(case, by=nx.li, at=at("2025-04-01", 15))
    drafted(own)
    workflow.submit(case, by=nx.li, at=at("2025-04-01", 16))


def test_a_precedent_is_an_answer_that_was_served_without_who_asked(nx: Cast) -> None:
    texts = GRANT_TEXTS | {"finding": "王小明（13812341234）所需信息已检索到，邮箱wang@example.test。"}
    earlier = served(nx, "2025-03-03", texts=texts)
    applied(nx.body, "2025-03-04")
    case = assigned(nx, "2025-04-01", person_=somebody_else())

    [one] = precedents.precedents_for(case)
    [found] = precedents.precedents_for(case, words="技术改造")

    assert (one.case, one.letter) == (earlier, earlier.answer.letter.number)
    assert found.texts["finding"] == "×××（×××）所需信息已检索到，邮箱×××。"
    assert precedents.precedents_for(case, words="没有这个词") == []
    assert precedents.texts_of(case, one.draft.pk) == found.texts


def test_the_answer_of_another_body_is_not_taken_over(nx: Cast, wz: Cast) -> None:
    theirs = served(wz, "2025-03-03")

    assert precedents.texts_of(assigned(nx, "2025-04-01"), theirs.drafts.get().pk) == {}
