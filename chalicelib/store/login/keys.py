"""Table `keys`: the public halves of the keys that access tokens are signed with. Keys that are out expire.

| access              | by         |
|---------------------|------------|
| the key of a token  | id (`kid`) |

No function of the stage writes here, so that nobody can make himself a signer: `infra/operate/keys.py` does.
"""

from datetime import UTC, datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.login.tokens import CACHED, PublicKey
from chalicelib.store.base import Table

_cache: dict[str, tuple[datetime, PublicKey]] = {}


class KeyItem(Table):
    """A public key, 32 bytes in base64url; good until `retire_at`, seconds since 1970, where there is one."""

    class Meta:
        table_name = settings().table("keys")

    id = UnicodeAttribute(hash_key=True)
    public = UnicodeAttribute()
    retire_at = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)


def find(id: str, *, now: datetime) -> PublicKey | None:
    """The key of this id, at most five minutes old; a read only for one that is not at hand."""
    read_at, key = _cache.get(id, (None, None))
    if read_at is None or not read_at <= now < read_at + CACHED:
        key = _read(id)
        if key:
            _cache[id] = (now, key)
    return key


def forget() -> None:
    """Read anew, for tests."""
    _cache.clear()


def _read(id: str) -> PublicKey | None:
    try:
        item = KeyItem.get(id)
    except KeyItem.DoesNotExist:
        return None
    retire_at = datetime.fromtimestamp(item.retire_at, UTC) if item.retire_at else None
    return PublicKey(id=item.id, public=item.public, retire_at=retire_at)
