"""What makes a request bearable: the last days for one's calendar, e-mail on or off, one question at the end, the paper form."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import moment
from portal.organisation.models import Body
from portal.refusal import Refusal
from portal.web.access import personal, public
from portal.web.limits import at_most

from ..application_form import application_form_pdf
from ..calendar_file import calendar_of
from ..forms.comfort import RateForm
from ..models import InformationRequest, Satisfaction
from ..workflow import comforting
from .posting import posted
from .tracking import known


@public
@personal
@require_safe
@known
def calendar(request: HttpRequest, case: InformationRequest) -> HttpResponse:
    """The last days of this request as a calendar file."""
    data = calendar_of(case, site=settings.SITE["domain"], at=moment.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{case.number}.ics")
    return response


@public
@personal
@require_http_methods(["GET", "HEAD", "POST"])
@at_most(20, seconds=3600, scope="rate")
@known
def rate(request: HttpRequest, case: InformationRequest) -> HttpResponse:
    """One question, once, after the answer."""
    if case.answered_on is None or Satisfaction.objects.filter(request=case).exists():
        messages.info(request, "这份申请现在不能评价：还没有答复，或者您已经评价过。")
        return redirect("requests_ogi:follow", case.number)
    form = RateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            comforting.rate(case, score=int(data["score"]), comment=data["comment"], at=moment.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "感谢您的评价。")
            return redirect("requests_ogi:follow", case.number)
    return render(request, "requests_ogi/rate.html", {"form": form, "case": case, "body": case.body, "nav": "track"})


@public
@personal
@require_POST
@known
def email(request: HttpRequest, case: InformationRequest) -> HttpResponse:
    """Switch e-mail about this request on or off."""
    wanted = request.POST.get("wanted") == "on"
    try:
        comforting.choose_email(case, wanted=wanted)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "已开启邮件提醒。" if wanted else "已关闭邮件提醒，办理情况请在本页查看。")
    return redirect("requests_ogi:follow", case.number)


@public
@require_safe
def paper_form(request: HttpRequest, code: str) -> HttpResponse:
    """The uniform application form of a body, to be printed."""
    body = get_object_or_404(Body, code=code)
    response = HttpResponse(application_form_pdf(body, on=moment.today()), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"政府信息公开申请表（{body.short_name}）.pdf")
    return response
