"""Which edition was in force when something happened."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.store.reference import editions, reference

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def published(*months: int) -> None:
    for version, month in enumerate(months, 1):
        at = START.replace(month=month)
        reference.publish("points_rules", f"edition {version}".encode(), base=None, by="test", now=at)


def at(instant: datetime) -> tuple[int, bytes]:
    edition = editions.as_of("points_rules", instant, now=NOW)
    return edition.version, edition.body


def test_an_event_goes_by_the_edition_of_its_own_time(tables: str) -> None:
    published(1, 5, 9)
    assert at(START.replace(month=4)) == (1, b"edition 1")
    assert at(START.replace(month=6)) == (2, b"edition 2")
    assert at(NOW) == (3, b"edition 3")


def test_an_edition_counts_a_minute_after_it_was_published(tables: str) -> None:
    published(1, 5)
    may = START.replace(month=5)
    assert at(may + timedelta(seconds=59))[0] == 1 and at(may + timedelta(seconds=60))[0] == 2


def test_before_the_first_edition_the_first_one_counts(tables: str) -> None:
    published(5, 9)
    assert at(START) == (1, b"edition 1")


def test_without_any_edition_nothing_is_found(tables: str) -> None:
    with pytest.raises(NotFound):
        at(NOW)
