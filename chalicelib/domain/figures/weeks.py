"""What each courier did for each village in a local week: for the summaries of villages and companies (DOMAIN §2).

Added up from the week's lines of history, once a week: no counter is kept of it. A confidential matter is no village's:
a count of one would give it away.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.events import Event
from chalicelib.domain.figures.contributions import contribution
from chalicelib.domain.figures.figures import OUTSIDE
from chalicelib.domain.reference.calendar import ZONE

SECRET = "secret"  # noqa: S105  # stands for the village of a confidential matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Of one courier in one village: how many reports he `filed`, how many were found true, and solved."""

    village: str
    courier_id: str
    filed: int
    verified: int
    solved: int


def efforts(lines: Iterable[Event]) -> list[Effort]:
    """What the lines of a week amount to, by village and courier; whose lines only move his reports has no part."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        if found := contribution(line):
            village = SECRET if line.standing.confidential else line.standing.village or OUTSIDE
            counts = {"filed": found.filed, "verified": found.verified, "solved": found.solved}
            sums.update({(village, line.reporter_id, name): count for name, count in counts.items() if count})
    return [
        Effort(
            village=village,
            courier_id=courier,
            filed=sums[village, courier, "filed"],
            verified=sums[village, courier, "verified"],
            solved=sums[village, courier, "solved"],
        )
        for village, courier in sorted({(village, courier) for village, courier, _ in sums})
    ]


def week_of(day: date) -> str:
    """`2026-W48`: the week by ISO 8601, Monday to Sunday."""
    return f"{day:%G-W%V}"


def days_of(week: str) -> tuple[date, date]:
    """Its Monday and its Sunday."""
    monday = date.fromisoformat(f"{week}-1")
    return monday, monday + timedelta(days=6)


def past(now: datetime, *, back: int) -> list[str]:
    """The weeks before the one that it is, locally: so many, oldest first."""
    today = now.astimezone(ZONE).date()
    return [week_of(today - timedelta(days=7 * number)) for number in range(back, 0, -1)]


def untold(past: list[str], told: Collection[str]) -> list[str]:
    """Those of the weeks, oldest first, that come after the first one told of and were not; the newest where none was.

    A holiday may swallow a whole week, so that two are told of on the morning after it; and what failed for one is
    tried again though the next was told of.
    """
    since = next((number for number, week in enumerate(past) if week in told), len(past) - 1)
    return [week for week in past[since:] if week not in told]
