"""The whole ledger audited: a hundred thousand entries, how long it takes and how much memory.

The auditor is a process of its own; its memory is what the system says it had at most, less what it had before.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from infra.stages import ROOT

if TYPE_CHECKING:
    from chalicelib.domain.points.transfers import Transfer

ENTRIES, COURIERS = 100_000, 5_000
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """Seconds on the clock, and MB beyond those of a process that has read nothing yet."""

    seconds: float
    peak_mb: float
    entries: int


def measure() -> Audited:
    """Fill the store of `setting.store`, and audit it. Raises CalledProcessError where it fails."""
    _fill()
    command = [sys.executable, "-m", "tests.bench.one_audit"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Audited(**json.loads(done.stdout))


def _fill() -> None:
    """Written past the product, as they would stand there: twenty entries a courier, and what they make of him."""
    from chalicelib.domain.points.caps import settle
    from chalicelib.store.points.ledger import TransferItem, _item
    from chalicelib.store.points.wallets import WalletItem

    with TransferItem.batch_write() as ledger, WalletItem.batch_write() as wallets:
        for entries in _couriers():
            for entry in entries:
                ledger.save(_item(entry))
            account, made = entries[0].account, settle({}, entries)
            wallets.save(WalletItem(account, balance=made.gain.balance, pending=0, honour=0))
            for lot, points in made.lots.items():
                wallets.save(WalletItem(f"{account}#lot#{lot}", balance=points, lot=lot))


def _couriers() -> "Iterator[list[Transfer]]":
    from chalicelib.domain.points.terms import Kind
    from chalicelib.domain.points.transfers import moved

    for number in range(COURIERS):
        courier = f"books-{number:05}"
        yield [
            moved(courier, 5, Kind.AWARD, id=f"{n}#award", event_id=f"{n}", at=NOW + timedelta(minutes=n))
            for n in range(ENTRIES // COURIERS)
        ]
