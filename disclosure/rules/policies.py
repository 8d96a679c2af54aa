"""What a policy owes before it is signed, beyond its interpretation: clauses in its text, its risk, the meeting it goes to."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from portal.moment import chinese_date
from portal.regulations.registry import applies, carries

from ..vocabulary import MEETING_AGREES, MeetingOutcome
from .refusal import Refused

_NUMBER = "[一二三四五六七八九十百零〇]+"
_PLACE = re.compile(rf"第{_NUMBER}(?:章|节|条|部分)|{_NUMBER}、|（{_NUMBER}）")
_ITEM = re.compile(rf"第{_NUMBER}条|{_NUMBER}、")
_PART = re.compile(rf"第({_NUMBER})部分")


@applies("option policy.enterprise_clauses")
@carries("NX-07-4")
def unfixed(clauses: Mapping[str, str], wanted: Sequence[str], *, text: str) -> Iterator[str]:
    """The points that a policy on enterprises does not fix in a clause of its own `text`. `clauses` says which clause does."""
    for point in wanted:
        place = clauses.get(point, "").strip()
        if not place:
            yield f"涉企政策文件没有写明“{point}”在文中第几条或者第几部分作出规定"
        elif not stands(place, text):
            yield f"“{point}”所指的“{place}”在正文中没有找到（请写成“第六条”“三、（二）”这样的位置）"


def stands(place: str, text: str) -> bool:
    """Whether a text has the clause that `place` names, each part of the name inside the one before it.

    Paragraphs (款) bear no number in a text and are not looked for.
    """
    lines = [_plain(line) for line in text.splitlines()]
    begin, end = 0, len(lines)
    parts = _PLACE.findall(_PART.sub(r"\1、", _plain(place)))
    for part in parts:
        bracketed = part.startswith("（")
        found = [at for at in range(begin, end) if (part in lines[at] if bracketed else lines[at].startswith(part))]
        if not found:
            return False
        begin = found[0]
        end = next((at for at in range(begin + 1, end) if _ITEM.match(lines[at])), end) if _ITEM.match(part) else end
    return bool(parts)


def _plain(words: str) -> str:
    """Without blanks, brackets in full width."""
    return re.sub(r"\s", "", words).replace("(", "（").replace(")", "）")


@applies("option policy.risk_assessment")
@carries("YC-3.1-1a")
def missing_risk(*, demanded: bool, assessed: bool) -> Iterator[str]:
    """What a policy owes of the assessment of its social risk before it is sent up."""
    if demanded and not assessed:
        yield "政策性文件没有社会风险评估，牵头起草部门应当先评估并登记"


@carries("YC-3.1-1a")
def judge_risk(*, conclusion: str, organ: str, assessed_on: date, today: date) -> None:
    """Whether an assessment of social risk may be put on file. Raises Refused."""
    if not conclusion.strip() or not organ.strip():
        raise Refused("请写明评估单位和评估结论，包括主要风险点和防范化解措施。")
    if assessed_on > today:
        raise Refused("评估日期不能晚于今天，请核对后重新填写。")


@applies("option policy.meeting")
@carries("LD-A2-4-2b")
def judge_deliberation(
    *,
    meeting: str,
    plan: Mapping[str, str],
    planned_on: date | None,
    held_on: date,
    outcome: str,
    note: str,
    today: date,
) -> None:
    """Whether it may be recorded that the meeting deliberated on a policy: only together with its plan. Raises Refused.

    `plan` is empty and `planned_on` None where none is on file.
    """
    if not plan or planned_on is None:
        raise Refused(f"本件没有解读方案。提请{meeting}审议的政策文件，解读方案应当一并提请审议，请先编制解读方案。")
    if held_on < planned_on:
        raise Refused(
            f"解读方案编制于{chinese_date(planned_on)}，晚于所填的会议日期，没有一并提请审议。请核对会议日期，或者重新提请审议。"
        )
    if held_on > today:
        raise Refused("会议日期不能晚于今天，请在会议审议之后登记。")
    if outcome != MeetingOutcome.PASSED and not note.strip():
        raise Refused("会议要求修改或者没有通过的，请写明会议意见。")


@carries("LD-A2-4-2b")
def missing_plan(*, meeting: str, planned: bool) -> Iterator[str]:
    """What a policy that goes to the meeting owes when it is sent up."""
    if not planned:
        yield f"提请{meeting}审议的重要政策文件没有解读方案，应当编制后一并提请审议"


@carries("LD-A2-4-2b")
def missing_deliberation(*, meeting: str, outcome: str | None) -> Iterator[str]:
    """What a policy that goes to the meeting owes when it is to be signed. `outcome` is the meeting's last word, or None."""
    if outcome is None:
        yield f"没有登记{meeting}的审议结果"
    elif outcome not in MEETING_AGREES:
        yield f"{meeting}没有审议通过"


@applies("option release.media")
@carries("YC-4.3-1")
def missing_media(planned: Collection[str], wanted: Sequence[str]) -> Iterator[str]:
    """The kinds of media through which a major decision is to be released and for which nothing is arranged."""
    if left := [one for one in wanted if one not in planned]:
        yield f"重大决策部署的信息应当统筹运用各类渠道发布，没有安排：{'、'.join(left)}"
