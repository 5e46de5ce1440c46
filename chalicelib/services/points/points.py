"""Points follow the history: what an event earns or takes back becomes entries of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.points import awards as points
from chalicelib.domain.points import lots, transfers
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.points import posting, verdicts
from chalicelib.store import cursors, history
from chalicelib.store.points import ledger, wallets

type Moment = Annotated[str, Meta(max_length=400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some entries, the newest first, and the cursor of the next ones; None at the end."""

    entries: list[Transfer]
    cursor: str | None


def follow(event: Event, *, now: datetime) -> None:
    """Write the entries that the event means, once however often it is told, and whatever was told before.

    What a forfeit took and a restoration gives again is told by the entries, so with these all lines before go first.
    Raises NotFound if the event is not in the history, Busy under contention that does not end.
    """
    lines = _up_to(event)
    if any(line.action in points.FRAUD for line in lines):
        for number, line in enumerate(lines[:-1], start=1):
            if points.concerns(line):
                _follow(lines[:number], now)
    _follow(lines, now)


def wallet(courier_id: str) -> Wallet:
    """Balance, pending points and honour score: one read."""
    return wallets.get(transfers.account(courier_id))


def spendable(courier_id: str, *, now: datetime) -> Wallet:
    """The same without what is over, whether or not the expiry run has come to it: one read."""
    held = posting.holding(courier_id, now=now)
    over = sum(held.lots.values()) - sum(lots.unexpired(held.lots, now).values())
    return replace(held.wallet, balance=held.wallet.balance - over)


def page(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A page of a courier's entries, each with its sentence: one query. Raises Invalid (`bad_cursor`)."""
    before = cursors.opened(cursor, Moment) if cursor else None
    found = ledger.timeline(transfers.account(courier_id), start=None, end=None, before=before, limit=limit + 1)
    more = len(found) > limit
    entries = [entry for _, entry in found[:limit]]
    return Page(entries=entries, cursor=cursors.sealed(found[limit - 1][0]) if more else None)


def _follow(lines: Sequence[Event], now: datetime) -> None:
    event, effect = lines[-1], points.effect(lines)
    if not effect.restoration:
        verdicts.earn(effect.grants, event, now)
    if effect.takes:
        verdicts.carry_out(effect, event, now)


def _up_to(event: Event) -> list[Event]:
    lines = [line for line in history.of(event.subject_id) if line.number <= event.number]
    if not lines or lines[-1].id != event.id:
        raise NotFound("no_such_event", event=event.id)
    return lines
