"""Table `reference`: what a township edits (areas, taxonomy, limits, …), every edition kept, one of each in force.

| access                    | by                                    |
|---------------------------|---------------------------------------|
| which editions are in force | `current`, 0                        |
| editions                  | batch by (name, version)              |

A process keeps the editions it has read and asks at most once in 60 s whether others are in force.
"""

import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pynamodb.attributes import BinaryAttribute, MapAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.store.base import Table, Transaction

CURRENT = "current"
FRESH = timedelta(seconds=60)


class EditionItem(Table):
    """An edition (`body`, compressed), or the item that says which are in force (`versions`)."""

    class Meta:
        table_name = settings().table("reference")

    name = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(range_key=True)
    body = BinaryAttribute(null=True, legacy_encoding=False)
    by = UnicodeAttribute(null=True)
    at = UTCDateTimeAttribute(null=True)
    versions: MapAttribute[str, int] = MapAttribute(null=True)
    revision = NumberAttribute(null=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a reference table, as it was published."""

    name: str
    version: int
    body: bytes


@dataclass(slots=True)
class Shelf:
    """The editions this process has read, and when it last asked which are in force."""

    checked: datetime | None = None
    in_force: dict[str, int] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)

    def holds(self, name: str) -> bool:
        """Whether the edition in force has been read."""
        return name in self.editions and self.editions[name].version == self.in_force[name]


_shelf = Shelf()


def current(*names: str, now: datetime) -> dict[str, Edition]:
    """The editions in force, at most 60 s behind. Warm: no read; once a minute: one. Raises NotFound."""
    if _shelf.checked is None or not _shelf.checked <= now < _shelf.checked + FRESH:
        _shelf.in_force, _shelf.checked = versions(), now
    for name in names:
        if name not in _shelf.in_force:
            raise NotFound("reference_missing", table=name)
    missing = [(name, _shelf.in_force[name]) for name in names if not _shelf.holds(name)]
    for item in EditionItem.batch_get(missing, consistent_read=True) if missing else ():
        body = zlib.decompress(item.body)
        _shelf.editions[item.name] = Edition(name=item.name, version=int(item.version), body=body)
    return {name: _shelf.editions[name] for name in names}


def forget() -> None:
    """Ask again at the next look: for who has just published, and for tests."""
    _shelf.checked = None
    _shelf.editions.clear()


def versions() -> dict[str, int]:
    """Which edition of each table is in force; empty before the first was published."""
    try:
        item = EditionItem.get(CURRENT, 0, consistent_read=True)
    except EditionItem.DoesNotExist:
        return {}
    return {name: int(version) for name, version in item.versions.as_dict().items()}


def publish(name: str, body: bytes, *, base: int | None, by: str, now: datetime) -> int:
    """Put a new edition in force and answer its version. `base` is the version it was made from, None for any.

    Raises StaleVersion if another came into force meanwhile.
    """
    held = versions()
    if base is not None and base != held.get(name, 0):
        raise StaleVersion("changed_meanwhile")
    version = held.get(name, 0) + 1
    transaction = Transaction()
    stale = StaleVersion("changed_meanwhile")
    edition = EditionItem(name, version, body=zlib.compress(body, 9), by=by, at=now)
    transaction.put(edition, EditionItem.name.does_not_exist(), stale)
    pointer = EditionItem(CURRENT, 0, versions={**held, name: version}, revision=sum(held.values()) + 1)
    unchanged = EditionItem.revision == sum(held.values()) if held else EditionItem.revision.does_not_exist()
    transaction.put(pointer, unchanged, stale)
    transaction.commit()
    forget()
    return version
