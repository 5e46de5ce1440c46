"""Table `reports`: which reports were merged into one, as items beside its head (`merged#…`).

| access                    | by                            |
|---------------------------|-------------------------------|
| what was merged into one  | id, part begins with `merged#` |
| who has joined it         | id, `joined#…`: a condition only |
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

import msgspec

from chalicelib.domain.errors import Conflict
from chalicelib.domain.reports.lists import Merged
from chalicelib.domain.reports.model import Report
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem

MERGED, JOINED = "merged#", "joined#"


def move(report: Report, *, before: Report | None, at: datetime, transaction: Transaction) -> None:
    """Let the report lie with the main one that it has now, and no longer with the one that it had."""
    was = before.main if before else None
    if was and was != report.main:
        transaction.delete(ReportItem(was, f"{MERGED}{report.id}"))
    if report.main and was != report.main:
        by = _digest(report.reporter_id)
        one = Merged(id=report.id, by=by, created_at=report.created_at, since=at)
        transaction.put(ReportItem(id=report.main, part=f"{MERGED}{report.id}", body=msgspec.json.encode(one).decode()))


def join_once(main_id: str, person_id: str, transaction: Transaction) -> None:
    """Refuse with Conflict (`joined_before`) where this person has joined it. His id cannot be read off the item."""
    free = ReportItem.id.does_not_exist()
    transaction.put(
        ReportItem(id=main_id, part=f"{JOINED}{_digest(person_id)}", body=""), free, Conflict("joined_before")
    )


def _digest(person_id: str) -> str:
    return sha256(person_id.encode()).hexdigest()[:32]


def of(main_id: str) -> list[Merged]:
    """What was merged into the report, the oldest first: one query."""
    found = ReportItem.query(main_id, ReportItem.part.startswith(MERGED), consistent_read=True)
    return _sorted(item.body for item in found)


def among(parts: Mapping[str, str]) -> list[Merged]:
    """The same, from all parts of a report and their bodies."""
    return _sorted(body for part, body in parts.items() if part.startswith(MERGED))


def _sorted(bodies: Iterable[str]) -> list[Merged]:
    found = [msgspec.json.decode(body, type=Merged) for body in bodies]
    return sorted(found, key=lambda one: (one.created_at, one.id))
