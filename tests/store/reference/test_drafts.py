"""A draft is stored over what was read, and its version never comes again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reference import drafts
from chalicelib.store.reference.drafts import Draft
from tests.builders import NOW, TOWNSHIP

pytestmark = pytest.mark.usefixtures("tables")
FIRST = Draft(table="routing", township=TOWNSHIP, version=7, base=1, body=b"id\n" * 1000, by="admin", at=NOW)
SECOND = replace(FIRST, version=8, body=b"id\n")


def put(draft: Draft, over: Draft | None) -> None:
    drafts.put(draft, over=over, transaction=(transaction := Transaction()))
    transaction.commit()


def remove(draft: Draft) -> None:
    drafts.remove(draft, transaction := Transaction())
    transaction.commit()


def test_what_is_read_is_what_was_stored() -> None:
    assert drafts.find("routing", TOWNSHIP) is None
    put(FIRST, None)
    assert drafts.find("routing", TOWNSHIP) == FIRST
    put(SECOND, FIRST)
    assert drafts.find("routing", TOWNSHIP) == SECOND
    assert drafts.find("routing", "350211103") is None
    remove(SECOND)
    assert drafts.find("routing", TOWNSHIP) is None


def test_nothing_is_stored_over_or_removed_but_what_was_read() -> None:
    put(FIRST, None)
    for over in (None, SECOND):
        with pytest.raises(StaleVersion):
            put(replace(SECOND, version=9), over)
    with pytest.raises(StaleVersion):
        remove(SECOND)
    assert drafts.find("routing", TOWNSHIP) == FIRST
    remove(FIRST)
    with pytest.raises(StaleVersion):
        remove(FIRST)
    with pytest.raises(StaleVersion):
        put(SECOND, FIRST)


def test_versions_rise_whatever_the_clocks_say() -> None:
    begun = drafts.version_after(None, NOW)
    assert drafts.version_after(replace(FIRST, version=begun), NOW - timedelta(hours=1)) == begun + 1
    assert drafts.version_after(None, NOW + timedelta(seconds=1)) > begun
