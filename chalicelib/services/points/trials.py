"""The use case that tries a draft of the points rules on what was given in the last days: courier by courier, a page at
a time; nothing is written but who looked (docs/adr/0044). What has been counted so far goes with the cursor."""

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.errors import Invalid, StaleVersion
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points import rules as points_rules
from chalicelib.domain.points import transfers, trials
from chalicelib.domain.points.lots import lot_of
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.points.trials import Draft, Share, Totals
from chalicelib.domain.points.windows import MONTH
from chalicelib.domain.reference.calendar import instants, local_day
from chalicelib.services.people import access
from chalicelib.services.points.rulings import RULES, rules_as_of
from chalicelib.services.reference import rulebook
from chalicelib.services.reference.tables import require_admin
from chalicelib.store import cursors
from chalicelib.store.people import people
from chalicelib.store.points import holders, ledger, wallets
from chalicelib.store.reference import reference

DAY = timedelta(days=1)  # a trial is read to its end within one
MOST = 2000  # entries of one courier that are looked at, the newest; it is said of whom there were more

type Instant = Annotated[datetime, Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A draft of the table (CSV), tried on what was given during the last `days`, so many couriers at a time."""

    table: bytes
    days: int
    limit: int
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page: each courier's share, with his name; the totals of all pages so far; `edition` is what is in force.

    `approvers`: where the draft asks others to agree than that edition does, how many, by rule.
    """

    edition: int
    since: datetime
    until: datetime
    shares: list[Share]
    names: dict[str, str]
    totals: Totals
    approvers: dict[str, tuple[int, int]]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the next page begins: in which year's lot, behind whom; of which draft, what was counted until there."""

    lot: str
    after: str
    days: int
    until: Instant
    draft: int
    edition: int
    totals: Totals


def tried(wish: Wish, *, by: Actor, now: datetime) -> Found:
    """One page: a query for whom, one a courier, another where a limit or a correction reaches farther back than the
    first month, one batch of names, one call that notes the look.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`points_trial_span`, `bad_cursor`, and what is wrong in
    the table, by line), and StaleVersion where draft or rules in force are not those that the trial began with.
    """
    require_admin(by, now=now)
    most = rulebook.in_force(now=now).numbers.count("points_trial_days")
    if not 1 <= wish.days <= most:
        raise Invalid("points_trial_span", most=most)
    rules, at = points_rules.read(wish.table), _position(wish, now)
    draft = Draft(rules=rules, edition=at.edition + 1, since=at.until - timedelta(days=at.days))
    couriers = holders.owners(at.lot, after=at.after, limit=wish.limit + 1)
    shares = [share for courier in couriers[: wish.limit] if (share := _share(courier, draft, at)).tried]
    totals = at.totals.plus(shares)
    access.record_all(by, What.SAW_POINTS, [share.courier_id for share in shares], purpose=RULES, now=now)
    return Found(
        edition=at.edition,
        since=draft.since,
        until=at.until,
        shares=shares,
        names={one.id: one.name for one in people.several([share.courier_id for share in shares])},
        totals=totals,
        approvers=trials.asks_anew(rules_as_of(now, now=now)[0], rules.on(local_day(now))),
        cursor=_next(at, couriers, wish.limit, totals),
    )


def _share(courier: str, draft: Draft, at: Position) -> Share:
    """Who is in the lots of both years is counted with the older one: then nothing is left for the newer."""
    account = transfers.account(courier)
    if at.lot != _first_lot(at) and wallets.holding(account, [_first_lot(at)]).lots:
        return trials.share(courier, [], draft)
    entries = _entries(account, draft, at)
    return trials.share(courier, entries[-MOST:], draft, cut=len(entries) > MOST)


def _entries(account: str, draft: Draft, at: Position) -> list[Transfer]:
    """From the beginning of the first month on, whose limits count all of it; all of his where anything needs that."""
    month = local_day(draft.since)[MONTH]
    entries = _read(account, instants(f"{month}-01", f"{month}-01")[0], at.until)
    if any(draft.looks_back(one, month) for one in entries if one.rule):
        return _read(account, None, at.until)
    return entries


def _read(account: str, start: datetime | None, end: datetime) -> list[Transfer]:
    rows = ledger.timeline(account, start=start, end=end, before=None, limit=MOST + 1)
    return [entry for _, entry in reversed(rows)]


def _next(at: Position, couriers: list[str], limit: int, totals: Totals) -> str | None:
    if len(couriers) > limit:
        return cursors.sealed(replace(at, after=couriers[limit - 1], totals=totals))
    newest = lot_of(local_day(at.until))
    return cursors.sealed(replace(at, lot=newest, after="", totals=totals)) if at.lot != newest else None


def _first_lot(at: Position) -> str:
    return lot_of(local_day(at.until - timedelta(days=at.days)))


def _position(wish: Wish, now: datetime) -> Position:
    """Where this page begins. Raises Invalid (`bad_cursor`), StaleVersion (`changed_meanwhile`)."""
    edition, draft = reference.current(RULES, now=now)[RULES].version, zlib.crc32(wish.table)
    start = Position(lot="", after="", days=wish.days, until=now, draft=draft, edition=edition, totals=Totals())
    if wish.cursor is None:
        return replace(start, lot=_first_lot(start))
    at: Position = cursors.opened(wish.cursor, Position)
    if (
        not now - DAY <= at.until <= now
        or at.days != wish.days
        or at.lot not in (_first_lot(at), lot_of(local_day(at.until)))
    ):
        raise Invalid("bad_cursor")
    if (at.draft, at.edition) != (draft, edition):
        raise StaleVersion("changed_meanwhile")
    return at
