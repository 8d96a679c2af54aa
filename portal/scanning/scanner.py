"""The one search of a text before it goes out. Pure: texts in, findings out; whoever asks decides what follows from them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from portal.archive import vault
from portal.archive.masking import mask_address, mask_email, mask_id_number, mask_phone
from portal.scanning.addresses import addresses
from portal.scanning.folding import Folded, fold, letters, letters_of, numbered, occurrences
from portal.scanning.marks import marks
from portal.scanning.numbers import numbers
from portal.scanning.spans import Span, Taken
from portal.scanning.vocabulary import Finding
from portal.texts.pieces import Piece

MOST_FOUND = 500
"""Findings that are listed one by one: nobody decides more; a list of that many people is taken out as a whole."""
_AROUND = 6
_NEARBY = 15
"""Characters on both sides of a mark or a word that a decision about it is bound to: the same word elsewhere is another."""
SHORTEST_WORD = 2
_SENTENCE_END = re.compile(r"[。；;！!？?，,：:]")
_MASKS = {
    Finding.ID_NUMBER: mask_id_number,
    Finding.BANK_CARD: mask_id_number,
    Finding.MOBILE: mask_phone,
    Finding.LANDLINE: mask_phone,
    Finding.EMAIL: mask_email,
    Finding.ADDRESS: mask_address,
    Finding.LOCATION: lambda _: "拍摄位置：**",
}


@dataclass(frozen=True)
class Found:
    """Something to be looked at: what it is, where, and how it reads with the thing itself masked.

    `start` and `end` are positions in the text of the piece. `certain` is False where only a person can tell. `key` is what
    `fingerprint` is made of: it is the thing in clear, never to be stored or shown.
    """

    kind: Finding
    place: str
    excerpt: str
    start: int
    end: int
    certain: bool
    key: str = field(repr=False)


def scan(pieces: str | Iterable[Piece], *, words: Iterable[str] = (), known: Iterable[str] = ()) -> list[Found]:
    """Everything in the pieces (or in one text) that must be looked at before it goes out, in the order of the text.

    `words` are sensitive words; `known` are telephone numbers, mailboxes (or "@domain") and addresses of the office itself,
    which anybody may read. Width, traditional characters, invisible characters and separators make no difference.
    """
    wanted = [word for one in words if len(word := letters(one).text) >= SHORTEST_WORD]
    public = _Known(known)
    given = [Piece("正文", pieces)] if isinstance(pieces, str) else pieces
    found = [one for piece in given for one in _scan_piece(piece, wanted, public)]
    return found if len(found) <= MOST_FOUND else [*found[:MOST_FOUND], _too_many(found[MOST_FOUND:])]


def _too_many(found: list[Found]) -> Found:
    why = f"除已列出的{MOST_FOUND}处外，还有{len(found)}处没有逐一列出。请先处理已列出的内容，再重新检查。"
    return Found(Finding.UNSEEN, found[0].place, why, 0, 0, False, "".join(one.key for one in found))


def fingerprint(found: Found) -> str:
    """What a decision about a finding is kept under, so that it holds when the same content is scanned again.

    The same number or address has one fingerprint wherever it stands; a mark or a word has one for each surrounding.
    """
    return vault.digest(_bound(found))


def fingerprints(found: Found) -> tuple[str, ...]:
    """The fingerprint under every configured key, newest first, to look a decision up while keys change."""
    return vault.digests(_bound(found))


def _bound(found: Found) -> str:
    return f"portal.scanning/{found.kind}/{found.key}"


def around(text: str, start: int, end: int) -> str:
    """What stands around [start, end) of a text, which itself is blacked out; digits nearby are starred."""
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return f"{_starred(fold(before).text)}■■■{_starred(fold(after).text)}".replace("\n", " ")


class _Known:
    """What the office itself makes public about itself."""

    def __init__(self, given: Iterable[str]) -> None:
        listed = list(given)
        self._values = {letters(one).text for one in listed} - {""}
        self._domains = tuple(fold(one).text.lower() for one in listed if one.startswith("@"))

    def __contains__(self, found: Found) -> bool:
        value = letters(found.key).text
        if found.kind is Finding.EMAIL and found.key.endswith(self._domains or ("\n",)):
            return True
        if found.kind is Finding.ADDRESS:
            return any(one in value or value in one for one in self._values)
        telephones = {Finding.LANDLINE, Finding.MOBILE}
        return value in self._values or (found.kind in telephones and any(one.endswith(value) for one in self._values))


def _scan_piece(piece: Piece, words: list[str], public: _Known) -> list[Found]:
    if piece.unseen:
        return [Found(Finding.UNSEEN, piece.place, piece.text, 0, 0, False, piece.mark)]
    folded = fold(piece.text)
    spans = sorted(_spans(folded, words), key=lambda span: (span.start, span.end))
    found = []
    for at, span in enumerate(spans):
        low = max((other.end for other in spans[max(0, at - 3) : at] if other.end <= span.start), default=0)
        high = min(
            (other.start for other in spans[at + 1 : at + 4] if other.start >= span.end), default=len(folded.text)
        )
        one = _found(piece.place, folded, span, low, high)
        if one not in public:
            found.append(replace(one, key=_nearby(folded, span)) if _is_mark(span.kind) else one)
    return ([_put_away(piece)] if piece.hidden else []) + found


def _spans(folded: Folded, words: list[str]) -> Iterator[Span]:
    yield from Taken().take(numbers(numbered(folded.text)))
    yield from Taken().take(addresses(folded.text))
    yield from Taken().take(marks(folded.text))
    if words:
        yield from _words(folded, words)


def _words(folded: Folded, words: list[str]) -> Iterator[Span]:
    own = letters_of(Folded(folded.text, range(len(folded.text))))
    for word in dict.fromkeys(words):
        for start, end in occurrences(own.text, word):
            first, last = own.span(start, end)
            inside = folded.text[first:last]
            if not _SENTENCE_END.search(inside) and not (word.isascii() and _within_a_word(folded.text, first, last)):
                yield Span(Finding.WORD, first, last)


def _within_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return any(char.isascii() and char.isalnum() for char in before + after)


def _is_mark(kind: Finding) -> bool:
    return kind in {Finding.CLASSIFIED, Finding.INTERNAL, Finding.WORD}


def _found(place: str, folded: Folded, span: Span, low: int, high: int) -> Found:
    inner = folded.text[span.start : span.end]
    before = folded.text[max(low, span.start - _AROUND) : span.start]
    after = folded.text[span.end : min(high, span.end + _AROUND)]
    shown = _MASKS[span.kind](_written(span.kind, inner)) if span.kind in _MASKS else inner
    excerpt = " ".join(f"{_starred(before)}{shown}{_starred(after)}".split())
    start, end = folded.span(span.start, span.end)
    return Found(span.kind, place, excerpt, start, end, span.certain, _value(span.kind, inner))


def _written(kind: Finding, inner: str) -> str:
    """The thing as its mask expects it: identity and card numbers as digits only."""
    return _value(kind, inner) if kind in {Finding.ID_NUMBER, Finding.BANK_CARD, Finding.MOBILE} else inner


def _value(kind: Finding, inner: str) -> str:
    """The thing itself, however it was written."""
    if kind is Finding.EMAIL:
        return "".join(inner.lower().split())
    value = letters(numbered(inner)).text
    return value[-11:] if kind is Finding.MOBILE else value


def _nearby(folded: Folded, span: Span) -> str:
    return letters(folded.text[max(0, span.start - _NEARBY) : span.end + _NEARBY]).text


def _starred(text: str) -> str:
    return re.sub(r"[0-9]", "*", numbered(text))


def _put_away(piece: Piece) -> Found:
    """Something hidden is a finding by itself, whatever it says."""
    begin = " ".join(_starred(fold(piece.text[:200]).text).split())[: 2 * _AROUND]
    return Found(Finding.HIDDEN, piece.place, f"{begin}……", 0, len(piece.text), False, letters(piece.text).text)
