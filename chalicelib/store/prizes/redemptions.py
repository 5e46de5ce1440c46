"""Table `redemptions`: who redeemed what, and which code is whose. Both expire together, as the retention table says.

| access                             | by                                                    |
|------------------------------------|-------------------------------------------------------|
| a redemption                       | id                                                    |
| a code's                           | id `code#<code>`, then id                             |
| a courier's, newest first          | index `by_courier`: courier_id, moment                |
| a prize's in a state, newest first | index `by_prize`: prize_state `<prize>#<state>`, moment |

What is due of one lies in table `reports` (`due`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.pagination import ResultIterator

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.prizes.families import forgotten
from chalicelib.domain.prizes.redemptions import Redemption, RedemptionState
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

CODE = "code#"

type Moment = Annotated[str, Meta(min_length=1, max_length=200)]


class ByCourier(GlobalSecondaryIndex["RedemptionItem"]):
    """A courier's own."""

    class Meta:
        index_name = "by_courier"
        projection = IncludeProjection(["body"])

    courier_id = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class ByPrize(GlobalSecondaryIndex["RedemptionItem"]):
    """Those of a prize."""

    class Meta:
        index_name = "by_prize"
        projection = IncludeProjection(["body"])

    prize_state = UnicodeAttribute(hash_key=True)
    moment = UnicodeAttribute(range_key=True)


class RedemptionItem(Table):
    """A redemption (`body`, JSON), or a code with the id of its redemption as `body`."""

    class Meta:
        table_name = settings().table("redemptions")

    id = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute()
    expires_at = NumberAttribute()
    version = NumberAttribute(null=True)
    courier_id = UnicodeAttribute(null=True)
    prize_state = UnicodeAttribute(null=True)
    moment = UnicodeAttribute(null=True)
    by_courier = ByCourier()
    by_prize = ByPrize()


class CodeTaken(StaleVersion):
    """Raised when the code is somebody else's: draw another."""


class RedemptionMoved(StaleVersion):
    """Raised when the redemption changed since it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some redemptions, newest first, and where the next ones begin; None at the end."""

    redemptions: list[Redemption]
    cursor: str | None


def add(redemption: Redemption, *, expires_at: datetime, transaction: Transaction) -> None:
    """Store a new redemption with its code; the transaction raises CodeTaken where that is somebody else's."""
    expiry = int(expires_at.timestamp())
    code = RedemptionItem(id=f"{CODE}{redemption.code}", body=redemption.id, expires_at=expiry)
    transaction.put(code, RedemptionItem.id.does_not_exist(), CodeTaken("changed_meanwhile"))
    item = RedemptionItem(
        id=redemption.id,
        expires_at=expiry,
        version=redemption.version,
        courier_id=redemption.courier_id,
        moment=f"{redemption.at.astimezone(UTC).isoformat(timespec='microseconds')}#{redemption.id}",
        body=_json(redemption),
        prize_state=_prize_state(redemption),
    )
    transaction.put(item, RedemptionItem.id.does_not_exist(), RedemptionMoved("changed_meanwhile"))


def change(redemption: Redemption, transaction: Transaction) -> None:
    """Store it over the version before; the transaction raises RedemptionMoved if that is past."""
    actions = [
        RedemptionItem.body.set(_json(redemption)),
        RedemptionItem.prize_state.set(_prize_state(redemption)),
        RedemptionItem.version.set(redemption.version),
    ]
    as_read = RedemptionItem.version == redemption.version - 1
    transaction.update(RedemptionItem(redemption.id), actions, as_read, RedemptionMoved("changed_meanwhile"))


def silence(courier_id: str) -> None:
    """Let go of the words in somebody's redemptions, and of how many came along; what he redeemed, and when, stays: a
    query, a write for each."""
    for row in RedemptionItem.by_courier.query(courier_id):
        found = msgspec.json.decode(row.body, type=Redemption)
        if (silent := forgotten(found)) != found:
            as_read = RedemptionItem.version == found.version
            RedemptionItem(row.id).update([RedemptionItem.body.set(_json(silent))], as_read)


def get(redemption_id: str) -> Redemption:
    """The redemption as it is now. Raises NotFound (`no_such_redemption`)."""
    if (found := find(redemption_id)) is None:
        raise NotFound("no_such_redemption", redemption=redemption_id)
    return found


def find(redemption_id: str) -> Redemption | None:
    """The redemption, or None where there is none."""
    body = None if "#" in redemption_id else _body(redemption_id)  # no code, no consent
    return msgspec.json.decode(body, type=Redemption) if body else None


def of_code(code: str) -> Redemption | None:
    """The redemption that a code stands for: two reads; one where nothing has it."""
    redemption_id = _body(f"{CODE}{code}")
    return find(redemption_id) if redemption_id else None


def of_courier(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A courier's redemptions: one query."""
    moment = ByCourier.moment < cursors.opened(cursor, Moment) if cursor else None
    query = RedemptionItem.by_courier.query
    return _page(query(courier_id, moment, scan_index_forward=False, limit=limit + 1), limit)


def of_prize(prize_id: str, state: RedemptionState, *, limit: int, cursor: str | None) -> Page:
    """A prize's redemptions in a state: one query."""
    moment = ByPrize.moment < cursors.opened(cursor, Moment) if cursor else None
    query = RedemptionItem.by_prize.query
    return _page(query(f"{prize_id}#{state}", moment, scan_index_forward=False, limit=limit + 1), limit)


def _page(rows: "ResultIterator[RedemptionItem]", limit: int) -> Page:
    found = list(rows)
    more = cursors.sealed(found[limit - 1].moment) if len(found) > limit else None
    return Page(redemptions=[msgspec.json.decode(row.body, type=Redemption) for row in found[:limit]], cursor=more)


def _body(id: str) -> str | None:
    try:
        return RedemptionItem.get(id, consistent_read=True).body
    except RedemptionItem.DoesNotExist:
        return None


def _json(redemption: Redemption) -> str:
    return msgspec.json.encode(redemption).decode()


def _prize_state(redemption: Redemption) -> str:
    return f"{redemption.prize_id}#{redemption.state}"
