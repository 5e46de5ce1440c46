"""A ranking is what the ledger's entries make it, in whatever order and however often events were told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.events import Event
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points import scores
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.rankings.ranking import Scope, board, ordered
from chalicelib.domain.reports.life import TRANSITIONS
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import points
from tests.builders import NOW, VILLAGE
from tests.lines import Step, told
from tests.naive_scores import Stand, standings, totals
from tests.services.points.memory import Memory, in_memory

LATER = NOW + timedelta(days=120)
COURIERS = ("p1", "p2", "p3", "p4")
MEMBERS = {
    "p1": Membership(employer="甲", villages=(VILLAGE,)),
    "p2": Membership(employer="甲"),
    "p3": Membership(employer="乙", shown=False),
    "p4": Membership(villages=(VILLAGE,)),
}
DAYS = ("2026-11-30", "2026-12-01")
SCOPES = (Scope(), Scope(area=VILLAGE), Scope(area=f"{VILLAGE}001"), Scope(employer="甲"))


@st.composite
def histories(draw: st.DrawFn, courier: str) -> list[Event]:
    """Some reports of a courier around the end of a month, each a walk through the status table."""
    lines: list[Event] = []
    for number in range(draw(st.integers(0, 6))):
        steps: list[Step] = []
        status = Status.SUBMITTED
        for _ in range(draw(st.integers(1, 6))):
            after = [(a, to) for (s, a), nexts in TRANSITIONS.items() if s is status for to in nexts]
            steps.append(draw(st.sampled_from(after)))
            status = steps[-1][1]
        at = NOW + timedelta(days=draw(st.integers(5, 9)), hours=draw(st.integers(0, 5)))
        walk = told(*steps, subject=f"{courier}-r{number}", at=at, severity=draw(st.sampled_from([1, 2, 3, 3])))
        lines += [replace(line, reporter_id=courier) for line in walk]
    return lines


def ended(lines: Sequence[Event], telling: Sequence[Event]) -> Memory:
    with in_memory(lines) as memory:
        for line in telling:
            points.follow(line, now=LATER)
    return memory


def naive(period: str, ledgers: dict[str, list[Transfer]], scope: Scope, viewer: str) -> list[Stand]:
    """The same, worked out from all entries as plainly as the rules read."""
    found = {id: total for id, entries in ledgers.items() if (total := totals(entries, period))}
    village, employer = scope.area[:12] if len(scope.area) >= 12 else "", scope.employer or ""
    return standings(found, MEMBERS, village=village, employer=employer, me=viewer)


def ranks(period: str, of: dict[str, dict[str, Score]], scope: Scope, viewer: str) -> list[Stand]:
    rows = ordered([(id, found[period]) for id, found in of.items() if period in found], MEMBERS)
    return [(one.rank, one.row.courier_id, one.row.honour, one.row.solved) for one in board(rows, scope, viewer=viewer)]


@given(st.fixed_dictionaries({id: histories(id) for id in COURIERS}), st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_after_a_storm_every_board_is_what_the_ledger_makes_it(lines: dict[str, list[Event]], random: Random) -> None:
    stormy: dict[str, dict[str, Score]] = {}
    ledgers: dict[str, list[Transfer]] = {}
    for id, own in lines.items():
        telling = own * 2
        random.shuffle(telling)
        memory = ended(own, telling)
        stormy[id], ledgers[id] = memory.scores, list(memory.entries.values())
        touched = {period for month in memory.touched for period in scores.periods(month)}
        assert memory.scores.keys() <= touched
    for period in {period for day in DAYS for period in scores.periods(day)}:
        for scope in SCOPES:
            for viewer in ("", "p3"):
                assert ranks(period, stormy, scope, viewer) == naive(period, ledgers, scope, viewer)


def test_what_a_cap_cuts_off_gives_the_same_place_whichever_was_told_first() -> None:
    """Four reports of ten points on a day of thirty: which of them was the last that counted must not matter."""
    steps = ((Action.VERIFY, Status.WITH_CENTRE),)
    reports = [told(*steps, subject=f"r{number}", at=NOW + timedelta(hours=number), severity=3) for number in range(4)]
    lines = [line for report in reports for line in report]
    assert ended(lines, lines).scores["2026-11"].last_at == ended(lines, lines[::-1]).scores["2026-11"].last_at
