"""Readers of the stories."""

import pytest
from django.test import Client


@pytest.fixture
def stranger(db: None) -> Client:
    """Somebody who happens by."""
    return Client()
