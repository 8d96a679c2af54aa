"""The answer: restated request, facts found, law, decision, remedy (条例第三十六条)."""

from datetime import date

from portal.letters import remedies
from portal.letters.content import Content, p

from ..models import Disposition, DraftAnswer, InformationRequest
from .decisions import decision
from .parts import addressee, contact, electronic, opening
from .withheld import enclosures


def reply(case: InformationRequest, draft: DraftAnswer, line: Disposition, *, on: date) -> Content:
    """The answer that a draft stands for: restated request, facts found, law, decision, remedy (条例第三十六条)."""
    blocks = [opening(case), p("经审查，现答复如下：")]
    if draft.finding:
        blocks.append(p(draft.finding))
    blocks += decision(case, draft, line)
    return Content(
        addressee=addressee(case),
        blocks=tuple(blocks),
        attachments=enclosures(draft),
        remedy=line.remedy,
        remedy_text=remedies.text(line.remedy, case.body, on, electronic=electronic(case)),
        contact=contact(case.body),
    )
