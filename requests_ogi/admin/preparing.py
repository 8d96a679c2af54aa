"""What the page of an act shows beside its form: limits before they are chosen, letters before they are signed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from portal.clocks import terms
from portal.clocks.models import Clock
from portal.letters.content import Content
from portal.moment import chinese_date, local_date
from portal.workdays.service import calendar_for, scopes_of

from .. import wording
from ..forms.deciding import DraftForm
from ..forms.volume import ChargeForm
from ..models import Disposition, DraftAnswer, InformationRequest, PublishedAnswer
from ..rules import Refused
from ..vocabulary import ANSWER, DRAFTED_OUTCOMES, Outcome
from ..workflow.answering import extended_before
from ..workflow.common import law_of, most_to_extend
from ..workflow.disposing import disposition
from ..workflow.publishing import FIELDS, findings
from . import likenesses, materials, story, volume

REMEDY_WORDS = {
    "R1": "R1：应当先申请行政复议，对复议决定不服再起诉",
    "R2": "R2：可以申请行政复议，也可以直接起诉",
    "R0": "不告知救济途径（程序性告知）",
}


def options(case: InformationRequest, verb: str, *, at: datetime, asked: Any) -> dict[str, Any]:
    """What the form of an act needs to know beforehand; `asked` is what the address, or the form once sent, says."""
    if verb == "draft":
        return {"taken": likenesses.taken_over(case, asked)}
    return {"amounts": amounts(case, at=at)} if verb == "extend" else materials.options(case, verb, asked)


def agreed(form: Any) -> bool:
    """Whether the act may go ahead: a draft is saved, a fee asked for, only when the page had shown what comes of it."""
    if isinstance(form, ChargeForm):
        return volume.was_shown(form)
    return not isinstance(form, DraftForm) or form.cleaned_data["checked"] == form.outcome


def context(case: InformationRequest, verb: str, form: Any, *, at: datetime) -> dict[str, Any]:
    """What the page of an act shows beside its form."""
    extra = _CONTEXTS.get(verb)
    return extra(case, form, at) if extra else {}


# --- extension ----------------------------------------------------------------------------------------------------------


def _statutory(case: InformationRequest) -> Clock | None:
    return Clock.objects.running().of(case).filter(duty=ANSWER, weight="statutory").first()


def amounts(case: InformationRequest, *, at: datetime) -> list[tuple[int, str]]:
    """Every extension the law allows with the last day it leads to."""
    clock = _statutory(case)
    if clock is None:
        return []
    most, unit = most_to_extend(case)
    calendar = calendar_for(scopes_of(case.body), on=local_date(at))
    term = replace(law_of(case).term(ANSWER), unit=unit)
    found = []
    for amount in range(1, most + 1):
        due = terms.due(replace(term, amount=amount), clock.last_day, calendar)
        found.append(
            (amount, f"{amount}{unit.label}，延至{chinese_date(due.landing)}{'（暂定）' if due.provisional else ''}")
        )
    return found


def _extend(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    clock = _statutory(case)
    most, unit = most_to_extend(case)
    return {
        "clock": clock,
        "most": f"{most}{unit.label}",
        "extended": extended_before(case),
    }


# --- the answer -----------------------------------------------------------------------------------------------------------


def newest(case: InformationRequest) -> DraftAnswer | None:
    """The newest version of the answer."""
    return case.drafts.select_related("drafted_by").order_by("-version").first()


def letter_of(case: InformationRequest, draft: DraftAnswer, *, on: date) -> tuple[Disposition, Content]:
    """The line of the law and the letter that a version stands for, addressed to the masked name.

    Reading a letter before it is signed is no reason to see who asked; the letter itself bears the name.
    """
    line = disposition(case, draft.outcome, on=on)
    return line, replace(wording.reply(case, draft, line, on=on), addressee=story.HIDDEN)


def consequences(line: Disposition) -> dict[str, Any]:
    """What an outcome fixes together, in words."""
    return {
        "outcome": line.outcome,
        "label": line.get_outcome_display(),
        "article": line.article,
        "row": line.report_row,
        "kind": wording.REPLY_KINDS[line.letter_kind].title,
        "remedy": REMEDY_WORDS[line.remedy],
    }


def _draft(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    on = local_date(at)
    former = newest(case)
    lines = []
    for outcome in DRAFTED_OUTCOMES:
        try:
            lines.append(consequences(disposition(case, outcome, on=on)))
        except Refused:
            continue
    shown: dict[str, Any] = {
        "lines": lines,
        "former": former,
        "panel": materials.panel(case),
        "searches": case.searches.select_related("searched_by").order_by("searched_on", "pk"),
    }
    if form.is_bound and form.is_valid() and form.outcome:
        giving = form.giving
        value = DraftAnswer(
            request=case,
            outcome=form.outcome,
            decided=form.decided,
            parts=sorted(giving.parts),
            materials=sorted(giving.materials),
            **form.texts,
        )
        line, content = letter_of(case, value, on=on)
        form.data = form.data.copy()
        form.data["checked"] = form.outcome.value
        shown |= {
            "found": consequences(line),
            "letter": content,
            "letter_title": wording.REPLY_KINDS[line.letter_kind].title,
        }
    elif not form.is_bound:
        form.initial |= (first_values(former) if former is not None else {}) | form.taken
    return shown | likenesses.panel(case)


def first_values(former: DraftAnswer) -> dict[str, Any]:
    """The former version as the first values of the next one."""
    from ..forms.deciding import QUESTION, TEXTS

    return {
        **{QUESTION + code: branch for code, branch in former.decided.items()},
        **{text.name: getattr(former, text.name) for text in TEXTS},
        "organ_unknown": former.organ_unknown,
        "published_on": former.published_on,
        "undisclosed": former.undisclosed,
        "earlier": str(former.earlier_id or ""),
    }


def _read(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    draft = newest(case)
    if draft is None:
        return {}
    line, content = letter_of(case, draft, on=local_date(at))
    if "version" in form.fields:
        form.initial.setdefault("version", draft.version)
    return {
        "draft": draft,
        "panel": materials.panel(case),
        "found": consequences(line),
        "letter": content,
        "letter_title": wording.REPLY_KINDS[line.letter_kind].title,
        "preview_url": story.url("preview", case),
        "is_author": form.by.pk in draft.authors,
        "not_exist": draft.outcome == Outcome.NOT_EXIST,
    }


def _interim(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    promise = Clock.objects.running().of(case).filter(duty=ANSWER, weight="promise").first()
    return {"clock": _statutory(case), "promise": promise}


def _serve(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    return {"clock": _statutory(case), "answer": getattr(case, "answer", None)}


def _reevaluate(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    return {"proposed": case.reevaluations.filter(decided_at__isnull=True).select_related("proposed_by").first()}


def _check_privacy(case: InformationRequest, form: Any, at: datetime) -> dict[str, Any]:
    known = PublishedAnswer.objects.filter(request=case, checked_at__isnull=True).select_related("proposed_by").first()
    texts = {name: getattr(known, name) for name in FIELDS} if known else {}
    return {"publication": known, "found": findings(case, texts)}


_CONTEXTS = {
    "check_privacy": _check_privacy,
    **volume.CONTEXTS,
    "extend": _extend,
    "draft": _draft,
    "submit": _read,
    "approve": _read,
    "review_secrecy": _read,
    "serve": _serve,
    "withhold": materials.drawing,
    "suspend": _interim,
    "postpone": _interim,
    "reevaluate": _reevaluate,
}
