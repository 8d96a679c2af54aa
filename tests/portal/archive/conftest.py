"""A body, a folder for files and a moment."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from portal.moment import SHANGHAI
from portal.organisation.models import Body

NOON = datetime(2026, 9, 10, 12, 0, 0, 0, SHANGHAI)


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    """Every test has its own folder and its own key."""
    settings.VAULT_KEYS = ["first key"]
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def archive_body(db):
    """A body that nothing else has written about."""
    return Body.objects.create(code="sample", name="示例厅", region="CN-NX", profile="nx")


@pytest.fixture
def matter(archive_body):
    """What the ledger and the archive ask of a subject, and no more."""
    meta = SimpleNamespace(label_lower="requests_ogi.request")
    return SimpleNamespace(pk=7, number="NX-2026-7", body=archive_body, _meta=meta)
