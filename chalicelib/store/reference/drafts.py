"""Drafts of reference data, in table `reference` beside its editions: what somebody is at work on, one a township.

| access             | by                               |
|--------------------|----------------------------------|
| a township's draft | `draft#<table>#<township>`, 0    |

A draft's version is the millisecond it was saved in, and more than the one before. So it is not the version of any
draft that was discarded, nor of an edition, and whoever has read one of these cannot overwrite another unseen.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime

from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.reference.reference import EditionItem

THERE = 0  # stands where a version stands: there is one draft at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of a table to be; `base` is the edition it was made of."""

    table: str
    township: str
    version: int
    base: int
    body: bytes
    by: str
    at: datetime


def find(table: str, township: str) -> Draft | None:
    """The draft as it is now, if there is one."""
    try:
        item = EditionItem.get(_name(table, township), THERE, consistent_read=True)
    except EditionItem.DoesNotExist:
        return None
    return Draft(
        table=table,
        township=township,
        version=int(item.saved),
        base=int(item.edition),
        body=zlib.decompress(item.body),
        by=item.by,
        at=item.at,
    )


def version_after(held: Draft | None, now: datetime) -> int:
    """The version of what is saved now over the draft that is held."""
    saved = int(now.timestamp() * 1000)
    return max(saved, held.version + 1) if held else saved


def put(draft: Draft, *, over: Draft | None, transaction: Transaction) -> None:
    """Store the draft over the one that was read, or over none; the transaction raises StaleVersion if that is past."""
    item = EditionItem(
        _name(draft.table, draft.township),
        THERE,
        saved=draft.version,
        edition=draft.base,
        body=zlib.compress(draft.body, 9),
        by=draft.by,
        at=draft.at,
    )
    fresh = _is(over) if over else EditionItem.name.does_not_exist()
    transaction.put(item, fresh, StaleVersion("changed_meanwhile"))


def remove(draft: Draft, transaction: Transaction) -> None:
    """Let go of the draft as it was read; the transaction raises StaleVersion if it changed meanwhile."""
    item = EditionItem(_name(draft.table, draft.township), THERE)
    transaction.delete(item, _is(draft), StaleVersion("changed_meanwhile"))


def _is(draft: Draft) -> Condition:
    return EditionItem.saved == draft.version


def _name(table: str, township: str) -> str:
    return f"draft#{table}#{township}"
