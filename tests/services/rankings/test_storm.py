"""A storm of events on a real store: told twice, in any order, by several at once; the boards are the ledger's."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points.scores import periods
from chalicelib.domain.rankings.ranking import Row, Scope, board
from chalicelib.domain.rankings.results import Board
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import points
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger
from chalicelib.store.rankings import boards
from tests.builders import NOW, VILLAGE
from tests.lines import told
from tests.naive_scores import standings, totals
from tests.ranked import enrolled, ranked

pytestmark = pytest.mark.usefixtures("rules")
LATER = NOW + timedelta(days=60)
COURIERS = ("p1", "p2", "p3")
A, S = Action, Status
WALKS = (
    ((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)),
    ((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID)),
    ((A.VERIFY, S.WITH_CENTRE),),
)


def histories(random: Random) -> list[Event]:
    """Four reports each, around the end of a month, as they stand in the history."""
    lines: list[Event] = []
    for courier in COURIERS:
        for number in range(4):
            at = NOW + timedelta(days=random.randint(6, 8), hours=random.randint(0, 3))
            walk = told(*random.choice(WALKS), subject=f"{courier}-{number}", at=at, severity=random.choice((1, 3)))
            lines += [replace(line, reporter_id=courier) for line in walk]
    for line in lines:
        transaction = Transaction()
        history.append(line, transaction)
        transaction.commit()
    return lines


@pytest.mark.parametrize("seed", [1, 2])
def test_every_period_is_what_the_ledger_makes_it(seed: int) -> None:
    random = Random(seed)
    for courier in COURIERS:
        enrolled(courier)
    telling = histories(random) * 2
    random.shuffle(telling)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda line: points.follow(line, now=LATER), telling))
    ranked(now=LATER)
    members = {courier: Membership(employer="试点快递", villages=(VILLAGE,)) for courier in COURIERS}
    entries = {courier: ledger.page(f"courier:{courier}", limit=200, before=None) for courier in COURIERS}
    for period in {*periods("2026-11-30"), *periods("2026-12-01")}:
        found = {courier: total for courier in COURIERS if (total := totals(entries[courier], period))}
        live = boards.of(period).live
        stand = [(one.rank, one.row.courier_id, one.row.honour, one.row.solved) for one in board(_rows(live), Scope())]
        assert stand == standings(found, members)
        assert {row.courier_id for row in _rows(live)} == found.keys()


def _rows(live: Board | None) -> Sequence[Row]:
    return live.rows if live else ()
