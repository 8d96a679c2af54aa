"""The doors of corrections, suggestions, complaints and conversions answer as their tables say."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from portal import moment
from portal.ledger.models import Entry
from requests_ogi import secrets
from requests_ogi.filing import Upload
from requests_ogi.models import Motion
from requests_ogi.workflow import conversions, motions
from tests.cast import Cast
from tests.factories import PNG, at
from tests.requests_ogi.test_motions import COMPLAINT, CORRECTION

from .motion_doors import COMPLAINTS, MOTIONS, PUBLIC
from .standing import DAY, MONDAY
from .visiting import browsers, cells, rows, word_for


@pytest.fixture(autouse=True)
def _wednesday(files: Any) -> Iterator[None]:
    with moment.rehearsing(at(DAY)):
        yield


def in_hand(cast: Cast) -> Motion:
    """A correction the department looks into."""
    motion = motions.file(body=cast.body, filing=CORRECTION, submission_key=secrets.new_key(), at=at(MONDAY))
    return motions.assign(motion, department=cast.department, by=cast.chen, at=at(MONDAY, 12))


def accusing(cast: Cast) -> Motion:
    """A complaint that has just come in, with a file."""
    filing = replace(COMPLAINT, uploads=(Upload("照片.png", PNG, "evidence"),))
    return motions.file(body=cast.body, filing=filing, submission_key=secrets.new_key(), at=at(MONDAY))


def address(door: str, motion: Motion, number: str) -> str:
    file = motion.files.exclude(purpose="identity").get()
    key = number if door.startswith("/admin/conversions/") else motion.number
    return (
        door.replace("<key>", key)
        .replace("<number>", motion.number)
        .replace("<code>", motion.body.code)
        .replace("<pk>", str(file.pk))
    )


@pytest.mark.rule("REG-47", "REG-51")
@pytest.mark.parametrize(
    ("table", "standing"),
    [(MOTIONS, in_hand), (COMPLAINTS, accusing), (PUBLIC, in_hand)],
    ids=["motions", "complaints", "public"],
)
def test_a_door_answers_each_visitor_as_its_line_says(table: str, standing: Any, nx: Cast, wz: Cast) -> None:
    motion, visitors = standing(nx), browsers(nx, wz)
    task = conversions.convert(body=nx.body, title="补贴名单", applicants=3, by=nx.he, at=at(MONDAY))

    said = {door: cells(row) for door, row in rows(table).items()}
    done = {
        door: {name: word_for(browser.get(address(door, motion, task.number))) for name, browser in visitors.items()}
        for door in said
    }

    assert done == said


def test_a_door_that_shows_nothing_does_nothing_either(nx: Cast, wz: Cast) -> None:
    visitors = browsers(nx, wz)
    task = conversions.convert(body=nx.body, title="补贴名单", applicants=3, by=nx.he, at=at(MONDAY))

    for table, motion in ((MOTIONS, in_hand(nx)), (COMPLAINTS, accusing(nx))):
        for door, row in rows(table).items():
            for name, word in cells(row).items():
                if word != "200":
                    before = Entry.objects.count()
                    data = {
                        "edition": motion.edition,
                        "why": "想知道是谁提出的",
                        "finding": "好",
                        "outcome": "corrected",
                    }
                    visitors[name].post(address(door, motion, task.number), data)
                    assert Entry.objects.count() == before, (door, name)
