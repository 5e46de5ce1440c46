"""Table `retention`: how far the erasure of each kind of data has come, so that nothing is skipped or done for ever.

| access                            | by                     |
|-----------------------------------|------------------------|
| up to when a kind was looked at   | kind, `position`       |
| what failed and is tried again    | kind, `left#…`         |
"""

from datetime import UTC, datetime

from pynamodb.attributes import UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Table, Transaction

POSITION, LEFT = "position", "left#"


class RetentionItem(Table):
    """How far a kind has come (`at`), or one thing that could not be erased yet and since when."""

    class Meta:
        table_name = settings().table("retention")

    kind = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    at = UnicodeAttribute()


def position(kind: str) -> datetime | None:
    """What began before then is done; None before the first look."""
    try:
        return datetime.fromisoformat(RetentionItem.get(kind, POSITION, consistent_read=True).at)
    except RetentionItem.DoesNotExist:
        return None


def move(kind: str, *, before: datetime | None, to: datetime, transaction: Transaction) -> None:
    """Note how far it is done by now. The transaction raises StaleVersion if another run moved it meanwhile."""
    unmoved = RetentionItem.at.does_not_exist() if before is None else RetentionItem.at == _instant(before)
    transaction.put(RetentionItem(kind, POSITION, at=_instant(to)), unmoved, StaleVersion("changed_meanwhile"))


def leave(kind: str, id: str, *, now: datetime) -> None:
    """Note what could not be erased: it is tried again at every run."""
    RetentionItem(kind, f"{LEFT}{id}", at=_instant(now)).save()


def left(kind: str, *, limit: int) -> list[str]:
    """What could not be erased before: one query."""
    found = RetentionItem.query(kind, RetentionItem.part.startswith(LEFT), consistent_read=True, limit=limit)
    return [item.part.removeprefix(LEFT) for item in found]


def settle(kind: str, id: str) -> None:
    """It is erased now, or no longer due."""
    RetentionItem(kind, f"{LEFT}{id}").delete()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
