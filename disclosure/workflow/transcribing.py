"""Typing what scans and pictures say: there is no recognition of characters, a wrong figure under a seal is worse than none."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from portal.organisation.models import User
from portal.workflow.engine import judge, taking

from ..models import Document, Version
from ..rules import transcribing as rules
from ..told import vouch
from .common import newest
from .drafting import Text, write_version
from .steps import STEPS


@transaction.atomic
def transcribe(document: Document, *, texts: Mapping[int, str], by: User, at: datetime) -> Version:
    """Give files of the newest version the words of their pages: clean HTML by the primary key of the file, empty to take them
    back. What is typed becomes public with the file, so it makes a new version and is searched and reviewed like any text.
    """
    judge(STEPS, "transcribe", document, by=by, at=at)
    former = newest(document)
    files = list(former.files.order_by("order"))
    rules.judge_texts(texts, {one.pk: one.transcript for one in files if one.lacks_words})
    for one in files:
        one.transcript = texts.get(one.pk, one.transcript)
    text = Text(former.title, former.html, former.text, former.summary, former.change_note)
    with taking(STEPS, "transcribe", document, by=by, at=at) as told:
        authors = sorted({*former.authors, by.pk})
        columns = list(former.columns.all())
        version = write_version(document, text, columns=columns, authors=authors, files=files, by=by, at=at)
        told |= {"version": version.number}
        vouch(told, "transcribe", version, *version.files.all())
    return version
