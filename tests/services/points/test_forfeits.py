"""What a faked report gave goes once, in whatever order and however often its history is told."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import points
from tests.builders import NOW
from tests.lines import Step, told
from tests.services.points.memory import Memory, in_memory

A, S = Action, Status
LATER = NOW + timedelta(days=90)
WAY: list[Step] = [
    (A.VERIFY, S.WITH_VILLAGE),
    (A.RESOLVE, S.RESOLVED),
    (A.CONFIRM, S.CLOSED),
    (A.REOPEN, S.WITH_VILLAGE),
]
ENDS: list[list[Step]] = [[], [(A.CANCEL, S.WITHDRAWN)], [(A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)]]


def ended(lines: Sequence[Event], telling: Iterable[Event]) -> Memory:
    with in_memory(lines) as memory:
        for line in telling:
            points.follow(line, now=LATER)
    return memory


def with_line(steps: list[Step], place: int, action: Action) -> list[Step]:
    here = steps[place - 1][1] if place else S.SUBMITTED
    return [*steps[:place], (action, here), *steps[place:]]


@given(st.integers(0, 4), st.sampled_from(ENDS), st.integers(1, 4), st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_forfeited_it_leaves_nothing(place: int, end: list[Step], severity: int, random: object) -> None:
    lines = told(*with_line([*WAY, *end], place, A.FORFEIT), severity=severity)
    storm = lines * 3
    random.shuffle(storm)  # type: ignore[attr-defined]  # hypothesis' own Random
    memory = ended(lines, storm)
    wallet = memory.wallet
    assert (wallet.balance, wallet.pending, wallet.honour, sum(memory.lots.values())) == (0, 0, 0, 0)
    assert memory.entries == ended(lines, lines).entries


@given(st.integers(0, 4), st.integers(0, 3), st.sampled_from(ENDS), st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_restored_it_has_what_it_would_have(place: int, more: int, end: list[Step], random: object) -> None:
    steps = [*WAY, *end]
    plain = told(*steps)
    made = with_line(with_line(steps, place, A.FORFEIT), min(place + 1 + more, len(steps) + 1), A.RESTORE)
    lines = told(*made)
    storm = lines * 3
    random.shuffle(storm)  # type: ignore[attr-defined]
    memory = ended(lines, storm)
    assert memory.wallet == ended(plain, plain).wallet
