"""Due dates of described cases: what a case file says happened, put to the terms of the profile in force.

The format is that of the golden cases: {"id", "rule", "start", "events", "region"?, "mode"?}. Pure: no database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from portal.clocks import terms
from portal.clocks.terms import Due, Granted, Interval
from portal.moment import SHANGHAI
from portal.regulations import library
from portal.regulations.schema import Term, Unit
from portal.workdays.calendar import NATION, Calendar

# Which term of which profile a rule name of a case file means. The numbers stay in the profiles.
RULES: Mapping[str, tuple[str, str]] = {
    "FOI_REPLY_20WD": ("national", "answer"),
    "FOI_EXTENDED_40WD": ("national", "answer"),
    "FOI_EXTENDED_LT40WD": ("national", "answer"),
    "FOI_REPLY_20WD_AFTER_SUPPLEMENT": ("national", "answer"),
    "OLD_FOI_REPLY_15WD_REAL_CASE": ("national", "answer"),
    "SUPPLEMENT_NOTICE_7WD": ("national", "completion_notice"),
    "SUPPLEMENT_DEADLINE_LAPSE": ("national", "completion_reply"),
    "THIRD_PARTY_OPINION_15WD": ("national", "third_party_reply"),
    "COPRODUCER_OPINION_15WD": ("national", "co_maker_reply"),
    "FEE_PAY_20WD": ("national", "fee_payment"),
    "PROACTIVE_20WD": ("national", "proactive"),
    "ENFORCE_DECISION_7WD": ("national", "enforcement_result"),
    "ENFORCE_DECISION_20WD": ("national", "enforcement_decision"),
    "POLICY_INTERPRETATION_3WD": ("national", "interpretation"),
    "CONSULT_30D": ("national", "public_comment"),
    "LEGALITY_REVIEW_MIN_7WD": ("national", "legality_review"),
    "OPINION_MAJOR_5H": ("national", "opinion_major_release"),
    "OPINION_MAJOR_24H": ("national", "opinion_major_conference"),
    "OPINION_OTHER_48H": ("national", "opinion_other"),
    "RECONSIDERATION_60D": ("national", "reconsideration"),
    "LITIGATION_6M": ("national", "litigation_direct"),
    "LITIGATION_15D_AFTER_REVIEW": ("national", "litigation_after_review"),
    "REVIEW_DEFENCE_SIMPLE_5WD": ("national", "defence_simple"),
    "REVIEW_DEFENCE_ORDINARY_10WD": ("national", "defence_ordinary"),
    "SEED004_REPLY_7WD": ("wz", "answer"),
    "SERVICE_CONDITION_1WD_SEED000": ("nx", "service_change"),
    "OPINION_SENSITIVE_1H_SEED000": ("nx", "sentiment_sensitive_report"),
}
DATES: Mapping[str, tuple[str, str]] = {
    "ANNUAL_REPORT_0131": ("national", "annual_report_department"),
    "ANNUAL_REPORT_0331": ("national", "annual_report_government"),
}
_ANSWERS = {
    "reply_posted": "post: the posting day counts",
    "reply_signed_in_person": "in person: the signing day counts",
    "reply_sent_electronically": "electronic: the sending day counts",
}


class CaseRefused(ValueError):
    """A case that cannot be read; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One case reckoned: the term, where it started, what was excluded or granted, and when it ends."""

    term: Term
    start: date
    excluded: tuple[Interval, ...]
    extension: Granted | None
    due: Due


def reckon(case: Mapping[str, Any], calendar: Calendar) -> Reckoning:
    """Put one case to its term. Raises `CaseRefused` for an unknown rule or a malformed date."""
    start = _when(case["start"])
    term = _term(case["rule"], start)
    events = list(case.get("events", ()))
    if case.get("mode") == "rolled":
        start = terms.rolled_start(start, calendar)
    start, term = _restarts(term, start, events, calendar)
    excluded = tuple(_consultations(events, calendar))
    extension = _extension(term, start, excluded, events, calendar)
    due = terms.due(term, start, calendar, excluded=excluded, extension=extension)
    return Reckoning(term, start, excluded, extension, due)


def answer(case: Mapping[str, Any], calendar_for: Callable[[str], Calendar]) -> dict[str, Any]:
    """The answer to one case: id, due (ISO, null while unpublished), provisional (ISO or null) and explanation.

    `rolled` appears where receipt fell on a closed day and the disputed reading gives another day; `answered_on`
    and `on_time` where the case says how the answer went out; `safe` for dates the law names.
    """
    calendar = calendar_for(case.get("region", NATION))
    try:
        if case["rule"] in DATES:
            return _fixed(case, calendar)
        reckoning = reckon(case, calendar)
    except (KeyError, ValueError) as fault:
        if isinstance(fault, CaseRefused):
            raise
        raise CaseRefused(f"案例{case.get('id', '（无编号）')}无法计算：{fault}。请核对后重试。") from fault
    due = reckoning.due
    days = terms.explain(
        reckoning.term, reckoning.start, calendar, excluded=reckoning.excluded, extension=reckoning.extension
    )
    return {
        "id": case["id"],
        "due": None if due.provisional else _written(due),
        "provisional": _written(due) if due.provisional else None,
        "explanation": [
            {"date": day.day.isoformat(), "kind": day.why.value, "number": day.number, "text": day.text} for day in days
        ],
        **_rolled(case, reckoning, calendar),
        **_timeliness(case, due),
    }


def _fixed(case: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    code, key = DATES[case["rule"]]
    start = _when(case["start"])
    recurrence = library.profile(code, _plain(start)).recurrences[key]
    day = date(start.year, recurrence.month or 1, recurrence.day or 1)
    if day <= _plain(start):
        day = day.replace(year=day.year + 1)
    due, safe = terms.fixed(day, calendar)
    text = f"{terms.chinese_day(day)}为法定日期，遇节假日不顺延；稳妥日期为{terms.chinese_day(safe)}"
    return {
        "id": case["id"],
        "due": due.landing.isoformat(),
        "provisional": None,
        "explanation": [{"date": day.isoformat(), "kind": "fixed", "number": None, "text": text}],
        "safe": safe.isoformat(),
    }


def _term(rule: str, start: date) -> Term:
    if rule not in RULES:
        raise CaseRefused(f"不认识的规则名称“{rule}”，请使用：{'、'.join([*RULES, *DATES])}。")
    code, key = RULES[rule]
    profile = library.profile(code, _plain(start))
    return profile.promise(key) or profile.term(key)


def _restarts(term: Term, start: date, events: Iterable[Mapping[str, Any]], calendar: Calendar) -> tuple[date, Term]:
    """What makes the term run anew: a supplement asked for in time, a fee paid, the service of the notice itself."""
    received = start
    asked_in_time = True
    for event in events:
        match event["type"]:
            case "supplement_notice_sent":
                limit = library.national(_plain(received)).term("completion_notice")
                asked_in_time = not terms.due(limit, received, calendar).landing < _when(event["on"])
            case "supplement_received" if asked_in_time:
                start = _when(event["on"])
            case "fee_paid":
                start = _when(event["on"])
            case "supplement_notice_served":
                start = _when(event["on"])
            case "supplement_period_set":
                term = replace(term, amount=int(event["working_days"]))
    return start, term


def _consultations(events: Iterable[Mapping[str, Any]], calendar: Calendar) -> Iterable[Interval]:
    for event in events:
        if event["type"] == "consult":
            sent = _when(event["sent"])
            limit = library.national(_plain(sent)).term("third_party_reply")
            served = _when(event["served"]) if event.get("served") else None
            replied = _when(event["replied"]) if event.get("replied") else None
            yield terms.consultation_interval(sent, served, replied, limit, calendar, cause="征求第三方意见")


def _extension(
    term: Term,
    start: date,
    excluded: tuple[Interval, ...],
    events: Iterable[Mapping[str, Any]],
    calendar: Calendar,
) -> Granted | None:
    """The one extension that came in time; a late one is void (条例第三十三条)."""
    limit = terms.due(term, start, calendar, excluded=excluded)
    for event in events:
        if event["type"] == "extension_notified" and terms.extension_in_time(limit, _when(event["on"])):
            most = term.extension.amount if term.extension else 0
            return Granted(min(int(event["days"]), most), term.extension.unit if term.extension else term.unit)
    return None


def _rolled(case: Mapping[str, Any], reckoning: Reckoning, calendar: Calendar) -> dict[str, str]:
    start = _plain(reckoning.start)
    if case.get("mode") == "rolled" or reckoning.term.unit is not Unit.WORKING_DAY or calendar.is_working(start):
        return {}
    rolled = terms.due(
        reckoning.term,
        terms.rolled_start(start, calendar),
        calendar,
        excluded=reckoning.excluded,
        extension=reckoning.extension,
    )
    return {"rolled": rolled.landing.isoformat()}


def _timeliness(case: Mapping[str, Any], due: Due) -> dict[str, Any]:
    for event in case.get("events", ()):
        if event["type"] in _ANSWERS:
            answered = _plain(_when(event["on"]))
            return {"answered_on": answered.isoformat(), "on_time": answered <= due.landing}
    return {}


def _written(due: Due) -> str:
    return due.landing.isoformat() if due.moment is None else f"{due.moment:%Y-%m-%dT%H:%M}"


def _when(text: str) -> date:
    if "T" in text:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    return date.fromisoformat(text)


def _plain(day: date) -> date:
    return day.astimezone(SHANGHAI).date() if isinstance(day, datetime) else day
