"""The points' tables in memory, for tests that tell thousands of events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.points.caps import Settlement, Wallet
from chalicelib.domain.points.proposals import Proposal
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.points.windows import Window
from chalicelib.services.points import posting
from chalicelib.services.reference import terms
from chalicelib.store import history
from chalicelib.store.points import awards, ledger, turns, wallets
from chalicelib.store.points.ledger import AlreadyPosted
from chalicelib.store.points.turns import Turn
from chalicelib.store.points.wallets import WindowMoved
from chalicelib.store.rankings import boards
from chalicelib.store.reference import editions
from chalicelib.store.reference.reference import Edition
from tests.builders import DATA

SHIPPED = (DATA / "points_rules.csv").read_bytes()


class Memory:
    """History, ledger and wallets in memory, with the conditions that the store's transactions put.

    It stands for a transaction, too: what is added to it is written at its commit, or not at all.
    """

    def __init__(self, lines: Sequence[Event]) -> None:
        self.lines = lines
        self.entries: dict[str, Transfer] = {}
        self.windows: dict[str, Window] = {}
        self.scores: dict[str, Score] = {}
        self.lots: Counter[str] = Counter()
        self.wallet = Wallet()
        self.touched: set[str] = set()
        self.proposals: dict[str, Proposal] = {}
        self.added: list[Transfer] = []
        self.proposed: list[Proposal] = []
        self.settlement = Settlement(windows={}, gain=Wallet())

    def of(self, subject_id: str) -> list[Event]:
        return [line for line in self.lines if line.subject_id == subject_id]

    def standing(self, account: str, ids: Iterable[str]) -> dict[str, Transfer]:
        return {id: self.entries[id] for id in ids if id in self.entries}

    def beginning(self, account: str, prefix: str) -> list[Transfer]:
        mine = (entry for entry in self.entries.values() if entry.account == account)
        return sorted((entry for entry in mine if entry.id.startswith(prefix)), key=lambda entry: entry.id)

    def begun(self) -> "Memory":
        self.added, self.proposed, self.settlement = [], [], Settlement(windows={}, gain=Wallet())
        return self

    def propose(self, proposal: Proposal, _: object, *, until: datetime | None = None) -> None:
        self.proposed.append(proposal)

    def several(
        self, account: str, windows: Iterable[str], scores: Iterable[str]
    ) -> tuple[dict[str, Window], dict[str, Score]]:
        held = {key: self.windows[key] for key in windows if key in self.windows}
        return held, {key: self.scores[key] for key in scores if key in self.scores}

    def add(self, transfers: Iterable[Transfer], _: object, *, refusal: object = None) -> None:
        self.added += transfers

    def change(self, account: str, settlement: Settlement, _: object, **turn: object) -> None:
        self.settlement = settlement

    def commit(self) -> None:
        for proposal in self.proposed:
            if proposal.version != (self.proposals[proposal.id].version + 1 if proposal.id in self.proposals else 1):
                raise StaleVersion("changed_meanwhile")
        if any(transfer.id in self.entries for transfer in self.added):
            raise AlreadyPosted("entry_posted")
        for held, changed in ((self.windows, self.settlement.windows), (self.scores, self.settlement.scores)):
            for key, one in changed.items():
                if one.version != (held[key].version if key in held else 0):
                    raise WindowMoved("changed_meanwhile")
                held[key] = replace(one, version=one.version + 1)  # type: ignore[assignment]  # each of its own kind
        self.proposals.update({one.id: one for one in self.proposed})
        self.entries |= {transfer.id: transfer for transfer in self.added}
        self.lots.update(self.settlement.lots)
        gain, now = self.settlement.gain, self.wallet
        self.wallet = Wallet(
            balance=now.balance + gain.balance, pending=now.pending + gain.pending, honour=now.honour + gain.honour
        )


@contextmanager
def in_memory(lines: Sequence[Event], rules: bytes = SHIPPED) -> Iterator[Memory]:
    memory = Memory(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "of", memory.of)
        patch.setattr(ledger, "several", memory.standing)
        patch.setattr(ledger, "beginning", memory.beginning)
        patch.setattr(ledger, "add", memory.add)
        patch.setattr(awards, "put", memory.propose)
        patch.setattr(terms, "kept", lambda kind, *, now: timedelta(days=1825))
        patch.setattr(awards, "find", memory.proposals.get)
        patch.setattr(wallets, "change", memory.change)
        patch.setattr(wallets, "several", memory.several)
        patch.setattr(turns, "look", lambda account: Turn())
        patch.setattr(boards, "touch", memory.touched.update)
        patch.setattr(posting, "Transaction", memory.begun)
        edition = Edition(name="points_rules", version=1, body=rules)
        patch.setattr(editions, "as_of", lambda name, at, *, now: edition)
        yield memory
