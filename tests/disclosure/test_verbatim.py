"""What the public reads is what was signed, word for word; a summary quotes it where the body allows nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from disclosure import workflow
from disclosure.models import DocumentFile, Version
from disclosure.rules import Returned
from disclosure.vocabulary import State
from disclosure.workflow import Upload
from disclosure.workflow.common import newest
from tests.cast import Cast
from tests.factories import at

from .explaining import ready
from .making import TEXT, drafted, guide, proposed, signed

DAY = "2026-03-03"


@pytest.mark.rule("YQ-S1-5b")
@pytest.mark.parametrize("column", ["title", "html", "text", "summary"])
def test_a_text_that_is_not_the_one_that_was_signed_is_not_published(cast_of, column: str) -> None:
    yq = cast_of("yq")
    document = signed(yq, DAY)
    Version.objects.filter(document=document).update(**{column: "据我们理解，本通知意在鼓励企业。"})

    with pytest.raises(Returned, match="与签发的文本不一致"):
        workflow.publish(document, by=yq.chen, at=at(DAY, 16))
    assert not document.__class__.objects.public().exists()


@pytest.mark.rule("YQ-S1-5b")
def test_a_file_that_was_put_in_after_the_signature_is_not_published(cast_of, files: Any) -> None:
    yq = cast_of("yq")
    document = signed(yq, DAY, uploads=(Upload("申报指南.docx", guide()),))
    file = newest(document).files.get()
    DocumentFile.objects.create(version=file.version, file=file.file, title="说明", order=2)

    with pytest.raises(Returned, match="与签发的文本不一致"):
        workflow.publish(document, by=yq.chen, at=at(DAY, 16))


def test_what_was_signed_is_published_as_it_is(cast_of, files: Any) -> None:
    yq = cast_of("yq")
    document = signed(yq, DAY, uploads=(Upload("申报指南.docx", guide()),))

    version = workflow.publish(document, by=yq.chen, at=at(DAY, 16))

    assert (version.html, version.text) == (TEXT.html, TEXT.text)


def test_a_signature_taken_back_signs_nothing(nx: Cast) -> None:
    document = signed(nx, DAY)

    workflow.send_back(document, opinion="请核对附件。", by=nx.ma, at=at(DAY, 16))

    assert (document.signed_at, document.signed_digest) == (None, "")


@pytest.mark.rule("YQ-S1-5b")
def test_at_yangquan_a_summary_in_other_words_comes_back(cast_of) -> None:
    yq = cast_of("yq")

    with pytest.raises(Returned, match="内容概述不是正文中的原句"):
        proposed(yq, DAY, text=replace(TEXT, summary="意在鼓励企业做大做强。"))
    assert proposed(yq, DAY, text=replace(TEXT, summary="")).state == State.REVIEW
    assert proposed(yq, DAY, text=TEXT).state == State.REVIEW


@pytest.mark.rule("YQ-S1-5b")
def test_at_yangquan_an_interpretation_is_a_document_of_its_own_and_says_it_in_its_own_words(cast_of) -> None:
    yq = cast_of("yq")
    explaining = ready(yq, DAY).interpreted_by.get().interpretation

    assert newest(explaining).summary not in newest(explaining).text
    assert workflow.propose(explaining, by=yq.li, at=at(DAY, 10)).state == State.REVIEW


def test_elsewhere_a_summary_may_be_in_other_words(nx: Cast) -> None:
    document = drafted(nx, DAY, text=replace(TEXT, summary="意在鼓励企业做大做强。"))

    assert workflow.propose(document, by=nx.li, at=at(DAY, 10)).state == State.REVIEW
