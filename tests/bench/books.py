"""The whole ledger audited: a hundred thousand entries, how long it takes and how much memory.

The auditor is a process of its own; its memory is what the system says it had at most, less what it had before.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    """Written past the product, as they would stand there: twenty entries a courier, and all that they make of him."""
    import msgspec

    from chalicelib.domain.points.caps import settle
    from chalicelib.store.points.ledger import TransferItem, _item
    from chalicelib.store.points.wallets import WalletItem

    with TransferItem.batch_write() as ledger, WalletItem.batch_write() as wallets:
        for entries in _couriers():
            for entry in entries:
                ledger.save(_item(entry))
            account, made = entries[0].account, settle({}, entries)
            wallets.save(WalletItem(account, balance=made.gain.balance, pending=0, honour=made.gain.honour))
            for lot, points in made.lots.items():
                wallets.save(WalletItem(f"{account}#lot#{lot}", balance=points, lot=lot))
            for key, window in made.windows.items():
                body = msgspec.json.encode(window).decode()
                wallets.save(WalletItem(f"{account}#{key}", version=1, body=body))
            for period, score in made.scores.items():
                key = f"{account}#score#{period}"
                wallets.save(WalletItem(key, version=1, period=period, honour=score.honour, solved=score.solved))


def _couriers() -> "Iterator[list[Transfer]]":
    """Awards, and what reports earned: more than the caps let through, some of it taken back."""
    from chalicelib.domain.points.terms import Kind
    from chalicelib.domain.points.transfers import corrected, moved

    for number in range(COURIERS):
        courier, at = f"books-{number:05}", [NOW + timedelta(hours=n) for n in range(ENTRIES // COURIERS)]
        awards = [moved(courier, 5, Kind.AWARD, id=f"{n}#award", event_id=f"{n}", at=at[n]) for n in range(8)]
        earned = [_earned(courier, f"r{n}", at[n]) for n in range(8, 18)]
        back = [corrected(earned[n], id=f"{earned[n].id}#back", event_id=f"r{n}", at=at[18 + n]) for n in range(2)]
        yield [*awards, *earned, *back]


def _earned(courier: str, report: str, at: datetime) -> "Transfer":
    from chalicelib.domain.points.rules import Cap, CapUnit
    from chalicelib.domain.points.terms import Kind
    from chalicelib.domain.points.transfers import moved

    entry = moved(courier, 10, Kind.EARN, id=f"{report}#P13", event_id=report, report_id=report, at=at)
    return replace(entry, rule="P13", edition=1, honour=True, cap=Cap(group="report", unit=CapUnit.POINTS, day=30))
