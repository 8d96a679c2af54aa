"""Forms for what the legal affairs office agreed to, and for taking it back."""

from django import forms

from portal.web.fields import MIDDLE, DayField, LongField, TextField, choose

from ..workflow.signing_off import Choice


class SignOffForm(forms.Form):
    """One agreement to one of the choices that still need it."""

    option = forms.ChoiceField(label="事项", widget=forms.RadioSelect, error_messages=choose("事项"))
    said = LongField(label="法制机构的意见", max_length=1000, help_text="照书面意见填写结论和条件。")
    document_number = TextField(label="意见文号", max_length=100, widget=forms.TextInput(attrs=MIDDLE))
    since = DayField(label="自何日起可以适用")

    def __init__(self, *args: object, open_choices: list[Choice], **options: object) -> None:
        super().__init__(*args, label_suffix="", **options)  # type: ignore[arg-type]
        self.fields["option"].choices = [(one.option, one.label) for one in open_choices]  # type: ignore[attr-defined]


class RevokeForm(forms.Form):
    """Taking one agreement back."""

    signoff = forms.IntegerField(widget=forms.HiddenInput)
    why = TextField(label="撤销的理由", max_length=300)
