"""Table `drafts`: what each courier has parked, one document each; it expires with the last of them.

| access                      | by        |
|-----------------------------|-----------|
| all that somebody parked    | person_id |

When he is reminded of them lies in table `reports`, part `drafts`, due like everything due there.
"""

from contextlib import suppress
from datetime import datetime

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.reports.drafts import Drawer
from chalicelib.store.base import Table, Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "drafts"


class DraftsItem(Table):
    """A drawer (`body`, JSON) with its version."""

    class Meta:
        table_name = settings().table("drafts")

    person_id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()
    expires_at = NumberAttribute(null=True)


def get(person_id: str) -> Drawer:
    """All that somebody parked, as it stands now; what has lapsed may still be among it."""
    try:
        item = DraftsItem.get(person_id, consistent_read=True)
    except DraftsItem.DoesNotExist:
        return Drawer(person_id=person_id)
    return msgspec.json.decode(item.body, type=Drawer)


def put(drawer: Drawer, transaction: Transaction) -> None:
    """Store the drawer over the version it came from; the transaction raises StaleVersion if that is past."""
    new = DraftsItem.person_id.does_not_exist()  # one that expired meanwhile is as good as the one that was read
    expires = max((int(one.expires_at.timestamp()) for one in drawer.drafts), default=None)
    item = DraftsItem(drawer.person_id, version=drawer.version, body=_body(drawer), expires_at=expires)
    unchanged = new if drawer.version == 1 else new | (DraftsItem.version == drawer.version - 1)
    transaction.put(item, unchanged, StaleVersion("changed_meanwhile"))


def erase(person_id: str, transaction: Transaction) -> None:
    """Forget all that somebody parked, if there is anything."""
    transaction.delete(DraftsItem(person_id))


def remind(person_id: str, *, at: datetime, transaction: Transaction) -> None:
    """Have him reminded at `at` (UTC)."""
    transaction.put(ReportItem(id=person_id, part=PART, body="{}", due_shard=due_shard(person_id), next_at=at))


def reminded(person_id: str, *, at: datetime) -> None:
    """He need not be reminded any more of what was due at `at`; something newer stays."""
    transaction = Transaction()
    as_seen = ReportItem.next_at == at
    transaction.delete(ReportItem(person_id, PART), as_seen, StaleVersion("changed_meanwhile"))
    with suppress(StaleVersion):
        transaction.commit()


def _body(drawer: Drawer) -> str:
    return msgspec.json.encode(drawer).decode()
