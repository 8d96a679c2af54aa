"""Reading versions of attachments: made when a file comes in, before it is kept, and shown to whoever drafts and reviews it."""

from portal.archive import service as archive
from portal.refusal import Refusal
from portal.texts.reading import Reading, reading_version

from ..models import DocumentFile, Version
from ..rules import Refused

MADE = "阅读版由附件自动转换，以附件原件为准。"
NOTE = 200
"""Characters of a note that are kept."""


def read(title: str, kind: archive.Kind, data: bytes) -> Reading:
    """What a file says, for reading. Raises Refused, naming the file, for one that cannot be opened: nobody else could either."""
    try:
        return reading_version(kind, data)
    except Refusal as refusal:
        raise Refused(f"附件“{title}”不能打开：{refusal}") from refusal


def fill(one: DocumentFile, reading: Reading) -> None:
    """Write a reading version to the row of its file; the caller saves it."""
    one.reading_html = reading.html
    notes = reading.notes or ([] if reading.silent else [MADE])
    one.reading_notes = [note[:NOTE] for note in notes]
    one.silent = list(reading.silent)


def make_reading_versions(version: Version) -> None:
    """Make those of files that were kept before they belonged to a document. Raises Refused."""
    for one in version.files.select_related("file"):
        try:
            data = archive.open_bytes(one.file)
        except archive.CannotRead as refusal:
            raise Refused(f"附件“{one.title}”不能打开：{refusal}") from refusal
        fill(one, read(one.title, archive.Kind(one.file.kind), data))
        one.save(update_fields=("reading_html", "reading_notes", "silent"))
