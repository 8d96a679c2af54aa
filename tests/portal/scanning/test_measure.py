"""How much of what must be found is found, and how much of what is found is really there, kind by kind."""

from collections import Counter

import pytest

from portal.scanning.scanner import scan
from portal.scanning.vocabulary import Finding
from tests.portal.scanning.fixtures import NEGATIVES, OFFICE, POSITIVES, WORDS

RECALL, PRECISION = 0.95, 0.90
MEASURED = sorted({kind for _, kinds in POSITIVES for kind in kinds})


def kinds_in(text: str) -> set[Finding]:
    return {found.kind for found in scan(text, words=WORDS, known=OFFICE)}


@pytest.fixture(scope="module")
def judged() -> dict[str, Counter[Finding]]:
    cases = [*POSITIVES, *((text, set()) for text in NEGATIVES)]
    counts = {"right": Counter(), "wrong": Counter(), "missed": Counter()}
    for text, wanted in cases:
        found = kinds_in(text)
        counts["right"].update(found & wanted)
        counts["wrong"].update(found - wanted)
        counts["missed"].update(wanted - found)
    return counts


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert len(POSITIVES) >= 60
    assert len(NEGATIVES) >= 60
    assert {*Finding} - {*MEASURED} == {Finding.HIDDEN, Finding.UNSEEN}


@pytest.mark.parametrize("kind", MEASURED)
def test_what_must_be_found_is_found_and_little_else(kind: Finding, judged: dict[str, Counter[Finding]]) -> None:
    right, wrong, missed = (judged[name][kind] for name in ("right", "wrong", "missed"))

    recall, precision = right / (right + missed), right / (right + wrong)

    print(f"{kind.label}：查全率{recall:.2f}，查准率{precision:.2f}（正确{right}，误报{wrong}，漏报{missed}）")
    assert recall >= RECALL
    assert precision >= PRECISION
