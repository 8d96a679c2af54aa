"""What a chapter hands over to be found."""

from dataclasses import dataclass
from datetime import date

from .models import Audience


@dataclass(frozen=True)
class Item:
    """Something that may be found from now on. The words of `kind`, `columns`, `topics` and `validity` are those people read.

    `body` is the code of a body; `text` is plain, without markup; `url` is a path of this site; `document_number` is written as
    the document has it; `reference` is what its body files it under (索引号). `dated_on` is the day of the text itself; `former`,
    where another text has taken the place of this one, says so in words: what is former comes after what is not.
    """

    subject_type: str
    subject_id: str
    body: str
    kind: str
    title: str
    url: str
    published_on: date
    text: str = ""
    document_number: str = ""
    reference: str = ""
    columns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    validity: str = ""
    audience: str = Audience.PUBLIC
    dated_on: date | None = None
    former: str = ""
