"""Table `idempotency`: which keys a caller has used, and what came of it. Kept for days, then expired.

| access          | by             |
|-----------------|----------------|
| a caller's key  | caller_id, key |
| several of them | batch by both  |
"""

import hmac
from collections.abc import Iterable
from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, KeyReused
from chalicelib.domain.idempotency import KEPT, Key
from chalicelib.store.base import Table, Transaction


class KeyItem(Table):
    """A used key; `resource_id` names what the request made or changed."""

    class Meta:
        table_name = settings().table("idempotency")

    caller_id = UnicodeAttribute(hash_key=True)
    key = UnicodeAttribute(range_key=True)
    fingerprint = UnicodeAttribute()
    resource_id = UnicodeAttribute()
    expires_at = NumberAttribute()


class KeySeen(AlreadyDone):
    """Raised when the caller has sent this key before."""


def claim(key: Key, resource_id: str, *, now: datetime, transaction: Transaction) -> None:
    """Use up the key together with what the request does. The transaction raises KeySeen if it was used before."""
    item = KeyItem(
        caller_id=key.caller_id,
        key=key.key,
        fingerprint=key.fingerprint,
        resource_id=resource_id,
        expires_at=int((now + KEPT).timestamp()),
    )
    transaction.put(item, KeyItem.key.does_not_exist(), KeySeen("key_seen"))


def recall(key: Key) -> str | None:
    """What this key's first request made; None if it is new. Raises KeyReused if that was another request."""
    try:
        item = KeyItem.get(key.caller_id, key.key, consistent_read=True)
    except KeyItem.DoesNotExist:
        return None
    if not hmac.compare_digest(item.fingerprint, key.fingerprint):
        raise KeyReused("key_reused")
    return item.resource_id


def recall_all(keys: Iterable[Key]) -> list[str]:
    """What the first requests of these keys made, of those that are known with the same fingerprint: one call."""
    prints = {(key.caller_id, key.key): key.fingerprint for key in keys}
    found = KeyItem.batch_get(list(prints), consistent_read=True) if prints else ()
    return [
        item.resource_id for item in found if hmac.compare_digest(item.fingerprint, prints[(item.caller_id, item.key)])
    ]
