"""Table `awards`: points that people decide. Proposals here, appeals by `appeals`; each expires long after its end.

| access                                  | by                                                                 |
|-----------------------------------------|--------------------------------------------------------------------|
| one proposal, one appeal                | id `award#<id>`, `appeal#<id>`                                     |
| a township's proposals in a state       | index `by_list`: `awards:<township>:<state>`, sort_key its instant |
| a township's appeals in a state         | index `by_list`: `appeals:<township>:<state>`, sort_key when due   |
| a courier's appeals, newest first       | index `by_courier`: courier_id, appealed (sparse)                  |

Each is one document, stored over the version it came from.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.points.proposals import Proposal, ProposalState
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

AWARD = "award#"


class ByList(GlobalSecondaryIndex["AwardItem"]):
    """What waits, and what has ended."""

    class Meta:
        index_name = "by_list"
        projection = IncludeProjection(["body"])

    list_key = UnicodeAttribute(hash_key=True)
    sort_key = UnicodeAttribute(range_key=True)


class ByCourier(GlobalSecondaryIndex["AwardItem"]):
    """A courier's appeals."""

    class Meta:
        index_name = "by_courier"
        projection = IncludeProjection(["body"])

    courier_id = UnicodeAttribute(hash_key=True)
    appealed = UnicodeAttribute(range_key=True)


class AwardItem(Table):
    """A proposal or an appeal (`body`, JSON)."""

    class Meta:
        table_name = settings().table("awards")

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()
    list_key = UnicodeAttribute()
    sort_key = UnicodeAttribute()
    courier_id = UnicodeAttribute(null=True)
    appealed = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_list = ByList()
    by_courier = ByCourier()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some proposals, and where the next ones begin; None at the end."""

    proposals: list[Proposal]
    cursor: str | None


def put(proposal: Proposal, transaction: Transaction, *, until: datetime | None = None) -> None:
    """Store it over the version it came from, to be kept `until` then; the transaction raises StaleVersion if that is
    past."""
    item = AwardItem(
        id=f"{AWARD}{proposal.id}",
        version=proposal.version,
        body=msgspec.json.encode(proposal).decode(),
        list_key=_list_key(proposal.township, proposal.state),
        sort_key=f"{instant(proposal.proposed_at)}#{proposal.id}",
        expires_at=second(until),
    )
    transaction.put(item, fresh(proposal.version), StaleVersion("changed_meanwhile"))


def fresh(version: int) -> Condition:
    """The condition that what is stored is the version before; nothing before the first."""
    condition: Condition = AwardItem.id.does_not_exist() if version == 1 else AwardItem.version == version - 1
    return condition


def find(id: str) -> Proposal | None:
    """The proposal as it is now, if there is one."""
    try:
        return _proposal(AwardItem.get(f"{AWARD}{id}", consistent_read=True))
    except AwardItem.DoesNotExist:
        return None


def get(id: str) -> Proposal:
    """The proposal as it is now. Raises NotFound (`no_such_award`)."""
    if (found := find(id)) is None:
        raise NotFound("no_such_award", award=id)
    return found


def page(township: str, state: ProposalState, *, limit: int, cursor: str | None) -> Page:
    """A township's proposals in a state: what waits longest first, else the newest: one query.

    Raises Invalid (`bad_cursor`).
    """
    key, forward = _list_key(township, state), state is ProposalState.OPEN
    rows, more = rows_of(key, limit=limit, cursor=cursor, forward=forward)
    return Page(proposals=[_proposal(row) for row in rows], cursor=more)


def rows_of(
    key: str, *, limit: int, cursor: str | None, forward: bool, upto: str | None = None
) -> tuple[list[AwardItem], str | None]:
    """Some items of a list, from behind the cursor on, and the next cursor: one query. `upto` bounds the sort key."""
    place = cursors.opened(cursor, str) if cursor else None
    if place and upto and place > upto:  # where another list went on
        return [], None
    bound = _bound(place, upto, forward=forward)
    rows = list(AwardItem.by_list.query(key, bound, scan_index_forward=forward, limit=limit + 2))
    rows = [row for row in rows if row.sort_key != place]
    return rows[:limit], cursors.sealed(rows[limit - 1].sort_key) if len(rows) > limit else None


def _bound(place: str | None, upto: str | None, *, forward: bool) -> Condition | None:
    if forward and upto is not None:
        within: Condition = ByList.sort_key.between(place or "", upto) if place else ByList.sort_key <= upto
        return within
    if place is None:
        return None
    beyond: Condition = ByList.sort_key > place if forward else ByList.sort_key < place
    return beyond


def instant(at: datetime) -> str:
    """As it sorts."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def second(at: datetime | None) -> int | None:
    """As the store lets go of it."""
    return int(at.timestamp()) if at else None


def _list_key(township: str, state: ProposalState) -> str:
    return f"awards:{township}:{state}"


def _proposal(item: AwardItem) -> Proposal:
    return msgspec.json.decode(item.body, type=Proposal)
