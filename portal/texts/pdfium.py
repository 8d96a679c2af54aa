"""The one lock of PDFium, which is not safe for threads: one call at a time in a process, whoever calls."""

from threading import Lock

PDFIUM = Lock()
"""Held from opening a document until everything opened in it is closed."""
