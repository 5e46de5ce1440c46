"""Everything counted anew, while events are told twice, out of order, or not at all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from botocore.client import BaseClient

from chalicelib.domain.events import Event
from chalicelib.domain.figures.figures import Counter
from chalicelib.domain.figures.tallies import concerns
from chalicelib.services.figures import figures, recounting
from chalicelib.services.figures.recounting import Recounted
from chalicelib.store.figures import figures as store
from tests.bench.calls import counted
from tests.builders import NOW, TOWNSHIP
from tests.counting import counters
from tests.domain.figures.test_tallies import lived
from tests.domain.reports.test_walks import KINDS
from tests.histories import happened

pytestmark = pytest.mark.usefixtures("tables")
MONTHS = ("2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "ever")
UNTIL = NOW + timedelta(days=365)


def histories(seed: int, reports: int = 6) -> dict[str, list[Event]]:
    """Random lives of some reports, as they stand in the history."""
    random, found = Random(seed), {}
    for number in range(reports):
        steps = [(random.randrange(100), random.randrange(100), random.randrange(2000)) for _ in range(14)]
        lines = lived(random.choice(KINDS), steps)[1]
        found[f"r{number}"] = [_named(line, f"r{number}") for line in lines]
    for lines in found.values():
        happened(lines)
    return found


def _named(line: Event, report_id: str) -> Event:
    return replace(line, id=f"{report_id}#{line.number:06}", subject_id=report_id)


def standing() -> list[Counter]:
    found = [one for month in MONTHS for one in store.of(TOWNSHIP, month) if one.counts]
    return sorted(found, key=lambda one: (one.day, one.area, one.kind, one.body))


def behind() -> set[tuple[str, str, str]]:
    """Every column of every report."""
    entries = (entry for month in MONTHS for entry in store.behind(TOWNSHIP, month, "2", "9"))
    return {(entry.day, entry.report_id, column) for entry in entries for column in entry.columns}


def recounted() -> Recounted:
    return recounting.recount(NOW, UNTIL, may_go_on=lambda: True)


def naive(found: dict[str, list[Event]]) -> list[Counter]:
    return [one for one in counters(*found.values()) if one.counts]


@pytest.mark.parametrize("seed", range(3))
def test_after_a_storm_counters_and_recount_and_history_agree(seed: int) -> None:
    found = histories(seed)
    telling = [line for lines in found.values() for line in lines if concerns(line)] * 2
    Random(seed).shuffle(telling)
    with ThreadPoolExecutor(4) as pool:  # a part of the events is lost
        list(pool.map(figures.count, telling[: len(telling) * 2 // 3]))
    for line in telling[len(telling) * 2 // 3 :]:
        figures.count(line)
    assert standing() == naive(found)
    entries = behind()
    assert recounted() == Recounted(reports=len(found), mended=0, next=None)
    assert standing() == naive(found) and behind() == entries


def test_a_recount_mends_what_was_lost_once() -> None:
    found = histories(7)
    for lines in list(found.values())[::2]:
        figures.count(lines[0])
    assert recounted().mended == len(found) // 2
    assert recounted().mended == 0 and standing() == naive(found)


def test_it_goes_on_where_it_stopped() -> None:
    found = histories(3)
    left: Iterator[bool] = iter([True, True, False])
    first = recounting.recount(NOW, UNTIL, may_go_on=lambda: next(left))
    assert (first.reports, first.next) == (2, NOW)
    assert first.next and recounting.recount(first.next, UNTIL, may_go_on=lambda: True).next is None
    assert standing() == naive(found)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("dies_at", range(3))
def test_a_crash_at_any_call_is_made_good_by_the_next_telling(
    dies_at: int, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the call is made, or once it has been."""
    found = histories(11, reports=1)
    real, calls = BaseClient._make_api_call, 0  # type: ignore[attr-defined]

    def call(self: BaseClient, name: str, parameters: object) -> object:
        nonlocal calls
        calls += 1
        answer = real(self, name, parameters) if after or calls != dies_at + 1 else None
        if calls == dies_at + 1:
            raise KeyboardInterrupt
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        with pytest.raises(KeyboardInterrupt):
            figures.count(found["r0"][-1])
    figures.count(found["r0"][-1])
    assert standing() == naive(found)


def test_an_event_costs_two_reads_and_a_transaction_and_told_again_two_reads() -> None:
    found = histories(5, reports=1)
    for expected in (["Query", "GetItem", "TransactWriteItems"], ["Query", "GetItem"]):
        with counted() as calls:
            figures.count(found["r0"][-1])
        assert calls.names == expected


def test_what_has_no_history_counts_nothing() -> None:
    assert not figures.recount("nobody") and standing() == []
