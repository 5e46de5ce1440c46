"""Public keys, by id."""

from datetime import timedelta

import pytest

from chalicelib.store.login import keys
from chalicelib.store.login.keys import KeyItem
from tests.bench.calls import counted
from tests.builders import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def shelf(tables: str) -> None:
    """Nothing at hand."""
    keys.forget()


def test_a_key_is_read_once_in_five_minutes() -> None:
    KeyItem("k1", public="p").save()
    with counted() as calls:
        for minutes in (0, 1, 4.9):
            found = keys.find("k1", now=NOW + minutes * MINUTE)
            assert found is not None and (found.public, found.retire_at) == ("p", None)
        assert calls.names == ["GetItem"]
        keys.find("k1", now=NOW + 5 * MINUTE)
        assert calls.names == ["GetItem"] * 2


def test_a_key_that_gets_an_end_has_it_within_five_minutes() -> None:
    KeyItem("k1", public="p").save()
    keys.find("k1", now=NOW)
    KeyItem("k1", public="p", retire_at=NOW.timestamp()).save()
    found = keys.find("k1", now=NOW + 5 * MINUTE)
    assert found is not None and found.retire_at == NOW


def test_a_key_that_is_not_there_is_looked_for_each_time() -> None:
    assert keys.find("k2", now=NOW) is None
    KeyItem("k2", public="p").save()
    assert keys.find("k2", now=NOW) is not None
