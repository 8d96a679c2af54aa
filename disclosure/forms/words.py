"""The form in which a sensitive word is put on the list of a body."""

from datetime import datetime
from typing import Any

from django import forms

from portal.organisation import roles
from portal.organisation.models import Body, User
from portal.web.fields import MIDDLE, TextField, choose


class AddForm(forms.Form):
    """Which word, of which body, and why."""

    body = forms.ModelChoiceField(Body.objects.none(), label="机关", empty_label=None, error_messages=choose("机关"))
    word = TextField(
        label="敏感词",
        max_length=40,
        widget=forms.TextInput(attrs=MIDDLE),
        help_text="至少两个字。全角半角、繁体简体、中间夹有空格或者符号的，都会查到。",
    )
    reason = TextField(label="列入的理由", max_length=300, help_text="例如依据哪一份文件、曾经出现过什么问题。")

    def __init__(self, *args: Any, by: User, act: str, at: datetime, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=roles.reach(by, act, at=at).bodies).order_by("pk")
        field.label_from_instance = lambda body: body.name
