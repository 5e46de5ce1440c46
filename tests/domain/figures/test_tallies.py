"""A report's tally is worked out from its history alone: the order, repetition and loss of events change nothing."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.anonymity import wordless
from chalicelib.domain.events import Event, event
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import EVER
from chalicelib.domain.figures.promptness import HANDLING
from chalicelib.domain.figures.tallies import Tally, columns, concerns, difference, tally
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reports.model import Action, Change, Status
from tests.builders import CENTRE
from tests.counting import counters, total
from tests.deeds import PROXY
from tests.domain.reports.test_walks import KINDS, STEPS, life
from tests.lives import Life

A, S = Action, Status
type Steps = list[tuple[int, int, int]]
type Lived = tuple[str | None, Steps]
LIVES = st.tuples(st.sampled_from(KINDS), STEPS)


def lived(kind: str | None, steps: Steps) -> tuple[list[Change], list[Event]]:
    changes = list(life(kind, steps))
    return changes, [event(change) for change in changes]


class Memory:
    """Counters and tallies without a store, moved as the follower moves them."""

    def __init__(self) -> None:
        self.counters: Counter[tuple[str, str]] = Counter()
        self.behind: set[tuple[str, str, str]] = set()
        self.tallies: dict[str, Tally] = {}

    def hears(self, report_id: str, history: Sequence[Event]) -> None:
        """An event of the report, whose history is so far."""
        old, new = self.tallies.get(report_id, Tally()), tally(history)
        if old.number > new.number:
            return
        for key in {*old.shares, *new.shares}:
            before, after = old.shares.get(key, {}), new.shares.get(key, {})
            self.counters.update({(key, name): more for name, more in difference(before, after).items()})
            self.behind -= {(key, name, report_id) for name in columns(before)}
            self.behind |= {(key, name, report_id) for name in columns(after)}
        self.tallies[report_id] = new

    @property
    def counted(self) -> dict[tuple[str, str], int]:
        """What is not nought."""
        return {key: count for key, count in self.counters.items() if count}


def scratch(histories: dict[str, list[Event]]) -> dict[tuple[str, str], int]:
    """The naive way: each history's shares, added up from nothing."""
    sums: Counter[tuple[str, str]] = Counter()
    for lines in histories.values():
        for key, share in tally(lines).shares.items():
            sums.update({(key, name): count for name, count in share.items()})
    return dict(sums)


@settings(max_examples=150)
@given(st.lists(LIVES, min_size=1, max_size=4), st.integers(0, 2**32))
def test_a_storm_of_events_counts_what_counting_from_nothing_does(lives: list[Lived], seed: int) -> None:
    """Told twice, out of order, read half-way, partly lost and told again."""
    histories = {f"r{number}": lived(*one)[1] for number, one in enumerate(lives)}
    random, memory = Random(seed), Memory()
    telling = [(id, line) for id, lines in histories.items() for line in lines if concerns(line)] * 2
    random.shuffle(telling)
    lost, told = telling[::3], [one for number, one in enumerate(telling) if number % 3]
    for id, line in told:  # each reads what stands by then, or only later: between its own line and the end
        upto = random.randint(line.number, len(histories[id]))
        memory.hears(id, histories[id][:upto])
    for id, _ in lost:
        memory.hears(id, histories[id])
    for id in histories:  # a recount
        before = memory.counted
        memory.hears(id, histories[id])
        assert all(lost_id != id for lost_id, _ in lost) or memory.counted == before
    assert memory.counted == scratch(histories)
    behind = Counter((key, str(name)) for key, name, _ in memory.behind)
    assert behind == {found: count for found, count in memory.counted.items() if found[1] in set(C)}


@settings(max_examples=300)
@given(LIVES)
def test_columns_and_flows_say_what_the_report_itself_says(one: Lived) -> None:
    changes, lines = lived(*one)
    last, found = changes[-1], counters(lines)
    days = [one for one in found if one.day != EVER]
    stock = [(leaf.status, leaf.entered - leaf.left) for one in found if one.day == EVER for leaf in one.leaves]
    assert stock == [(last.report.status, 1)]
    flows: Counter[str] = Counter()
    for leaf in (leaf for one in days for leaf in one.leaves):
        flows[leaf.status] += leaf.entered - leaf.left
    assert {status: count for status, count in flows.items() if count} == {last.report.status: 1}
    for part, whole in ((C.RESPONDED, C.DUE), (C.SOLVED, C.REVIEWED), (C.SATISFIED, C.ANSWERED), (C.ANSWERED, C.ASKED)):
        assert total(found, part) <= total(found, whole)
    assert total(found, C.FILED) == 1 and total(found, C.DUE) <= 1


@settings(max_examples=300)
@given(LIVES)
def test_overdue_is_what_lies_with_somebody_past_his_deadline(one: Lived) -> None:
    changes, lines = lived(*one)
    held = changes[-1].report
    run = held.run if held.status is not S.NEEDS_INFO else held.paused.run if held.paused else None
    handled = run is not None and run.stage in HANDLING
    over = handled and (run.fired >= 100 or run.over) if run else False
    assert total(counters(lines), C.OVERDUE) == int(over and held.status is not S.DUPLICATE)


@settings(max_examples=200)
@given(LIVES)
def test_happenings_are_the_lines_that_tell_them(one: Lived) -> None:
    _, lines = lived(*one)
    found = counters(lines)
    for column, action in ((C.RETURNED, A.RETURN), (C.URGED, A.URGE), (C.REOPENED, A.REOPEN), (C.CANCELLED, A.CANCEL)):
        days = {local_day(line.at) for line in lines if line.action is action}
        assert {one.day for one in found if one.counts.get(column)} == days


def test_a_history_that_is_stripped_of_its_words_counts_the_same() -> None:
    told = Life("0101").verified().dispatched(department="D06").does(A.ACCEPT, CENTRE, proxy=PROXY)
    told.resolved(CENTRE, told.due() - timedelta(minutes=1), proxy=PROXY)
    told.rings(told.due() + timedelta(days=9))
    assert tally([wordless(line) for line in told.lines]).shares == tally(told.lines).shares
