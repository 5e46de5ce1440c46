"""Table `wallets`: what a courier has, in several items, so that earning does not wait for spending.

| item                          | account                      | holds                                      |
|-------------------------------|------------------------------|--------------------------------------------|
| his wallet                    | `courier:<id>`               | three numbers; until when it is frozen     |
| how much of a cap he has used | `courier:<id>#<window>`      | the window, with its version               |
| what expires with a year      | `courier:<id>#lot#2027`      | what is left of it                         |
| his score of a period         | `courier:<id>#score#2026-11` | what ranking goes by, with its version     |

| access                        | by                                              |
|-------------------------------|-------------------------------------------------|
| some items of one courier     | batch by account                                |
| all scores of a period        | index `by_period`: period, honour (sparse)      |
| all lots of a year            | index `by_lot`, read by `holders`               |

System accounts have no item here: all would write to it, and their balance is the sum of their entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import Conflict, StaleVersion
from chalicelib.domain.points.caps import Settlement, Wallet
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.windows import Window
from chalicelib.store.base import Table, Transaction

NOTHING: Mapping[str, int] = MappingProxyType({})

type Guard = tuple[Condition, list[Action]]


class ByPeriod(GlobalSecondaryIndex["WalletItem"]):
    """The scores of a period."""

    class Meta:
        index_name = "by_period"
        projection = AllProjection()

    period = UnicodeAttribute(hash_key=True)
    honour = NumberAttribute(range_key=True)


class ByLot(GlobalSecondaryIndex["WalletItem"]):
    """What expires with a year."""

    class Meta:
        index_name = "by_lot"
        projection = IncludeProjection(["balance"])

    lot = UnicodeAttribute(hash_key=True)
    account = UnicodeAttribute(range_key=True)


class WalletItem(Table):
    """Any of the four items; `body` is a window as JSON."""

    class Meta:
        table_name = settings().table("wallets")

    account = UnicodeAttribute(hash_key=True)
    balance = NumberAttribute(null=True)
    pending = NumberAttribute(null=True)
    honour = NumberAttribute(null=True)
    version = NumberAttribute(null=True)
    body = UnicodeAttribute(null=True)
    frozen_until = UTCDateTimeAttribute(null=True)
    lot = UnicodeAttribute(null=True)
    period = UnicodeAttribute(null=True)
    solved = NumberAttribute(null=True)
    last_at = UTCDateTimeAttribute(null=True)
    by_period = ByPeriod()
    by_lot = ByLot()


class WindowMoved(StaleVersion):
    """Raised when another entry of the same courier was written since his items were read."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Until when nothing is to be redeemed; None to thaw the wallet."""

    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A wallet with its lots; nothing is redeemed before `frozen_until`."""

    wallet: Wallet = field(default_factory=Wallet)
    lots: dict[str, int] = field(default_factory=dict)
    frozen_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A courier's score of a period."""

    courier_id: str
    score: Score


def get(account: str) -> Wallet:
    """The wallet as it is now; an empty one before the first entry."""
    return holding(account, ()).wallet


def holding(account: str, lots: Iterable[str]) -> Holding:
    """The wallet with those of these lots that exist: one batch."""
    keys = {f"{account}#lot#{lot}": lot for lot in lots}
    found = {item.account: item for item in WalletItem.batch_get([account, *keys], consistent_read=True)}
    held = {keys[key]: int(item.balance) for key, item in found.items() if key in keys}
    if (item := found.get(account)) is None:
        return Holding(lots=held)
    wallet = Wallet(balance=int(item.balance or 0), pending=int(item.pending or 0), honour=int(item.honour or 0))
    return Holding(wallet=wallet, lots=held, frozen_until=item.frozen_until)


def several(account: str, windows: Iterable[str], scores: Iterable[str]) -> tuple[dict[str, Window], dict[str, Score]]:
    """Those of the windows and of the scores that exist: one batch, no call where there are no keys."""
    window_keys = {f"{account}#{key}": key for key in windows}
    score_keys = {f"{account}#score#{key}": key for key in scores}
    wanted = [*window_keys, *score_keys]
    found = list(WalletItem.batch_get(wanted, consistent_read=True)) if wanted else []
    held = {window_keys[one.account]: _window(one) for one in found if one.account in window_keys}
    return held, {score_keys[one.account]: _score(one) for one in found if one.account in score_keys}


def scores(period: str) -> Iterator[Ranked]:
    """Everybody's scores of a period, the highest first: one query, lazily, a page a megabyte."""
    for item in WalletItem.by_period.query(period, scan_index_forward=False):
        yield Ranked(courier_id=_courier(item.account), score=_score(item))


