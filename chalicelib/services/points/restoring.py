"""What is taken back out of a lot that has expired was lost with it: that much of the expiry is undone (ADR 0047)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import expiries
from chalicelib.domain.points import lots as rules
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.points import ledger, wallets


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The entries to be written as well, and the lots that this rests on, as they were read."""

    entries: tuple[Transfer, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)


def restored(causes: Sequence[Transfer], change: Mapping[str, int]) -> Restored:
    """What of their expiry is undone because entries of one courier `change` his lots so.

    No read where nothing is taken, or only of what was earned in the year of the entries; else a query a lot, and a
    batch where one has expired.
    """
    account, cause = causes[-1].account, max(causes, key=lambda one: one.at)
    taken = [lot for lot, points in change.items() if points < 0 and rules.may_be_over(lot, cause.at)]
    expiry = {lot: found for lot in sorted(taken) if (found := ledger.beginning(account, expiries.beginning(lot)))}
    if not expiry:
        return Restored()
    held = wallets.holding(account, expiry).lots
    short = {lot: -held.get(lot, 0) - change[lot] for lot in expiry}
    return Restored(entries=tuple(_undone(expiry, short, cause)), held=held)


def _undone(expiry: Mapping[str, list[Transfer]], short: Mapping[str, int], cause: Transfer) -> Iterator[Transfer]:
    for lot, found in expiry.items():
        for entry in expiries.restored(found, lot, short[lot], cause=cause):
            facts = {"amount": same(entry.amount), "year": same(rules.earned_in(lot))}
            yield entry.explained(*sentences().render("points_not_expired", facts))
