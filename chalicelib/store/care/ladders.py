"""Parts of table `visits`: which visits are the village's to look after, for its staff and the centre's.

| access                       | by                                                                    |
|------------------------------|-----------------------------------------------------------------------|
| open ones of a village       | id `open:<village>`, part `<since>#<visit>`: one query, then one batch |
| open ones of the township    | id `open:<township>`, the same                                         |

Stored and removed with the visit's own steps, so that a list never says otherwise than they do.
"""

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.care.model import Step, Visit
from chalicelib.domain.care.terms import VisitState
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.care import visits
from chalicelib.store.care.visits import Page, VisitItem

type Part = Annotated[str, Meta(min_length=1, max_length=300)]


def follow(step: Step, transaction: Transaction) -> None:
    """Keep the lists with the step that opens or ends it."""
    was, now = step.before and _is_open(step.before), _is_open(step.after)
    for area in (step.after.village, step.after.township):
        if now and not was:
            transaction.put(_item(area, step.after))
        elif was and not now and step.before:
            transaction.delete(_item(area, step.before))


def of(area: str, *, limit: int, cursor: str | None) -> Page:
    """Those of a village or of the township, the longest open first. Raises Invalid (`bad_cursor`)."""
    after = {"id": {"S": _id(area)}, "part": {"S": cursors.opened(cursor, Part)}} if cursor else None
    found = list(VisitItem.query(_id(area), consistent_read=True, limit=limit + 1, last_evaluated_key=after))
    parts = [item.part for item in found[:limit]]
    held = visits.several(part.split("#", 1)[1] for part in parts)
    more = cursors.sealed(parts[-1]) if len(found) > limit else None
    return Page(visits=[held[id] for part in parts if (id := part.split("#", 1)[1]) in held], cursor=more)


def _is_open(visit: Visit) -> bool:
    return visit.state is VisitState.UNANSWERED


def _item(area: str, visit: Visit) -> VisitItem:
    since: datetime = visit.run.taken_over_at or visit.start
    return VisitItem(id=_id(area), part=f"{since.astimezone(UTC).isoformat(timespec='seconds')}#{visit.id}")


def _id(area: str) -> str:
    return f"open:{area}"
