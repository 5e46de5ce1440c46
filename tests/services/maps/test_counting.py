"""The map follows the history, in whatever order and however often it is told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.maps.counting import Held, Tile
from chalicelib.domain.reports.model import Report, Status
from chalicelib.services.maps import counting
from chalicelib.store.maps import cells as store
from chalicelib.store.reports import reports
from tests.bench.calls import counted as calls_counted
from tests.builders import NOW, TOWNSHIP
from tests.mapping import CELL, HERE, OTHER, THERE, Looks, counted, events, last_days, life, stored, tiles

S = Status
LAST_MONTH, THIS_MONTH = NOW.replace(month=10), NOW
MONTHS = ("2026-10", "2026-11")


class Memory:
    """Heads and counters in memory, with the conditions that the store's transactions put."""

    def __init__(self) -> None:
        self.heads: dict[str, Report] = {}
        self.where: dict[str, Held] = {}
        self.tiles: Counter[Tile] = Counter()
        self.days: dict[str, str] = {}

    def get(self, report_id: str) -> Report:
        return self.heads[report_id]

    def held(self, report_id: str) -> Held | None:
        return self.where.get(report_id)

    def move(self, report_id: str, before: Held | None, after: Held) -> None:
        if self.where.get(report_id) != before:
            raise StaleVersion("changed_meanwhile")
        self.where[report_id] = after
        self.tiles.subtract([before.tile] if before and before.tile else [])
        self.tiles.update([after.tile] if after.tile else [])

    def saw(self, township: str, cell: str, day: str) -> None:
        self.days[cell] = max(self.days.get(cell, ""), day)


@contextmanager
def in_memory() -> Iterator[Memory]:
    memory = Memory()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reports, "get", memory.get)
        for name in ("held", "move", "saw"):
            patch.setattr(store, name, getattr(memory, name))
        yield memory


statuses = st.sampled_from([S.SUBMITTED, S.WITH_CENTRE, S.INVALID, S.DUPLICATE, S.WITHDRAWN, S.CLOSED])
looks = st.tuples(statuses, st.sampled_from(["0303", "0304", "0801", "0907", None]))
lives = st.builds(
    lambda id, steps, at, point: life(str(id), *steps, at=at, point=point),
    st.uuids(),
    st.lists(looks, min_size=1, max_size=5),
    st.sampled_from([LAST_MONTH, THIS_MONTH]),
    st.sampled_from([HERE, THERE, None]),
)


@given(st.lists(lives, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_a_storm_counts_the_same_as_a_plain_count(found: list[list[Report]], random: Random) -> None:
    """Reports change while events are heard: late, twice, in any order, and each at least once."""
    with in_memory() as memory:
        ahead = [head for versions in found for head in versions]
        random.shuffle(ahead)
        heard: list[Event] = []
        for head in ahead:
            versions = next(one for one in found if one[0].id == head.id)
            known = memory.heads.get(head.id)
            memory.heads[head.id] = versions[known.version if known else 0]
            told = [line for one in found for line in events(one) if line.number <= version_of(memory, one)]
            for line in random.choices(told, k=random.randrange(3)) if told else ():
                counting.follow(line)
                heard.append(line)
        rest = [line for one in found for line in events(one) if line not in heard or random.random() < 0.5]
        random.shuffle(rest)
        for line in rest:
            counting.follow(line)
        assert +memory.tiles == tiles(versions[-1] for versions in found)
        assert memory.days == last_days(found)


def version_of(memory: Memory, versions: Sequence[Report]) -> int:
    head = memory.heads.get(versions[0].id)
    return head.version if head else 0


def test_many_followers_at_once_count_the_same_as_a_plain_count(tables: str) -> None:
    steps: list[list[Looks]] = [
        [(S.SUBMITTED, "0303"), (S.INVALID, "0303"), (S.WITH_CENTRE, "0303")],
        [(S.SUBMITTED, None), (S.WITH_CENTRE, "0304"), (S.WITH_CENTRE, "0801")],
        [(S.SUBMITTED, "0303"), (S.WITH_CENTRE, "0304"), (S.DUPLICATE, "0304"), (S.WITH_CENTRE, "0304")],
        [(S.SUBMITTED, "0303"), (S.DUPLICATE, "0303")],
    ]
    found = [life(f"r{number}", *looks) for number, looks in enumerate(steps)]

    def live(versions: list[Report]) -> None:
        for head in versions:
            stored(head)
            with ThreadPoolExecutor(3) as others:
                list(others.map(counting.follow, [line for line in events(versions) if line.number <= head.version]))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(live, found))
    assert counted(*MONTHS) == tiles(versions[-1] for versions in found)
    assert store.last_days(TOWNSHIP) == last_days(found)


def hear(*versions: Report) -> None:
    """Each version is stored, and its event heard."""
    told = {line.number: line for line in events(versions)}
    for head in versions:
        stored(head)
        if line := told.get(head.version):
            counting.follow(line)


def cells_counted() -> dict[str, int]:
    return {f"{tile.cell} {tile.kind}": number for tile, number in counted(*MONTHS).items()}


PUBLIC = (S.WITH_CENTRE, "0303")


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    "gone",
    [(S.INVALID, "0303"), (S.DUPLICATE, "0303"), (S.WITHDRAWN, "0303"), (S.WITH_CENTRE, "0801"), (S.WITH_CENTRE, None)],
    ids=str,
)
def test_what_leaves_the_map_is_counted_no_longer_until_it_comes_back(gone: Looks) -> None:
    first, second, third = life("r1", PUBLIC, gone, PUBLIC)
    hear(first)
    assert cells_counted() == {f"{CELL} 0303": 1}
    told = events([first, second, third])
    stored(second)
    counting.follow(told[1])
    assert cells_counted() == {}
    stored(third)
    counting.follow(told[2])
    assert cells_counted() == {f"{CELL} 0303": 1}