def change(
    account: str,
    settlement: Settlement,
    transaction: Transaction,
    *,
    freeze: Freeze | None = None,
    guard: Guard | None = None,
    held: Mapping[str, int] = NOTHING,
) -> None:
    """Add to wallet and lots, replace windows and scores; the transaction raises WindowMoved where one has moved on,
    or one of the lots that are `held` is not as it was read.

    With `freeze` it freezes or thaws the wallet as well: a transaction takes each item but once. `guard`: see `turns`.
    """
    _replace(account, settlement, transaction)
    for lot in settlement.lots.keys() | held.keys():
        as_read, moved = WalletItem.balance == held[lot] if lot in held else None, WindowMoved("changed_meanwhile")
        added = _added(lot, settlement.lots.get(lot, 0))
        transaction.update(WalletItem(f"{account}#lot#{lot}"), added, as_read, moved)
    gain = settlement.gain
    balance, pending = WalletItem.balance.add(gain.balance), WalletItem.pending.add(gain.pending)
    actions = [balance, pending, WalletItem.honour.add(gain.honour), *(_frozen(freeze.until) if freeze else [])]
    condition, counted = guard or (None, [])
    transaction.update(WalletItem(account), [*actions, *counted], condition, WindowMoved("changed_meanwhile"))


def spend(account: str, taken: dict[str, int], *, now: datetime, transaction: Transaction) -> None:
    """Take points out of these lots and the wallet. Raises, at the commit, Conflict (`not_enough_points`,
    `wallet_frozen`) and WindowMoved where a lot holds less than it did."""
    for lot, points in taken.items():
        enough = WalletItem.balance >= points
        transaction.update(
            WalletItem(f"{account}#lot#{lot}"), _added(lot, -points), enough, WindowMoved("changed_meanwhile")
        )
    points = sum(taken.values())
    thawed = WalletItem.frozen_until.does_not_exist() | (WalletItem.frozen_until <= now)
    enough, refusal = WalletItem.balance >= points, Conflict("points_cannot_be_spent", needed=points)
    transaction.update(WalletItem(account), [WalletItem.balance.add(-points)], enough & thawed, refusal)


def expire(account: str, change: dict[str, int], held: dict[str, int], transaction: Transaction) -> None:
    """Move these lots, and the wallet with them. The commit raises WindowMoved unless all lots are as read."""
    for lot, points in held.items():
        as_read, moved = WalletItem.balance == points, WindowMoved("changed_meanwhile")
        transaction.update(WalletItem(f"{account}#lot#{lot}"), _added(lot, change.get(lot, 0)), as_read, moved)
    transaction.update(WalletItem(account), [WalletItem.balance.add(sum(change.values()))])


def freeze(account: str, until: datetime, transaction: Transaction) -> None:
    """Nothing is redeemed until then; it ends by itself."""
    transaction.update(WalletItem(account), _frozen(until))


def thaw(account: str, transaction: Transaction) -> None:
    """Redeeming goes on."""
    transaction.update(WalletItem(account), _frozen(None))


def _replace(account: str, settlement: Settlement, transaction: Transaction) -> None:
    for key, window in settlement.windows.items():
        later = replace(window, version=window.version + 1)
        item = WalletItem(f"{account}#{key}", version=later.version, body=msgspec.json.encode(later).decode())
        transaction.put(item, as_read(window.version), WindowMoved("changed_meanwhile"))
    for period, score in settlement.scores.items():
        key, now, at = f"{account}#score#{period}", score.version + 1, score.last_at
        item = WalletItem(key, version=now, period=period, honour=score.honour, solved=score.solved, last_at=at)
        transaction.put(item, as_read(score.version), WindowMoved("changed_meanwhile"))


def as_read(version: int) -> Condition:
    """That an item has not moved on since, or is not there yet."""
    return WalletItem.version == version if version else WalletItem.version.does_not_exist()


def _frozen(until: datetime | None) -> list[Action]:
    return [WalletItem.frozen_until.set(until) if until else WalletItem.frozen_until.remove()]


def _added(lot: str, points: int) -> list[Action]:
    return [WalletItem.balance.add(points), WalletItem.lot.set(lot)]


def _window(item: WalletItem) -> Window:
    window: Window = msgspec.json.decode(item.body or "", type=Window)
    return window


def _score(item: WalletItem) -> Score:
    version, solved = int(item.version or 0), int(item.solved or 0)
    return Score(honour=int(item.honour or 0), solved=solved, last_at=item.last_at, version=version)


def _courier(account: str) -> str:
    return account.split("#")[0].removeprefix("courier:")
