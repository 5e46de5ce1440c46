"""Table `findings`: what looks wrong, and what was decided on it.

| access                                  | by                                                   |
|-----------------------------------------|------------------------------------------------------|
| one finding; several                    | id; batch                                            |
| a township's, what waits first          | index `by_township`: township, rank                  |
| what was decided about somebody, newest | index `by_person`: decided_for, decided_at (sparse)  |

`rank` is `3#<raised_at>#<id>` while somebody must decide, `2#…` while redeeming is frozen until somebody does, `1#…`
once it is decided, `0#…` where it has lapsed. What nobody must decide any more expires.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.fraud.findings import Finding, without_originals
from chalicelib.domain.fraud.terms import FindingState
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

RANKS = {FindingState.OPEN: "3", FindingState.APPEALED: "3", FindingState.FROZEN: "2", FindingState.LAPSED: "0"}
DECIDED = "1"

_decode = msgspec.json.Decoder(Finding).decode


class ByTownship(GlobalSecondaryIndex["FindingItem"]):
    """A township's findings, those that wait for somebody first."""

    class Meta:
        index_name = "by_township"
        projection = AllProjection()

    township = UnicodeAttribute(hash_key=True)
    rank = UnicodeAttribute(range_key=True)


class ByPerson(GlobalSecondaryIndex["FindingItem"]):
    """What was decided about somebody."""

    class Meta:
        index_name = "by_person"
        projection = AllProjection()

    decided_for = UnicodeAttribute(hash_key=True)
    decided_at = UnicodeAttribute(range_key=True)


class FindingItem(Table):
    """A finding (`body`, JSON) with its version."""

    class Meta:
        table_name = settings().table("findings")

    id = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute()
    version = NumberAttribute()
    township = UnicodeAttribute()
    rank = UnicodeAttribute()
    decided_for = UnicodeAttribute(null=True)
    decided_at = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_township = ByTownship()
    by_person = ByPerson()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some findings, and where the next ones begin; None at the end."""

    findings: list[Finding]
    cursor: str | None


def put(finding: Finding, transaction: Transaction, *, until: datetime | None = None) -> None:
    """Store it over the version it came from, to be kept `until` then; the transaction raises StaleVersion if that is
    past."""
    last = finding.decisions[-1] if finding.is_told else None
    item = FindingItem(
        id=finding.id,
        body=msgspec.json.encode(finding).decode(),
        version=finding.version,
        township=finding.township,
        rank=f"{RANKS.get(finding.state, DECIDED)}#{_instant(finding.raised_at)}#{finding.id}",
        decided_for=finding.person_id if last else None,
        decided_at=f"{_instant(last.at)}#{finding.id}" if last else None,
        expires_at=int(until.timestamp()) if until else None,
    )
    first = finding.version == 1
    as_read = FindingItem.id.does_not_exist() if first else FindingItem.version == finding.version - 1
    transaction.put(item, as_read, StaleVersion("changed_meanwhile"))


def get(id: str) -> Finding:
    """The finding as it is now. Raises NotFound (`no_such_finding`)."""
    try:
        return _decode(FindingItem.get(id, consistent_read=True).body)
    except FindingItem.DoesNotExist:
        raise NotFound("no_such_finding", finding=id) from None


def several(ids: Iterable[str]) -> dict[str, Finding]:
    """Those of the findings that there are, as they are now: one call for a hundred."""
    wanted = list(ids)
    found = FindingItem.batch_get(wanted, consistent_read=True) if wanted else ()
    return {item.id: _decode(item.body) for item in found}


def page(township: str, *, limit: int, cursor: str | None) -> Page:
    """A township's, what waits for somebody first, then the newest: one query."""
    return _page(FindingItem.by_township, "township", "rank", township, limit=limit, cursor=cursor)


def about(person_id: str, *, limit: int, cursor: str | None) -> Page:
    """What was decided about somebody, newest first: one query."""
    return _page(FindingItem.by_person, "decided_for", "decided_at", person_id, limit=limit, cursor=cursor)


def silence(person_id: str) -> None:
    """Let go of his own words against what was decided about him: a query, a write for each."""
    for row in FindingItem.by_person.query(person_id):
        finding = _decode(row.body)
        if finding.appeal and finding.appeal.text:
            _strip(finding, replace(finding, appeal=replace(finding.appeal, text="")))


def forget_originals(ids: Iterable[str]) -> None:
    """Let go of what findings hold of original photos: one call, a write for each that holds any."""
    for finding in several(ids).values():
        _strip(finding, without_originals(finding))


def _strip(finding: Finding, after: Finding) -> None:
    """Store what is left of it, which is no step of its own, unless it has taken one meanwhile."""
    if after != finding:
        body = msgspec.json.encode(after).decode()
        FindingItem(finding.id).update([FindingItem.body.set(body)], FindingItem.version == finding.version)


def _page(index: Any, hash: str, range: str, key: str, *, limit: int, cursor: str | None) -> Page:
    start = {hash: {"S": key}} | _after(range, cursor) if cursor else None
    rows = list(index.query(key, limit=limit + 1, last_evaluated_key=start, scan_index_forward=False))
    shown = rows[:limit]
    more = cursors.sealed((getattr(shown[-1], range), shown[-1].id)) if len(rows) > limit else None
    return Page(findings=[_decode(row.body) for row in shown], cursor=more)


def _after(range: str, cursor: str) -> dict[str, Any]:
    place, id = cursors.opened(cursor, tuple[str, str])
    return {range: {"S": place}, "id": {"S": id}}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
