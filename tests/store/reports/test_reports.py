"""One item per report, on both stores."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.running import PartState
from chalicelib.store.base import Transaction
from chalicelib.store.reports import due as index
from chalicelib.store.reports import listings
from chalicelib.store.reports import reports as store
from chalicelib.store.reports.due import Due
from tests.builders import NOW, RULES, report


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
    save(report(version=1, next_at=NOW))
    assert (due(NOW), due(NOW - timedelta(seconds=1))) == ([Due(id="r1", part=store.HEAD, at=NOW)], [])
    save(replace(report(version=2), status=Status.INVALID, holder=None, due_at=None, next_at=None))
    assert due(NOW) == []


def due(now: datetime) -> list[Due]:
    return [found for shard in range(store.DUE_SHARDS) for found in index.fallen(shard, now)]


def test_a_co_handler_finds_its_part_in_its_inbox_until_it_is_done(tables: str) -> None:
    part = clockwork.new_part("D03", since=NOW, klass="B", rules=RULES)
    held = report(Status.IN_HANDLING, co_handlers=("D03",), parts=(part,), version=1)
    save(held)
    assert inbox_of("D03") == inbox_of("D04") == ["r1"]
    done = replace(held, parts=(replace(part, state=PartState.FILED),), version=2)
    transaction = Transaction()
    store.put(done, before=held, transaction=transaction)
    transaction.commit()
    assert (inbox_of("D03"), inbox_of("D04")) == ([], ["r1"])


def inbox_of(department: str) -> list[str]:
    page = listings.inbox([f"department:{department}"], limit=50, cursor=None)
    return [found.id for found in page.reports]
