"""The queue: one place at a time, by key, and the same list as a spreadsheet. Rows are plain dicts, personal data masked."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from portal import moment
from portal.clocks.models import Clock
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, Department
from portal.web import keyset
from portal.web.todo import days_in_words, urgency
from portal.workdays.calendar import Calendar
from portal.workdays.service import calendar_for, scopes_of

from ..forms.queue import QueueForm
from ..models import InformationRequest
from ..models.request import VIEW
from ..models.searching import find
from ..vocabulary import ANSWER, ApplicantKind, Outcome, State
from ..workflow.signing_off import ACT as SIGN_OFF
from .registering import ACT as REGISTER

ORDER = ("-opened_at", "-id")
FORGETTING = {"requests_ogi.nominate", "requests_ogi.anonymise"}
SIZE = 50
CHUNK = 2000
_SUBJECT = InformationRequest._meta.label_lower
_WEIGHTS = ("statutory", "promise")
_STATES, _OUTCOMES, _KINDS = dict(State.choices), dict(Outcome.choices), dict(ApplicantKind.choices)
FIELDS = (
    "id",
    "number",
    "title",
    "state",
    "outcome",
    "answered_on",
    "answered_in_time",
    "department__name",
    "applicant__kind",
)
_OPENED = TruncDate("opened_at", tzinfo=moment.SHANGHAI)


@dataclass(frozen=True)
class Place:
    """Where somebody looks: a whole body, or one department. One at a time, so that an index gives the order."""

    token: str
    label: str
    body: Body
    department: Department | None = None

    def narrow(self, cases: QuerySet[InformationRequest]) -> QuerySet[InformationRequest]:
        return cases.filter(body=self.body) if self.department is None else cases.filter(department=self.department)


def places_of(reach: roles.Reach) -> list[Place]:
    """Every place somebody may look at, bodies first: two queries."""
    bodies = Body.objects.filter(pk__in=reach.bodies).order_by("pk")
    departments = (
        Department.objects.filter(pk__in=reach.departments).select_related("body").order_by("body", "order", "pk")
    )
    return [
        *(Place(f"body-{one.code}", one.short_name, one) for one in bodies),
        *(Place(f"department-{one.pk}", f"{one.body.short_name} {one.name}", one.body, one) for one in departments),
    ]


@dataclass(frozen=True)
class Looking:
    """What one person looks at: the place, the filters, and the calendar by which days are counted."""

    places: list[Place]
    place: Place
    form: QueueForm
    calendar: Calendar
    at: datetime

    def cases(self) -> QuerySet[InformationRequest]:
        """The cases that the filters leave, without an order."""
        return find(self.place.narrow(InformationRequest.objects.all()), **self._filters())

    def rows(self, *more: str) -> QuerySet[InformationRequest]:
        """The same as named tuples of FIELDS, `more` and the day they were opened: making models takes half the time."""
        return self.cases().annotate(opened=_OPENED).values_list(*FIELDS, "opened", *more, named=True)

    def _filters(self) -> dict[str, Any]:
        data = getattr(self.form, "cleaned_data", {})
        today = local_date(self.at)
        due = data.get("due", "")
        return {
            "word": data.get("q", ""),
            "state": data.get("state", ""),
            "department": data.get("department"),
            "outcome": data.get("outcome", ""),
            "channel": data.get("channel", ""),
            "since": data.get("since"),
            "until": data.get("until"),
            "due_by": self.calendar.add(today, int(due)).day if due.isdigit() else None,
            "late_at": self.at if due == "late" else None,
            "body": self.place.body,
            "at": self.at,
        }


def looking(request: HttpRequest, *, at: datetime) -> Looking:
    """The place and the filters named in the address. Who may see no place at all finds nothing here."""
    places = places_of(roles.reach(request.user, VIEW, at=at))
    if not places:
        raise Http404("this person sees no requests")
    place = next((one for one in places if one.token == request.GET.get("at")), places[0])
    own = place.department is None
    departments = Department.objects.filter(body=place.body).order_by("order", "pk") if own else None
    form = QueueForm(
        request.GET,
        places=[(one.token, one.label) for one in places],
        departments=departments,
    )
    form.is_valid()
    return Looking(places, place, form, calendar_for(scopes_of(place.body), on=local_date(at)), at)


def queue(page: Any, request: HttpRequest) -> HttpResponseBase:
    """One page of the queue."""
    at = moment.now()
    look = looking(request, at=at)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    cut = keyset.cut(look.rows("opened_at"), order=ORDER, after=after, before=before, size=SIZE)
    filters = {key: value for key, value in request.GET.items() if key not in {"after", "before"} and value}
    context = page.admin_site.each_context(request) | {
        "title": "依申请公开",
        "opts": page.opts,
        "look": look,
        "form": look.form,
        "rows": list(rows(cut.rows, look)),
        "filtered": bool(filters.keys() - {"at"}),
        "more_open": bool(filters.keys() - {*QueueForm.FIRST}),
        "next_url": f"?{urlencode(filters | {'after': cut.next})}" if cut.next else "",
        "previous_url": f"?{urlencode(filters | {'before': cut.previous})}" if cut.previous else "",
        "export_url": f"{reverse('admin:requests_export')}?{urlencode(filters)}",
        "retention_url": reverse("admin:requests_retention")
        if FORGETTING & roles.reaches(request.user, at=at).keys()
        else "",
        "signoffs_url": reverse("admin:requests_signoffs") if roles.reach(request.user, SIGN_OFF, at=at).bodies else "",
        "figures_url": reverse("admin:requests_figures") if look.places[0].department is None else "",
        "register_url": reverse("admin:requests_register") if roles.reach(request.user, REGISTER, at=at).bodies else "",
    }
    return TemplateResponse(request, "admin/requests_ogi/queue.html", context)


def rows(found: Iterable[Any], look: Looking) -> Iterator[dict[str, str]]:
    """The tuples of `Looking.rows` as strings for the page: one query for their limits, whatever their number."""
    change = reverse("admin:requests_ogi_informationrequest_change", args=("0",)).removesuffix("0/")
    for row, due in _with_limits(list(found), look):
        yield {
            "number": row.number,
            "url": f"{change}{row.number}/",
            "title": row.title,
            "applicant": _KINDS[row.applicant__kind],
            "department": row.department__name or "—",
            "state": _STATES[row.state],
            "outcome": _OUTCOMES.get(row.outcome, ""),
            "opened": row.opened.isoformat(),
            **due._asdict(),
        }


def _with_limits(page: list[Any], look: Looking) -> Iterator[tuple[Any, "Due"]]:
    clocks, today = limits([row.id for row in page]), local_date(look.at)
    for row in page:
        statutory, promise = clocks.get((row.id, "statutory")), clocks.get((row.id, "promise"))
        yield row, _due(row, statutory, promise, look.calendar, today)


def limits(pks: list[int]) -> dict[tuple[int, str], Any]:
    """The latest statutory and promised limits of these cases by (case, weight): one query."""
    # One array instead of thousands of parameters: binding them cost a third of the spreadsheet's time.
    those = RawSQL("SELECT unnest(%s::bigint[])", [pks])
    clocks = Clock.objects.filter(subject_type=_SUBJECT, subject_id__in=those, duty=ANSWER, weight__in=_WEIGHTS)
    found = clocks.order_by("pk").values_list(
        "subject_id", "weight", "last_day", "provisional", "stopped_at", named=True
    )
    return {(clock.subject_id, clock.weight): clock for clock in found}


class Due(NamedTuple):
    """How a request stands to its limits, as it is shown."""

    due: str = ""
    left: str = ""
    urgency: str = "neutral"
    promise: str = ""
    late: str = ""


def _due(row: Any, statutory: Any, promise: Any, calendar: Calendar, today: date) -> Due:
    if row.answered_on is not None:
        last_day = statutory.last_day.isoformat() if statutory else ""
        left = f"{row.answered_on.isoformat()[5:]}已答复"
        if row.answered_in_time:
            return Due(last_day, left, "done")
        return Due(last_day, left, "late", late="逾期答复")
    if statutory is None or row.state in {State.WITHDRAWN, State.CLOSED}:
        return Due()
    if statutory.stopped_at is not None:
        return Due(left="待补正，暂停计算")
    left = calendar.days_left(today, statutory.last_day)
    return Due(
        due=f"{statutory.last_day.isoformat()}{'（暂定）' if statutory.provisional else ''}",
        left=days_in_words(left),
        urgency=urgency(left),
        late="已超期" if statutory.last_day < today else "",
        promise=f"{promise.last_day:%m-%d}" if promise and promise.stopped_at is None else "",
    )


COLUMNS = (
    *("申请编号", "所需信息名称", "申请人", "承办机构", "状态", "办理结果", "登记日期"),
    *("法定期限最后一日", "期限情况", "是否逾期", "本机关规定的期限"),
)


def export(page: Any, request: HttpRequest) -> HttpResponseBase:
    """What the filters leave, as a spreadsheet that is sent while it is read. Personal data stays masked."""
    at = moment.now()
    look = looking(request, at=at)
    response = StreamingHttpResponse(lines(look), content_type="text/csv; charset=utf-8")
    day: date = local_date(at)
    response["Content-Disposition"] = f'attachment; filename="requests-{day:%Y%m%d}.csv"'
    response["Cache-Control"] = "no-store, private"
    return response


def lines(look: Looking) -> Iterator[str]:
    """The spreadsheet, CHUNK lines at a time, with the mark by which spreadsheet programs know UTF-8."""
    sheet = StringIO()
    writer = csv.writer(sheet)
    sheet.write("\ufeff")
    writer.writerow(COLUMNS)
    found = look.rows().order_by(*ORDER).iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        writer.writerows(_cells(row, due) for row, due in _with_limits(chunk, look))
        yield sheet.getvalue()
        sheet.seek(0)
        sheet.truncate()
    yield sheet.getvalue()


def _cells(row: Any, due: Due) -> tuple[str, ...]:
    """One line under COLUMNS. Only what people wrote could pass for a formula; the rest are our own words and numbers."""
    return (
        row.number,
        harmless(row.title),
        _KINDS[row.applicant__kind],
        harmless(row.department__name or "—"),
        _STATES[row.state],
        _OUTCOMES.get(row.outcome, ""),
        row.opened.isoformat(),
        due.due,
        due.left,
        due.late,
        due.promise,
    )


def harmless(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else text
