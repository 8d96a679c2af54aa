"""The field in which the text of a document is written: an editor where scripts run, a plain textarea everywhere."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script

from portal.texts.cleaning import clean, from_lines, is_empty, is_plain, is_tangled, removed

MOST = 500_000  # characters with their markup: some 300 pages; longer texts are attachments
HINT = "没有工具栏时可以直接输入文字：一行一段，“## ”开头的行是标题。从 Word 粘贴的字体、颜色等格式不保留。"


class DocumentText(forms.Textarea):
    """A textarea that static/js/document-editor.js turns into an editor. Its page has to print the form's media.

    The script is one file of ours that loads the editor of django-prose-editor from our own static files: nothing inline, so
    no nonce is needed.
    """

    class Media:
        css = {
            "all": [
                "django_prose_editor/material-icons.css",
                "django_prose_editor/editor.css",
                "css/document-editor.css",
            ]
        }
        js = [Script("js/document-editor.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 20, "data-document-editor": ""} | (attrs or {}))

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: a browser cannot ask for a field that the editor hides."""
        return False


class DocumentTextField(forms.CharField):
    """The text of a document as HTML that may be published (portal.texts.cleaning), whatever was sent in.

    Text without markup becomes paragraphs, one a line. After cleaning, `lost` has in words what was left out, for the page to
    say so: nothing disappears silently.
    """

    widget = DocumentText

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"help_text": HINT} | options)
        self.lost: list[str] = []

    def clean(self, value: Any) -> str:
        """The cleaned text. Raises ValidationError, also for markup that shows nothing where a text is required."""
        sent = super().clean((value or "").replace("\x00", ""))
        if len(sent) > MOST:
            raise ValidationError(f"正文超过{MOST // 10_000}万字，请把篇幅长的部分作为附件上传。", code="max_length")
        if is_tangled(sent):
            raise ValidationError(
                "正文的格式标记层层嵌套或者不完整，无法处理。请粘贴为纯文本后重新排版。", code="tangled"
            )
        self.lost = removed(sent)
        text = from_lines(sent) if is_plain(sent) else clean(sent)
        if not is_empty(text):
            return text
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return ""
