"""What is taken out of a file: pieces of text, each with its place, and what nobody could look into."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.refusal import Refusal

MOST_CHARACTERS = 2_000_000
"""Of one file: a thousand pages and more, and what can be searched in a few seconds."""


LOOK_THROUGH = "请打开附件逐页查看，没有不宜公开的内容的，选“可以公开”；整个文件只需处理一次。"
"""What whoever reviews has to do with what nobody could search."""


class Refused(Refusal):
    """A file that cannot be read; the text is a full Chinese sentence that says what to do instead."""


@dataclass(frozen=True)
class Piece:
    """Some text and where it stands, in words for people.

    `hidden`: left behind or put away where a reader does not look: comments, tracked changes, hidden sheets, notes.
    `unseen`: this part could not be looked into and a person must; the text says why, and `mark` is the SHA-256 of what was
    not seen, so that a decision about it ends when the content changes.
    """

    place: str
    text: str
    hidden: bool = False
    unseen: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Extracted:
    """All that a file says, in the order of the file."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What a reader of the file sees, without what is hidden."""
        return "\n".join(piece.text for piece in self.pieces if not piece.hidden and not piece.unseen)


@dataclass(frozen=True)
class Enclosed:
    """A whole file found inside another one."""

    name: str
    data: bytes = field(repr=False)


@dataclass
class Gathering:
    """Pieces as they are found, up to MOST_CHARACTERS in all; what lies beyond is told as unseen, once."""

    pieces: list[Piece] = field(default_factory=list)
    within: str = ""
    left: list[int] = field(default_factory=lambda: [MOST_CHARACTERS])

    def inside(self, place: str) -> "Gathering":
        """The same gathering, for a file that lies at `place` of this one."""
        return Gathering(self.pieces, self._named(place), self.left)

    @property
    def full(self) -> bool:
        """Whether nothing more is taken."""
        return self.left[0] < 0

    def add(self, place: str, text: str, *, hidden: bool = False) -> None:
        """Take a piece of text; empty ones are left out, and one that is too long is cut."""
        room = self.left[0]
        if not text.strip() or room < 0:
            return
        self.left[0] = room - len(text)
        if kept := text[:room]:
            self.pieces.append(Piece(self._named(place), kept, hidden=hidden))
        if len(text) > room:
            why = f"文字超过{MOST_CHARACTERS // 10_000}万字，其余部分没有检查，请拆成几个文件。"
            self.cannot(place, why, text.encode(errors="replace"))

    def cannot(self, place: str, why: str, *unseen: bytes) -> None:
        """Say that a part could not be looked into, and why (a Chinese sentence)."""
        self.pieces.append(Piece(self._named(place), why, unseen=True, mark=_mark(unseen)))

    def _named(self, place: str) -> str:
        return f"{self.within}：{place}" if self.within else place


def _mark(parts: Iterable[bytes]) -> str:
    """SHA-256 of the parts, whatever their order."""
    each = sorted(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(b"".join(each)).hexdigest()
