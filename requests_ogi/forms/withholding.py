"""The forms of giving a part: a material, a withheld part with its areas, and taking one of them back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.regulations.schema import Ground
from portal.web.fields import MIDDLE, LongField, TextField, choose

from ..models import InformationRequest, Material, WithheldPart
from ..rules import Refused, normal, withholding
from ..vocabulary import Scope
from ..wording.withheld import grounds_of, place_words
from .acting import ActForm, UploadsField

STRENGTHS = {"must": "应当不予公开", "may": "可以不予公开"}
SIDES = ("left", "top", "width", "height")
SIDE_LABELS = {"left": "左", "top": "上", "width": "宽", "height": "高"}
EMPTY_ROWS = 2


def ground_choices(grounds: Mapping[str, Ground]) -> list[Any]:
    """The grounds of a body's law for a select, those that bind first, then those that leave a choice."""
    groups = [
        (
            title,
            [(code, f"{one.label}（{_article(one)}）") for code, one in grounds.items() if one.strength == strength],
        )
        for strength, title in STRENGTHS.items()
    ]
    return [("", "请选择"), *(group for group in groups if group[1])]


def _article(ground: Ground) -> str:
    return ground.article.replace("《中华人民共和国政府信息公开条例》", "条例")


class GroundField(forms.ChoiceField):
    """One of the grounds of a body's law."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Select(attrs=MIDDLE), error_messages=choose("不予公开的依据"), **options)

    def offer(self, case: InformationRequest) -> None:
        """Offer the grounds of the law the case was opened under."""
        self.choices = ground_choices(grounds_of(case))


class EncloseForm(ActForm):
    title = TextField(
        label="材料名称",
        max_length=100,
        help_text="写入答复书的附件清单，也是申请人下载时看到的文件名，例如“2025年度项目安排表”。不要写个人姓名。",
        widget=forms.TextInput(attrs=MIDDLE),
    )
    upload = UploadsField(
        purpose="material",
        most=1,
        required=True,
        error_messages={"required": "请选择要添加的文件。"},
        label="文件",
        help_text="PDF、PNG、JPG或者TIFF。请上传没有遮盖过的原件，需要遮盖的在下一步画出；Word、Excel等请先另存为PDF。",
    )

    def clean_upload(self) -> Any:
        return self.cleaned_data["upload"][0]


class BoxesInput(forms.Widget):
    """Rows of four numbers, in per cent of the page: drawn by the script, or typed."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, ...]]:
        if not hasattr(data, "getlist"):
            return []
        columns = [data.getlist(f"{name}-{side}") for side in SIDES]
        return list(zip(*columns, strict=False))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-left" not in data


class BoxesField(forms.Field):
    """Areas of a page: rows of left, top, width and height in per cent. The value is a list of fractions of the page."""

    widget = BoxesInput

    def clean(self, value: Iterable[tuple[str, ...]] | None) -> list[withholding.Box]:
        rows = [[normal(cell).rstrip("%％").strip()[:20] for cell in row] for row in value or ()]
        found = []
        for place, row in enumerate((row for row in rows if any(row)), start=1):
            try:
                found.append(withholding.box(*(float(cell) / 100 for cell in row)))
            except (ValueError, OverflowError) as error:
                raise ValidationError(f"第{place}个区域没有填写完整：左、上、宽、高都应当是0到100之间的数。") from error
            except Refused as refusal:
                raise ValidationError(f"第{place}个区域不正确。{refusal}") from refusal
        return found


class WithholdForm(ActForm):
    """One part. The page shown is the material and page of the form; without a material only 没有上传的内容 remains."""

    material = forms.ModelChoiceField(Material.objects.none(), required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    scope = forms.ChoiceField(label="范围", widget=forms.RadioSelect, error_messages=choose("范围"))
    boxes = BoxesField(required=False, label="遮盖区域")
    what = TextField(
        label="不予公开的内容",
        max_length=200,
        help_text="写入答复书，例如“申报人的联系电话”。只写是什么，不要写出内容本身。",
    )
    ground = GroundField(label="依据")
    reason = LongField(
        label="理由",
        max_length=1000,
        rows=3,
        help_text="写入答复书，说明这一处为什么不予公开。",
    )

    def __init__(self, *args: Any, material: Material | None = None, page: int = 1, **options: Any) -> None:
        self.shown, self.shown_page = material, page
        super().__init__(*args, **options)

    def prepare(self) -> None:
        fields: Any = self.fields
        fields["material"].queryset = self.case.materials.standing()
        fields["ground"].offer(self.case)
        offered = [Scope.ELSEWHERE] if self.shown is None else list(Scope)
        if self.shown is not None and self.shown.pages == 1:
            offered.remove(Scope.PAGE)
        fields["scope"].choices = [(scope.value, scope.label) for scope in offered]
        fields["scope"].initial = offered[0]
        fields["material"].initial, fields["page"].initial = self.shown, self.shown_page

    def rows(self) -> list[dict[str, Any]]:
        """The rows of numbers for the page: those that were sent, and some empty ones."""
        sent = self["boxes"].value() or [] if self.is_bound else []
        given = [row for row in sent if any(row)]
        return [
            {
                "number": number,
                "cells": [
                    {"side": side, "label": SIDE_LABELS[side], "value": str(value)[:20], "id": f"box-{number}-{side}"}
                    for side, value in zip(SIDES, row, strict=True)
                ],
            }
            for number, row in enumerate([*given, *([("",) * 4] * EMPTY_ROWS)], start=1)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        scope = data.get("scope")
        if scope in {Scope.ELSEWHERE, Scope.MATERIAL, Scope.PAGE}:
            data["boxes"] = []
        if scope == Scope.ELSEWHERE:
            data["material"] = None
        elif scope == Scope.AREA and not data.get("boxes") and "boxes" not in self.errors:
            self.add_error("boxes", "请在页面上画出要遮盖的区域，或者填写区域的位置。")
        return data


class RestoreForm(ActForm):
    part = forms.ModelChoiceField(
        WithheldPart.objects.none(),
        label="取消哪一处",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("要取消的登记"),
    )

    def __init__(self, *args: Any, part: WithheldPart | None = None, **options: Any) -> None:
        self.chosen = part
        super().__init__(*args, **options)

    def prepare(self) -> None:
        field: Any = self.fields["part"]
        field.queryset = self.case.withheld.standing().select_related("material").order_by("material", "page", "pk")
        field.label_from_instance = _part_label
        field.initial = self.chosen


def _part_label(part: WithheldPart) -> str:
    place = place_words(part)
    return f"{place}：{part.what}" if place else part.what


class RemoveForm(ActForm):
    material = forms.ModelChoiceField(
        Material.objects.none(),
        label="取回哪一份材料",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=choose("要取回的材料"),
    )

    def prepare(self) -> None:
        field: Any = self.fields["material"]
        field.queryset = self.case.materials.standing().order_by("pk")
        field.label_from_instance = lambda material: f"《{material.title}》（{material.pages}页）"