@pytest.mark.usefixtures("tables")
def test_another_kind_is_another_count_in_the_month_it_came_in() -> None:
    hear(*life("r1", (S.SUBMITTED, "0303"), (S.WITH_CENTRE, "0304"), at=LAST_MONTH))
    hear(*life("r2", (S.SUBMITTED, "0304"), at=THIS_MONTH, point=THERE))
    assert cells_counted() == {f"{CELL} 0304": 1, f"{OTHER} 0304": 1}
    assert list(store.month(TOWNSHIP, "2026-10")) == [(CELL, "0304", 1)]


@pytest.mark.usefixtures("tables")
def test_a_late_event_does_not_bring_back_what_has_left() -> None:
    versions = life("r1", PUBLIC, (S.WITH_CENTRE, "0801"))
    came, left = events(versions)
    for head in versions:
        stored(head)
    for line in (left, came, left, came):
        counting.follow(line)
    assert cells_counted() == {}


@pytest.mark.usefixtures("tables")
def test_who_read_an_old_head_finds_that_a_later_one_was_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = life("r1", PUBLIC, (S.WITH_CENTRE, "0801"))
    came, left = events([first, second])
    stored(first)
    real, waiting = reports.get, [True]

    def slow(report_id: str) -> Report:
        """The first reader is overtaken between his two reads, after the report has changed."""
        head = real(report_id)
        if waiting.pop() if waiting else False:
            stored(second)
            counting.follow(left)
        return head

    monkeypatch.setattr(reports, "get", slow)
    counting.follow(came)
    assert cells_counted() == {} and store.held("r1") == Held(version=2, tile=None)


@pytest.mark.usefixtures("tables")
def test_what_is_counted_anew_under_every_try_is_left_to_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = life("r1", PUBLIC)
    stored(first)

    def overtaken(*_: object) -> None:
        raise StaleVersion("changed_meanwhile")

    monkeypatch.setattr(store, "move", overtaken)
    with pytest.raises(Busy):
        counting.follow(events([first])[0])


@pytest.mark.usefixtures("tables")
def test_a_crash_between_the_counter_and_the_last_day_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = life("r1", PUBLIC)
    stored(first)
    with monkeypatch.context() as patch:
        patch.setattr(store, "saw", lambda *_: (_ for _ in ()).throw(Busy("store_busy")))
        with pytest.raises(Busy):
            counting.follow(events([first])[0])
    counting.follow(events([first])[0])
    assert cells_counted() == {f"{CELL} 0303": 1} and store.last_days(TOWNSHIP) == {CELL: "2026-11-23"}


@pytest.mark.usefixtures("tables")
def test_an_event_costs_two_reads_a_transaction_and_a_day_and_told_again_less() -> None:
    (first,) = life("r1", PUBLIC)
    stored(first)
    for expected in (["GetItem", "GetItem", "TransactWriteItems", "UpdateItem"], ["GetItem", "GetItem", "UpdateItem"]):
        with calls_counted() as calls:
            counting.follow(events([first])[0])
        assert calls.names == expected
