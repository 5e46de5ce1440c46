"""Table `idempotency`: which keys a caller has used, and what came of it. Kept for days, then expired.

| access          | by             |
|-----------------|----------------|
| a caller's key  | caller_id, key |
"""

import hmac
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
