"""Facts of publishing: documents with their versions and files, reviews, columns."""

from .column import Column
from .document import VIEW, Document, DocumentFile, Version
from .review import Review

__all__ = ["VIEW", "Column", "Document", "DocumentFile", "Review", "Version"]
