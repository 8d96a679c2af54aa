"""Who agrees to an extension, in the words of notice and guide (条例第三十三条)."""

from datetime import date

import pytest

from portal.regulations import library
from portal.web import guide

TODAY = date(2026, 9, 10)
DIRECTOR = "本机关政府信息公开工作机构负责人"


@pytest.mark.parametrize(
    ("code", "consent"),
    [
        ("nx", DIRECTOR),
        ("wz", "局政务公开工作领导小组组长"),
        ("yq", DIRECTOR),
        ("ld", DIRECTOR),
        ("yc", DIRECTOR),
    ],
)
def test_the_guide_names_who_agrees_to_an_extension(code: str, consent: str) -> None:
    profile = library.profile(code, TODAY)

    assert profile.extension_consent == consent
    assert f"经{consent}同意并告知申请人" in guide.answer_limit(profile).remark


@pytest.mark.rule("WZ-6.2-6")
def test_the_guide_of_wuzhou_promises_no_longer_extension_than_its_own_document_allows() -> None:
    assert "最长再延长15个工作日" in guide.answer_limit(library.profile("wz", TODAY)).remark
