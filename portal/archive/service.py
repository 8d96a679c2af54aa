"""What the rest of the portal asks of the archive."""

from portal.archive.dossier import AlreadySealed, Part, seal
from portal.archive.files import CannotRead, Forgotten, as_attachment, forget, open_bytes, store
from portal.archive.kinds import Kind
from portal.archive.sniff import Refused, clean_name, judge_size, sniff

__all__ = [
    "AlreadySealed",
    "CannotRead",
    "Forgotten",
    "Kind",
    "Part",
    "Refused",
    "as_attachment",
    "clean_name",
    "forget",
    "judge_size",
    "open_bytes",
    "seal",
    "sniff",
    "store",
]
