"""What became of a published decision is noted with what makes it so."""

from dataclasses import replace

from chalicelib.domain.meetings.model import Item, Meeting, Outcome
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import meetings as store
from chalicelib.store.meetings import records


def note(meeting: Meeting, item: Item, outcome: Outcome, transaction: Transaction) -> None:
    """Add the item's outcome, which it has once, and the line that says so. The transaction raises Settled."""
    store.settle(meeting.id, replace(item, outcome=outcome), transaction)
    told: dict[str, object] = {"result": outcome.result, "rule": outcome.rule}
    line = Record(
        subject=meeting.id,
        number=meeting.version,
        at=outcome.at,
        actor_id="",
        deed=Deed.SETTLE,
        item=item.id,
        details=told,
    )
    records.append(line, transaction)
