"""What the page of a challenge shows, and the panel of challenges on the page of its request."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.clocks import keeper
from portal.ledger import service as ledger
from portal.moment import chinese_date, local_date
from portal.organisation.models import User
from portal.organisation.roles import Reach
from portal.web.case import Act, Story
from portal.web.telling import clock_dict, days_left
from portal.web.todo import urgency
from portal.workdays.service import calendar_for, scopes_of
from portal.workflow.engine import covers

from ..models import Challenge, InformationRequest
from ..models.challenge import CHALLENGE_VIEW
from ..rules import challenging as rules
from ..vocabulary import ChallengeResult, ChallengeState, State
from ..workflow import CHALLENGES
from .acts.challenging import CHALLENGE_ACTS

Reaches = dict[str, Reach]


def url(page: str, challenge: Challenge, *more: Any) -> str:
    """The address of a page of a challenge."""
    return reverse(f"admin:challenges_{page}", args=(challenge.number, *more))


def story_of(challenge: Challenge, *, user: User, reaches: Reaches, at: datetime) -> Story:
    """The whole page of a challenge for one person at one moment."""
    entries = list(ledger.timeline(challenge))
    clocks = keeper.clocks_of(challenge)
    calendar = calendar_for(scopes_of(challenge.body), on=local_date(at))
    running = next((clock for clock in clocks if clock.stopped_at is None), None)
    return Story(
        number=challenge.number,
        title=challenge.title_for_clock,
        state=challenge.get_state_display(),
        urgency=urgency(days_left(running, calendar, at=at)) if running else "neutral",
        track=list(track(challenge)),
        clocks=[clock_dict(clock, calendar, at=at) for clock in clocks],
        acts=[
            Act.of(CHALLENGES[verb], url(verb, challenge), grave=deed.grave)
            for verb, deed in CHALLENGE_ACTS.items()
            if offers(challenge, verb, reaches)
        ],
        timeline=[
            {"at": one.at, "title": ledger.present(one), "by": one.actor_label, "text": ""} for one in reversed(entries)
        ],
        facts=list(facts(challenge)),
        warnings=list(warnings(challenge)),
        downloads=list(downloads(challenge, may_unmask=covers(reaches, "requests_ogi.unmask", challenge.request))),
    )


def offers(challenge: Challenge, verb: str, reaches: Reaches) -> bool:
    """Whether the page has a button for an act: what state and post allow, less what the facts rule out."""
    step = CHALLENGES[verb]
    if challenge.state not in step.sources or not covers(reaches, CHALLENGES.act(step), challenge):
        return False
    if verb != "redo":
        return True
    case = challenge.request
    return (
        challenge.result == ChallengeResult.CORRECTED
        and case.state in {State.SERVED, State.CLOSED}
        and not hasattr(case, "redone_as")
    )


def track(challenge: Challenge) -> Iterator[dict[str, Any]]:
    """The stages with where the challenge stands. A defence that was never given is left out in the end."""
    done = {
        ChallengeState.OPEN: 0,
        ChallengeState.DEFENDED: 1,
        ChallengeState.CONCLUDED: 2,
    }[ChallengeState(challenge.state)]
    yield {"label": "收到通知", "state": "done", "day": challenge.received_on}
    if challenge.defended_on or done < 2:
        yield {
            "label": "答复举证",
            "state": "done" if challenge.defended_on else "now",
            "day": challenge.defended_on,
        }
    yield {"label": "审结", "state": ("ahead", "now", "done")[done], "day": challenge.decided_on}


def facts(challenge: Challenge) -> Iterator[dict[str, Any]]:
    """What the challenge is, in groups."""
    yield _group(
        "案件",
        ("类别", challenge.get_kind_display()),
        ("审理程序", challenge.get_procedure_display() if challenge.procedure else ""),
        ("审理机关", challenge.authority),
        ("案号", challenge.case_number),
        ("此前的行政复议", challenge.review.number if challenge.review else ""),
        ("收到通知之日", chinese_date(challenge.received_on)),
        ("请求和理由摘要", challenge.summary),
    )
    if challenge.defended_on:
        in_time = "在法定期限内" if challenge.defended_in_time else "已超过法定期限"
        yield _group("答复举证", ("提交日期", f"{chinese_date(challenge.defended_on)}（{in_time}）"))
    if challenge.decided_on:
        days = challenge.ordered_days
        yield _group(
            "结果",
            ("结果", challenge.get_result_display() + ("（因撤回终结）" if challenge.withdrawn else "")),
            ("决定（裁判）日期", chinese_date(challenge.decided_on)),
            ("送达本机关之日", chinese_date(challenge.served_on) if challenge.served_on else ""),
            ("限期重新答复", f"{days}个工作日" if days else ""),
            ("主要内容和后续处理", challenge.consequence),
        )


def _group(title: str, *rows: tuple[str, str]) -> dict[str, Any]:
    return {"title": title, "rows": [{"key": key, "value": value} for key, value in rows if value]}


def warnings(challenge: Challenge) -> Iterator[str]:
    """What the reader should know before acting."""
    answer = getattr(challenge.request, "answer", None)
    if answer is not None and rules.skipped_review(kind=challenge.kind, remedy=answer.remedy):
        yield rules.SKIPPED_REVIEW
    if challenge.result == ChallengeResult.CORRECTED and not hasattr(challenge.request, "redone_as"):
        if challenge.request.state in {State.SERVED, State.CLOSED}:
            yield "结果纠正，尚未重新立件。决定要求重新答复的，请及时办理，答复期限自决定书送达之日的次日起计算。"
        else:
            yield "结果纠正，原申请尚未答复。请在原申请中按决定要求的期限作出答复。"


def downloads(challenge: Challenge, *, may_unmask: bool) -> Iterator[dict[str, str]]:
    """What may be taken away, by those who may know who asked; each time on record."""
    if not may_unmask:
        return
    yield {"url": url("bundle", challenge), "label": "举证材料（ZIP，含证据目录和校验清单）"}
    words = challenge.words()
    if challenge.defence_id:
        yield {"url": url("paper", challenge, "defence"), "label": f"已提交的{words['defence']}"}
    if challenge.decision_id:
        yield {"url": url("paper", challenge, "decision"), "label": words["decision"]}


def panel(case: InformationRequest, reaches: Reaches, *, at: datetime) -> dict[str, Any]:
    """What the page of a request shows of its challenges: nothing to those who may not see them."""
    if not covers(reaches, CHALLENGE_VIEW, case):
        return {}
    calendar = calendar_for(scopes_of(case.body), on=local_date(at))
    shown = []
    for challenge in case.challenges.order_by("pk"):
        running = keeper.running(challenge).first()
        shown.append(
            {
                "number": challenge.number,
                "url": url("story", challenge),
                "kind": challenge.get_kind_display(),
                "state": challenge.get_result_display() if challenge.result else challenge.get_state_display(),
                "received_on": challenge.received_on,
                "left": days_left(running, calendar, at=at) if running else None,
                "last_day": running.last_day if running else None,
            }
        )
    follower = getattr(case, "redone_as", None)
    return {
        "challenges": shown,
        "register_url": reverse("admin:challenges_register", args=(case.number,))
        if covers(reaches, CHALLENGES.act(CHALLENGES["register"]), case)
        else "",
        "redone_as": follower,
        "redo_of": case.redo_of,
    }
