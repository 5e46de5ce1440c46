"""The monthly report: figures as they were known when it was made, never changed since (DOMAIN §2 Figures).

What has become different since is told as corrections: asked for at any time, and standing in the next report.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.model import Role

MAKERS = frozenset({Role.CENTRE, Role.COMMITTEE})
READERS = MAKERS | {Role.ADMIN, Role.AUDITOR}  # and the district of the township
WHOLE = ""  # the key of the row of everything


class Part(StrEnum):
    """What the rows of a part tell apart."""

    WHOLE = "whole"
    VILLAGE = "village"
    DEPARTMENT = "department"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Counts by column of one village, department, group of kinds, or the whole; its names as they were then."""

    part: Part
    key: str
    zh: str
    en: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A count of an earlier `month` that has become `after` where it was told as `before`."""

    month: str
    part: Part
    key: str
    zh: str
    en: str
    column: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """One township's report of a period: local days, UTC times. `as_of`: what is in it was known then.

    `editions`: the version of each reference table that stood behind it. `made_by` is empty where the clock made it.
    """

    id: str
    township: str
    month: str
    first: str
    last: str
    as_of: datetime
    made_by: str
    editions: dict[str, int]
    rows: tuple[Row, ...]
    corrections: tuple[Correction, ...] = ()


def id_of(township: str, month: str) -> str:
    """There is one of a township and month: `350211102-2026-11`."""
    return f"{township}-{month}"


def split(id: str) -> tuple[str, str]:
    """The township and month that an id names; empty where it names none."""
    township, _, month = id.partition("-")
    return township, month


def require_over(is_over: bool, month: str, last: str) -> None:
    """Raises Invalid (`period_not_over`)."""
    if not is_over:
        raise Invalid("period_not_over", month=month, last=last)


def known(report: Monthly, later: Iterable[Monthly]) -> tuple[Row, ...]:
    """The rows as the reports since have corrected them, oldest first."""
    rows = {(row.part, row.key): row for row in report.rows}
    for one in (one for after in later for one in after.corrections if one.month == report.month):
        held = rows.get((one.part, one.key)) or Row(part=one.part, key=one.key, zh=one.zh, en=one.en, counts={})
        rows[one.part, one.key] = replace(held, counts=held.counts | {one.column: one.after})
    return tuple(rows.values())


def corrections(month: str, told: Sequence[Row], now: Sequence[Row]) -> list[Correction]:
    """What is different now from what was told, in the order of the rows as told."""
    then, since = _by_key(told), _by_key(now)
    return [
        _correction(month, row, column, before, after)
        for key, row in (since | then).items()
        for column, before, after in _differences(then.get(key), since.get(key))
    ]


def _by_key(rows: Iterable[Row]) -> dict[tuple[Part, str], Row]:
    return {(row.part, row.key): row for row in rows}


def _differences(then: Row | None, since: Row | None) -> list[tuple[str, int, int]]:
    """A count that one of them lacks is none."""
    was: Mapping[str, int] = then.counts if then else {}
    has: Mapping[str, int] = since.counts if since else {}
    columns = dict.fromkeys([*was, *has])
    pairs = ((column, was.get(column, 0), has.get(column, 0)) for column in columns)
    return [pair for pair in pairs if pair[1] != pair[2]]


def _correction(month: str, row: Row, column: str, before: int, after: int) -> Correction:
    return Correction(
        month=month,
        part=row.part,
        key=row.key,
        zh=row.zh,
        en=row.en,
        column=column,
        before=before,
        after=after,
    )
