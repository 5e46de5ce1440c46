"""Any order of earning, approving, taking back, spending, returning, told twice and broken off: the books are right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Conflict
from chalicelib.domain.points import audit, transfers
from chalicelib.domain.points.caps import wallet
from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer, account
from chalicelib.services.points import auditing, posting
from chalicelib.services.points.posting import Spending
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger
from chalicelib.store.points.ledger import AlreadyPosted
from tests.builders import NOW

pytestmark = pytest.mark.usefixtures("tables")
CAPS = (Cap(group="g", unit=CapUnit.POINTS, day=30, month=60), Cap(group="t", unit=CapUnit.TIMES, ever=2), None)
PEOPLE = count()
STEPS = ("earn", "earn", "pend", "decide", "take_back", "spend", "spend", "return")


class Broken(Exception):
    """The process ends here."""


@contextmanager
def breaking(where: str) -> Iterator[None]:
    """The next transaction ends the process right before it, right after it, or not at all."""
    commit = Transaction.commit

    def broken(transaction: Transaction) -> None:
        if where == "after":
            commit(transaction)
        raise Broken

    with pytest.MonkeyPatch.context() as patch:
        if where != "nowhere":
            patch.setattr(Transaction, "commit", broken)
        yield


class Life:
    """One courier: what is asked of the product, as often as the process breaks off, and what must hold."""

    def __init__(self, random: Random) -> None:
        self.random, self.id = random, f"m{next(PEOPLE)}"
        self.made, self.taken_back = count(), False

    def entries(self) -> list[Transfer]:
        return ledger.all_of(account(self.id))

    def asked(self, do: Callable[[], object]) -> None:
        """Once, and again where it broke off, and sometimes once more."""
        with suppress(Broken, AlreadyPosted), breaking(self.random.choice(("nowhere", "before", "after"))):
            do()
        for _ in range(self.random.choice((1, 2))):
            with suppress(AlreadyPosted):
                do()

    def earn(self, *, pending: bool = False) -> None:
        id, days = f"e{next(self.made)}", self.random.randrange(-400, 3)
        points = self.random.choice((5, 10, 20))
        made = transfers.moved(self.id, points, Kind.EARN, id=f"{id}#P", event_id=id, at=NOW + timedelta(days=days))
        state = EntryState.PENDING if pending else EntryState.POSTED
        entry = replace(made, rule="P13", edition=1, honour=True, cap=self.random.choice(CAPS), state=state)
        self.asked(lambda: posting.post([entry]))

    def pend(self) -> None:
        self.earn(pending=True)

    def decide(self) -> None:
        """Somebody approves it and somebody else rejects it: whoever comes first."""
        waiting = [one for one in self.entries() if one.state is EntryState.PENDING]
        if not waiting:
            return
        one = self.random.choice(waiting)
        outcomes = [transfers.settled(one, event_id="x", at=NOW), transfers.voided(one, event_id="x", at=NOW)]
        self.random.shuffle(outcomes)
        for outcome in outcomes:
            self.asked(lambda outcome=outcome: posting.post([outcome]))  # type: ignore[misc]  # bound at once

    def take_back(self) -> None:
        known = self.entries()
        gone = {one.corrects for one in known}
        mine = [one for one in known if one.state is EntryState.POSTED and one.kind is Kind.EARN and not one.corrects]
        if standing := [one for one in mine if one.id not in gone]:
            self.taken_back = True
            old = self.random.choice(standing)
            back = transfers.corrected(old, id=f"{old.id}#back", event_id="x", at=NOW)
            self.asked(lambda: posting.post([back]))

    def spend(self) -> None:
        id, points = f"s{next(self.made)}", self.random.choice((3, 10, 40))
        what = Spending(courier_id=self.id, points=points, event_id=id, at=NOW + timedelta(days=3))

        def do() -> None:
            transaction = Transaction()
            posting.spend(what, transaction)
            transaction.commit()

        before = posting.holding(self.id, now=what.at)
        try:
            self.asked(do)
        except Conflict as refusal:
            spent = any(one.event_id == id for one in self.entries())
            assert spent or sum(before.lots.values()) < points, (refusal, before)

    def give_back(self) -> None:
        if spent := [one for one in self.entries() if one.kind is Kind.REDEEM]:
            old = self.random.choice(spent)

            def do() -> None:
                transaction = Transaction()
                posting.give_back(old, event_id=old.event_id, at=NOW + timedelta(days=4), transaction=transaction)
                transaction.commit()

            self.asked(do)

    def holds(self) -> None:
        known = self.entries()
        held = posting.holding(self.id, now=NOW)
        assert held.wallet == wallet(known)
        assert audit.misfit(known, auditing._stored(account(self.id), known)) is None
        assert sum(held.lots.values()) == held.wallet.balance
        assert self.taken_back or held.wallet.balance >= 0
        assert audit.sums(known, held.wallet).total == 0


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(STEPS), min_size=4, max_size=20))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_happens_in_whatever_order_the_books_are_right(random: Any, steps: list[str]) -> None:
    life = Life(random)
    for step in steps:
        getattr(life, step if step != "return" else "give_back")()
    life.holds()
