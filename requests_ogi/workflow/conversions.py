"""What was asked for on request becomes information for everybody (转为主动公开, 条例第四十四条).

A conversion is a task with a limit. Where and how things are published is the business of the chapter of disclosure; here it
is only known that they must be, and when they were.
"""

from datetime import date, datetime

from django.db import transaction

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.letters.models import Series
from portal.moment import local_date
from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.regulations import library
from portal.workflow.engine import NotAllowed, judge, taking

from ..models import Conversion, Motion
from ..rules import Refused
from ..rules.motion import gist
from ..vocabulary import ConversionState
from .motion_steps import CONVERSIONS

PROACTIVE = "proactive"


@transaction.atomic
def convert(*, body: Body, title: str, applicants: int, by: User, at: datetime) -> Conversion:
    """Take what many have asked for into proactive disclosure. Raises NotAllowed without the role."""
    if not roles.may(by, CONVERSIONS.act(CONVERSIONS["convert"]), body, at=at):
        raise NotAllowed("您的岗位不能决定转为主动公开，请由政府信息公开工作机构负责人决定。")
    return _open(body, title=title, applicants=applicants, motion=None, by=by, at=at)


def convert_for(motion: Motion, *, title: str, by: User, at: datetime) -> Conversion:
    """The suggestion was taken up: part of the act that decides it. What is on the list already is not listed twice."""
    known = Conversion.objects.filter(body=motion.body, gist=gist(title), state=ConversionState.OPEN).first()
    return known or _open(motion.body, title=title, applicants=0, motion=motion, by=by, at=at)


@transaction.atomic
def publish(conversion: Conversion, *, published_on: date, where: str, by: User, at: datetime) -> Conversion:
    """It has been published: the day and the place."""
    judge(CONVERSIONS, "publish", conversion, by=by, at=at)
    if not local_date(conversion.opened_at) <= published_on <= local_date(at):
        raise Refused("公开日期应在决定转为主动公开之日和今天之间，请核对后重新填写。")
    if not where.strip():
        raise Refused("请写明公开的位置（栏目或者网址）。")
    facts = {"published_on": published_on, "published_where": where.strip()}
    with taking(CONVERSIONS, "publish", conversion, by=by, at=at, facts=facts) as told:
        for clock in keeper.running(conversion, PROACTIVE):
            keeper.stop(clock, ended_on=published_on, at=at)
        told["published_on"] = published_on.isoformat()
    return conversion


def _open(body: Body, *, title: str, applicants: int, motion: Motion | None, by: User, at: datetime) -> Conversion:
    key = gist(title)
    if not key:
        raise Refused("请写明将要公开的信息名称。")
    if Conversion.objects.filter(body=body, gist=key, state=ConversionState.OPEN).exists():
        raise Refused("该信息已经列入转为主动公开，不需要重复办理。")
    profile = library.profile(body.profile, local_date(at))
    year = local_date(at).year
    serial = Series.issue(body=body, year=year, code="conversion")
    made = Conversion.objects.create(
        number=f"{body.code.upper()}-GK-{year}-{serial:04d}",
        body=body,
        profile=profile.code,
        profile_version=profile.version,
        opened_at=at,
        changed_at=at,
        state=ConversionState.OPEN,
        title=title[:200],
        gist=key,
        motion=motion,
        applicants=applicants,
    )
    keeper.start(made, profile.term(PROACTIVE), weight="internal", started=local_date(at), at=at)
    told = {"applicants": applicants, "motion": motion.number if motion else None}
    ledger.record("convert", made, by=by, at=at, told=told)
    return made
