"""Table `honours`: cases with their evidence and lines, and each year's list of sentinels with its lines.

| access                              | by                                                                  |
|-------------------------------------|---------------------------------------------------------------------|
| somebody's case                     | id (his own), `case`                                                |
| one drawing of its evidence         | id, `evidence#0001`                                                 |
| what was done to it (`records`)     | id, part `line#…`                                                   |
| all that is kept of somebody        | id: one query                                                       |
| cases in a state, longest there first | index `by_list`: list_key `<township>:<state>`, sort_key `<since>#<id>` |
| cases whose time is over            | index `by_end`: ending, ended_at                                    |
| a year's sentinels (`sentinels`)    | id `sentinels:<township>:<year>`, `case`                            |

A case whose consent was withdrawn is on no list. Evidence is written once and never changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched, islice
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.honours.evidence import Evidence
from chalicelib.domain.honours.model import Case, CaseState
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD, EVIDENCE = "case", "evidence#"
STANDING, WITHDRAWN = "honours_case", "honours_withdrawn"  # kinds of `data/retention.csv`
AT_ONCE = 100  # items of a transaction

type Key = Annotated[str, Meta(min_length=1, max_length=200)]
type Position = tuple[Key, Key]


class ByList(GlobalSecondaryIndex["HonourItem"]):
    """Cases in a state, by how long they have been there."""

    class Meta:
        index_name = "by_list"
        projection = IncludeProjection(["body"])

    list_key = UnicodeAttribute(hash_key=True)
    sort_key = UnicodeAttribute(range_key=True)


class ByEnd(GlobalSecondaryIndex["HonourItem"]):
    """Cases by their last step, those with consent and those without apart."""

    class Meta:
        index_name = "by_end"
        projection = KeysOnlyProjection()

    ending = UnicodeAttribute(hash_key=True)
    ended_at = UnicodeAttribute(range_key=True)


class HonourItem(Table):
    """A case, a drawing of evidence, a line, or a year's list (`body`, JSON)."""

    class Meta:
        table_name = settings().table("honours")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    sort_key = UnicodeAttribute(null=True)
    ending = UnicodeAttribute(null=True)
    ended_at = UnicodeAttribute(null=True)
    by_list = ByList()
    by_end = ByEnd()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some cases, and where the next ones begin; None at the end."""

    cases: list[Case]
    cursor: str | None


def find(person_id: str) -> Case | None:
    """Somebody's case as it is now, if he has or had one."""
    try:
        return msgspec.json.decode(HonourItem.get(person_id, HEAD, consistent_read=True).body, type=Case)
    except HonourItem.DoesNotExist:
        return None


def several(ids: Iterable[str]) -> dict[str, Case]:
    """Those of these people's cases that there are, by person: one call for a hundred."""
    keys = [(id, HEAD) for id in ids]
    found = HonourItem.batch_get(keys, consistent_read=True) if keys else ()
    return {item.id: msgspec.json.decode(item.body, type=Case) for item in found}


def put(case: Case, transaction: Transaction) -> None:
    """Store the case over the version it came from; the transaction raises StaleVersion if that is past."""
    item = HonourItem(
        id=case.person_id,
        part=HEAD,
        body=msgspec.json.encode(case).decode(),
        version=case.version,
        ending=STANDING if case.stands else WITHDRAWN,
        ended_at=_instant(case.touched_at),
    )
    if case.stands:
        item.list_key, item.sort_key = _list_key(case.township, case.state), f"{_instant(case.since)}#{case.person_id}"
    first = HonourItem.id.does_not_exist() if case.version == 1 else HonourItem.version == case.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def add_evidence(person_id: str, evidence: Evidence, transaction: Transaction) -> None:
    """Freeze a drawing; the transaction raises StaleVersion where there is one of that number."""
    item = HonourItem(person_id, _part(evidence.number), body=msgspec.json.encode(evidence).decode())
    transaction.put(item, HonourItem.id.does_not_exist(), StaleVersion("changed_meanwhile"))


def erase_evidence(person_id: str, numbers: Iterable[int], transaction: Transaction) -> None:
    """Let go of these drawings."""
    for number in numbers:
        transaction.delete(HonourItem(person_id, _part(number)))


def evidence(person_id: str, number: int) -> Evidence:
    """One drawing. Raises NotFound (`no_such_evidence`)."""
    try:
        body = HonourItem.get(person_id, _part(number), consistent_read=True).body
    except HonourItem.DoesNotExist as error:
        raise NotFound("no_such_evidence", number=number) from error
    return msgspec.json.decode(body, type=Evidence)


def all_evidence(person_id: str) -> list[Evidence]:
    """Every drawing that is kept, the oldest first: one query."""
    found = HonourItem.query(person_id, HonourItem.part.startswith(EVIDENCE), consistent_read=True)
    return [msgspec.json.decode(item.body, type=Evidence) for item in found]


def page(township: str, state: CaseState, *, leave_out: str, limit: int, cursor: str | None) -> Page:
    """A township's cases in a state, the longest there first, without one person's own: one query."""
    found = (row for row in _rows(_list_key(township, state), limit, cursor) if row[0].person_id != leave_out)
    kept = list(islice(found, limit + 1))
    more = cursors.sealed(kept[limit - 1][1]) if len(kept) > limit else None
    return Page(cases=[case for case, _ in kept[:limit]], cursor=more)


def ended_before(ending: str, at: datetime, *, limit: int) -> list[str]:
    """Whose case took its last step by then, longest ago first: one query."""
    found = HonourItem.by_end.query(ending, ByEnd.ended_at <= _instant(at), limit=limit)
    return [item.id for item in found]


def forget(person_id: str) -> None:
    """Let go of all that is kept of somebody, his case last: until then it is found. A query, a call a hundred."""
    found = HonourItem.query(person_id, attributes_to_get=["id", "part"], consistent_read=True)
    parts = sorted((item.part for item in found), key=lambda part: part == HEAD)
    for some in batched(parts, AT_ONCE, strict=False):
        transaction = Transaction()
        for part in some:
            transaction.delete(HonourItem(person_id, part))
        transaction.commit()


def _rows(list_key: str, limit: int, cursor: str | None) -> Iterator[tuple[Case, Position]]:
    start = _after(list_key, cursor) if cursor else None
    for row in HonourItem.by_list.query(list_key, page_size=limit + 2, last_evaluated_key=start):
        yield msgspec.json.decode(row.body, type=Case), (row.sort_key, row.id)


def _after(list_key: str, cursor: str) -> dict[str, dict[str, str]]:
    sort_key, id = cursors.opened(cursor, Position)
    return {"list_key": {"S": list_key}, "sort_key": {"S": sort_key}, "id": {"S": id}, "part": {"S": HEAD}}


def _list_key(township: str, state: CaseState) -> str:
    return f"{township}:{state}"


def _part(number: int) -> str:
    return f"{EVIDENCE}{number:04}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
