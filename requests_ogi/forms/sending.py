"""The button at the end of the citizen's form, and the two things that tell a machine from a person."""

from typing import Any

from django import forms

LEAST_SECONDS = 3
"""No person fills in seven pages faster."""


class TrapField(forms.CharField):
    """Comes back empty, so that a browser that filled it in once does not send it again."""

    def bound_data(self, data: Any, initial: Any) -> str:
        return ""


class SendForm(forms.Form):
    """The button at the end. `website` is a trap that only machines fill in."""

    website = TrapField(label="请不要填写此栏", required=False)

    def __init__(self, *args: Any, seconds_taken: float, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.seconds_taken = seconds_taken
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(
                "系统没有提交这份申请：页面上一个不应填写的栏目被填写了，可能是浏览器插件自动填写的。请关闭自动填写后再点“提交申请”。"
            )
        if self.seconds_taken < LEAST_SECONDS:
            raise forms.ValidationError("提交得太快，系统不能确认是您本人填写的。请核对内容，稍等几秒再点“提交申请”。")
        return self.cleaned_data
