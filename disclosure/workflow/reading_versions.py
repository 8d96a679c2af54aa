"""Reading versions of attachments: made before the eye of the reviewers falls on them, kept with the file."""

from portal.archive import service as archive
from portal.refusal import Refusal
from portal.texts.reading import reading_version

from ..models import DocumentFile, Version
from ..rules import Refused

NOTE = 200
"""Characters of a note that are kept."""


def make_reading_versions(version: Version) -> None:
    """Make what is missing. Raises Refused, naming the file, for one that cannot be opened: the public could not read it either."""
    for one in version.files.select_related("file").filter(reading_html="", reading_notes=[]):
        _make(one)


def _make(one: DocumentFile) -> None:
    try:
        reading = reading_version(archive.Kind(one.file.kind), archive.open_bytes(one.file))
    except (Refusal, archive.CannotRead) as refusal:
        raise Refused(f"附件“{one.title}”不能打开：{refusal}") from refusal
    one.reading_html = reading.html
    one.reading_notes = [note[:NOTE] for note in reading.notes] or ["阅读版由附件自动转换，以附件原件为准。"]
    one.save(update_fields=("reading_html", "reading_notes"))
