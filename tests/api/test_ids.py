"""Ids of new things."""

import uuid
from datetime import timedelta

from chalicelib.api.ids import new_id
from tests.builders import NOW


def test_ids_sort_by_time_and_differ() -> None:
    made = [new_id(NOW + timedelta(milliseconds=number)) for number in range(50)]
    assert made == sorted(made)
    assert len({new_id(NOW) for _ in range(1000)}) == 1000


def test_ids_are_uuids_of_version_seven() -> None:
    made = uuid.UUID(new_id(NOW))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(NOW.timestamp() * 1000)
