"""The last days of a request as a calendar file: for the applicant's own calendar, with the number and nothing personal."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from portal.clocks import keeper

from .models import InformationRequest
from .vocabulary import ANSWER, COMPLETION, FEE_PAYMENT

TITLES = {
    ANSWER: "政府信息公开申请答复期限最后一日",
    COMPLETION: "政府信息公开申请补正期限最后一日",
    FEE_PAYMENT: "信息处理费缴纳期限最后一日",
}


def calendar_of(case: InformationRequest, *, site: str, at: datetime) -> bytes:
    """An iCalendar file with one all-day event for each limit that runs and concerns the applicant; `site` is our domain.

    A limit that moves keeps its UID, so that importing the file again moves the event.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{site}//政府信息公开申请//ZH")
    calendar.add("version", "2.0")
    shown: set[str] = set()
    for clock in keeper.running(case, *TITLES):
        # The statutory limit and the body's own promise are two events of one duty.
        uid = f"{case.number}-{clock.duty}-{clock.weight}@{site}"
        if uid in shown:
            continue
        shown.add(uid)
        event = Event()
        event.add("uid", uid)
        event.add("dtstamp", at)
        event.add("dtstart", clock.last_day)
        event.add("dtend", clock.last_day + timedelta(days=1))
        promise = "（本机关承诺）" if clock.weight == "promise" else ""
        doubt = "（暂定，放假安排公布后可能变动）" if clock.provisional else ""
        event.add("summary", f"{case.number} {TITLES[clock.duty]}{promise}{doubt}")
        event.add("description", "凭申请编号和查询码可以查询办理进度。")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
