"""The doors of documents and imports in the workplace; who may open them is told in tests/policies/test_document_doors.py."""

from disclosure.admin.acts import ACTS
from disclosure.admin.page import DocumentPage

KEY = "/admin/documents/<key>/"
FILES = (f"{KEY}files/<pk>/", f"{KEY}files/<pk>/read/")
BEHIND = (KEY, *FILES, *(f"{KEY}{verb}/" for verb in ACTS))
"""What is behind the number of one document."""

IMPORTS = (
    "/admin/imports/",
    "/admin/imports/<pk>/",
    "/admin/imports/<pk>/start/",
    "/admin/imports/template/<code>/",
)
REGISTER = ("/admin/documents/register/", "/admin/documents/register/csv/")
PICTURE = f"{KEY}files/<pk>/pictures/<name>/"
DOORS = (f"/admin/{DocumentPage.mount}/", "/admin/documents/draft/", *REGISTER, *BEHIND, PICTURE, *IMPORTS)
