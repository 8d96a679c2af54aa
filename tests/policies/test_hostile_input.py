"""Whatever is typed or handed into the form of an act: it is taken as it is or refused in a sentence, and nothing breaks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from portal import moment
from portal.ledger.models import Entry
from tests.cast import Cast
from tests.factories import at

from .standing import DAY, STATES
from .test_access import ACT_DOOR, ACTS, address
from .visiting import browsers, rows, word_for

TYPED = {
    "ten thousand characters": "甲" * 10_000,
    "emoji": "😀🏛️👨‍👩‍👧‍👦请公开",
    "full-width digits": "２０２５年３月５日　１２３４５６",
    "control characters": "公\x00开\x07\u202e\x1b[31m",
    "markup": "</textarea><script>alert(1)</script>{{ 7|add:7 }}",
    "nothing but blanks": " 　\t\n",
}
LIE = b"MZ\x90\x00this is a program"


@pytest.fixture(autouse=True)
def _wednesday(files: Any) -> Iterator[None]:
    with moment.rehearsing(at(DAY)):
        yield


def filled(form: forms.Form, text: str) -> dict[str, Any]:
    """The form with `text` in every field one can type into, the first choice where one chooses, and a lying file."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if name == "edition" or isinstance(field.widget, forms.HiddenInput):
            data[key] = form[name].value() if form[name].value() is not None else ""
        elif isinstance(field.widget, forms.FileInput):
            data[key] = SimpleUploadedFile("证明.pdf", LIE, content_type="application/pdf")
        elif isinstance(field, forms.BooleanField):
            data[key] = "on"
        elif isinstance(field, forms.ChoiceField):
            data[key] = next((str(code) for code, _ in field.choices if code not in ("", None)), "")
        else:
            data[key] = text
    return data


@pytest.mark.parametrize("act", rows(ACTS))
@pytest.mark.parametrize("kind", TYPED)
def test_hostile_text_and_a_lying_file_break_no_act(act: str, kind: str, nx: Cast, wz: Cast) -> None:
    state, may, *_ = rows(ACTS)[act]
    case, browser = STATES[state](nx), browsers(nx, wz)[may[0]]
    path = address(ACT_DOOR.format(act), nx, case)
    data = filled(browser.get(path).context["form"], TYPED[kind])
    before = Entry.objects.count()

    answer = browser.post(path, data)

    assert word_for(answer) in {"200", "409", "away"}
    if word_for(answer) != "away":
        assert Entry.objects.count() == before, "refused, and yet something was written down"
        # A draft that is in order is shown once more with its consequences before it is saved.
        assert answer.context["form"].is_valid() or "错误" in answer.content.decode()
    assert "<script>alert(1)</script>" not in answer.content.decode()


@pytest.mark.parametrize("act", rows(ACTS))
def test_a_form_sent_twice_acts_once(act: str, nx: Cast, wz: Cast) -> None:
    """The second sending comes from a page that shows the case as it was before the first."""
    state, may, *_ = rows(ACTS)[act]
    case, browser = STATES[state](nx), browsers(nx, wz)[may[0]]
    path = address(ACT_DOOR.format(act), nx, case)
    data = filled(browser.get(path).context["form"], "2025-03-05")
    data = {key: value for key, value in data.items() if not isinstance(value, SimpleUploadedFile)}
    first = browser.post(path, data)
    before = Entry.objects.count()

    second = browser.post(path, data)

    assert Entry.objects.count() == before, f"{word_for(first)}, then {word_for(second)}"
