"""How long what carries its own end is kept, by the edition of the retention table in force."""

from datetime import datetime, timedelta
from functools import lru_cache

from chalicelib.domain import retention
from chalicelib.domain.retention import Term
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

TABLE = "retention"


def kept(kind: str, *, now: datetime) -> timedelta:
    """How long something of this kind is kept."""
    return timedelta(days=_read(reference.current(TABLE, now=now)[TABLE])[kind].days)


@lru_cache(maxsize=2)
def _read(edition: Edition) -> dict[str, Term]:
    return retention.read(edition.body)
