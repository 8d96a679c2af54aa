"""Release against an objection: the third party is told in writing first; and what the database knows of findings."""

from typing import Any

import pytest
from django.db import IntegrityError

from portal.letters.models import Letter
from portal.refusal import Refusal
from requests_ogi import workflow
from requests_ogi.models import Consultation, InformationRequest
from requests_ogi.rules import consulting
from requests_ogi.rules.consulting import Choices, Stand, Word
from requests_ogi.vocabulary import Asked, Opinion, State, Weighed
from tests.cast import Cast
from tests.factories import at

from .asking import (
    again,
    approves,
    day,
    heard,
    objecting,
    silent,
    submits,
    weighed,
)


@pytest.fixture(autouse=True)
def _files(files) -> None: ...


# --- release against an objection ----------------------------------------------------------------------------------------


def against(cast: Cast, finding: str = Weighed.OVERRIDE) -> tuple[InformationRequest, Consultation]:
    """Approved for release although the third party objects."""
    case, asked = objecting(cast)
    weighed(cast, asked, "2025-03-06", finding)
    submits(cast, case, "2025-03-06")
    return approves(cast, InformationRequest.objects.get(pk=case.pk), "2025-03-06"), asked


def notifies(cast: Cast, asked: Consultation, **changes: Any) -> Letter:
    values = {"content": "合同总价和履行期限", "reasons": "涉及重大公共资金使用，公众有知情的重大利益"} | changes
    how = {"manner": "post", "sent_on": day("2025-03-07"), "proof_number": "X9", "by": cast.chen}
    return workflow.notify_party(again(asked), **values, **how, at=at("2025-03-07"))


def serves(cast: Cast, case: InformationRequest) -> InformationRequest:
    case = InformationRequest.objects.get(pk=case.pk)
    return workflow.serve(case, manner="electronic", sent_on=day("2025-03-07"), by=cast.chen, at=at("2025-03-07", 17))


@pytest.mark.rule("LD-A8-9-5c", "REG-32")
@pytest.mark.parametrize("finding", [Weighed.OVERRIDE, Weighed.UNREASONABLE])
def test_nothing_is_released_against_a_third_party_before_it_was_told_in_writing(cast_of, finding: str) -> None:
    ld = cast_of("ld")
    case, asked = against(ld, finding)

    with pytest.raises(Refusal, match="还没有书面告知其公开的内容和理由"):
        serves(ld, case)
    letter = notifies(ld, asked)

    assert letter.addressee == "某某公司"
    assert letter.remedy == "R2"
    text = "".join(block["text"] for block in letter.content.blocks)
    assert "合同总价和履行期限" in text
    assert "公众有知情的重大利益" in text
    assert "行政复议" in letter.content.remedy_text
    assert "王小明" not in letter.sealed
    assert serves(ld, case).state == State.SERVED


def test_a_third_party_is_told_once(nx: Cast) -> None:
    _, asked = against(nx)
    notifies(nx, asked)

    with pytest.raises(Refusal, match="不需要告知"):
        notifies(nx, asked)


@pytest.mark.parametrize("empty", ["content", "reasons"])
def test_the_third_party_is_told_what_and_why(nx: Cast, empty: str) -> None:
    _, asked = against(nx)

    with pytest.raises(Refusal, match="写明决定公开的内容和理由"):
        notifies(nx, asked, **{empty: " "})


def test_the_third_party_is_told_after_the_decision_and_not_before(nx: Cast) -> None:
    _, asked = objecting(nx)
    weighed(nx, asked, "2025-03-06", Weighed.OVERRIDE)

    with pytest.raises(Refusal, match="不能办理“告知第三方”"):
        notifies(nx, asked)


def test_who_agreed_need_not_be_told(nx: Cast) -> None:
    case, asked = silent(nx)
    heard(nx, asked, "2025-03-05")
    submits(nx, case, "2025-03-06")
    case = approves(nx, InformationRequest.objects.get(pk=case.pk), "2025-03-06")

    assert serves(nx, case).state == State.SERVED


