"""Free words in the record. The chain holds their salted digest only, so that they can be forgotten and it still verifies.

An act tells `Words("…")` instead of a bare text where somebody wrote in their own words. The text and its salt are kept
beside the chain (`FreeWords`) until the matter is forgotten; without the salt nobody can try out what the words may have been.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from portal.ledger.models import Entry, FreeWords

DIGEST = "words"
FORGETTING = "anonymise"
"""The one act after which the words of a matter may be gone. Every chapter that forgets calls it so."""
FORGOTTEN = "（原文已按保管期限销毁）"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Words(str):
    """A free text told to the ledger: kept beside the chain, where it can be forgotten."""


def digest_of(text: str, salt: str) -> str:
    """SHA-256, in hex, of the salt and the text."""
    return hashlib.sha256(f"{salt}:{text}".encode("utf-8", "surrogatepass")).hexdigest()


def set_aside(told: Mapping[str, Any]) -> tuple[dict[str, Any], list[FreeWords]]:
    """(what goes into the chain, the words to be kept beside it): every `Words` value is replaced by its digest."""
    chained, kept = dict(told), []
    for key, value in told.items():
        if isinstance(value, Words):
            row = FreeWords(key=key, salt=secrets.token_hex(16), text=str(value))
            chained[key] = {DIGEST: digest_of(row.text, row.salt)}
            kept.append(row)
    return chained, kept


def digests_in(told: Mapping[str, Any]) -> dict[str, str]:
    """key → digest of the values of an entry that stand for words."""
    return {key: value[DIGEST] for key, value in told.items() if _stands_for_words(value)}


def _stands_for_words(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {DIGEST} and bool(_SHA256.fullmatch(str(value[DIGEST])))


def with_words(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with their words fetched along, so that reading many aloud asks no more questions."""
    kept = FreeWords.objects.filter(body=OuterRef("body"), seq=OuterRef("seq")).order_by("pk")
    return entries.annotate(spoken=ArraySubquery(kept.values(pair=JSONObject(key="key", text="text"))))


def told_of(entry: Entry) -> dict[str, Any]:
    """What an entry was told, with its words in place as far as they are still kept."""
    told: dict[str, Any] = entry.told
    digests = digests_in(told)
    if not digests:
        return told
    spoken = getattr(entry, "spoken", None)
    if spoken is None:
        spoken = FreeWords.objects.filter(body=entry.body, seq=entry.seq).values("key", "text")
    kept = {pair["key"]: pair["text"] for pair in spoken}
    return told | {key: kept.get(key, FORGOTTEN) for key in digests}


def forget(entries: QuerySet[Entry]) -> int:
    """Forget the words of these entries for good; returns how many. The chain is not touched and still verifies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.forgetting', 'on', true)")
    theirs = FreeWords.objects.filter(Exists(entries.filter(body=OuterRef("body"), seq=OuterRef("seq"))))
    done, _ = FreeWords.objects.filter(pk__in=list(theirs.values_list("pk", flat=True))).delete()
    return done


def faults_of(body_code: str) -> Iterator[tuple[int, str]]:
    """(seq, sentence) of words that are not those the chain was told, and of words that left without being forgotten."""
    told = Entry.objects.filter(body=body_code, seq=OuterRef("seq")).values("told")[:1]
    rows = FreeWords.objects.filter(body=body_code).annotate(told=Subquery(told)).order_by("seq", "pk")
    for row in rows.iterator(chunk_size=2000):
        if digests_in(row.told or {}).get(row.key) != digest_of(row.text, row.salt):
            yield row.seq, f"第 {row.seq} 条所附的文字（{row.key}）与其摘要不符：文字被改动，或者是后加的。"
    names = {name: OuterRef(name) for name in ("body", "subject_type", "subject_id")}
    later = Entry.objects.filter(**names, verb=FORGETTING, seq__gt=OuterRef("seq"))
    spoken = with_words(Entry.objects.filter(body=body_code)).annotate(text=Cast("told", TextField()))
    for entry in spoken.filter(~Exists(later), text__contains=f'{{"{DIGEST}": "').order_by("seq").iterator(2000):
        for key in digests_in(entry.told).keys() - {pair["key"] for pair in getattr(entry, "spoken", ())}:
            yield entry.seq, f"第 {entry.seq} 条所附的文字（{key}）不见了，台账却没有销毁的记载：文字被删除。"
