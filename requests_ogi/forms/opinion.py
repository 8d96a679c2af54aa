"""The form on which a third party answers without an account (条例第三十二条)."""

from typing import Any

from django import forms

from portal.web.fields import PlainField

from ..vocabulary import Opinion
from .fields import Choice

MOST_REASONS = 2000


class OpinionForm(forms.Form):
    """Yes or no, and the reasons of a no."""

    use_required_attribute = False

    opinion = Choice(what="您的意见", label="是否同意公开", choices=Opinion.choices)
    reasons = PlainField(
        what="理由",
        most=MOST_REASONS,
        lines=True,
        required=False,
        label="理由",
        help_text=f"不同意公开的必须填写：哪些内容不能公开，公开会造成什么损害。最多{MOST_REASONS}字。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opinion") == Opinion.OBJECTS and not data.get("reasons") and "reasons" not in self.errors:
            self.add_error("reasons", "不同意公开的，请写明理由：哪些内容不能公开，公开会造成什么损害。")
        return data
