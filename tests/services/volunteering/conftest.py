"""The key that codes are signed with."""

from collections.abc import Iterator

import pytest

from chalicelib.gateways import page_keys
from tests.volunteers import KEY


@pytest.fixture(autouse=True)
def code_key() -> Iterator[None]:
    """Made up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_keys, "key", lambda: KEY)
        yield
