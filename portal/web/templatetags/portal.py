"""Tags and filters of the portal's templates: fields of forms, Chinese dates, urgency in words."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django import forms, template
from django.forms import BoundField
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString

from portal.moment import SHANGHAI, chinese_date, local_date
from portal.web import todo

register = template.Library()

WEEKDAYS = "一二三四五六日"


def _day(value: date | datetime) -> date:
    return local_date(value) if isinstance(value, datetime) else value


@register.filter
def cn_date(value: date | datetime | None) -> str:
    """2026年11月21日（周六）; nothing for no date."""
    if not value:
        return ""
    day = _day(value)
    return f"{chinese_date(day)}（周{WEEKDAYS[day.weekday()]}）"


@register.filter
def cn_day(value: date | datetime | None) -> str:
    """2026年11月21日, as letters write it."""
    return chinese_date(_day(value)) if value else ""


@register.filter
def cn_moment(value: datetime | None) -> str:
    """2026年11月21日 15:30, Beijing time."""
    return f"{cn_day(value)} {value.astimezone(SHANGHAI):%H:%M}" if value else ""


@register.filter
def days_words(days_left: int | None) -> str:
    """还剩3个工作日, 今天到期, 已超期2个工作日."""
    return todo.days_in_words(days_left)


@register.filter
def urgency(days_left: int | None) -> str:
    """The class that colours a number of working days left."""
    return todo.urgency(days_left)


@register.filter
@stringfilter
def url_piece(value: str) -> str:
    """A value made safe for a query string, slashes included."""
    return quote(value, safe="")


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.SplitDateTimeWidget | forms.SelectDateWidget):
        return "group-of-inputs"
    return "single"


_CLASSES = (
    (forms.CheckboxInput, ""),
    (forms.Textarea, "textarea"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (forms.SelectMultiple, "select"),
    (forms.Select, "select"),
    (forms.widgets.Input, "input"),
)


def _attrs(field: BoundField, described: list[str]) -> dict[str, Any]:
    widget = field.field.widget
    own = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
    classes = f"{own} {widget.attrs.get('class', '')}".strip()
    attrs: dict[str, Any] = {"class": classes} if classes else {}
    if isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows", "10")) == "10":
        attrs["rows"] = "5"  # Django's default of ten lines asks for an essay
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return attrs


@register.inclusion_tag("components/_field.html")
def field(bound: BoundField, heading: str = "") -> dict[str, Any]:
    """One field of a form in full: label, “（选填）”, hint, error, input; choices as fieldset and legend.

    `heading="h1"` makes the label the heading of a page that asks only this one question. A field that is `expected`, though
    some other answer may do instead, is not called optional.
    """
    described = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    kind = _kind(bound)
    if bound.is_hidden:
        kind = "hidden"
    control: SafeString | str = ""
    if kind in {"single", "checkbox", "hidden", "group-of-inputs"}:
        control = bound.as_widget(attrs={} if kind == "hidden" else _attrs(bound, described))
    return {
        "field": bound,
        "kind": kind,
        "control": control,
        "heading": heading,
        "optional": not bound.field.required and kind != "checkbox" and not getattr(bound.field, "expected", False),
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "described": " ".join(described),
    }


@register.filter
def first_id(bound: BoundField) -> str:
    """The id an error link leads to: the input, or the first choice of a group."""
    if _kind(bound) == "group":
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)


@register.inclusion_tag("components/_error_summary.html")
def error_summary(*forms_in_page: forms.BaseForm | None) -> dict[str, Any]:
    """The list of what must be corrected, each with a link to its field; nothing while nothing is wrong."""
    faults: list[dict[str, str]] = []
    for form in forms_in_page:
        if form is None or not form.is_bound:
            continue
        faults += [{"text": str(text), "href": ""} for text in form.non_field_errors()]
        for bound in form:
            faults += [{"text": str(text), "href": f"#{first_id(bound)}"} for text in bound.errors]
    return {"faults": faults}


@register.simple_tag
def error_prefix(*forms_in_page: forms.BaseForm | None) -> str:
    """“错误：” before the title of a page whose form was refused."""
    return "错误：" if any(form is not None and form.is_bound and form.errors for form in forms_in_page) else ""
