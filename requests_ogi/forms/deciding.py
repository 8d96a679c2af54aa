"""The form of the seven steps: questions from the tree, and the texts that the outcome owes the applicant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from portal.moment import chinese_date, local_date
from portal.web.fields import DayField, LongField, TextField

from .. import rules
from ..models import CompletionRound, InformationRequest
from ..rules import TREE, Refused, withholding
from ..rules.withholding import Giving
from ..similar import own_answered
from ..vocabulary import Outcome, Severability
from ..wording.withheld import grounds_of
from ..workflow.disposing import outcome_rule
from ..workflow.signing_off import UNDISCLOSED, named_by
from ..workflow.withholding import giving_of
from .acting import ActForm
from .withholding import GroundField

QUESTION = "step-"


@dataclass(frozen=True)
class Text:
    """One text of the answer: its field, how it is asked for, and the outcomes whose letter says it (none: every letter)."""

    name: str
    label: str
    hint: str
    outcomes: tuple[Outcome, ...] = ()
    most: int = 1000
    lines: int = 3


_REFUSED = tuple(sorted(rules.REFUSAL_OUTCOMES))
TEXTS: tuple[Text, ...] = (
    Text("finding", "查明的事实", "写入答复书，例如“经检索，本机关制作并保存有该信息”。", most=4000, lines=4),
    Text(
        "provision",
        "提供信息的时间、地点和方式",
        "例如“自本答复书送达之日起，可凭查询码在本机关网站下载”。",
        (Outcome.GRANTED, Outcome.PARTIAL),
    ),
    Text(
        "query_method",
        "获取的方式、途径",
        "例如“可在本机关网站‘法定主动公开内容’栏目查阅、下载”。",
        (Outcome.ALREADY_PUBLIC,),
    ),
    Text("query_address", "具体地址或者网址", "", (Outcome.ALREADY_PUBLIC,), 300, 1),
    Text("ground", "不予公开的依据", "从本机关适用的规定中选择，条款会写入决定书。", _REFUSED),
    Text(
        "reason",
        "理由",
        "向申请人说明为什么这样答复，针对本件写，不照抄法条。",
        (
            *_REFUSED,
            Outcome.NOT_OURS,
            Outcome.NOT_EXIST,
            Outcome.NEEDS_PROCESSING,
            Outcome.STILL_UNCLEAR,
            Outcome.UNREASONABLE_VOLUME,
            Outcome.CONFIRM_REISSUE,
        ),
        2000,
        4,
    ),
    Text("harm", "公开可能造成的具体损害", "对谁、造成什么损害、有多大可能。", _REFUSED),
    Text("organ_name", "负责公开的机关", "机关全称。", (Outcome.NOT_OURS,), 100, 1),
    Text("organ_contact", "该机关的联系方式", "电话、地址或者网址。", (Outcome.NOT_OURS,), 200, 1),
    Text(
        "legal_channel",
        "告知的法定途径",
        "写到具体机关和办法，例如“向某某信访局提出，地址：……”。",
        (Outcome.PETITION, Outcome.PUBLICATION, Outcome.REGISTRY_QUERY),
        300,
        2,
    ),
    Text("earlier_answer", "原答复的文号和日期", "", (Outcome.REPEAT,), 200, 1),
    Text(
        "explanation",
        "申请人说明理由的情况",
        "写明何时要求说明、申请人怎样说明、为什么不合理。",
        (Outcome.UNREASONABLE_VOLUME,),
    ),
)
_FIELD_OF = {
    "time_place_manner": "provision",
    "address": "query_address",
    "channel": "legal_channel",
    "applicant_explanation": "explanation",
    "organ": "organ_name",
    "severability": f"{QUESTION}sever",
    "published": "published_on",
}
"""Where the fault of a missing need is shown, where the field bears another name."""


class DraftForm(ActForm):
    """Answers to the seven steps and the texts. After cleaning, `outcome` is the one outcome they lead to, or None.

    `checked` repeats the outcome whose consequences the page has shown: only that one is saved.
    """

    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    organ_unknown = forms.BooleanField(required=False, label="确实无法确定负责公开该信息的机关")
    published_on = DayField(
        label="该信息主动公开的日期",
        required=False,
        help_text="应当公开而尚未公开的，先向社会公开，再填写公开的日期并答复申请人。",
    )
    undisclosed = forms.BooleanField(
        required=False,
        label="对该信息是否存在不予确认",
        help_text="只有说明是否存在就会泄露不应公开的内容时才可以选择；须有法制机构的审核意见。",
    )
    earlier = forms.ChoiceField(
        required=False,
        label="同一申请人此前已经答复的申请",
        widget=forms.RadioSelect,
        help_text="请逐件核对是不是同一信息。选定后自动填写原答复的文号和日期。",
        error_messages={"invalid_choice": "所选的项目不在列表中，请重新选择。"},
    )

    outcome: Outcome | None = None
    giving: Giving

    def __init__(self, *args: Any, taken: dict[str, str] | None = None, **options: Any) -> None:
        self.taken = taken or {}
        super().__init__(*args, **options)

    def prepare(self) -> None:
        self.earlier_cases = {str(one.case.pk): one for one in own_answered(self.case)}
        field: Any = self.fields["earlier"]
        field.choices = [
            (
                key,
                f"{one.case.title}（{chinese_date(one.case.answered_on)}答复，{one.letter}，标题相似度{one.percent}%）",
            )
            for key, one in self.earlier_cases.items()
        ]
        if named_by(self.case, UNDISCLOSED) is not True:
            del self.fields["undisclosed"]
        for question in TREE:
            self.fields[QUESTION + question.code] = forms.ChoiceField(
                label=question.text,
                required=False,
                choices=[(branch.code, branch.label) for branch in question.branches],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "所选的项目不在列表中，请重新选择。"},
            )
        for text in TEXTS:
            about: dict[str, Any] = {
                "label": text.label,
                "max_length": text.most,
                "help_text": text.hint,
                "required": False,
            }
            if text.name == "ground":
                self.fields["ground"] = ground = GroundField(label=text.label, help_text=text.hint, required=False)
                ground.offer(self.case)
            else:
                self.fields[text.name] = TextField(**about) if text.lines == 1 else LongField(rows=text.lines, **about)

    @property
    def decided(self) -> dict[str, str]:
        """The answers to the seven steps, {question: branch}."""
        given = {question.code: self.cleaned_data.get(QUESTION + question.code, "") for question in TREE}
        return {code: branch for code, branch in given.items() if branch}

    @property
    def texts(self) -> dict[str, Any]:
        """The texts, as the act takes them."""
        written = {name: self.cleaned_data.get(name, "") for name in (*(text.name for text in TEXTS), "organ_unknown")}
        return written | {
            "published_on": self.cleaned_data.get("published_on"),
            "undisclosed": bool(self.cleaned_data.get("undisclosed")),
        }

    @property
    def earlier_case(self) -> InformationRequest | None:
        """The earlier request that this one is said to repeat."""
        chosen = self.earlier_cases.get(self.cleaned_data.get("earlier", ""))
        return chosen.case if chosen is not None and self.outcome == Outcome.REPEAT else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            outcome = rules.outcome_of(self.decided)
        except Refused as refusal:
            self.add_error(self._unanswered(), str(refusal))
            return data
        self.outcome = outcome
        self._judge_repetition(data)
        self.giving = giving_of(self.case, refusal=rules.refusal_of(self.decided) or "")
        value = rules.Draft(
            parts=len(self.giving.parts),
            outcome=outcome,
            severability=self._severability(outcome),
            searches=self.case.searches.count(),
            completed=CompletionRound.objects.filter(request=self.case, returned_on__isnull=False).exists(),
            **self.texts,
        )
        for need in outcome_rule(self.case, outcome, on=local_date(self.at)).requires:
            try:
                rules.judge_draft(value, (need,))
            except Refused as refusal:
                field = _FIELD_OF.get(need, need)
                self.add_error(field if field in self.fields else None, str(refusal))
        self._judge_giving(outcome)
        return data

    def _judge_repetition(self, data: dict[str, Any]) -> None:
        """The earlier answer comes from the one that was picked."""
        if self.outcome != Outcome.REPEAT:
            return
        picked = self.earlier_case
        if picked is None:
            self.add_error("earlier", "认定重复申请，请选择同一申请人此前已经答复的申请；没有的，不能认定为重复申请。")
        elif not data.get("earlier_answer"):
            one = self.earlier_cases[str(picked.pk)]
            data["earlier_answer"] = f"{one.letter}，{chinese_date(picked.answered_on)}"

    def _judge_giving(self, outcome: Outcome) -> None:
        """Say what is wrong with the ground, or with what is given and withheld, unless something is missing already."""
        if self.errors:
            return
        ground = grounds_of(self.case).get(self.cleaned_data.get("ground", ""))
        try:
            withholding.judge_ground(outcome, ground.outcome if ground else None)
        except Refused as refusal:
            self.add_error("ground", str(refusal))
        try:
            withholding.judge_giving(outcome, self.giving)
        except Refused as refusal:
            self.add_error(None, str(refusal))

    def _severability(self, outcome: Outcome) -> str:
        if outcome == Outcome.PARTIAL:
            return Severability.SEVERABLE
        return Severability.INSEVERABLE if outcome in rules.REFUSAL_OUTCOMES else ""

    def _unanswered(self) -> str:
        """The first question on the way that has no answer."""
        for question in TREE:
            if question.code not in self.decided:
                return QUESTION + question.code
        return QUESTION + TREE[-1].code

    def questions(self) -> Iterator[dict[str, Any]]:
        """The questions in order, each with its field, its branches and what they lead to: for the page."""
        for number, question in enumerate(TREE, start=1):
            bound = self[QUESTION + question.code]
            yield {
                "number": number,
                "question": question,
                "field": bound,
                "branches": [
                    {"branch": branch, "chosen": bound.value() == branch.code, "id": f"{bound.auto_id}_{place}"}
                    for place, branch in enumerate(question.branches)
                ],
            }

    def groups(self) -> Iterator[dict[str, Any]]:
        """The texts in order, each with the outcomes whose letter says it: for the page."""
        for text in TEXTS:
            yield {
                "field": self[text.name],
                "outcomes": " ".join(text.outcomes),
                "labels": _labels(text.outcomes),
            }
            if text.name == "query_address":
                yield {"field": self["published_on"], "outcomes": Outcome.ALREADY_PUBLIC.value, "labels": ""}
            if text.name == "harm" and "undisclosed" in self.fields:
                yield {"field": self["undisclosed"], "outcomes": " ".join(_REFUSED), "labels": ""}
            if text.name == "legal_channel":
                yield {"field": self["earlier"], "outcomes": Outcome.REPEAT.value, "labels": "重复申请"}
            if text.name == "organ_contact":
                yield {"field": self["organ_unknown"], "outcomes": Outcome.NOT_OURS.value, "labels": ""}


def _labels(outcomes: tuple[Outcome, ...]) -> str:
    """The outcomes in words; the seven refusals as one."""
    whole = set(_REFUSED) <= set(outcomes)
    named = [_short(outcome) for outcome in outcomes if not (whole and outcome in _REFUSED)]
    return "、".join((["不予公开的各种情形"] if whole else []) + named)


def _short(outcome: Outcome) -> str:
    return str(outcome.label).removeprefix("不予公开：").removeprefix("本机关不掌握：")
