"""Table `rosters`: who is on duty for a post on a local day. Days expire a year after they were.

| access                          | by                       |
|---------------------------------|--------------------------|
| some days of a post             | post, day between two    |
| the same days of several posts  | batch by post and day    |
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.duty.rosters import Roster
from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Table, Transaction

KEPT = timedelta(days=366)


class RosterItem(Table):
    """One day of one post; `body` is all of it as JSON."""

    class Meta:
        table_name = settings().table("rosters")

    post = UnicodeAttribute(hash_key=True)
    day = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()
    expires_at = NumberAttribute()


def of(post: str, first: date, last: date) -> list[Roster]:
    """A post's rosters of the days from the first to the last, oldest first, where there are any: one query."""
    found = RosterItem.query(post, RosterItem.day.between(first.isoformat(), last.isoformat()), consistent_read=True)
    return [_roster(item) for item in found]


def several(posts: Iterable[str], days: Sequence[date]) -> dict[str, list[Roster]]:
    """The rosters of these posts on these days, by post: one call for a hundred of them."""
    keys = [(post, day.isoformat()) for post in sorted(set(posts)) for day in days]
    found: dict[str, list[Roster]] = {post: [] for post, _ in keys}
    for item in RosterItem.batch_get(keys) if keys else ():
        found[item.post].append(_roster(item))
    return found


def put(roster: Roster, transaction: Transaction) -> None:
    """Store the roster over the version it came from; the transaction raises StaleVersion if that is past."""
    fresh = RosterItem.version.does_not_exist() if roster.version == 1 else RosterItem.version == roster.version - 1
    item = RosterItem(
        post=roster.post,
        day=roster.day.isoformat(),
        version=roster.version,
        body=msgspec.json.encode(roster).decode(),
        expires_at=int((datetime.combine(roster.day, time(), UTC) + KEPT).timestamp()),
    )
    transaction.put(item, fresh, StaleVersion("roster_changed", day=roster.day.isoformat()))


def _roster(item: RosterItem) -> Roster:
    return msgspec.json.decode(item.body, type=Roster)
