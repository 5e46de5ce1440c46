"""Table `traces`: what reports and photos leave behind for the checks against fraud; and what findings did to somebody.

| access                                    | by                                                   |
|-------------------------------------------|------------------------------------------------------|
| a courier's reports of a span of time     | `courier:<id>`, `at#<instant>#<report>`, consistent  |
| his record: how many judged, how many true | `courier:<id>`, `record`                            |
| his measures                              | `courier:<id>`, `measures`                           |
| photos with the same bytes                | `photo:<sha256>`, `<report>#<photo>`, consistent     |

Traces expire. A record's `moves` counts the changes of all traces it is made of: whoever judges by these makes his
write depend on it, so that nothing is judged by what was overtaken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.fraud.decisions import Measures
from chalicelib.domain.fraud.photos import Print
from chalicelib.domain.fraud.traces import Trace
from chalicelib.store.base import Table, Transaction

RECORD, MEASURES, AT = "record", "measures", "at#"


class TraceItem(Table):
    """A trace, a photo's print or somebody's measures (`body`, JSON; `version`), or a record (the counters)."""

    class Meta:
        table_name = settings().table("traces")

    subject = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    judged = NumberAttribute(null=True)
    verified = NumberAttribute(null=True)
    moves = NumberAttribute(null=True)
    expires_at = NumberAttribute(null=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How many of somebody's reports were judged, how many of them verified; and how often a trace changed."""

    judged: int = 0
    verified: int = 0
    moves: int = 0


def find(trace: Trace) -> Trace | None:
    """What this report had left so far."""
    try:
        item = TraceItem.get(_courier(trace.courier_id), _part(trace), consistent_read=True)
    except TraceItem.DoesNotExist:
        return None
    return msgspec.json.decode(item.body or "", type=Trace)


def put(trace: Trace, *, over: Trace | None, until: datetime, transaction: Transaction) -> None:
    """Replace what was read, and count the difference; the transaction raises StaleVersion where it has changed."""
    subject = _courier(trace.courier_id)
    item = TraceItem(
        subject,
        _part(trace),
        body=msgspec.json.encode(trace).decode(),
        version=trace.number,
        expires_at=int(until.timestamp()),
    )
    as_read = TraceItem.version == over.number if over else TraceItem.subject.does_not_exist()
    transaction.put(item, as_read, StaleVersion("changed_meanwhile"))
    judged, verified = (over.judged, over.verified) if over else (0, 0)
    counts = [TraceItem.judged.add(trace.judged - judged), TraceItem.verified.add(trace.verified - verified)]
    transaction.update(TraceItem(subject, RECORD), [*counts, TraceItem.moves.add(1)])


def record(courier_id: str) -> Record:
    """Somebody's record as it is now; an empty one before his first report."""
    try:
        item = TraceItem.get(_courier(courier_id), RECORD, consistent_read=True)
    except TraceItem.DoesNotExist:
        return Record()
    return _record(item)


def records(courier_ids: Iterable[str]) -> dict[str, Record]:
    """The records of several couriers, without who has none: one call for a hundred. May lag a moment behind."""
    found = TraceItem.batch_get([(_courier(id), RECORD) for id in sorted(courier_ids)])
    return {item.subject.partition(":")[2]: _record(item) for item in found}


def _record(item: TraceItem) -> Record:
    return Record(judged=int(item.judged or 0), verified=int(item.verified or 0), moves=int(item.moves or 0))


def require_unmoved(courier_id: str, moves: int, transaction: Transaction) -> None:
    """Make the transaction depend on that no trace has changed since. Raises StaleVersion."""
    unmoved = TraceItem.moves == moves
    refusal = StaleVersion("changed_meanwhile")
    transaction.check(TraceItem, _courier(courier_id), RECORD, condition=unmoved, refusal=refusal)


def between(courier_id: str, since: datetime, until: datetime) -> list[Trace]:
    """The traces of what a courier saw from `since` to `until`, oldest first: one query."""
    span = TraceItem.part.between(f"{AT}{_instant(since)}", f"{AT}{_instant(until)}~")
    found = TraceItem.query(_courier(courier_id), span, consistent_read=True)
    return [msgspec.json.decode(item.body or "", type=Trace) for item in found]


def enter_print(one: Print, sha256: str, *, until: datetime) -> None:
    """Enter a photo under the digest of its bytes; twice is once."""
    TraceItem(
        f"photo:{sha256}",
        f"{one.report_id}#{one.photo_id}",
        body=msgspec.json.encode(one).decode(),
        expires_at=int(until.timestamp()),
    ).save()


def prints(sha256: str) -> list[Print]:
    """All photos with these bytes: one query."""
    found: Iterable[TraceItem] = TraceItem.query(f"photo:{sha256}", consistent_read=True)
    return [msgspec.json.decode(item.body or "", type=Print) for item in found]


def measures(person_id: str) -> Measures:
    """What findings did to somebody so far: one read."""
    try:
        item = TraceItem.get(_courier(person_id), MEASURES, consistent_read=True)
    except TraceItem.DoesNotExist:
        return Measures(person_id=person_id)
    return msgspec.json.decode(item.body or "", type=Measures)


def put_measures(after: Measures, transaction: Transaction) -> None:
    """Store them over the version they came from; the transaction raises StaleVersion if that is past."""
    item = TraceItem(
        _courier(after.person_id), MEASURES, body=msgspec.json.encode(after).decode(), version=after.version
    )
    first = after.version == 1
    as_read = TraceItem.subject.does_not_exist() if first else TraceItem.version == after.version - 1
    transaction.put(item, as_read, StaleVersion("changed_meanwhile"))


def forget(person_id: str) -> None:
    """Let go of where and when he reported, of his record and his measures: a query, a call for 25 items."""
    with TraceItem.batch_write() as batch:
        for item in TraceItem.query(_courier(person_id), attributes_to_get=["subject", "part"]):
            batch.delete(item)


def _courier(id: str) -> str:
    return f"courier:{id}"


def _part(trace: Trace) -> str:
    return f"{AT}{_instant(trace.at)}#{trace.report_id}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
