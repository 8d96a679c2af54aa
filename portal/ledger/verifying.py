"""Whether the ledger is still what was written: by its own chain, and by heads that were kept elsewhere."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Subquery

from portal.ledger import words
from portal.ledger.chain import GENESIS, hash_of
from portal.ledger.models import Chain, Entry

_CHUNK = 2000


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a body's chain. `kind`: changed, broken, missing, duplicated, tail, unknown, words or head."""

    body: str
    seq: int
    kind: str
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def verify(body_code: str) -> list[Fault]:
    """Every fault of a body's chain, in its order; an empty list when the chain is whole."""
    return list(faults(body_code))


def faults(body_code: str) -> Iterator[Fault]:
    """Walk the chain once in constant memory. Acts recorded meanwhile do no harm: all is read in one statement's snapshot."""
    chain = Chain.objects.filter(pk=body_code)
    rows = (
        Entry.objects.filter(body=body_code)
        .annotate(chain_length=Subquery(chain.values("length")), chain_head=Subquery(chain.values("head")))
        .order_by("seq", "pk")
    )
    seq, previous, end = 0, GENESIS, None
    for entry in rows.iterator(chunk_size=_CHUNK):
        yield from _faults_of(entry, seq, previous)
        seq, previous, end = entry.seq, entry.hash, (entry.chain_length, entry.chain_head)
    if end is None:
        # Asked again in one statement: the first act of all may have been recorded since the walk found nothing.
        empty = chain.exclude(pk__in=Entry.objects.filter(body=body_code).values("body"))
        end = empty.values_list("length", "head").first() or (0, GENESIS)
    yield from _faults_of_the_end(body_code, seq, previous, *end)
    yield from (Fault(body_code, seq, "words", sentence) for seq, sentence in words.faults_of(body_code))


def compare(heads: Iterable[dict[str, Any]]) -> Iterator[Fault]:
    """Compare with heads kept elsewhere (`ledger_heads`): each must still be a place in the chain. Finds a rewritten past."""
    for kept in heads:
        body, length, hash_ = kept["body"], kept["length"], kept["hash"]
        if length == 0:
            continue
        now = Entry.objects.filter(body=body, seq=length).values_list("hash", flat=True).first()
        if now is None:
            yield Fault(body, length, "head", f"留存的校验值记有第 {length} 条，台账中现在没有这一条：有记录被删除。")
        elif now != hash_:
            yield Fault(
                body,
                length,
                "head",
                f"第 {length} 条的校验值与留存的不一致（留存 {hash_[:12]}…，现为 {now[:12]}…）：该条或更早的记录被改写。",
            )


def heads() -> list[dict[str, Any]]:
    """The end of every body's chain, for keeping off this machine."""
    return [dict(row) for row in Chain.objects.order_by("body").values("body", "length", hash=F("head"))]


def report(*, at: datetime) -> str:
    """All heads as JSON text: what `verify_ledger --heads` reads back."""
    return json.dumps({"made_at": at.isoformat(timespec="seconds"), "heads": heads()}, ensure_ascii=False, indent=2)


def bodies() -> list[str]:
    """Every body code the ledger knows, from the chains and from the entries alike."""
    chains = set(Chain.objects.values_list("body", flat=True))
    return sorted(chains | set(Entry.objects.order_by().values_list("body", flat=True).distinct()))


def _faults_of(entry: Entry, seq: int, previous: str) -> Iterator[Fault]:
    here = entry.seq
    if here == seq:
        yield Fault(entry.body, here, "duplicated", f"第 {here} 条出现两次：有记录被复制或插入。")
        return
    if here > seq + 1:
        gone = f"第 {seq + 1} 条" if here == seq + 2 else f"第 {seq + 1} 至 {here - 1} 条"
        yield Fault(entry.body, seq + 1, "missing", f"{gone}不见了：有记录被删除。")
    elif entry.previous_hash != previous:
        yield Fault(
            entry.body,
            here,
            "broken",
            f"第 {here} 条记载的前一条校验值（{entry.previous_hash[:12]}…）与第 {seq} 条的（{previous[:12]}…）不一致："
            "两条之一被改写、调换或插入。",
        )
    computed = hash_of(entry)
    if computed != entry.hash:
        yield Fault(
            entry.body,
            here,
            "changed",
            f"第 {here} 条（{entry.subject_number}，{entry.verb}）的内容与其校验值不符："
            f"记载 {entry.hash[:12]}…，按现有内容应为 {computed[:12]}…，内容被改动。",
        )


def _faults_of_the_end(body: str, seq: int, last: str, length: int | None, head: str | None) -> Iterator[Fault]:
    if length is None:
        yield Fault(body, seq, "unknown", f"台账有 {seq} 条记录，链的登记却不存在：登记被删除或记录是插入的。")
    elif seq < length:
        gone = f"第 {length} 条" if length == seq + 1 else f"第 {seq + 1} 至 {length} 条"
        yield Fault(body, seq + 1, "tail", f"链的登记为 {length} 条，实有到第 {seq} 条：末尾{gone}被删除。")
    elif seq > length:
        yield Fault(body, length + 1, "unknown", f"链的登记为 {length} 条，实有到第 {seq} 条：末尾有插入的记录。")
    elif last != head:
        yield Fault(body, seq, "broken", f"末条（第 {seq} 条）的校验值与链的登记不一致：末条被替换或登记被改动。")
