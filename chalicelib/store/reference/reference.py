"""Table `reference`: what a township edits (areas, taxonomy, limits, …), every edition kept, one of each in force.

| access                    | by                                       |
|---------------------------|------------------------------------------|
| the editions in force     | batch by (name, 0), a copy of each       |
| an edition that was       | name, version: see `editions`            |
| a draft of one            | its own name: see `drafts`               |

A process keeps the editions it has read and asks at most once in 60 s whether others are in force: one call.
"""

import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.store.base import Table, Transaction

IN_FORCE = 0  # stands where a version stands, for the copy of the one in force
FRESH = timedelta(seconds=60)


class EditionItem(Table):
    """An edition (`body`, compressed); the copy of the one in force says in `edition` which it is of.

    A draft says there of which edition it was made, and in `saved` its own version: see `drafts`.
    """

    class Meta:
        table_name = settings().table("reference")

    name = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(range_key=True)
    edition = NumberAttribute()
    saved = NumberAttribute(null=True)
    body = BinaryAttribute(legacy_encoding=False)
    by = UnicodeAttribute()
    at = UTCDateTimeAttribute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a reference table, as it was published."""

    name: str
    version: int
    body: bytes


@dataclass(slots=True)
class Shelf:
    """The editions this process has read, and when."""

    read_at: datetime | None = None
    editions: dict[str, Edition] = field(default_factory=dict)

    def is_fresh(self, now: datetime) -> bool:
        """Whether what stands here may be used without asking."""
        return self.read_at is not None and self.read_at <= now < self.read_at + FRESH


_shelf = Shelf()


def current(*names: str, now: datetime) -> dict[str, Edition]:
    """The editions in force, at most 60 s behind. Warm: no read; once a minute: one. Raises NotFound."""
    held = _shelf.editions
    if not _shelf.is_fresh(now):
        _read({*names, *held})
        _shelf.read_at = now
    elif missing := set(names) - held.keys():
        _read(missing)
    for name in names:
        if name not in held:
            raise NotFound("reference_missing", table=name)
    return {name: held[name] for name in names}


def _read(names: set[str]) -> None:
    for item in EditionItem.batch_get([(name, IN_FORCE) for name in sorted(names)], consistent_read=True):
        held = _shelf.editions.get(item.name)
        if held is None or held.version != item.edition:
            _shelf.editions[item.name] = unpacked(item)


def unpacked(item: EditionItem) -> Edition:
    """The edition that an item holds."""
    return Edition(name=item.name, version=int(item.edition), body=zlib.decompress(item.body))


def forget() -> None:
    """Ask again at the next look: for who has just published, and for tests."""
    _shelf.read_at = None
    _shelf.editions.clear()


def version_of(name: str) -> int:
    """Which edition is in force; 0 before the first."""
    try:
        return int(EditionItem.get(name, IN_FORCE, consistent_read=True, attributes_to_get=["edition"]).edition)
    except EditionItem.DoesNotExist:
        return 0


def require(name: str, version: int, transaction: Transaction) -> None:
    """Make the transaction depend on this edition being in force. Refuses with StaleVersion (`changed_meanwhile`)."""
    transaction.check(
        EditionItem,
        name,
        IN_FORCE,
        condition=EditionItem.edition == version,
        refusal=StaleVersion("changed_meanwhile"),
    )


def publish(
    name: str, body: bytes, *, base: int | None, by: str, now: datetime, transaction: Transaction | None = None
) -> int:
    """Put a new edition in force and answer its version. `base` is the version it was made from, None for any.

    What the transaction holds is written with it. Raises StaleVersion if another came into force meanwhile.
    """
    held, stale = version_of(name), StaleVersion("changed_meanwhile")
    if base is not None and base != held:
        raise stale
    fields: dict[str, Any] = {"edition": held + 1, "body": zlib.compress(body, 9), "by": by, "at": now}
    unchanged = EditionItem.edition == held if held else EditionItem.edition.does_not_exist()
    transaction = transaction or Transaction()
    transaction.put(EditionItem(name, held + 1, **fields), EditionItem.name.does_not_exist(), stale)
    transaction.put(EditionItem(name, IN_FORCE, **fields), unchanged, stale)
    transaction.commit()
    forget()
    return held + 1
