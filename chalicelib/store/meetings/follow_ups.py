"""Follow-ups of a joint meeting, in table `meetings` (see `meetings` for their keys)."""

from dataclasses import dataclass

import msgspec

from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.meetings.follow_ups import FollowUp, Progress
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.meetings.meetings import HEAD, MeetingItem, Settled, after


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some follow-ups, the earliest due first, and where the next ones begin; None at the end."""

    follow_ups: list[FollowUp]
    cursor: str | None


def put(follow_up: FollowUp, transaction: Transaction) -> None:
    """Store it over the version it came from; the transaction raises StaleVersion if that is past, and
    Settled where it was made before."""
    item = MeetingItem(
        id=follow_up.id,
        part=HEAD,
        body=msgspec.json.encode(follow_up).decode(),
        version=follow_up.version,
        list_key=_list_key(follow_up.scope, follow_up.state),
        sort_key=f"{follow_up.due.isoformat()}#{follow_up.id}",
    )
    if follow_up.version == 1:
        transaction.put(item, MeetingItem.id.does_not_exist(), Settled("item_settled", item=follow_up.id))
    else:
        before = MeetingItem.version == follow_up.version - 1
        transaction.put(item, before, StaleVersion("changed_meanwhile"))


def get(id: str) -> FollowUp:
    """The follow-up as it is now. Raises NotFound (`no_such_follow_up`)."""
    try:
        row = MeetingItem.get(id, HEAD, consistent_read=True)
    except MeetingItem.DoesNotExist:
        row = None
    if row is None or "." not in id:  # a meeting's id has no dot
        raise NotFound("no_such_follow_up", follow_up=id)
    return msgspec.json.decode(row.body or "", type=FollowUp)


def page(scope: str, state: Progress, *, limit: int, cursor: str | None) -> Page:
    """A district's follow-ups in a state, the earliest due first: one query."""
    key = _list_key(scope, state)
    start = after(key, cursor) if cursor else None
    rows = list(MeetingItem.by_list.query(key, limit=limit + 1, last_evaluated_key=start))
    shown = rows[:limit]
    more = cursors.sealed((shown[-1].sort_key, shown[-1].id)) if len(rows) > limit else None
    return Page(follow_ups=[msgspec.json.decode(row.body, type=FollowUp) for row in shown], cursor=more)


def _list_key(scope: str, state: Progress) -> str:
    return f"follow-ups:{scope}:{state}"
