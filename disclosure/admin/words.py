"""敏感词 in the workplace, at /admin/words/: what every text is searched for, since when, by whom and why."""

from typing import Any

from portal.moment import chinese_date, local_date
from portal.web.deeds import Deed

from ..forms.listing import ReasonForm
from ..forms.words import AddForm
from ..models import SensitiveWord
from ..workflow import words
from ..workflow.words import WORDS
from .listed import ListedPage


def _add(form: Any, by: Any, at: Any) -> SensitiveWord:
    data = form.cleaned_data
    return words.add(data["body"], word=data["word"], reason=data["reason"], by=by, at=at)


class WordPage(ListedPage):
    """The list of the office."""

    mount = "words"
    steps = WORDS
    words = "送审时和发布前，正文和附件都会查找使用中的敏感词；查到的，由起草人以外的人员处理后才能公开。"
    openings = {"add": (AddForm, _add, "已添加，自即日起查找这个词。")}
    acts = {
        "end": Deed(
            ReasonForm,
            lambda word, form, by, at: words.end(word, reason=form.cleaned_data["reason"], by=by, at=at),
            "已停用，记录保留。",
            grave=True,
        ),
    }

    def columns_of(self, matter: SensitiveWord) -> tuple[str, str]:
        return matter.get_state_display(), matter.body.short_name

    def facts_of(self, matter: SensitiveWord) -> list[tuple[str, str]]:
        ended = f"{matter.ended_by}，{chinese_date(local_date(matter.ended_at))}" if matter.ended_at else ""
        return [
            ("敏感词", matter.word),
            ("机关", matter.body.name),
            ("列入的理由", matter.reason),
            ("添加", f"{matter.added_by}，{chinese_date(local_date(matter.opened_at))}"),
            ("停用", ended),
            ("停用的理由", matter.end_reason),
        ]
