"""One item per report, on both stores."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.reports.model import Report, Status
from chalicelib.store import reports as store
from chalicelib.store.base import Transaction
from tests.builders import NOW, report


def save(*held: Report) -> None:
    transaction = Transaction()
    for one in held:
        store.put(one, transaction=transaction)
    transaction.commit()


def test_what_is_stored_comes_back_as_it_was(tables: str) -> None:
    held = report(version=1, co_handlers=("D18", "D19"))
    save(held)
    assert store.get("r1") == held
    assert store.get_whole("r1") == (held, "")


def test_the_text_lies_beside_it(tables: str) -> None:
    transaction = Transaction()
    store.put(report(version=1), transaction=transaction)
    store.put_text("r1", "很长的说明" * 400, transaction=transaction)
    transaction.commit()
    assert store.get_whole("r1")[1] == "很长的说明" * 400


def test_what_is_not_there_is_not_found(tables: str) -> None:
    with pytest.raises(NotFound):
        store.get("nothing")
    with pytest.raises(NotFound):
        store.get_whole("nothing")
    assert store.several([]) == [] == store.several(["nothing"])


def test_only_the_next_version_is_written(tables: str) -> None:
    save(report(version=1))
    for version in (1, 3):
        with pytest.raises(StaleVersion):
            save(report(version=version))
    save(report(Status.WITH_CENTRE, version=2))
    assert store.get("r1").status is Status.WITH_CENTRE


def test_all_or_nothing(tables: str) -> None:
    save(report(version=1))
    with pytest.raises(StaleVersion):
        save(report(id="r2", version=1), report(version=3))
    with pytest.raises(NotFound):
        store.get("r2")


def test_it_is_due_until_it_ends(tables: str) -> None:
    save(report(version=1))
    due = [id for shard in range(store.DUE_SHARDS) for id in store.due_ids(shard, NOW)]
    early = [id for shard in range(store.DUE_SHARDS) for id in store.due_ids(shard, NOW - timedelta(seconds=1))]
    assert (due, early) == (["r1"], [])
    save(replace(report(version=2), status=Status.INVALID, holder=None, due_at=None))
    assert [id for shard in range(store.DUE_SHARDS) for id in store.due_ids(shard, NOW)] == []