# --- what the database knows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("finding_fits_what_was_said", {"finding": Weighed.SILENCE_OPEN}),
        ("finding_fits_what_was_said", {"opinion": Opinion.AGREES}),
        ("authority_is_not_weighed", {"kind": Asked.AUTHORITY}),
        ("override_is_for_third_parties", {"kind": Asked.CO_MAKER}),
        ("consulted_kind_known", {"kind": "somebody"}),
        ("finding_with_finding_reasons", {"finding_reasons": None}),
        ("finding_with_weighed_by", {"weighed_by": None}),
        ("key_with_key_digest", {"key": None}),
    ],
)
def test_a_finding_fits_what_was_said(nx: Cast, constraint: str, wrong: dict[str, Any]) -> None:
    _, asked = objecting(nx)
    weighed(nx, asked, "2025-03-06", Weighed.OVERRIDE)

    with pytest.raises(IntegrityError, match=constraint):
        Consultation.objects.filter(pk=asked.pk).update(**wrong)


def test_a_notice_stands_only_beside_a_release_against_an_objection(nx: Cast) -> None:
    _, asked = objecting(nx)
    weighed(nx, asked, "2025-03-06", Weighed.REASONABLE)

    with pytest.raises(IntegrityError, match="notice_tells_of_release_against_objection"):
        Consultation.objects.filter(pk=asked.pk).update(notice=asked.letter)


# --- the table of stands ------------------------------------------------------------------------------------------------

LIMIT, AFTER = day("2025-03-25"), day("2025-03-26")
STANDS = [
    (Asked.THIRD_PARTY, None, None, LIMIT, Stand.WAITING),
    (Asked.THIRD_PARTY, None, None, AFTER, Stand.OWED),
    (Asked.THIRD_PARTY, None, Weighed.SILENCE_OPEN, AFTER, Stand.OPEN),
    (Asked.THIRD_PARTY, None, Weighed.SILENCE_WITHHOLD, AFTER, Stand.CLOSED),
    (Asked.THIRD_PARTY, Opinion.AGREES, None, LIMIT, Stand.OPEN),
    (Asked.THIRD_PARTY, Opinion.OBJECTS, None, LIMIT, Stand.OWED),
    (Asked.THIRD_PARTY, Opinion.OBJECTS, Weighed.REASONABLE, LIMIT, Stand.CLOSED),
    (Asked.THIRD_PARTY, Opinion.OBJECTS, Weighed.UNREASONABLE, LIMIT, Stand.OPEN),
    (Asked.THIRD_PARTY, Opinion.OBJECTS, Weighed.OVERRIDE, LIMIT, Stand.OPEN),
    (Asked.CO_MAKER, None, None, LIMIT, Stand.WAITING),
    (Asked.CO_MAKER, None, None, AFTER, Stand.OPEN),
    (Asked.CO_MAKER, Opinion.OBJECTS, None, AFTER, Stand.OWED),
    (Asked.AUTHORITY, None, None, AFTER, Stand.WAITING),
    (Asked.AUTHORITY, Opinion.AGREES, None, AFTER, Stand.OPEN),
    (Asked.AUTHORITY, Opinion.OBJECTS, None, AFTER, Stand.CLOSED),
]


@pytest.mark.rule("REG-32", "REG-34", "REG-17")
@pytest.mark.parametrize(("kind", "opinion", "finding", "today", "stand"), STANDS)
def test_where_a_word_leaves_the_matter(
    kind: str, opinion: str | None, finding: str | None, today: Any, stand: Stand
) -> None:
    word = Word(kind, day("2025-03-04"), True, LIMIT, opinion, finding)

    assert consulting.stand_of(word, Choices(), today=today) is stand


@pytest.mark.rule("REG-15")
def test_a_part_may_be_released_where_one_third_party_is_respected() -> None:
    words = [
        Word(Asked.THIRD_PARTY, day("2025-03-04"), True, LIMIT, Opinion.OBJECTS, Weighed.REASONABLE),
        Word(Asked.THIRD_PARTY, day("2025-03-04"), True, LIMIT, Opinion.AGREES),
    ]

    consulting.may_decide(words, "partial", Choices(), today=LIMIT)
