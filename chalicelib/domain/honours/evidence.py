"""What a case is weighed on: honour entries of the ledger by rule and month, and what became of the reports.

It is drawn from the ledger and from the reports as they stand at that moment, and never changes: drawn again, it is
another with the next number. Confidential reports, and those without a kind, are left out as everywhere (DOMAIN §2).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.points import caps
from chalicelib.domain.points.terms import SPENT, EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reports.model import Report, Status

MONTH = slice(0, 7)  # of `2026-11-23`
YEAR = re.compile(r"\d{4}")
MOST_NAMED = 200  # ids of reports of one sort; all are counted
UNJUDGED = frozenset({Status.SUBMITTED, Status.NEEDS_INFO})
UNTRUE = frozenset({Status.INVALID, Status.WITHDRAWN, Status.DUPLICATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """What a rule brought in a local month (`2026-11`): how many entries, corrections among them, and their points."""

    rule: str
    month: str
    entries: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many reports, and which: the newest, `MOST_NAMED` at most."""

    count: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One drawing. `points` is the sum of what was earned; `score` what of it counts within the caps, which is the
    honour score of the wallet; `scores` the same of each local year by itself."""

    number: int
    drawn_by: str
    drawn_at: datetime
    earned: tuple[Earned, ...]
    points: int
    score: int
    scores: dict[str, int]
    verified: Counted
    solved: Counted
    major: Counted


def drawn(
    number: int,
    entries: Sequence[Transfer],
    reports: Iterable[Report],
    *,
    forfeited: Collection[str],
    major: int,
    by: str,
    now: datetime,
) -> Evidence:
    """The evidence of all of a courier's entries and reports, in any order; `major` is the least severity of a grave
    one. Reports that were `forfeited` are none: what they gave was taken back, for they were found to be forged."""
    honours = list(filter(_counts, entries))
    settled = caps.settle({}, sorted(entries, key=lambda entry: (entry.at, entry.id)))
    own = (report for report in reports if report.id not in forfeited)
    true = sorted(filter(_is_true, own), key=lambda report: (report.created_at, report.id), reverse=True)
    return Evidence(
        number=number,
        drawn_by=by,
        drawn_at=now,
        earned=_by_rule(honours),
        points=sum(entry.earned for entry in honours),
        score=settled.gain.honour,
        scores={period: one.honour for period, one in sorted(settled.scores.items()) if YEAR.fullmatch(period)},
        verified=_counted(true),
        solved=_counted(report for report in true if _is_solved(report)),
        major=_counted(report for report in true if (report.nature.severity or 0) >= major),
    )


def _counts(entry: Transfer) -> bool:
    return entry.honour and entry.state is EntryState.POSTED and entry.kind not in SPENT


def _by_rule(entries: Iterable[Transfer]) -> tuple[Earned, ...]:
    """By month, then by rule."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        found[entry.day[MONTH], entry.rule].append(entry.earned)
    rows = sorted(found.items())
    return tuple(
        Earned(rule=rule, month=month, entries=len(points), points=sum(points)) for (month, rule), points in rows
    )


def _is_true(report: Report) -> bool:
    """Found true, and no secret. One that waits at the centre is so only if somebody verified it before."""
    nature = report.nature
    if nature.kind is None or nature.confidential or report.status in UNJUDGED | UNTRUE:
        return False
    return report.verified_by is not None or report.status is not Status.WITH_CENTRE


def _is_solved(report: Report) -> bool:
    """Closed after somebody looked again."""
    solved = report.resolved_by is not None and not report.unsolved and not report.unchecked
    return report.status is Status.CLOSED and solved


def _counted(reports: Iterable[Report]) -> Counted:
    ids = [report.id for report in reports]
    return Counted(count=len(ids), ids=tuple(ids[:MOST_NAMED]))
