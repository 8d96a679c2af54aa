"""What an outcome brings with it under the law of a day, and settling it once."""

from datetime import date, datetime

from portal.letters.models import Letter
from portal.moment import local_date
from portal.organisation.models import User
from portal.regulations import library
from portal.regulations.registry import applies
from portal.regulations.schema import OutcomeRule

from ..models import Answer, Disposition, DraftAnswer, InformationRequest
from ..rules import Refused
from ..vocabulary import Outcome


def outcome_rule(case: InformationRequest, outcome: str, *, on: date) -> OutcomeRule:
    """What the outcome fixes under the body's law on the day of the decision: a decision is taken under the law in force."""
    return library.profile(case.profile, on).outcome(outcome)


@applies("outcome *")
def disposition(case: InformationRequest, outcome: str, *, on: date) -> Disposition:
    """The line of the table of dispositions for an outcome on a day. Raises Refused when the table was not loaded for it."""
    line = Disposition.objects.filter(law=law_version(case.profile, on), outcome=outcome).first()
    if line is None:
        raise Refused("答复口径表尚未载入本机关现行规定，请联系系统管理员运行“prepare”后再办理。")
    return line


def law_version(code: str, on: date) -> str:
    """The name of the law of a body on a day, as the table of dispositions keeps it."""
    return f"{code}@{library.profile(code, on).version}"


def settle(
    case: InformationRequest,
    line: Disposition,
    *,
    letter: Letter,
    draft: DraftAnswer | None,
    by: User,
    at: datetime,
) -> Answer:
    """Store how the request was disposed of. The database refuses a line that does not fit its letter or its request."""
    return Answer.objects.create(
        request=case,
        law=line.law,
        outcome=line.outcome,
        article=line.article,
        report_row=line.report_row,
        letter_kind=line.letter_kind,
        remedy=line.remedy,
        letter=letter,
        draft=draft,
        decided_by=by,
        decided_at=at,
    )


def load_dispositions(*, at: datetime) -> None:
    """Fill the table from the profiles, for every change of the law up to now. Safe to repeat; lines are never changed."""
    for code in library.bodies():
        for day in library.changes(code, until=local_date(at)):
            law = law_version(code, day)
            for rule in library.profile(code, day).outcomes.values():
                if rule.code in Outcome.values:
                    Disposition.objects.get_or_create(
                        law=law,
                        outcome=rule.code,
                        defaults={
                            "article": rule.article,
                            "report_row": rule.report_row,
                            "letter_kind": rule.letter_kind,
                            "remedy": rule.remedy,
                        },
                    )
