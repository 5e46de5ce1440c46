"""Which edition of a reference table was in force at an instant: for what is decided long after it happened.

| access                        | by                                |
|-------------------------------|-----------------------------------|
| when each edition came in     | name (versions and instants only) |
| an old edition                | name, version                     |

An edition counts from a minute after its publication: by then every process knows of it (`reference.FRESH`), so that
all answer alike. Before the first one, the first one counts.
"""

from datetime import datetime
from functools import lru_cache

from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import FRESH, Edition, EditionItem


def as_of(name: str, at: datetime, *, now: datetime) -> Edition:
    """The edition that was in force at that instant. Warm: no read. Raises NotFound if none was ever published."""
    newest = reference.current(name, now=now)[name]
    known = _began(newest)
    version = max((version for version, began in known if began + FRESH <= at), default=known[0][0])
    return newest if version == newest.version else _before(newest, version)


def began(name: str, *, now: datetime) -> datetime:
    """When its first edition was published: one query, warm none. Raises NotFound if none ever was."""
    return _began(reference.current(name, now=now)[name])[0][1]


# By the newest with its body, not its number: a table that was emptied and filled again counts from one anew.
@lru_cache(maxsize=16)
def _began(newest: Edition) -> list[tuple[int, datetime]]:
    """Versions up to this one and when they were published, oldest first."""
    known = EditionItem.version.between(1, newest.version)
    found = EditionItem.query(newest.name, known, attributes_to_get=["name", "version", "at"], consistent_read=True)
    return [(int(item.version), item.at) for item in found]


@lru_cache(maxsize=8)
def _before(newest: Edition, version: int) -> Edition:
    item = EditionItem.get(newest.name, version, consistent_read=True)
    return reference.unpacked(item)
