"""Appeals, in table `awards` (see `awards` for their keys). An appeal's id is made of its entry's: there is one."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from chalicelib.domain.errors import AlreadyDone, NotFound, StaleVersion
from chalicelib.domain.points.appeals import Appeal, AppealState
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.points.awards import AwardItem, ByCourier, fresh, instant, rows_of, second

APPEAL = "appeal#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some appeals, and where the next ones begin; None at the end."""

    appeals: list[Appeal]
    cursor: str | None


def id_of(entry_id: str) -> str:
    """The id of the appeal against an entry; it does not say which."""
    return sha256(entry_id.encode()).hexdigest()[:32]


def put(appeal: Appeal, transaction: Transaction, *, until: datetime | None = None) -> None:
    """Store it over the version it came from, to be kept `until` then; the transaction raises StaleVersion if that is
    past, and AlreadyDone (`appealed_already`) where the entry was appealed against before."""
    item = AwardItem(
        id=f"{APPEAL}{appeal.id}",
        version=appeal.version,
        body=msgspec.json.encode(appeal).decode(),
        list_key=_list_key(appeal.township, appeal.state),
        sort_key=f"{instant(appeal.due_at)}#{appeal.id}",
        courier_id=appeal.courier_id,
        appealed=f"{instant(appeal.appealed_at)}#{appeal.id}",
        expires_at=second(until),
    )
    once, stale = AlreadyDone("appealed_already", appeal=appeal.id), StaleVersion("changed_meanwhile")
    transaction.put(item, fresh(appeal.version), once if appeal.version == 1 else stale)


def get(id: str) -> Appeal:
    """The appeal as it is now. Raises NotFound (`no_such_appeal`)."""
    try:
        return _appeal(AwardItem.get(f"{APPEAL}{id}", consistent_read=True))
    except AwardItem.DoesNotExist as error:
        raise NotFound("no_such_appeal", appeal=id) from error


def page(township: str, state: AppealState, *, due: datetime | None, limit: int, cursor: str | None) -> Page:
    """A township's appeals in a state, the earliest due first; only those due before `due`, if given: one query."""
    upto = instant(due) if due else None
    rows, more = rows_of(_list_key(township, state), limit=limit, cursor=cursor, forward=True, upto=upto)
    return Page(appeals=[_appeal(row) for row in rows], cursor=more)


def of(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A courier's appeals, newest first: one query. Raises Invalid (`bad_cursor`)."""
    before = ByCourier.appealed < cursors.opened(cursor, str) if cursor else None
    found = AwardItem.by_courier.query(courier_id, before, scan_index_forward=False, limit=limit + 1)
    rows = list(found)
    more = cursors.sealed(rows[limit - 1].appealed) if len(rows) > limit else None
    return Page(appeals=[_appeal(row) for row in rows[:limit]], cursor=more)


def silence(courier_id: str) -> None:
    """Let go of his own words; what was appealed against, and answered, stays: a query, a write for each."""
    for row in AwardItem.by_courier.query(courier_id):
        appeal = _appeal(row)
        if appeal.text:
            body = msgspec.json.encode(replace(appeal, text="")).decode()
            AwardItem(row.id).update([AwardItem.body.set(body)], AwardItem.version == appeal.version)


def _list_key(township: str, state: AppealState) -> str:
    return f"appeals:{township}:{state}"


def _appeal(item: AwardItem) -> Appeal:
    return msgspec.json.decode(item.body, type=Appeal)
