"""The check that answers are as promised, checked."""

import pytest

from tests.api import conformance
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import COURIER


def test_an_answer_of_another_shape_is_noticed(api: Client) -> None:
    answer = api.get("/me", by=COURIER)
    odd = Answer(status=200, headers=answer.headers, text='{"id": 1}', route="/me")
    with pytest.raises(AssertionError, match="another shape"):
        conformance.check(odd, "GET")
    with pytest.raises(AssertionError, match="not promised"):
        conformance.check(Answer(status=418, headers=answer.headers, text="", route="/me"), "GET")
