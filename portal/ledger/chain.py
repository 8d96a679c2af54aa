"""How one entry is tied to the one before it. Pure: facts in, hash out."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Protocol

GENESIS = "0" * 64


class Facts(Protocol):
    """Everything an entry states; all of it goes into its hash."""

    body: str
    seq: int
    at: datetime
    verb: str
    actor_id: str
    actor_label: str
    subject_type: str
    subject_id: str
    subject_number: str
    told: Any
    previous_hash: str


def facts_of(entry: Facts) -> dict[str, Any]:
    """Everything an entry states, as its hash is taken over it. A new field is a new ledger: it would change every hash."""
    return {
        "body": entry.body,
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": entry.verb,
        "actor_id": entry.actor_id,
        "actor_label": entry.actor_label,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "subject_number": entry.subject_number,
        "told": entry.told,
        "previous_hash": entry.previous_hash,
    }


def hash_of(entry: Facts) -> str:
    """SHA-256, in hex, of the entry's facts as canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(facts_of(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
