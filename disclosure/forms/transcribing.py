"""The form in which somebody types what scans and pictures say."""

from collections.abc import Iterator
from typing import Any

from portal.web.deeds import MatterForm
from portal.web.editor import DocumentTextField

from ..workflow.common import newest


class TranscribeForm(MatterForm):
    """A text for each file of the newest version that can only be looked at."""

    def prepare(self) -> None:
        files = newest(self.matter).files.select_related("file").order_by("order")
        self.files = {f"text-{one.pk}": one for one in files if one.lacks_words}
        for name, one in self.files.items():
            self.fields[name] = DocumentTextField(
                label=f"“{one.title}”的文字",
                required=False,
                initial=one.transcript,
                help_text="逐页对照图像录入，保留标题、分段和表格；没有文字的图片，写明图中内容。看不清的字写“（字迹不清）”，不要猜测。",
            )

    def is_multipart(self) -> bool:
        """Always: long Chinese texts take a third of the bytes this way."""
        return True

    def parts(self) -> Iterator[dict[str, Any]]:
        """Each field with the file it is about."""
        for name, one in self.files.items():
            yield {"field": self[name], "file": one}

    def texts(self) -> dict[int, str]:
        """What was typed, by the primary key of the file."""
        return {one.pk: self.cleaned_data[name] for name, one in self.files.items()}
