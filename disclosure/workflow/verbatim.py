"""What was signed is what the public reads: a digest taken with the signature is compared before publication."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from ..models import Document, Version
from ..rules import verbatim
from ..vocabulary import Genre
from .common import law_of


def digest_of(version: Version) -> str:
    """SHA-256 over all that people read of a version: title, summary, text and files with what was typed of them, in their order."""
    files = version.files.select_related("file").order_by("order")
    read = (
        *(version.title, version.summary, version.html, version.text, version.change_note),
        *((one.title, one.openness, one.file.sha256, one.transcript) for one in files),
    )
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def as_signed(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A gate: the text and its files are those that were signed."""
    yield from verbatim.altered(signed=document.signed_digest, now=digest_of(version))


def summary_quoted(document: Document, version: Version, at: datetime) -> Iterator[str]:
    """A gate: the summary is a quotation, where the body publishes in the words of the original. An interpretation is free."""
    demanded = law_of(document).option("publish.verbatim") is True and document.genre != Genre.INTERPRETATION
    yield from verbatim.paraphrased(version.summary, version.text, demanded=demanded)
