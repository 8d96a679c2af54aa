"""The figures of the annual report as a page: the official tables, their equations, and behind every number its cases."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from portal import moment
from portal.moment import chinese_date, local_date
from portal.organisation import roles
from portal.organisation.models import Body
from portal.web import keyset

from .. import figures
from ..figures import Period
from ..forms.figures import FiguresForm, presets
from ..models.request import VIEW
from ..rules.report import (
    CHALLENGE_COLUMNS,
    CHALLENGES,
    COLUMNS,
    EQUATIONS,
    LINES,
    NEW,
    TOTAL,
    Line,
    TableThree,
    balances,
    equations,
)
from ..vocabulary import ApplicantKind, Outcome, State
from . import queue

_STATES, _OUTCOMES, _KINDS = dict(State.choices), dict(Outcome.choices), dict(ApplicantKind.choices)
SIZE = 50
_BY_CODE = {line.code: line for line in LINES}


@dataclass(frozen=True)
class Asked:
    """What somebody asks figures of: a body they may see whole, and a period."""

    body: Body
    period: Period
    form: FiguresForm
    at: datetime

    @property
    def query(self) -> dict[str, str]:
        """The same question as part of an address."""
        since, until = self.period.since.isoformat(), self.period.until.isoformat()
        return {"at": f"body-{self.body.code}", "since": since, "until": until}

    @property
    def words(self) -> str:
        return f"{chinese_date(self.period.since)}至{chinese_date(self.period.until)}"


def asked(request: HttpRequest, *, at: datetime) -> Asked:
    """The body and the period named in the address. Figures are of whole bodies: who sees none whole finds nothing here."""
    reach = roles.reach(request.user, VIEW, at=at)
    places = [place for place in queue.places_of(reach) if place.department is None]
    if not places:
        raise Http404("this person sees no body's requests whole")
    form = FiguresForm(request.GET, places=[(one.token, one.label) for one in places], today=local_date(at))
    place = next((one for one in places if one.token == request.GET.get("at")), places[0])
    return Asked(place.body, Period(*form.period()), form, at)


def tables(page: Any, request: HttpRequest) -> HttpResponseBase:
    """Both tables of a body for a period, with their equations and the state of things at a glance."""
    question = asked(request, at=moment.now())
    body, period = question.body, question.period
    table = figures.table_three(body, period)
    faults = equations(table)
    context = page.admin_site.each_context(request) | {
        "title": "年报数据",
        "opts": page.opts,
        "asked": question,
        "form": question.form,
        "presets": _presets(question),
        "columns": list(COLUMNS.values()),
        "rows": list(_rows(table, question)),
        "equations": [
            {"name": name, "words": words, "faults": [fault.sentence for fault in faults if fault.equation == name]}
            for name, words in EQUATIONS.items()
        ],
        "balanced": not faults,
        "four": _four(question),
        "four_columns": list(CHALLENGE_COLUMNS.values()),
        "fees": figures.fees(body, period),
        "glance": figures.at_a_glance(body, period, at=question.at),
        "export_url": f"{reverse('admin:requests_figures_export')}?{urlencode(question.query)}",
    }
    return TemplateResponse(request, "admin/requests_ogi/figures.html", context)


def _four(question: Asked) -> list[dict[str, Any]]:
    counted = figures.table_four(question.body, question.period)
    return [
        {
            "label": label,
            "numbers": [counted[block][column] for column in CHALLENGE_COLUMNS],
            "balances": balances(counted[block]),
        }
        for block, label in CHALLENGES.items()
    ]


def _presets(question: Asked) -> Iterator[dict[str, Any]]:
    for label, since, until in presets(local_date(question.at)):
        query = question.query | {"since": since.isoformat(), "until": until.isoformat()}
        yield {"label": label, "url": f"?{urlencode(query)}", "here": question.period == Period(since, until)}


def _rows(table: TableThree, question: Asked) -> Iterator[dict[str, Any]]:
    """The lines as the form lays them out: what stands to their left, spanning rows and columns, then seven numbers."""
    headings = [line.heading for line in LINES]
    inside = [line.code for line in LINES if line.is_result] + ["results"]
    for place, line in enumerate(LINES):
        heads = []
        if line.code == inside[0]:
            heads.append({"text": "三、本年度办理结果", "down": len(inside), "across": 1})
        if line.heading and headings[place - 1] != line.heading:
            heads.append({"text": line.heading, "down": headings.count(line.heading), "across": 1})
        across = 1 if line.heading else 2 if line.code in inside else 3
        heads.append({"text": line.label, "down": 1, "across": across, "own": True, "meaning": _meaning(line)})
        yield {"heads": heads, "cells": [_cell(table, line, column, question) for column in COLUMNS], "code": line.code}


def _meaning(line: Line) -> str:
    return f"{line.meaning}（{line.article}）" if line.article else line.meaning


def _cell(table: TableThree, line: Line, column: str, question: Asked) -> dict[str, Any]:
    number = table[line.code, column]
    query = urlencode(question.query | {"line": line.code, "column": column})
    return {
        "number": number,
        "url": f"{reverse('admin:requests_figures_cases')}?{query}" if number else "",
        "total": column == TOTAL,
    }


FIELDS = ("id", "number", "title", "state", "outcome", "opened_at", "received_on", "concluded_on", "applicant__kind")


def cases(page: Any, request: HttpRequest) -> HttpResponseBase:
    """The cases behind one number, the newest first."""
    question = asked(request, at=moment.now())
    line, column = _BY_CODE.get(request.GET.get("line", NEW)), request.GET.get("column", TOTAL)
    if line is None or column not in COLUMNS:
        raise Http404("no such number")
    found = figures.cases(question.body, question.period, line=line.code, column=column)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = found.values_list(*FIELDS, named=True)
    cut = keyset.cut(rows, order=queue.ORDER, after=after, before=before, size=SIZE)
    query = question.query | {"line": line.code, "column": column}
    label = f"{line.heading}　{line.label}" if line.heading else line.label
    context = page.admin_site.each_context(request) | {
        "title": label,
        "opts": page.opts,
        "asked": question,
        "line": {"label": label, "meaning": _meaning(line)},
        "column": COLUMNS[column],
        "rows": [_case(row) for row in cut.rows],
        "back_url": f"{reverse('admin:requests_figures')}?{urlencode(question.query)}",
        "next_url": f"?{urlencode(query | {'after': cut.next})}" if cut.next else "",
        "previous_url": f"?{urlencode(query | {'before': cut.previous})}" if cut.previous else "",
    }
    return TemplateResponse(request, "admin/requests_ogi/figures_cases.html", context)


def _case(row: Any) -> dict[str, str]:
    return {
        "number": row.number,
        "url": reverse("admin:requests_ogi_informationrequest_change", args=(row.number,)),
        "title": row.title,
        "applicant": _KINDS[row.applicant__kind],
        "state": _STATES[row.state],
        "outcome": _OUTCOMES.get(row.outcome, ""),
        "received": _day(row.received_on),
        "concluded": _day(row.concluded_on),
    }


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


def export(page: Any, request: HttpRequest) -> HttpResponse:
    """The tables as a spreadsheet, laid out as the form."""
    question = asked(request, at=moment.now())
    table = figures.table_three(question.body, question.period)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"report-{question.body.code}-{question.period.since:%Y%m%d}-{question.period.until:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    writer = csv.writer(response)
    writer.writerow([f"{question.body.name}收到和处理政府信息公开申请情况（{question.words}）"])
    writer.writerow(["项目", "", *COLUMNS.values()])
    for line in LINES:
        writer.writerow([line.heading, line.label, *(table[line.code, column] for column in COLUMNS)])
    writer.writerow([])
    writer.writerow(["政府信息公开行政复议、行政诉讼情况"])
    writer.writerow(["类别", *CHALLENGE_COLUMNS.values()])
    for row in _four(question):
        writer.writerow([row["label"], *row["numbers"]])
    writer.writerow([])
    writer.writerow(["实际收取信息处理费（元）", figures.fees(question.body, question.period).income])
    return response
