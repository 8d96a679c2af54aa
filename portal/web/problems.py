"""Pages for when something is wrong, in plain words and with a way on. None of them needs the database."""

import logging
import sys
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from portal.web.context import site

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """What happened, and what the reader can do about it; both whole sentences."""

    title: str
    what: str
    advice: tuple[str, ...]


PROBLEMS = {
    400: Problem(
        "无法理解这次请求",
        "浏览器发来的内容不完整或格式不正确，系统没有处理，也没有保存任何内容。",
        ("请返回上一页，刷新后重新填写并提交。", "如果多次出现，请换用其他浏览器，或电话联系受理机构。"),
    ),
    403: Problem(
        "您没有权限进行这项操作",
        "这项操作不在您的岗位职责或授权范围之内，系统没有保存任何内容。",
        ("请核对登录的账号是否正确。", "如确因工作需要，请联系本单位公开办调整岗位授权。"),
    ),
    404: Problem(
        "没有找到这个页面",
        "网址可能输入有误，页面可能已经移动，或者不对您开放。",
        ("请检查网址是否完整。", "可以从首页重新进入，或者凭申请编号和查询码查询办理进度。"),
    ),
    410: Problem(
        "这项内容已经撤下",
        "该内容曾经公开，现已依法撤下。",
        ("可以查看同一栏目的现行内容。", "如仍需获取，可以提出政府信息公开申请。"),
    ),
    413: Problem(
        "提交的内容过大",
        "一次提交的文字和文件总量超过了上限，系统没有接收，也没有保存任何内容。此前已经保存的内容不受影响。",
        (
            "请用浏览器的“后退”回到刚才的页面，填写的内容一般仍在。",
            f"每个文件不超过{settings.UPLOAD_LIMIT // 2**20}MB：请减少文件数量，或者压缩、降低扫描分辨率、拆成几个文件后再试。",
            "材料较多的，可以分次补充，或者到受理机构当面提交、邮寄。",
        ),
    ),
    429: Problem(
        "操作过于频繁",
        "为保护申请人的信息，短时间内的多次尝试已被暂停。此前已经提交的内容不受影响。",
        ("请稍候再试。", "如果忘记了申请编号或查询码，请携带身份证明到受理机构查询，或拨打受理电话。"),
    ),
    500: Problem(
        "系统出现错误",
        "处理这次请求时系统出错，已自动记录，技术人员会尽快处理。本次操作没有完成。",
        ("请稍后重试。", "如需反映情况，请提供下方的错误编号。"),
    ),
    503: Problem(
        "系统暂时无法使用",
        "系统暂时连接不上数据库，刚才的操作没有保存任何内容。已经取得申请编号的申请不受影响。",
        (
            "请过几分钟再试；用浏览器的“后退”可以回到刚才填写的页面，内容一般仍在。",
            "如果不能确定是否已经提交成功，请先凭申请编号查询，再决定是否重新提交。",
            "事情紧急的，可以到受理机构当面提交，或者邮寄、传真申请。",
        ),
    ),
}
STALE_FORM = Problem(
    "页面停留时间过长",
    "为保护您的操作安全，这个页面已经失效，刚才的内容没有保存。",
    ("请用浏览器的“后退”回到刚才的页面，刷新后重新提交。", "请确认浏览器允许本站使用 Cookie。"),
)


def page(request: HttpRequest, status: int, problem: Problem | None = None) -> HttpResponse:
    """The page of one HTTP status. Rendered without context processors that could reach the database."""
    context = site(request) | {
        "problem": problem or PROBLEMS[status],
        "status": status,
        "reference": getattr(request, "reference", "") if status >= 500 else "",
        "in_workplace": request.path.startswith("/admin/"),
    }
    response = HttpResponse(render_to_string("web/problem.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def out_of_service(request: HttpRequest) -> HttpResponse:
    """503: the database cannot be reached; says that nothing was saved and when to come back (60 seconds)."""
    response = page(request, 503)
    response["Retry-After"] = "60"
    return response


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429 with the number of seconds after which trying again makes sense."""
    response = page(request, 429)
    response["Retry-After"] = str(seconds)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; what was too much is told as that."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return page(request, 413 if too_much else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: the same page whether there is nothing or nothing for this reader."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500; a lost database is 503, because waiting helps and reporting does not."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return out_of_service(request)
    logger.error("error %s at %s", getattr(request, "reference", "-"), request.path)
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: said as what it usually is, a page left open too long."""
    return page(request, 403, STALE_FORM)
