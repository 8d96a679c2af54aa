"""How the demonstration makes papers, and how it gives a part: a material with two places that are withheld."""

from collections.abc import Sequence
from datetime import date, datetime

from portal.letters import paper
from portal.letters.service import Row
from portal.moment import local_date
from portal.organisation.models import Body, User

from .. import workflow
from ..filing import Upload
from ..models import InformationRequest
from ..vocabulary import Scope
from .matters import SHEETS, Sheet

_FIRST, _STEP, _HEIGHT = 0.2465, 0.03557, 0.027
"""Where the rows of a sheet stand on its page, as fractions of its height."""
_LEFT, _WIDTH = 0.348, 0.522


def sheet_pdf(body: Body, *, title: str, number: str, rows: Sequence[Row], on: date) -> bytes:
    """A paper of the demonstration as a PDF: a title and a table of facts."""
    return paper.form_pdf(body, title=title, number=number, rows=rows, dated=on)


def place_of(sheet: Sheet, label: str) -> tuple[float, float, float, float]:
    """Where the value of a row stands on the page of its sheet."""
    row = next(place for place, (name, _) in enumerate(sheet.rows) if name == label)
    return _LEFT, round(_FIRST + row * _STEP, 4), _WIDTH, _HEIGHT


ROWS = tuple(Row(*row) for row in SHEETS["nx"].rows)
PLACES = tuple((label, place_of(SHEETS["nx"], label)) for label, _, _ in SHEETS["nx"].withheld)
REASON = SHEETS["nx"].withheld[0][2]


def give_a_part(case: InformationRequest, *, by: User, at: datetime) -> None:
    """Add a material to a case, and register what of it is withheld."""
    sheet = SHEETS[case.body.code]
    rows = tuple(Row(*row) for row in sheet.rows)
    pdf = sheet_pdf(case.body, title=sheet.title, number=sheet.number, rows=rows, on=local_date(at))
    upload = Upload(name=f"{sheet.title}.pdf", data=pdf, purpose="material")
    material = workflow.enclose(case, title=sheet.title, upload=upload, by=by, at=at)
    for label, ground, reason in sheet.withheld:
        workflow.withhold(
            case,
            scope=Scope.AREA,
            what=f"“{label}”一栏的内容",
            ground=ground,
            reason=reason,
            material=material,
            page=1,
            boxes=[place_of(sheet, label)],
            by=by,
            at=at,
        )
