"""Citizens of the stories."""

from typing import Any

import pytest

from tests.factories import at

from .citizen import Citizen


@pytest.fixture
def wang(db: None, files: Any) -> Citizen:
    """Applicant 王, on a working day in the morning."""
    return Citizen(at("2025-03-03", 9))


@pytest.fixture
def stranger(db: None) -> Citizen:
    """Somebody else, at another browser."""
    return Citizen(at("2025-03-04", 9))
