"""Table `filters`: drawers of saved filters, each one document.

| access                        | by                          |
|-------------------------------|-----------------------------|
| a person's drawer             | owner: `person#…`           |
| … and those of his posts      | batch by owner: `post#…`    |
"""

from collections.abc import Iterable

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.reports.filters import Drawer
from chalicelib.store.base import Table, Transaction

PERSON, POST = "person#", "post#"


class DrawerItem(Table):
    """A drawer (`body`, JSON) with its version."""

    class Meta:
        table_name = settings().table("filters")

    owner = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    body = UnicodeAttribute()


def several(owners: Iterable[str]) -> list[Drawer]:
    """The drawers of these owners, in this order, empty ones too: one call."""
    keys = list(dict.fromkeys(owners))
    found = {item.owner: _drawer(item) for item in DrawerItem.batch_get(keys, consistent_read=True)}
    return [found.get(owner) or Drawer(owner=owner) for owner in keys]


def put(drawer: Drawer, transaction: Transaction) -> None:
    """Store the drawer over the version it came from; the transaction raises StaleVersion if that is past."""
    fresh = DrawerItem.owner.does_not_exist() if drawer.version == 1 else DrawerItem.version == drawer.version - 1
    item = DrawerItem(drawer.owner, version=drawer.version, body=msgspec.json.encode(drawer).decode())
    transaction.put(item, fresh, StaleVersion("changed_meanwhile"))


def erase(person_id: str, transaction: Transaction) -> None:
    """Forget a person's own filters, if there are any."""
    transaction.delete(DrawerItem(f"{PERSON}{person_id}"))


def _drawer(item: DrawerItem) -> Drawer:
    return msgspec.json.decode(item.body, type=Drawer)
