"""The form on which a reviewer without an account gives a verdict."""

from typing import Any

from django import forms

from portal.web.fields import LongField, TextField, choose

from ..vocabulary import Verdict

MOST_OPINION = 1000


class OutsideReviewForm(forms.Form):
    """Agree or ask for changes, who signs, and what is to be changed."""

    use_required_attribute = False

    verdict = forms.ChoiceField(
        label="审核意见",
        choices=((Verdict.PASSED, "没有意见，同意"), (Verdict.RETURNED, "需要修改")),
        widget=forms.RadioSelect,
        error_messages=choose("审核意见"),
    )
    opinion = LongField(
        label="具体意见",
        max_length=MOST_OPINION,
        rows=6,
        required=False,
        help_text=f"需要修改的必须填写：哪些内容需要修改，依据是什么。最多{MOST_OPINION}字。",
    )
    name = TextField(
        label="审核人姓名", max_length=30, widget=forms.TextInput(attrs={"class": "width-20", "autocomplete": "name"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == Verdict.RETURNED and not data.get("opinion") and "opinion" not in self.errors:
            self.add_error("opinion", "需要修改的，请写明哪些内容需要修改，依据是什么。")
        return data
