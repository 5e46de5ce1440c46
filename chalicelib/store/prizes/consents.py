"""Guardians' consents to count children, in table `redemptions`: kept for as long as the retention table says, whether
or not the booking is.

| access                                     | by                                                   |
|--------------------------------------------|------------------------------------------------------|
| the consent given with a booking's version | id `consent#<redemption>#<version>`                  |
| a courier's consents, newest first         | index `by_courier`: courier_id `consents#<courier>`  |
"""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.prizes.families import GuardianConsent
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.prizes.redemptions import ByCourier, Moment, RedemptionItem

CONSENT, OF = "consent#", "consents#"


def add(consent: GuardianConsent, *, expires_at: datetime, transaction: Transaction) -> None:
    """Record that it was given; the transaction raises StaleVersion where the booking has moved on."""
    item = RedemptionItem(
        id=_id(consent.redemption_id, consent.given_with),
        expires_at=int(expires_at.timestamp()),
        courier_id=f"{OF}{consent.courier_id}",
        moment=f"{consent.at.astimezone(UTC).isoformat(timespec='microseconds')}#{consent.redemption_id}",
        body=msgspec.json.encode(consent).decode(),
    )
    transaction.put(item, RedemptionItem.id.does_not_exist(), StaleVersion("changed_meanwhile"))


def withdraw(redemption_id: str, given_with: int, *, now: datetime, transaction: Transaction) -> None:
    """Record that it was taken back; one whose time was over is gone and stays so: one read."""
    try:
        item = RedemptionItem.get(_id(redemption_id, given_with), consistent_read=True)
    except RedemptionItem.DoesNotExist:
        return
    taken_back = replace(_consent(item), withdrawn_at=now)
    actions = [RedemptionItem.body.set(msgspec.json.encode(taken_back).decode())]
    transaction.update(
        RedemptionItem(item.id), actions, RedemptionItem.body == item.body, StaleVersion("changed_meanwhile")
    )


def of_courier(courier_id: str, *, limit: int, cursor: str | None) -> tuple[list[GuardianConsent], str | None]:
    """What a courier agreed to, newest first: one query."""
    before = ByCourier.moment < cursors.opened(cursor, Moment) if cursor else None
    query = RedemptionItem.by_courier.query
    found = list(query(f"{OF}{courier_id}", before, scan_index_forward=False, limit=limit + 1))
    more = cursors.sealed(found[limit - 1].moment) if len(found) > limit else None
    return [_consent(item) for item in found[:limit]], more


def forget(courier_id: str) -> None:
    """Let go of all that somebody agreed to: a query, a write for each."""
    for item in RedemptionItem.by_courier.query(f"{OF}{courier_id}"):
        RedemptionItem(item.id).delete()


def _id(redemption_id: str, given_with: int) -> str:
    return f"{CONSENT}{redemption_id}#{given_with}"


def _consent(item: RedemptionItem) -> GuardianConsent:
    return msgspec.json.decode(item.body, type=GuardianConsent)
