"""The forms of policy interpretation: the plan with the points its body names, and the pairing of policy and material."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q

from portal.organisation.models import User
from portal.web.deeds import MatterForm
from portal.web.fields import LongField, choose

from ..models import Document, InterpretationPlan, Pairing
from ..vocabulary import Genre, InterpretationForm, State
from ..workflow import interpreting

_FIELD = "plan-"
_DETAIL = "detail-"


class PlanForm(MatterForm):
    """One field for each point; or, instead of all of them, why the policy needs no interpretation."""

    important = forms.BooleanField(
        label="重要政策文件", required=False, help_text="与群众生产生活和经济社会活动密切相关的，应当勾选。"
    )
    exempt_reason = LongField(
        label="不解读的理由",
        max_length=300,
        rows=2,
        required=False,
        help_text="确实不需要解读的，写明理由，上面各项留空；需要解读的，此项留空。",
    )

    def prepare(self) -> None:
        plan = InterpretationPlan.objects.filter(document=self.matter).first()
        said = plan.fields if plan else {}
        own: dict[str, Any] = {}
        for place, name in enumerate(interpreting.plan_fields(self.matter)):
            own[f"{_FIELD}{place}"] = LongField(
                label=name, max_length=500, rows=2, required=False, initial=said.get(name, "")
            )
            own[f"{_FIELD}{place}"].expected = True
        self.fields = {"edition": self.fields["edition"]} | own | self.fields
        if plan is not None:
            self.fields["important"].initial = plan.important
            self.fields["exempt_reason"].initial = plan.exempt_reason

    def said(self) -> dict[str, str]:
        """What the plan says, by the names of its points."""
        names = interpreting.plan_fields(self.matter)
        return {name: self.cleaned_data.get(f"{_FIELD}{place}", "") for place, name in enumerate(names)}


class PairForm(MatterForm):
    """Which interpretation belongs to the policy, in which form, with what is made public along with it."""

    interpretation = forms.ChoiceField(
        label="解读材料",
        error_messages=choose("解读材料"),
        help_text="只列出本机关文种为“政策解读”、还没有与本件关联的文件。",
    )
    form = forms.ChoiceField(label="解读形式", widget=forms.RadioSelect, error_messages=choose("解读形式"))
    elements = forms.MultipleChoiceField(
        label="内容要素", required=False, widget=forms.CheckboxSelectMultiple, help_text="勾选解读材料中写到的要素。"
    )

    def prepare(self) -> None:
        fields: Any = self.fields
        self.found = {str(one.pk): one for one in _unpaired(self.matter, by=self.by, at=self.at)}
        fields["interpretation"].choices = [
            ("", "请选择"),
            *((key, f"{one.number} {one.title_for_clock}") for key, one in self.found.items()),
        ]
        fields["form"].choices = [
            (code, InterpretationForm(code).label) for code in interpreting.offered_forms(self.matter)
        ]
        elements = interpreting.offered_elements(self.matter)
        fields["elements"].choices = [(one, one) for one in elements]
        if not elements:
            del fields["elements"]
        for place, name in enumerate(interpreting.wanted_details(self.matter)):
            fields[f"{_DETAIL}{place}"] = LongField(
                label=name, max_length=500, rows=2, required=False, help_text="与解读材料同时公布。"
            )

    def chosen(self) -> Document:
        """The interpretation that was picked."""
        return self.found[self.cleaned_data["interpretation"]]

    def details(self) -> dict[str, str]:
        """What is published along with it, by name."""
        names = interpreting.wanted_details(self.matter)
        return {name: self.cleaned_data.get(f"{_DETAIL}{place}", "") for place, name in enumerate(names)}


class UnpairForm(MatterForm):
    interpretation = forms.ChoiceField(
        label="要解除关联的解读材料", widget=forms.RadioSelect, error_messages=choose("解读材料")
    )

    def prepare(self) -> None:
        pairings = Pairing.objects.filter(policy=self.matter).select_related("interpretation").order_by("pk")
        self.found = {str(one.interpretation_id): one.interpretation for one in pairings}
        field: Any = self.fields["interpretation"]
        field.choices = [(key, f"{one.number} {one.title_for_clock}") for key, one in self.found.items()]

    def chosen(self) -> Document:
        """The interpretation that was picked."""
        return self.found[self.cleaned_data["interpretation"]]


def _unpaired(policy: Document, *, by: User, at: datetime) -> list[Document]:
    """What is not paired yet, as far as this person may see it: the drafts of another department are none of theirs."""
    seen = Q(pk__in=Document.objects.visible_to(by, at=at)) | Q(pk__in=Document.objects.public())
    found = Document.objects.filter(seen, body=policy.body, genre=Genre.INTERPRETATION).exclude(
        state__in=(State.DISCARDED, State.WITHDRAWN)
    )
    return list(found.exclude(interprets__policy=policy).order_by("-opened_at", "-pk")[:100])
