"""Editions of reference data, on both stores."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.store.reference import reference
from tests.builders import NOW


def publish(body: bytes, base: int | None = None, name: str = "limits") -> int:
    return reference.publish(name, body, base=base, by="admin", now=NOW)


def test_the_last_published_edition_is_in_force_and_the_others_stay(tables: str) -> None:
    assert [publish(b"one"), publish(b"two"), publish(b"x", name="ladder")] == [1, 2, 1]
    held = reference.current("limits", "ladder", now=NOW)
    assert (held["limits"].version, held["limits"].body, held["ladder"].body) == (2, b"two", b"x")


def test_what_was_never_published_is_not_found(tables: str) -> None:
    with pytest.raises(NotFound):
        reference.current("limits", now=NOW)


def test_an_edition_made_from_an_old_one_is_refused(tables: str) -> None:
    publish(b"one", base=0)
    publish(b"two", base=1)
    with pytest.raises(StaleVersion):
        publish(b"three", base=1)
    assert reference.current("limits", now=NOW)["limits"].body == b"two"


def test_another_process_sees_a_new_edition_within_a_minute(tables: str, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(b"one")
    reference.current("limits", now=NOW)
    monkeypatch.setattr(reference, "forget", lambda: None)  # as if someone else published
    publish(b"two")
    assert reference.current("limits", now=NOW + timedelta(seconds=59))["limits"].body == b"one"
    assert reference.current("limits", now=NOW + timedelta(seconds=60))["limits"].body == b"two"
