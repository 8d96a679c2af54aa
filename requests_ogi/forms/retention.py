"""The forms of forgetting: nothing to fill in, one thing to confirm."""

from django import forms

from .. import forgetting
from .acting import ActForm

_CHECK = {"required": "请先核对并勾选确认，再继续办理。"}


class NominateForm(ActForm):
    """Put a case up for anonymity. `remains` lists what would be gone."""

    sure = forms.BooleanField(
        label="我已核对：保存期限已满，没有未结的行政复议和行政诉讼，没有继续保存的需要", error_messages=_CHECK
    )

    def remains(self) -> list[str]:
        return forgetting.remains_of(self.case).lines


class AnonymiseForm(NominateForm):
    """Carry it out, having read that it cannot be undone."""

    sure = forms.BooleanField(
        label="我已核对：保存期限已满，没有未结的行政复议和行政诉讼；我知道销毁后不能恢复", error_messages=_CHECK
    )
