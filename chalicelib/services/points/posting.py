"""How entries come into the ledger: with the wallet, lots, cap windows and scores they move, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Busy, Conflict
from chalicelib.domain.points import lots as rules
from chalicelib.domain.points.caps import score_keys, settle, window_key
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer, account, moved
from chalicelib.domain.points.windows import Window
from chalicelib.domain.rankings.periods import months
from chalicelib.services.points.restoring import restored
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger, turns, wallets
from chalicelib.store.points.ledger import AlreadyPosted
from chalicelib.store.points.turns import Turn
from chalicelib.store.points.wallets import Freeze, Guard, Holding, WindowMoved
from chalicelib.store.rankings import boards

# Each try that is lost means that another entry of the same courier was written.
TRIES = 12

type With = Callable[[Transaction], None]
type Made = Callable[[Turn], Sequence[Transfer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Points that something costs: whose, how many, when, and what for (`event_id`, which names the entry as well)."""

    courier_id: str
    points: int
    event_id: str
    at: datetime


def post(entries: Sequence[Transfer], extra: With = lambda _: None) -> bool:
    """Write new entries of one courier: two reads and a transaction; whether any was new, for what stands is left out.

    `extra` adds writes to the transaction, which is not made at all where nothing is new. Raises Busy under contention
    that does not end, and what the extra writes refuse.
    """
    for _ in range(TRIES):
        if not entries:
            return False
        transaction = Transaction()
        extra(transaction)
        try:
            add(entries, transaction)
            transaction.commit()
        except WindowMoved:
            continue
        except AlreadyPosted:
            standing = ledger.several(entries[0].account, [entry.id for entry in entries])
            entries = [entry for entry in entries if entry.id not in standing]
            continue
        return True
    raise Busy("points_contention")


def post_in_turn(courier_id: str, made: Made, extra: With = lambda _: None, *, floor: int | None = None) -> bool:
    """Write what `made` finds to be written on looking at what stands; whether there was anything.

    Decisions and changing verdicts take turns: whoever is overtaken looks again, and `made` refuses or finds anew. The
    wallet must hold `floor` points before. Raises Busy, what `made` refuses, and what the extra writes do.
    """
    for _ in range(TRIES):
        turn = turns.look(account(courier_id))
        if not (entries := made(turn)):
            return False
        transaction = Transaction()
        extra(transaction)
        try:
            add(entries, transaction, guard=turns.guard(turn, floor=floor))
            transaction.commit()
        except (WindowMoved, AlreadyPosted):
            continue
        return True
    raise Busy("points_contention")


def add(
    entries: Sequence[Transfer], transaction: Transaction, *, freeze: Freeze | None = None, guard: Guard | None = None
) -> None:
    """The same within a transaction of the caller's: one read, two where a cap spans months, and those of `restored`
    where points of an earlier year are taken. With `freeze` it freezes or thaws the wallet as well, with `guard` it
    takes its turn (`store.points.turns`).

    Its commit raises AlreadyPosted where an entry stands, WindowMoved where the courier's items moved on: try again.
    """
    owner, (windows, scores) = entries[0].account, _beside(entries)
    made = settle(windows, entries, scores)
    undone = restored(entries, made.lots)
    if undone.entries:
        made = settle(windows, [*entries, *undone.entries], scores)
    ledger.add(entries, transaction)
    ledger.add(undone.entries, transaction, refusal=WindowMoved("changed_meanwhile"))
    wallets.change(owner, made, transaction, freeze=freeze, guard=guard, held=undone.held)


def spend(what: Spending, transaction: Transaction, *, words: tuple[str, str] = ("", "")) -> Transfer:
    """Take points out of the oldest lots, within a transaction of the caller's; the entry `<event_id>#redeem`.

    What is over is not spent, whether or not the expiry run has reached it.

    Raises Conflict (`not_enough_points`, `wallet_frozen`); the commit does so too (`points_cannot_be_spent`), or
    raises AlreadyPosted where it was spent already, WindowMoved where a lot holds less than it did: try again.
    """
    held = holding(what.courier_id, now=what.at)
    if held.frozen_until and held.frozen_until > what.at:
        raise Conflict("wallet_frozen", until=held.frozen_until)
    taken = rules.take(rules.unexpired(held.lots, what.at), what.points)
    entry = moved(
        what.courier_id,
        -what.points,
        Kind.REDEEM,
        id=f"{what.event_id}#{Kind.REDEEM}",
        event_id=what.event_id,
        at=what.at,
        lots={lot: -points for lot, points in taken.items()},
    )
    ledger.add([entry.explained(*words)], transaction)
    wallets.spend(entry.account, taken, now=what.at, transaction=transaction)
    return entry


def holding(courier_id: str, *, now: datetime) -> Holding:
    """His wallet with the lots that can hold anything, those included that are over and wait for the expiry run."""
    return wallets.holding(account(courier_id), rules.near(now))


def give_back(
    spent: Transfer, *, event_id: str, at: datetime, transaction: Transaction, words: tuple[str, str] = ("", "")
) -> Transfer:
    """Put what was spent back into the lots it came from, within a transaction of the caller's; once: the entry's id
    is the old one's with `#return`, and the commit raises AlreadyPosted."""
    lots = {lot: -points for lot, points in (spent.lots or {}).items()}
    id = f"{spent.event_id}#{Kind.RETURN}"
    entry = moved(spent.courier_id, spent.amount, Kind.RETURN, id=id, event_id=event_id, at=at, lots=lots)
    add([entry.explained(*words)], transaction)
    return entry


def _beside(entries: Sequence[Transfer]) -> tuple[Mapping[str, Window], Mapping[str, Score]]:
    """The windows and scores that the entries may change, with the word that their months are to be ranked anew."""
    owner = entries[0].account
    keys = {key for entry in entries if (key := window_key(entry))}
    wanted = score_keys({}, entries)
    windows, scores = wallets.several(owner, keys, wanted)
    if more := score_keys(windows, entries) - wanted:
        scores |= wallets.several(owner, (), more)[1]
    boards.touch(months(wanted | more))
    return windows, {period: scores.get(period, Score()) for period in wanted | more}
