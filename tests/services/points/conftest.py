"""Those who decide on points."""

import pytest

from tests.awarding import known


@pytest.fixture
def everybody(rules: None) -> None:
    """The rules in force, and people who decide."""
    known()
